// Days by design, luck as a control, quantiles, and what a study that looks closely makes of them.

#include <array>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <vector>

#include "base/stats/adjusted.h"
#include "base/stats/tally.h"
#include "engine/study/compare.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

constexpr std::array kDesigns = {DayDesign::kIndependent, DayDesign::kStratified,
                                 DayDesign::kAntithetic, DayDesign::kLattice,
                                 DayDesign::kHypercube};

// Of the replication's first day.
double weight_of(std::uint64_t seed, std::uint64_t replication, DayDesign design) {
  return design == DayDesign::kStratified ? stratum_weight(day_stratum(seed, replication, 0)) : 1;
}

World busy(double cv, double agents = 10) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = 60;
  spec.per_hour = 190;
  spec.patience = ExponentialLaw{90};
  spec.length = 3h;
  spec.interval = spec.warm_up = 1h;
  World world = one_queue(spec);
  world.busyness_cv = cv;
  return world;
}

Watched watched(const char* key, double half_width = 0) {
  Watched one;
  one.metric = find_metric(key, ScopeKind::kTotal);
  one.wanted.half_width = half_width;
  return one;
}

ReplicateOptions options_of(std::int64_t replications, const VarianceReduction& reduction,
                            const LuckPlan* luck, int threads = 2) {
  ReplicateOptions options;
  options.seed = 3;
  options.replications = replications;
  options.threads = threads;
  options.reduction = reduction;
  options.luck = luck;
  options.watched = {watched("service_level"), watched("asa")};
  return options;
}

}  // namespace

TEST_CASE("Every design has uniform days: mean 1/2, variance 1/12, each tenth as often") {
  constexpr std::uint64_t kDays = 31 * 2 * 10 * 20;
  for (const DayDesign design : kDesigns)
    for (const std::uint32_t day : {0u, 5u}) {
      if (design == DayDesign::kStratified && day > 0) continue;  // of one open day
      double days = 0, sum = 0, squares = 0;
      std::array<double, 10> tenth{};
      for (std::uint64_t r = 0; r < kDays; ++r) {
        const double u = day_uniform(11, r, day, design), weight = weight_of(11, r, design);
        REQUIRE((u > 0 && u < 1));
        days += weight;
        sum += weight * u;
        squares += weight * (u - 0.5) * (u - 0.5);
        tenth[static_cast<std::size_t>(u * 10)] += weight;
      }
      // As if days were independent; weights are 1.91 at the most, which widens what they count.
      const auto n = static_cast<double>(kDays);
      CHECK(days == Approx(n).epsilon(1e-9));
      CHECK(std::fabs(sum / n - 0.5) < 3.9 * std::sqrt(1 / 12.0 / n));
      CHECK(squares / n == Approx(1 / 12.0).epsilon(3.9 * std::sqrt(1.6 / n)));
      for (const double count : tenth)
        CHECK(std::fabs(count - n / 10) < 3.9 * std::sqrt(1.91 * n * 0.09));
    }
}

TEST_CASE("Ten days fill every stratum once; opposites are opposite; days differ") {
  for (std::uint64_t block = 0; block < 5; ++block) {
    std::set<std::uint32_t> strata;
    for (std::uint64_t r = 10 * block; r < 10 * block + 10; ++r) {
      const std::uint32_t stratum = day_stratum(2, r, 0);
      strata.insert(stratum);
      const double u = day_uniform(2, r, 0, DayDesign::kStratified);
      CHECK((kStratumEdges[stratum] <= u && u <= kStratumEdges[stratum + 1]));
      CHECK(static_cast<std::uint32_t>(day_uniform(2, r, 0, DayDesign::kHypercube) * 10) ==
            stratum);
    }
    CHECK(strata.size() == 10);
    const std::uint64_t even = 2 * block;
    CHECK(day_uniform(2, even, 3, DayDesign::kAntithetic) +
              day_uniform(2, even + 1, 3, DayDesign::kAntithetic) ==
          1.0);
  }
  int same = 0;
  for (std::uint64_t r = 0; r < 10; ++r)
    same += day_stratum(2, r, 0) == day_stratum(2, r, 1) ? 1 : 0;
  CHECK(same < 10);
  // A lattice has one day in each 31st.
  std::set<int> cells;
  const double first = day_uniform(2, 31, 4, DayDesign::kLattice);
  for (std::uint64_t r = 31; r < 62; ++r) {
    const double apart = day_uniform(2, r, 4, DayDesign::kLattice) - first + 1.5 / 31;
    cells.insert(static_cast<int>((apart - std::floor(apart)) * 31));
  }
  CHECK(cells.size() == 31);
}

