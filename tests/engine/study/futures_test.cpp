// Futures of one day: what was stays, what comes is drawn anew by the day's own laws, and two plans
// meet the same callers.

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "base/stats/tally.h"
#include "engine/centre/centre.h"
#include "engine/study/compare.h"
#include "engine/study/floor_now.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

constexpr SimTime kNoon = kStart + 4h;

// Eight hours in which a team of ten is short for two; callers try again.
World busy_day() {
  OneQueue spec;
  spec.agents = 10;
  spec.lines = 40;
  spec.per_hour = 190;
  spec.patience = ExponentialLaw{120};
  spec.talk = LognormalLaw{180, 150};
  spec.length = 8h;
  spec.interval = 1h;
  World world = one_queue(spec);
  world.caller_types[0].volume = {1h, {150, 180, 210, 230, 220, 190, 160, 120}};
  world.caller_types[0].redial.after_abandon.share = Probability{0.4};
  world.caller_types[0].redial.after_abandon.delay = ExponentialLaw{900};
  return world;
}

// The same, with so many agents from noon on.
World with_afternoon(double agents) {
  World world = busy_day();
  world.groups[0].staff = {1h, {10, 10, 10, 10, agents, agents, agents, agents}};
  return world;
}

Compared indicator(const char* key, std::size_t variants, std::uint32_t interval = kWholeDay) {
  return {find_metric(key, ScopeKind::kTotal), std::vector<Scope>(variants), interval};
}

}  // namespace

TEST_CASE("What was before stays, what comes differs from future to future") {
  const Blueprint plan = make_blueprint(busy_day());
  const Snapshot at_noon = take_snapshot(plan, 3, 5, kNoon);
  const KpiLayout layout{plan};
  CHECK(broken_laws(plan, at_noon.centre).empty());
  CHECK(at_noon.centre.now < kNoon);

  ReplicateOptions whole;
  whole.seed = 3;
  whole.first = 5;
  whole.replications = 1;
  ReplicationCounts day;
  replicate(plan, whole, {}, nullptr,
            [&](const ReplicationCounts& counts, std::uint64_t) { day = counts; });
  ReplicateOptions futures = whole;
  futures.first = 0;
  futures.replications = 30;
  futures.from = &at_noon;
  Tally after;
  const Metric& attempts = *find_metric("attempts", ScopeKind::kTotal);
  const std::size_t row = layout.find(attempts.family, {});
  const auto attempts_in = [&](const ReplicationCounts& counts, std::uint32_t interval) {
    return counts[layout.rows()[row].offset + interval * layout.rows()[row].width +
                  attempts.numerator.front().index];
  };
  std::vector<std::uint64_t> prints;
  replicate(plan, futures, {}, nullptr, [&](const ReplicationCounts& counts, std::uint64_t events) {
    CHECK(events > 0);
    for (std::uint32_t interval = 0; interval < 4; ++interval)
      CHECK(attempts_in(counts, interval) == attempts_in(day, interval));
    after.add(attempts_in(counts, 6));
    prints.push_back(fingerprint_of(layout, counts));
  });
  CHECK(after.variance() > 20);
  std::sort(prints.begin(), prints.end());
  CHECK(std::adjacent_find(prints.begin(), prints.end()) == prints.end());
}

TEST_CASE("Futures over many days are the days: the law of total expectation") {
  const Blueprint plan = make_blueprint(busy_day());
  constexpr int kDays = 150;
  constexpr std::int64_t kFutures = 4;
  const KpiLayout layout{plan};
  for (const char* key : {"attempts", "service_level", "abandon_rate", "mean_wait", "occupancy"}) {
    const Metric& metric = *find_metric(key, ScopeKind::kTotal);
    Tally difference;  // of a day and the mean of its futures, in the hour after noon
    for (int day = 0; day < kDays; ++day) {
      const Snapshot from = take_snapshot(plan, 11, day, kNoon);
      ReplicateOptions options;
      options.seed = 100 + static_cast<std::uint64_t>(day);
      options.replications = kFutures;
      options.from = &from;
      options.threads = 1;
      const KpiTable futures = replicate(plan, options).kpis;
      ReplicateOptions whole;
      whole.seed = 11;
      whole.first = day;
      whole.replications = 1;
      whole.threads = 1;
      const KpiTable itself = replicate(plan, whole).kpis;
      difference.add(futures.estimate(metric, {}, 5, 0.95).value -
                     itself.estimate(metric, {}, 5, 0.95).value);
    }
    INFO(key << ": " << difference.mean() << ", sd " << std::sqrt(difference.variance()));
    CHECK(std::fabs(difference.mean()) < 3.3 * std::sqrt(difference.variance() / kDays));  // 99.9 %
  }
}

TEST_CASE("Variants that differ from then on meet the same callers, whatever the threads") {
  std::vector<Blueprint> plans;
  for (const double agents : {10.0, 12.0}) plans.push_back(make_blueprint(with_afternoon(agents)));
  CompareOptions options;
  options.replicate.seed = 3;
  options.replicate.replications = 40;
  for (const Blueprint& plan : plans) options.from.push_back(take_snapshot(plan, 3, 5, kNoon));
  CHECK(options.from[0].centre.events == options.from[1].centre.events);
  const std::vector<Compared> indicators{indicator("service_level", 2), indicator("attempts", 2),
                                         indicator("service_level", 2, 2)};
  const Comparison two = compare(plans, indicators, options);
  REQUIRE(two.replications == 40);
  CHECK(two.difference[0][1].ci_low > 0);
  CHECK(two.gain[0][1] > 1);
  // The morning is one and the same.
  CHECK(two.difference[2][1].value == 0);
  CHECK(two.value[2][0].ci_low == two.value[2][0].ci_high);
  options.replicate.threads = 1;
  const Comparison one = compare(plans, indicators, options);
  CHECK(one.value[0][1].ci_low == two.value[0][1].ci_low);
  CHECK(one.baseline_days == two.baseline_days);
}

TEST_CASE("The floor at a moment is that of the centre") {
  const Blueprint plan = make_blueprint(busy_day());
  for (int day = 0; day < 20; ++day) {
    const Snapshot from = take_snapshot(plan, 7, day, kNoon);
    const FloorNow now = floor_now(plan, from.centre);
    REQUIRE(now.queues.size() == 1);
    const auto agents = [&](AgentState state) {
      return now.groups[0].agents[static_cast<std::size_t>(state)];
    };
    // Each call on a line waits or is talked with.
    CHECK(now.lines[0].in_use == now.queues[0].waiting + agents(AgentState::kTalk));
    CHECK(now.lines[0].in_service == 40);
    CHECK(agents(AgentState::kAvailable) + agents(AgentState::kTalk) + agents(AgentState::kWrap) ==
          10);
    CHECK((now.queues[0].waiting == 0 || agents(AgentState::kAvailable) == 0));
    CHECK((now.queues[0].waiting > 0) == (now.queues[0].longest_s > 0));
  }
}

}  // namespace callmill::test
