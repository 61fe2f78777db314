// Plans that hold on a stated share of days, on small days.

#include "engine/robust/robust.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "base/stats/share.h"
#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {
namespace {

RobustOptions robust_options() {
  RobustOptions options;
  options.plan = plan_options();
  options.share = 0.8;
  options.spread.forecast_error = 0.15;
  options.spread.absence = 0.05;
  options.days = 200;
  options.fresh_days = 400;
  options.prices = {0.5, 0.9};
  return options;
}

// One kind of shift, all day long: a plan is a number of agents, and all of them can be tried.
World one_number_world() {
  World world = plan_world();
  world.shifts = {shift_of("day", 0, 8h, 8h, 8h, 40)};
  world.targets = {target_of("answer_rate", Sense::kAtLeast, 0.9)};
  world.trunks[0].lines = 60;
  return world;
}

// The share of days on which so many agents hold the targets.
double share_with(const World& world, const RobustOptions& options, std::size_t agents,
                  std::int64_t days) {
  DayPlan plan;
  for (std::size_t a = 0; a < agents; ++a) {
    PlannedShift shift;
    shift.group = GroupId{0};
    shift.agent = static_cast<std::uint32_t>(a);
    shift.pattern = 0;
    shift.from = 8h;
    shift.to = 16h;
    plan.shifts.push_back(shift);
  }
  World planned = with_spread(world, options.spread);
  put_plan(planned, plan);
  ReplicateOptions study = options.plan.replicate;
  study.seed = 7919;  // days of their own
  study.replications = days;
  return days_held(planned, study).share;
}

}  // namespace

TEST_CASE("Two factors of a day make one of their joint variation") {
  World world = plan_world();
  world.busyness_cv = 0.3;
  CHECK(cv_of_days(world, {}) == Approx(0.3));
  CHECK(cv_of_days(world, {0.4, {}}) == Approx(std::sqrt(1.09 * 1.16 - 1)));
  const World days = with_spread(world, {0.4, 0.06});
  CHECK(days.busyness_cv == Approx(std::sqrt(1.09 * 1.16 - 1)));
  REQUIRE(days.groups[0].attendance);
  CHECK(days.groups[0].attendance->absent.value() == 0.06);
  CHECK_FALSE(with_spread(world, {}).groups[0].attendance);
}

TEST_CASE("A day is judged by its own figures, loss apart") {
  World world = one_number_world();
  world.trunks[0].lines = 3;
  world.groups[0].staff = Profile{8h, {2}};
  world.targets = {target_of("answer_rate", Sense::kAtLeast, 0.5),
                   target_of("loss_rate", Sense::kAtMost, 0.05)};
  const Blueprint plan = make_blueprint(world);
  const KpiLayout layout{plan};
  const std::size_t calls = layout.find(Family::kCalls, {});
  const std::size_t lines = layout.find(Family::kLines, {});
  ReplicateOptions options = plan_options().replicate;
  options.replications = 40;
  std::int64_t held = 0, only_loss = 0;
  replicate(plan, options, {}, nullptr, [&](const ReplicationCounts& counts, std::uint64_t) {
    const auto count = [&](std::size_t row, auto k) {
      const KpiLayout::Row& r = layout.rows()[row];
      return counts[r.offset + r.width * layout.intervals() + static_cast<std::size_t>(k)];
    };
    const double answered = count(calls, CallCount::kAnswered);
    const double gone = count(calls, CallCount::kAbandoned);
    const bool answers = answered >= 0.5 * (answered + gone);
    const bool loses = count(lines, LineCount::kBlocked) + count(lines, LineCount::kNetworkLost) >
                       0.05 * count(lines, LineCount::kAttempts);
    const DayVerdict verdict = verdict_of(world.targets, layout, counts);
    CHECK(verdict.holds == (answers && !loses));
    CHECK(verdict.only_loss == (answers && loses));
    held += verdict.holds ? 1 : 0;
    only_loss += verdict.only_loss ? 1 : 0;
  });
  const DaysHeld days = days_held(world, options);
  CHECK(days.held == held);
  CHECK(days.days == 40);
  CHECK(days.share == Approx(static_cast<double>(held) / 40));
  CHECK(days.only_loss == Approx(static_cast<double>(only_loss) / 40));
  CHECK(only_loss > 0);  // two agents and three lines lose a lot
}