// Late calls as a hotline has them, by day: nearly none while agents suffice, many on the busy
// days, with luck of the day on top. E f(u) = 1 by construction, of skewness 4.7.
double late_of(double u, std::uint64_t seed, std::uint64_t replication) {
  const double z = normal_quantile(u);
  const double luck =
      ReplicationKey{seed, replication}.owner(Owner::kCentre, 2, 0).uniform(Purpose::kTalk);
  return std::exp(0.9 * z - 0.405) * (0.8 + 0.4 * luck);
}

// 2,000 studies at 95 %: 93.4 to 96.6 % in 99.9 % of all cases.
TEST_CASE("Twenty skew days in strata say what hundreds of independent days do, and are right") {
  constexpr std::uint64_t kStudies = 2000, kDays = 20;
  for (const DayDesign design : {DayDesign::kIndependent, DayDesign::kStratified}) {
    int holds = 0;
    double squares = 0;
    for (std::uint64_t study = 0; study < kStudies; ++study) {
      Grouping grouping;
      if (design == DayDesign::kStratified) grouping.strata = kDayStrata;
      std::vector<double> late;
      for (std::uint64_t r = study * kDays; r < (study + 1) * kDays; ++r) {
        const double weight = design == DayDesign::kStratified
                                  ? append_stratum(grouping, 3, static_cast<std::int64_t>(r))
                                  : 1;
        late.push_back(weight * late_of(day_uniform(3, r, 0, design), 3, r));
      }
      const AdjustedMean mean = adjusted_mean(late, {}, grouping);
      const Estimate e = mean.estimate(0.95);
      holds += e.ci_low <= 1 && 1 <= e.ci_high ? 1 : 0;
      squares += (mean.value - 1) * (mean.value - 1) / kStudies;
    }
    INFO(static_cast<int>(design) << ": " << holds << ", variance " << squares);
    CHECK(holds == Approx(0.95 * kStudies).margin(0.016 * kStudies));
    // Of independent days (e^0.81 (1 + 0.04 / 3) - 1) / 20 = 0.064.
    if (design == DayDesign::kStratified) CHECK(squares < 0.064 / 10);
  }
}

TEST_CASE("Days in strata: the table of a run weighs them, and its figures are those of all days") {
  const World world = busy(0.3);
  const Blueprint plan = make_blueprint(world);
  const ReplicateResult strata =
      replicate(plan, options_of(100, {DayDesign::kStratified, false}, nullptr));
  const ReplicateResult plain = replicate(plan, options_of(400, {}, nullptr));
  for (const char* key : {"attempts", "service_level", "occupancy"}) {
    const Estimate a = strata.kpis.day(key, {}, 0.95), b = plain.kpis.day(key, {}, 0.95);
    INFO(key << " " << a.value << " and " << b.value);
    // Both intervals are two standard errors wide on each side.
    CHECK(std::fabs(a.value - b.value) <
          1.95 * std::hypot(a.ci_high - a.value, b.ci_high - b.value));
    CHECK(a.ci_high - a.ci_low < b.ci_high - b.ci_low);  // though a quarter of the days
  }
  // Two counted hours of 190 calls; the interval knows how the days were laid out.
  const Estimate calls = strata.kpis.day("attempts", {}, 0.95);
  CHECK(std::fabs(calls.value - 380) < 1.95 * (calls.ci_high - calls.value));
  CHECK(calls.ci_high - calls.ci_low < 0.05 * 380);
  CHECK(strata.watched[0].plain.ci_low == strata.kpis.day("service_level", {}, 0.95).ci_low);
  // One day in ten is as bad in either study, however often such days are simulated.
  const WatchedFigure &in_strata = strata.watched[0], &as_drawn = plain.watched[0];
  CHECK(in_strata.low_day.ci_low < as_drawn.low_day.ci_high);
  CHECK(as_drawn.low_day.ci_low < in_strata.low_day.ci_high);
  CHECK(in_strata.high_day.ci_low < as_drawn.high_day.ci_high);
}

