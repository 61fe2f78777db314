// Indicators of contacts by their expectations: the same mean, less variance, the same days.

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "base/stats/tally.h"
#include "engine/study/compare.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

constexpr VarianceReduction kPlain{DayDesign::kIndependent, false, false};
constexpr VarianceReduction kConditional{DayDesign::kIndependent, false, true};

// Who is not helped comes back and is harder to help; the busier, the longer the wait, the less
// satisfied. Everything that is drawn when a contact ends is drawn here.
World followed_up(double agents = 10) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = 60;
  spec.per_hour = 190;
  spec.patience = ExponentialLaw{120};
  spec.length = 4h;
  spec.interval = 1h;
  World world = one_queue(spec);
  CallerType& type = world.caller_types[0];
  Resolution& r = type.resolution.emplace();
  r.first_contact = Probability{0.7};
  r.repeat = Probability{0.5};
  r.returns = {Probability{0.8}, ExponentialLaw{600}, 3};
  r.quality_check = QualityCheck{Probability{0.1}, Probability{0.15}, Probability{0.05}};
  r.agent_code = AgentCode{Probability{0.3}, Probability{0.02}};
  r.system_match = SystemMatch{1h, Probability{0.2}, Probability{0.1}};
  Survey& s = type.survey.emplace();
  s.open_respond = Probability{0.15};
  s.answers = {Probability{0.8}, Probability{0.6}, Probability{0.5}};
  world.satisfaction = Satisfaction{};
  return world;
}

ReplicateOptions options_of(std::int64_t days, const VarianceReduction& reduction) {
  ReplicateOptions options;
  options.seed = 5;
  options.replications = days;
  options.threads = 2;
  options.reduction = reduction;
  for (const char* key : {"fcr", "csat", "nps", "fcr_survey", "fcr_quality", "fcr_system", "asa"}) {
    Watched one;
    one.metric = find_metric(key, ScopeKind::kTotal);
    options.watched.push_back(one);
  }
  return options;
}

}  // namespace

TEST_CASE("What contacts leave behind has its expectation as its mean, count by count") {
  const Blueprint plan = make_blueprint(followed_up());
  const KpiLayout layout{plan};
  const auto& rows = layout.rows();
  const KpiLayout::Row& drawn = rows[layout.find(Family::kContacts, {})];
  const KpiLayout::Row& given = rows[layout.find(Family::kContactsGiven, {})];
  REQUIRE(drawn.width == given.width);
  std::vector<Tally> apart(drawn.width), counts(drawn.width);
  replicate(plan, options_of(400, kConditional), {}, nullptr,
            [&](const ReplicationCounts& day, std::uint64_t) {
              const std::size_t total = std::size_t{layout.intervals()} * drawn.width;
              for (std::size_t k = 0; k < drawn.width; ++k) {
                const double count = day[drawn.offset + total + k];
                apart[k].add(count - day[given.offset + total + k]);
                counts[k].add(count);
              }
            });
  int varies = 0;
  for (std::size_t k = 0; k < drawn.width; ++k) {
    INFO("count " << k);
    const double error = std::sqrt(apart[k].variance() / 400);
    // 29 counts, each within 4.5 standard errors but once in 5,000 such tests; what is not drawn at
    // the end is the same to the rounding of expectations.
    CHECK(std::fabs(apart[k].mean()) <= 4.5 * error + 1e-6);
    CHECK(std::isfinite(counts[k].mean()));
    varies += error > 1e-3 ? 1 : 0;
  }
  CHECK(varies >= 17);
}

TEST_CASE("Expectations leave the days as they are, and their indicators vary less") {
  const Blueprint plan = make_blueprint(followed_up());
  std::vector<double> days, again;
  const KpiLayout layout{plan};
  const auto prints = [&](std::vector<double>& into) {
    return [&](const ReplicationCounts& day, std::uint64_t events) {
      into.push_back(static_cast<double>(events));
      into.push_back(static_cast<double>(fingerprint_of(layout, day) >> 12));
    };
  };
  const ReplicateResult plain = replicate(plan, options_of(60, kPlain), {}, nullptr, prints(days));
  const ReplicateResult known =
      replicate(plan, options_of(60, kConditional), {}, nullptr, prints(again));
  CHECK(days == again);
  for (std::size_t i = 0; i < plain.watched.size(); ++i) {
    const WatchedFigure &a = plain.watched[i], &b = known.watched[i];
    const std::string_view key = options_of(1, kPlain).watched[i].metric->key;
    INFO(key);
    CHECK(b.plain.value == a.plain.value);  // the table
    CHECK(b.low_day.value == a.low_day.value);
    const double apart = std::fabs(a.estimate.value - b.estimate.value);
    CHECK(apart <= 4.5 * std::sqrt(a.variance + b.variance));
    if (key == "asa" || key == "fcr_system") {
      CHECK(b.estimate.value == Approx(a.estimate.value).epsilon(1e-9));
      continue;
    }
    // A day has some 900 contacts, of which one draw each makes nearly all of the variance.
    CHECK(b.variance < a.variance / 4);
    CHECK(b.gain == Approx(a.variance / b.variance).epsilon(1e-6));
  }
}

TEST_CASE("Differences of variants are of expectations on both sides") {
  const std::vector<Blueprint> plans = {make_blueprint(followed_up(10)),
                                        make_blueprint(followed_up(11))};
  const std::vector<Compared> what = {
      {find_metric("csat", ScopeKind::kTotal), {Scope{}, Scope{}}, kWholeDay, {}}};
  CompareOptions options;
  options.replicate = options_of(60, kPlain);
  options.replicate.watched.clear();
  const Comparison plain = compare(plans, what, options);
  options.replicate.reduction = kConditional;
  const Comparison known = compare(plans, what, options);
  CHECK(known.baseline_days == plain.baseline_days);
  const auto width = [](const Estimate& e) { return e.ci_high - e.ci_low; };
  const Estimate &a = plain.difference[0][1], &b = known.difference[0][1];
  CHECK(width(b) < width(a) / 2);
  CHECK(std::fabs(a.value - b.value) < width(a));
  CHECK(b.value > 0);  // who waits less is more satisfied
  CHECK(known.gain[0][1] > 4 * plain.gain[0][1]);
  CHECK(width(known.value[0][0]) < width(plain.value[0][0]) / 2);
}

}  // namespace callmill::test
