// Rules of a scenario all through a plan: shrinkage is planned for and then taken away, limits are
// kept or said to contradict each other, wages are those of the pay rules.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "models/plans/pay.h"
#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {

TEST_CASE("Shrinkage: more are scheduled, and in the simulation as many are away") {
  World world = plan_world();
  const PlanResult plain = plan_day(world, plan_options());
  world.groups[0].shrinkage = Shrinkage{Profile{8h, {0.2}}, Probability{0.1}};
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  const GroupPlanResult& g = plan.groups.at(0);
  for (const double share : g.on_calls) CHECK(share == Approx(0.8 * 0.9));
  // What the exact day asks of agents on calls is the same; of people it is 1 / 0.72 times as much.
  CHECK(plan.wages > plain.wages);
  CHECK(plan.wages < plain.wages / 0.72 * 1.25);  // a shift more than enough is 3 h of some 30
  CHECK_FALSE(plan.planned.groups[0].shrinkage);
  REQUIRE(plan.planned.groups[0].attendance);
  CHECK(plan.planned.groups[0].attendance->absent == Probability{0.1});
  double met = 0, work = 0;
  for (const DutyPeriod& p : plan.planned.roster) {
    if (p.kind == DutyPeriod::Kind::kWork) work += to_hours(p.to - p.from);
    if (p.code == AuxCode::kMeeting) met += to_hours(p.to - p.from);
  }
  // Owed to the end of the day, to within a turn of one hour.
  CHECK(std::abs(met - 0.2 * (work + met)) <= 1);
  CHECK(check_plan(world, plan.day).empty());
}

TEST_CASE("Limits hold in the plan and beside it; those at odds are named") {
  World world = plan_world();
  ShiftLimit limit;
  limit.name = "few_short";
  limit.group = GroupId{0};
  limit.shifts = {"short"};
  limit.share_at_most = 0.25;
  world.limits = {limit};
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  const LimitUse use = use_of(world, plan.day, limit);
  CHECK(4 * use.most <= use.all);
  CHECK(use.all == static_cast<std::int64_t>(plan.day.shifts.size()));
  if (plan.spreadsheet) CHECK(check_plan(world, plan.spreadsheet->day).empty());

  ShiftLimit seats;
  seats.name = "seats";
  seats.group = GroupId{0};
  seats.of = LimitOf::kOnDuty;
  seats.at_most = 2;
  world.limits = {seats};
  world.shifts[0].min_agents = 9;
  const PlanResult none = plan_day(world, plan_options());
  CHECK(none.status == PlanStatus::kInfeasible);
  world.targets.clear();
  CoverProblem problem = cover_problem(world, GroupId{0}, 30min, std::vector<double>(16, 0));
  CHECK(solve_cover(problem, {}).at_odds ==
        std::vector<std::string>{"min_agents of 'long'", "limit 'seats'"});
}

TEST_CASE("Wages of a plan are those of the pay rules, and a dear evening is left early") {
  World world = plan_world();
  PayRule late;
  late.name = "late";
  late.from = 14h;
  late.to = 16h;
  late.rate = 3;
  world.pay = {late};
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  double sum = 0, dear = 0;
  for (const PaidPart& part : pay_parts(world, plan.day)) {
    sum += part.amount;
    if (part.rule == "late") dear = to_hours(part.time);
  }
  CHECK(sum == Approx(plan.wages));
  world.pay.clear();
  const PlanResult plain = plan_day(world, plan_options());
  World priced = world;
  priced.pay = {late};
  double plain_dear = 0;
  for (const PaidPart& part : pay_parts(priced, plain.day))
    if (part.rule == "late") plain_dear = to_hours(part.time);
  CHECK(dear <= plain_dear);
}

}  // namespace callmill::test