TEST_CASE(
    "A robust plan holds on its share of days that nobody has seen, and more shares cost more") {
  const World world = plan_world();
  const RobustOptions options = robust_options();
  std::vector<PlanRound> seen;
  const RobustResult robust =
      plan_robust(world, options, [&](const PlanRound& r) { seen.push_back(r); });
  REQUIRE(robust.plain.status == PlanStatus::kMet);
  REQUIRE(robust.plan.status == PlanStatus::kMet);
  CHECK(check_plan(world, robust.plan.day).empty());
  REQUIRE(robust.prices.size() == 3);
  double cost = 0;
  for (const RobustPrice& price : robust.prices) {
    INFO("share " << price.share);
    REQUIRE(price.found);
    CHECK(price.confirmed);
    CHECK(price.fresh.ci_low >= price.share);
    CHECK(price.fresh.n == 400);
    CHECK(price.cost >= cost);
    cost = price.cost;
  }
  CHECK(robust.prices.back().cost > robust.prices.front().cost);
  CHECK(robust.asked.share == 0.8);
  CHECK(robust.asked.cost == Approx(robust.plan.cost()));
  CHECK(robust.plan.cost() ==
        Approx(wages_of(world, robust.plan.day) + rent_of(world, robust.plan.day)));
  // Holding on average is not holding on four days of five, and costs less.
  CHECK(robust.of_plain.fresh.ci_high < 0.8);
  CHECK(robust.of_plain.cost < robust.asked.cost);
  for (std::size_t r = 0; r < seen.size(); ++r) CHECK(seen[r].number == static_cast<int>(r) + 1);
  // On other days yet: another seed. Both shares are binomial; four standard deviations of either.
  ReplicateOptions other = options.plan.replicate;
  other.seed = 4711;
  other.replications = 400;
  const double share = days_held(robust.plan.planned, other).share;
  CHECK(share > robust.asked.fresh.value - 4 * std::sqrt(2 * 0.8 * 0.2 / 400));
}

TEST_CASE(
    "Where a plan is one number, the robust plan is the least number that does, or one more") {
  const World world = one_number_world();
  RobustOptions options = robust_options();
  options.prices.clear();
  const RobustResult robust = plan_robust(world, options);
  REQUIRE(robust.plan.status == PlanStatus::kMet);
  const std::size_t agents = robust.plan.day.shifts.size();
  // 2,000 days tell shares apart to 0.9 %; one agent more is worth several per cent of days here.
  std::size_t least = 1;
  while (share_with(world, options, least, 2000) < 0.8) ++least;
  INFO("least " << least << ", planned " << agents);
  CHECK(agents >= least);
  CHECK(agents <= least + 1);  // its interval, not its value, is to lie above 80 %
}

// The figures of docs/models/robust.md: what the search says of its plan, and 4,000 other days.
TEST_CASE("Robust plans of 20 seeds on days of other seeds", "[.long]") {
  RobustOptions options = robust_options();
  options.plan.replicate.threads = 2;
  for (const double share : {0.8, 0.9}) {
    int held = 0;
    double sum = 0, worst = 1, cost = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      options.plan.replicate.seed = seed;
      options.share = share;
      options.prices.clear();
      const RobustResult robust = plan_robust(plan_world(), options);
      ReplicateOptions other = options.plan.replicate;
      other.seed = seed + 1'000'000;
      other.replications = 4'000;
      const double truth = days_held(robust.plan.planned, other).share;
      held += truth >= share ? 1 : 0;
      sum += truth;
      worst = std::min(worst, truth);
      cost += robust.plan.cost() / robust.plain.cost();
      CHECK(robust.plan.status == PlanStatus::kMet);
    }
    WARN("share " << share << ": held by " << held << " of 20 plans, mean " << sum / 20
                  << ", least " << worst << ", cost over the plain plan's " << cost / 20);
    CHECK(held >= 18);  // each is confirmed with an error of 2.5 % at its lower end
  }
}

TEST_CASE("A share that no staff gives is missed, and the plan says so") {
  World world = plan_world();
  world.shifts[0].max_agents = 9;
  world.shifts[1].max_agents = 6;
  RobustOptions options = robust_options();
  options.share = 0.99;
  options.spread.forecast_error = 0.5;
  options.prices.clear();
  const RobustResult robust = plan_robust(world, options);
  REQUIRE(robust.plain.status == PlanStatus::kMet);
  CHECK(robust.plan.status == PlanStatus::kTargetMissed);
  REQUIRE_FALSE(robust.plan.reasons.empty());
  CHECK_FALSE(robust.asked.confirmed);
}

}  // namespace callmill::test
