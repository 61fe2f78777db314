// Expectations of contacts beside every outcome that the draws can have, each counted as it would
// be, by its probability.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>

#include "engine/kpi/contact_chances.h"
#include "models/value/satisfaction.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

World followed_up() {
  World world = one_queue(OneQueue{});
  CallerType& type = world.caller_types[0];
  Resolution& r = type.resolution.emplace();
  r.first_contact = Probability{0.7};
  r.quality_check = QualityCheck{Probability{0.2}, Probability{0.15}, Probability{0.05}};
  r.agent_code = AgentCode{Probability{0.3}, Probability{0.02}};
  Survey& s = type.survey.emplace();
  s.offered = Probability{0.9};
  s.resolved_respond = Probability{0.4};
  s.open_respond = Probability{0.25};
  s.resolved_say_no = Probability{0.03};
  s.open_say_yes = Probability{0.12};
  s.answers = {Probability{0.8}, Probability{0.6}, Probability{0.5}};
  world.satisfaction = Satisfaction{};
  return world;
}

// One after the other the ways in which draws can fall, with the probability of each.
class Ways {
 public:
  // The next draw of this way. A draw that is not asked for does not exist.
  bool happens(Probability chance) { return happens(chance.value()); }
  bool happens(double chance) {
    const bool yes = (way_ >> drawn_++ & 1) != 0;
    probability_ *= yes ? chance : 1 - chance;
    return yes;
  }
  // The next way; false when there is none.
  bool next() {
    ++way_;
    drawn_ = 0;
    probability_ = 1;
    return way_ < std::uint64_t{1} << kMost;
  }
  double probability() const { return probability_; }
  // Of the ways that agree in all draws made, only the one with zeros behind them counts.
  bool is_first() const { return way_ >> drawn_ == 0; }

 private:
  static constexpr unsigned kMost = 13;
  std::uint64_t way_ = 0;
  unsigned drawn_ = 0;
  double probability_ = 1;
};

// Satisfied, promoter, detractor: one logistic variable and three thresholds.
Verdict felt(const Satisfaction& model, double score, Ways& ways) {
  Verdict v;
  v.promoter = ways.happens(logistic(score - model.promoter));
  const double satisfied = logistic(score), promoter = logistic(score - model.promoter);
  v.satisfied = v.promoter || ways.happens((satisfied - promoter) / (1 - promoter));
  v.detractor = !v.satisfied && ways.happens(logistic(model.detractor - score) / (1 - satisfied));
  return v;
}

ContactOutcome outcome_of(const AftermathPlan& a, const Satisfaction& model, double chance,
                          bool first, Ways& ways) {
  ContactOutcome o;
  o.judged = o.resolves = true;
  o.first = first;
  o.chance = chance;
  o.resolved = ways.happens(chance);
  const Survey& s = *a.survey;
  o.survey_offered = ways.happens(s.offered);
  o.survey_taken =
      o.survey_offered && ways.happens(o.resolved ? s.resolved_respond : s.open_respond);
  if (o.survey_taken) {
    o.says_resolved = o.resolved != ways.happens(o.resolved ? s.resolved_say_no : s.open_say_yes);
    o.answers_fcr = ways.happens(s.answers.fcr);
    o.answers_csat = ways.happens(s.answers.csat);
    o.answers_nps = ways.happens(s.answers.nps);
  }
  const QualityCheck& q = *a.quality_check;
  o.checked = first && ways.happens(q.share);
  if (o.checked)
    o.passed = o.resolved != ways.happens(o.resolved ? q.resolved_failed : q.open_passed);
  o.coded = true;
  o.coded_resolved = o.resolved != ways.happens(o.resolved ? a.agent_code->resolved_as_open
                                                           : a.agent_code->open_as_resolved);
  o.rated = true;
  o.score = satisfaction_score(model, {1.5, o.resolved, 1, first ? 0u : 2u});
  o.verdict = felt(model, o.score, ways);
  return o;
}

}  // namespace

TEST_CASE("Chances of a contact are the mean of what is counted, over all outcomes") {
  const World world = followed_up();
  const Blueprint plan = make_blueprint(world);
  const AftermathPlan& after = plan.aftermath[0];
  Call call;
  for (const bool first : {true, false})
    for (const double chance : {0.7, 1.0, 0.0}) {
      ContactChances mean{};
      double all = 0;
      Ways zeros, ways;
      const ContactChances given = chances_of(
          after, plan.satisfaction, outcome_of(after, *world.satisfaction, chance, first, zeros));
      ContactBook book{plan};
      do {
        const ContactOutcome o = outcome_of(after, *world.satisfaction, chance, first, ways);
        if (!ways.is_first() || ways.probability() <= 0) continue;
        all += ways.probability();
        book.reset();
        book.contact_over(call, o);
        for (std::size_t k = 0; k < mean.size(); ++k)
          mean[k] += ways.probability() * static_cast<double>(book.cell(0, 0)[k]);
        // Whatever was drawn, the expectation is the same.
        const ContactChances one = chances_of(after, plan.satisfaction, o);
        double apart = 0;
        for (std::size_t k = 0; k < mean.size(); ++k)
          apart = std::max(apart, std::fabs(one[k] - given[k]));
        REQUIRE(apart < 1e-14);
      } while (ways.next());
      CHECK(all == Approx(1).epsilon(1e-12));
      for (std::size_t k = 0; k < mean.size(); ++k) {
        INFO("count " << k << " first " << first << " chance " << chance);
        CHECK(given[k] == Approx(mean[k]).epsilon(1e-12).margin(1e-15));
      }
    }
}

TEST_CASE("A contact that was cut short is open, and nobody asks about it") {
  const World world = followed_up();
  const Blueprint plan = make_blueprint(world);
  ContactOutcome cut;
  cut.resolves = cut.first = true;
  cut.resolved = false;
  cut.chance = 0;
  const ContactChances c = chances_of(plan.aftermath[0], plan.satisfaction, cut);
  double sum = 0;
  for (const double chance : c) sum += chance;
  CHECK(sum == 3);  // a contact, one of the type's, the first
  CHECK((c[at(ContactCount::kAll)] == 1 && c[at(ContactCount::kFirst)] == 1));
}

TEST_CASE("Expectations are summed beside the counts where they are kept, to the unit") {
  const World world = followed_up();
  const Blueprint plan = make_blueprint(world);
  ContactBook book{plan};
  CHECK_FALSE(book.keeps_given());
  book.keep_given();
  REQUIRE(book.keeps_given());
  Ways zeros;
  const ContactOutcome o = outcome_of(plan.aftermath[0], *world.satisfaction, 0.7, true, zeros);
  const ContactChances once = chances_of(plan.aftermath[0], plan.satisfaction, o);
  for (int i = 0; i < 1000; ++i) book.expect(plan, Call{}, o);
  book.expect_self_service(Call{}, 0.25);
  const Cell<ContactCount>& sum = book.given(0, 0);
  for (std::size_t k = 0; k < once.size(); ++k) {
    const double extra = k == at(ContactCount::kSelfServed)     ? 1
                         : k == at(ContactCount::kSelfResolved) ? 0.25
                                                                : 0;
    CHECK(static_cast<double>(sum[k]) * kGivenUnit ==
          Approx(1000 * once[k] + extra).margin(1000 * kGivenUnit / 2));
  }
  book.reset();
  CHECK(book.given(0, 0)[at(ContactCount::kAll)] == 0);
}

}  // namespace callmill::test