TEST_CASE("The independent design is what a centre has without one") {
  const Blueprint plan = make_blueprint(busy(0.3));
  CHECK(fingerprint(open_centre(plan, 4, 7)) ==
        fingerprint(open_centre(plan, 4, 7, DayDesign::kIndependent)));
  CHECK(fingerprint(open_centre(plan, 4, 7)) !=
        fingerprint(open_centre(plan, 4, 7, DayDesign::kStratified)));
}

// Each control is a mean of 0: |z| < 3.9 in 99.99 % of all cases.
TEST_CASE("The luck of a day has expectation 0, in plain centres and in one with everything") {
  for (const World& world : {busy(0.2), everything()}) {
    const Blueprint plan = make_blueprint(world);
    const LuckPlan luck = make_luck(world, plan);
    const KpiLayout layout{plan};
    Recorder recorder{plan};
    ReplicationCounts counts;
    Controls controls;
    std::array<Tally, kLuckControls> tally;
    for (std::int64_t r = 0; r < 400; ++r) {
      run_day(plan, 21, static_cast<std::uint64_t>(r), recorder);
      export_counts(recorder, layout, counts);
      controls.add(day_luck(luck, plan, counts, 21, r, DayDesign::kIndependent));
      for (std::size_t c = 0; c < kLuckControls; ++c)
        tally[c].add(controls.at(static_cast<std::size_t>(r), c));
    }
    REQUIRE(controls.width == kLuckControls);
    CHECK(tally[1].variance() > 0);
    for (const Tally& t : tally) {
      INFO(t.mean() << " +- " << std::sqrt(t.variance() / 400));
      CHECK(std::fabs(t.mean()) <= 3.9 * std::sqrt(t.variance() / 400));
    }
  }
}

TEST_CASE("Fresh calls that luck expects are those of the volume") {
  const World world = busy(0.2);
  const LuckPlan luck = make_luck(world, make_blueprint(world));
  REQUIRE(luck.types.size() == 1);
  CHECK(luck.types.front().fresh == std::vector<double>(3, 190.0));
  CHECK(luck.types.front().menus);
  CHECK(luck.types.front().works);
  CHECK(luck.late[0] == 0);  // warm-up
  CHECK(luck.late[1] > 0);
}

TEST_CASE("Stratified days and controls are worth many independent ones, and cost no truth") {
  const World world = busy(0.25);
  const Blueprint plan = make_blueprint(world);
  const LuckPlan luck = make_luck(world, plan);
  const ReplicateResult plain = replicate(plan, options_of(400, {}, nullptr));
  for (const DayDesign design : kDesigns) {
    // Independent days have only the controls that few of them teach to weigh.
    const double gain = design == DayDesign::kIndependent ? 2 : 4;
    const ReplicateResult known = replicate(plan, options_of(400, {design, true}, &luck));
    for (std::size_t i = 0; i < 2; ++i) {
      const Estimate a = plain.watched[i].estimate, b = known.watched[i].estimate;
      INFO(static_cast<int>(design) << ": " << a.value << " and " << b.value);
      CHECK(plain.watched[i].variance > gain * known.watched[i].variance);
      // Independent of each other but for the days of one design.
      const double apart = std::sqrt(plain.watched[i].variance + known.watched[i].variance);
      CHECK(std::fabs(a.value - b.value) < 3.9 * apart);
    }
  }
  CHECK(plain.watched[0].gain == Approx(1).epsilon(1e-9));
}

TEST_CASE("Whatever the technique, threads change nothing and more days continue a study") {
  const World world = busy(0.25);
  const Blueprint plan = make_blueprint(world);
  const LuckPlan luck = make_luck(world, plan);
  for (const DayDesign design : kDesigns) {
    ReplicateOptions options = options_of(62, {design, true}, &luck, 1);
    const WatchedFigure one = replicate(plan, options).watched.front();
    for (const int threads : {2, 5}) {
      options.threads = threads;
      const WatchedFigure other = replicate(plan, options).watched.front();
      CHECK(std::bit_cast<std::uint64_t>(other.estimate.ci_low) ==
            std::bit_cast<std::uint64_t>(one.estimate.ci_low));
      CHECK(std::bit_cast<std::uint64_t>(other.low_day.value) ==
            std::bit_cast<std::uint64_t>(one.low_day.value));
    }
    std::vector<double> calls, more;
    const auto keep = [](std::vector<double>& into) {
      return [&into](const ReplicationCounts& counts, std::uint64_t) {
        into.push_back(counts[at(CallCount::kAttempts)]);
      };
    };
    replicate(plan, options, {}, nullptr, keep(calls));
    options.replications = 80;
    replicate(plan, options, {}, nullptr, keep(more));
    more.resize(62);
    CHECK(calls == more);
  }
}

