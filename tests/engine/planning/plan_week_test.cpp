#include "engine/planning/plan_week.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/engine/planning/plan_worlds.h"

namespace callmill {
namespace {

using namespace std::chrono_literals;

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
  REQUIRE(plan.reasons.size() == 4);
  CHECK(plan.reasons[0] ==
        "agents: no kind of shift can be worked in any week that the rules allow");
  CHECK(plan.reasons[1] ==
        "agents: these rules cannot hold together with this requirement: "
        "groups.agents.tours.max_hours, groups.agents.tours.days");
  CHECK(plan.reasons[2].find("agents: without groups.agents.tours.max_hours people's weeks cost") ==
        0);
  CHECK(plan.reasons[3].find("agents: without groups.agents.tours.days people's weeks cost") == 0);
  world = small_week();
  world.shifts.erase(world.shifts.begin());
  world.shifts[0].last_start = 10h;
  const WeekPlanResult early = plan_week(world, options);
  CHECK(early.status == PlanStatus::kInfeasible);
  REQUIRE_FALSE(early.reasons.empty());
  CHECK(early.reasons[0].find("agents 2026-11-23 13:00 needs") == 0);
  world.limits = {{"seats", GroupId{0}, {}, LimitOf::kOnDuty, {}, {}, {}, 9, {}, {}}};
  CHECK(week_faults(world).size() == 1);
  world.days.count = 3;
  CHECK(week_faults(world).size() == 2);
}

TEST_CASE("a week's prices are of each of its days, and weighed against its wages") {
  World world = small_week();
  world.shifts.pop_back();
  world.trunks[0].lines = 20;
  world.targets = {test::target_of("service_level", Sense::kAtLeast, 0.9)};
  PlanOptions options = test::plan_options();
  options.replicate.replications = 8;
  options.cover = {1e-2, 60, 60};
  options.max_rounds = 14;
  const auto planned_at = [&](double price) {
    world.targets[0].price = price;
    return plan_week(world, options);
  };
  const WeekPlanResult cheap = planned_at(0.01), dear = planned_at(1000);
  for (const WeekPlanResult& plan : {cheap, dear}) {
    REQUIRE(plan.status == PlanStatus::kMet);
    CHECK(check_plan(world, plan.plan).empty());
    CHECK(plan.cost() == Approx(plan.wages + plan.rent + plan.penalties));
    CHECK(plan.bound <= plan.paid() + 1e-6);
    // Day by day, by hand.
    double points = 0;
    const Metric& level = *find_metric("service_level", ScopeKind::kTotal);
    const KpiLayout& layout = plan.kpis.layout();
    for (std::uint32_t day = layout.intervals() + 1; day < layout.end_of_days(); ++day)
      points += std::max(0.0, 90 - 100 * plan.kpis.estimate(level, {}, day, 0.95).value);
    CHECK(plan.targets[0].missed_points == Approx(points));
    CHECK(plan.penalties == Approx(points * *plan.targets[0].target.price));
  }
  CHECK(cheap.targets[0].missed_points > dear.targets[0].missed_points);
  CHECK(cheap.wages < dear.wages);
}

TEST_CASE("a week's targets hold on fresh weeks, beside the spreadsheet's on the same weeks") {
  const World world = small_week();
  PlanOptions options = test::plan_options();
  options.max_rounds = 1;
  const WeekPlanResult plan = plan_week(world, options);
  REQUIRE(plan.status == PlanStatus::kMet);
  CHECK(plan.first_day == options.replicate.replications);
  CHECK(check_plan(world, plan.plan).empty());
  CHECK(plan.wages == Approx(wages_of(world, plan.plan)));
  CHECK(plan.rent == Approx(rent_of(world, plan.plan)));
  CHECK(plan.bound <= plan.cost());
  REQUIRE(plan.spreadsheet);
  const SpreadsheetPlan& sheet = *plan.spreadsheet;
  CHECK(sheet.short_h == 0);
  CHECK(sheet.staff.size() == 1);
  CHECK(check_plan(world, sheet.day).empty());
  CHECK(sheet.wages == Approx(wages_of(world, sheet.day)));
  CHECK(sheet.rent == Approx(rent_of(world, sheet.day)));
  CHECK(sheet.targets.size() == plan.targets.size());
  // Each slot of each day has the agents that Erlang C asks for there.
  for (const OpenDay& day : world.open_days()) {
    const std::vector<SpreadsheetStaff> staff = spreadsheet_staff(world_of_day(world, day));
    std::vector<std::int64_t> there(world.intervals() * 2, 0);  // by half-hour
    for (const PlannedShift& shift : sheet.day.shifts)
      for (std::size_t t = 0; shift.day == day.number && t < there.size(); ++t) {
        const SimDuration at = world.day.opens + 30min * static_cast<std::int64_t>(t);
        bool works = at >= shift.from && at < shift.to;
        for (const PlannedBreak& rest : shift.breaks)
          works = works && (at < rest.from || at >= rest.to);
        there[t] += works ? 1 : 0;
      }
    for (std::size_t t = 0; t < there.size(); ++t) CHECK(there[t] >= staff[0].agents[t / 2]);
  }
  // The same callers ring in the same weeks; and the plan holds by hand in weeks of another seed.
  const auto of = [](const KpiTable& kpis, const char* metric) {
    return kpis.day(metric, {}, 0.95).value;
  };
  CHECK(of(sheet.kpis, "attempts") == of(plan.kpis, "attempts"));
  ReplicateOptions other = options.replicate;
  other.seed = 77;
  other.replications = 40;
  const KpiTable fresh = replicate(make_blueprint(plan.planned), other).kpis;
  CHECK(of(fresh, "service_level") >= 0.8);
  CHECK(of(fresh, "loss_rate") <= 0.01);
}

}  // namespace
}  // namespace callmill
