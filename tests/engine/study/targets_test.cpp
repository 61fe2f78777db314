// A target is met when its whole interval lies on the right side.

#include "engine/study/targets.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {
namespace {

// Eight hours, staffed well but for the third.
World staffed() {
  World world = plan_world();
  world.trunks[0].lines = 20;
  world.groups[0].staff = Profile{1h, {5, 7, 2, 7, 6, 6, 7, 5}};
  world.shifts.clear();
  return world;
}

KpiTable simulate(const World& world, std::int64_t replications = 30) {
  ReplicateOptions options;
  options.seed = 3;
  options.replications = replications;
  options.threads = 1;
  return replicate(make_blueprint(world), options).kpis;
}

TargetResult judged(World world, const KpiTable& kpis, const Target& target) {
  world.targets = {target};
  const std::vector<TargetResult> results = evaluate_targets(world, kpis);
  REQUIRE(results.size() == 1);
  CHECK(all_met(results) == results[0].met);
  return results[0];
}

}  // namespace

TEST_CASE("A day target is met when the interval's worse end meets it, not its mean alone") {
  const World world = staffed();
  const KpiTable kpis = simulate(world);
  const Estimate e = kpis.day("service_level", {}, world.study.confidence);
  REQUIRE(e.ci_low < e.value);
  REQUIRE(e.value < e.ci_high);
  const auto met = [&](Sense sense, double value) {
    const TargetResult r = judged(world, kpis, target_of("service_level", sense, value));
    CHECK(r.estimate.value == e.value);
    CHECK(r.interval == kpis.layout().intervals());
    CHECK(r.missed_intervals.empty());
    return r.met;
  };
  const double near_low = (e.ci_low + e.value) / 2, near_high = (e.ci_high + e.value) / 2;
  CHECK(met(Sense::kAtLeast, e.ci_low));
  CHECK_FALSE(met(Sense::kAtLeast, near_low));  // the mean holds it, the interval does not
  CHECK_FALSE(met(Sense::kAtLeast, near_high));
  CHECK(met(Sense::kAtMost, e.ci_high));
  CHECK_FALSE(met(Sense::kAtMost, near_high));
  CHECK_FALSE(met(Sense::kAtMost, near_low));
}

TEST_CASE("More confidence is harder to meet") {
  World world = staffed();
  const KpiTable kpis = simulate(world);
  const double just = kpis.day("service_level", {}, 0.95).ci_low;
  world.study.confidence = 0.95;
  CHECK(judged(world, kpis, target_of("service_level", Sense::kAtLeast, just)).met);
  world.study.confidence = 0.99;
  CHECK_FALSE(judged(world, kpis, target_of("service_level", Sense::kAtLeast, just)).met);
}

TEST_CASE("A target per interval names each interval that misses, and reports the worst") {
  const World world = staffed();
  const KpiTable kpis = simulate(world);
  const TargetResult r =
      judged(world, kpis, target_of("answer_rate", Sense::kAtLeast, 0.7, Per::kInterval));
  CHECK_FALSE(r.met);
  CHECK(r.missed_intervals == std::vector<std::uint32_t>{2});
  CHECK(r.interval == 2);
  const Metric& metric = *find_metric("answer_rate", ScopeKind::kTotal);
  CHECK(r.estimate.value == kpis.estimate(metric, {}, 2, 0.95).value);
  CHECK(r.estimate.ci_low < 0.7);
  // The same centre's day is fine: intervals are the harder ask.
  CHECK(judged(world, kpis, target_of("answer_rate", Sense::kAtLeast, 0.7)).met);
}

TEST_CASE("Intervals of the warm-up are not judged") {
  World world = staffed();
  world.day.warm_up = 2h + 30min;  // the third hour is partly warm-up
  const KpiTable kpis = simulate(world);
  const TargetResult r =
      judged(world, kpis, target_of("answer_rate", Sense::kAtLeast, 0.7, Per::kInterval));
  CHECK(r.met);
  CHECK(r.interval > 2);
}

TEST_CASE("An interval without a call meets every target, and so does a day") {
  World world = staffed();
  world.caller_types[0].volume.values = {20, 0, 0, 20, 20, 20, 20, 20};
  const TargetResult some = judged(world, simulate(world),
                                   target_of("answer_rate", Sense::kAtLeast, 0.5, Per::kInterval));
  CHECK(some.met);
  CHECK(std::isfinite(some.estimate.value));
  world.caller_types[0].volume.values.assign(8, 0.0);
  const KpiTable none = simulate(world);
  for (const Per per : {Per::kDay, Per::kInterval})
    CHECK(judged(world, none, target_of("service_level", Sense::kAtLeast, 0.999, per)).met);
}

TEST_CASE("One replication has no interval: its mean decides") {
  const World world = staffed();
  const KpiTable kpis = simulate(world, 1);
  const double value = kpis.day("answer_rate", {}, 0.95).value;
  CHECK(judged(world, kpis, target_of("answer_rate", Sense::kAtLeast, value)).met);
  CHECK_FALSE(judged(world, kpis, target_of("answer_rate", Sense::kAtLeast, value + 1e-9)).met);
}

TEST_CASE("A target's scope is its queue or its trunk group, else the whole centre") {
  Target target = target_of("answer_rate", Sense::kAtLeast, 0.9);
  CHECK(scope_of(target).kind == ScopeKind::kTotal);
  target.queue = QueueId{1};
  CHECK(scope_of(target).kind == ScopeKind::kQueue);
  CHECK(scope_of(target).index == 1);
  Target loss = target_of("loss_rate", Sense::kAtMost, 0.01);
  loss.trunks = TrunkGroupId{2};
  CHECK(scope_of(loss).kind == ScopeKind::kTrunks);
  CHECK(scope_of(loss).index == 2);
}

}  // namespace callmill::test