TEST_CASE("Differences: pairing and controls together add up with the values") {
  const std::vector<World> worlds = {busy(0.2, 10), busy(0.2, 11)};
  std::vector<Blueprint> plans;
  CompareOptions options;
  for (const World& world : worlds) plans.push_back(make_blueprint(world));
  const LuckPlan luck = make_luck(worlds.front(), plans.front());
  options.replicate.luck = &luck;
  std::vector<Compared> what = {{find_metric("service_level", ScopeKind::kTotal), {{}, {}}}};
  options.replicate.replications = 200;
  options.replicate.reduction = {DayDesign::kStratified, true};
  const Comparison known = compare(plans, what, options);
  CompareOptions plain = options;
  plain.replicate.reduction = {};
  const Comparison unknown = compare(plans, what, plain);
  // Pairing leaves of this difference what no luck explains: nothing is gained, nor lost.
  CHECK(unknown.gain[0][1] > 20);
  CHECK(known.gain[0][1] > unknown.gain[0][1] / 1.3);
  const auto width = [](const Estimate& e) { return e.ci_high - e.ci_low; };
  const Estimate a = known.difference[0][1], b = unknown.difference[0][1];
  CHECK(width(known.value[0][1]) < width(unknown.value[0][1]) / 2);
  CHECK(std::fabs(a.value - b.value) < width(a) + width(b));
  CHECK(known.value[0][1].value - known.value[0][0].value == Approx(a.value).epsilon(1e-9));
}

TEST_CASE("A precision is wanted of what is named: an interval, relative, a quantile") {
  const Blueprint plan = make_blueprint(busy(0.1));
  ReplicateOptions options = options_of(3000, {}, nullptr);
  Watched relative = watched("asa", 0.05), hour = watched("service_level", 0.01), quantile;
  relative.wanted.relative = true;
  hour.interval = 1;
  quantile.share = 0.9;
  quantile.wanted.half_width = 3;
  for (const Watched& one : {relative, hour, quantile}) {
    options.watched = {watched("answer_rate"), one};
    std::vector<double> widths;
    const ReplicateResult result = replicate(plan, options, [&](const Progress& p) {
      CHECK(p.precision.worst == 1);
      if (is_look(p.done)) widths.push_back(p.precision.half_width);
    });
    REQUIRE(result.precise);
    CHECK(result.kpis.replications() < 3000);
    const Estimate e = result.watched[1].estimate;
    const double wanted = one.wanted.of(e.value);
    CHECK((e.ci_high - e.ci_low) / 2 <= wanted);
    REQUIRE(widths.size() > 1);
    CHECK(widths.back() == Approx((e.ci_high - e.ci_low) / 2));
    CHECK(widths.front() > widths.back());
  }
}

TEST_CASE("Days one in ten are worse than: beside the mean, from the days themselves") {
  const Blueprint plan = make_blueprint(busy(0.2));
  const WatchedFigure f = replicate(plan, options_of(200, {}, nullptr)).watched.front();
  CHECK(f.low_day.value < f.estimate.value);
  CHECK(f.estimate.value < f.high_day.value);
  CHECK(f.low_day.ci_low < f.low_day.value);
  CHECK(f.low_day.value < f.low_day.ci_high);
}

TEST_CASE("A quantile of all waits: the histogram's, and its interval holds the next study's") {
  const Blueprint plan = make_blueprint(busy(0.1));
  Recorder recorder{plan};
  WaitQuantiles quantiles;
  WaitHistogram all;
  CHECK(std::isnan(quantiles.quantile(0.9, 0.95).value));
  for (std::uint64_t r = 0; r < 100; ++r) {
    run_day(plan, 8, r, recorder);
    quantiles.add(recorder.waits(0));
    all.add(recorder.waits(0));
  }
  for (const double share : {0.8, 0.9, 0.99}) {
    const Estimate e = quantiles.quantile(share, 0.95);
    CHECK(e.value == Approx(to_seconds(all.quantile(share))).epsilon(0.032));
    CHECK(e.ci_low < e.value);
    CHECK(e.value < e.ci_high);
  }
  CHECK(quantiles.quantile(0.01, 0.95).value == 0);  // most do not wait
}

}  // namespace callmill::test
