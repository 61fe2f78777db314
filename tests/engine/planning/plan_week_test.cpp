#include "engine/planning/plan_week.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/study/replicate.h"
#include "engine/study/targets.h"
#include "tests/engine/planning/plan_worlds.h"

namespace callmill {
namespace {

// The small day of plan_worlds.h on seven days from Monday 2026-11-23; weekends have half the
// calls.
World small_week() {
  World world = test::plan_world();
  world.days.count = 7;
  world.days.first = parse_date("2026-11-23");
  Profile& volume = world.caller_types[0].volume;
  DayProfile weekend{"weekend", volume.step, volume.values};
  for (double& calls : weekend.values) calls /= 2;
  volume.by_day = {weekend};
  Tours tours;
  tours.min_days_off_in_a_row = 2;
  tours.weekends_off = 0.2;
  world.groups[0].tours = tours;
  world.targets = {test::target_of("service_level", Sense::kAtLeast, 0.75),
                   test::target_of("service_level", Sense::kAtLeast, 0.8, Per::kRun),
                   test::target_of("loss_rate", Sense::kAtMost, 0.01, Per::kRun)};
  return world;
}

TEST_CASE("a small week is planned by tours, and its targets hold on weeks that it has not seen") {
  const World world = small_week();
  REQUIRE(week_faults(world).empty());
  PlanOptions options = test::plan_options();
  options.max_rounds = 25;
  int rounds = 0;
  const WeekPlanResult plan = plan_week(world, options, [&](const PlanRound&) { ++rounds; });
  CAPTURE(plan.reasons, plan.cost(), plan.bound);
  REQUIRE(plan.status == PlanStatus::kMet);
  CHECK(rounds == static_cast<int>(plan.rounds.size()));
  CHECK(plan.rounds.back().what == "confirmed on fresh weeks");
  CHECK(plan.first_day == options.replicate.replications);
  CHECK(check_plan(world, plan.plan).empty());
  CHECK(check_tours(plan.groups[0].problem, plan.groups[0].tours).empty());
  CHECK(plan.wages == Approx(wages_of(world, plan.plan)));
  CHECK(plan.rent == Approx(rent_of(world, plan.plan)));
  CHECK(plan.bound <= plan.cost());
  CHECK(plan.bound >= 0.85 * plan.cost());
  // Weekends ask for fewer people than workdays.
  const std::vector<WeekDay>& days = plan.groups[0].days;
  REQUIRE(days.size() == 7);
  CHECK(days[5].requirement.intervals[2].agents < days[4].requirement.intervals[2].agents);
  // More weeks, of random numbers of their own: the mean itself must reach each target.
  ReplicateOptions fresh = options.replicate;
  fresh.seed = 77;
  const ReplicateResult again = replicate(make_blueprint(plan.planned), fresh);
  for (const TargetResult& t : evaluate_targets(world, again.kpis)) {
    CAPTURE(t.target.metric, t.estimate.value);
    const bool least = t.target.sense == Sense::kAtLeast;
    // The plan was confirmed with 95 %: another sample lies within twice its own interval.
    const double half = t.estimate.ci_high - t.estimate.value;
    CHECK((least ? t.estimate.value + 2 * half >= t.target.value
                 : t.estimate.value - 2 * half <= t.target.value));
  }
}

TEST_CASE("the same plan of a week each time") {
  World world = small_week();
  world.targets.resize(2);
  PlanOptions options = test::plan_options();
  options.replicate.replications = 10;
  options.max_rounds = 3;
  const WeekPlanResult one = plan_week(world, options), other = plan_week(world, options);
  CHECK(one.cost() == other.cost());
  REQUIRE(one.plan.shifts.size() == other.plan.shifts.size());
  for (std::size_t i = 0; i < one.plan.shifts.size(); ++i) {
    CHECK(one.plan.shifts[i].day == other.plan.shifts[i].day);
    CHECK(one.plan.shifts[i].from == other.plan.shifts[i].from);
  }
}

TEST_CASE("weeks that rules allow are listed; where any days will do they are not") {
  World world = small_week();
  const std::vector<double> wanted(7 * 16, 1.0);
  WeekProblem week = week_problem(world, GroupId{0}, 30min, wanted);
  CHECK(week.problem.slots_per_day == 16);
  REQUIRE(week.problem.by_weeks());
  CHECK(week.problem.shifts[0].weeks.size() == 7);  // two days off together: where they begin
  world.groups[0].tours = Tours{};
  CHECK_FALSE(week_problem(world, GroupId{0}, 30min, wanted).problem.by_weeks());
  world.days.closed = {"sunday"};
  week = week_problem(world, GroupId{0}, 30min, wanted);
  REQUIRE(week.problem.by_weeks());
  CHECK(week.problem.shifts[0].weeks.size() == 6);  // five of six days
  world.days.closed.clear();
  PayRule sunday;
  sunday.name = "sunday";
  sunday.on = {"sunday"};
  sunday.rate = 2;
  world.pay = {sunday};
  week = week_problem(world, GroupId{0}, 30min, wanted);
  REQUIRE(week.problem.by_weeks());
  CHECK(week.problem.shifts[0].cost_on[6] == Approx(2 * week.problem.shifts[0].cost_on[0]));
  world.pay.clear();
  // Shifts of 6 h on 5 days are 27.5 h paid, those of 3 h 15 h.
  world.groups[0].tours->min_hours = 20h;
  week = week_problem(world, GroupId{0}, 30min, wanted);
  for (const WeekShift& shift : week.shifts) CHECK(shift.pattern == 0);
}

TEST_CASE("a week without a plan says why, and what cannot be planned is said at once") {
  World world = small_week();
  world.groups[0].tours->max_hours = 10h;
  PlanOptions options = test::plan_options();
  const WeekPlanResult plan = plan_week(world, options);
  CHECK(plan.status == PlanStatus::kInfeasible);
  CHECK(plan.reasons ==
        std::vector<std::string>{
            "agents: no kind of shift can be worked in any week that the rules allow"});
  world = small_week();
  world.shifts.erase(world.shifts.begin());
  world.shifts[0].last_start = 10h;
  const WeekPlanResult early = plan_week(world, options);
  CHECK(early.status == PlanStatus::kInfeasible);
  REQUIRE_FALSE(early.reasons.empty());
  CHECK(early.reasons[0].find("agents 2026-11-23 13:00 needs") == 0);
  world.targets[0].price = 3;
  world.limits = {{"seats", GroupId{0}, {}, LimitOf::kOnDuty, {}, {}, {}, 9, {}, {}}};
  CHECK(week_faults(world).size() == 2);
  world.days.count = 3;
  CHECK(week_faults(world).size() == 3);
}

}  // namespace
}  // namespace callmill
