// The spreadsheet's plan beside the planner's: on the same days, under the same rules.

#include <catch2/catch.hpp>

#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {

TEST_CASE("Beside a plan stands the spreadsheet's, simulated on the days that confirmed the plan") {
  const World world = plan_world();
  const PlanOptions options = plan_options();
  const PlanResult plan = plan_day(world, options);
  REQUIRE(plan.status == PlanStatus::kMet);
  CHECK(plan.first_day == options.replicate.replications);
  REQUIRE(plan.spreadsheet);
  const SpreadsheetPlan& sheet = *plan.spreadsheet;
  CHECK(sheet.short_h == 0);
  CHECK(check_plan(world, sheet.day).empty());
  CHECK(sheet.wages == Approx(wages_of(world, sheet.day)));
  CHECK(sheet.rent == Approx(3.0 * static_cast<double>(sheet.day.lines.at(0).lines)));
  CHECK(sheet.targets.size() == plan.targets.size());
  CHECK(sheet.kpis.replications() == plan.kpis.replications());
  // The same callers ring on the same days.
  const auto attempts = [](const KpiTable& kpis) { return kpis.day("attempts", {}, 0.95).value; };
  CHECK(attempts(sheet.kpis) == attempts(plan.kpis));
  // By hand on those days.
  World planned = world;
  put_plan(planned, sheet.day);
  ReplicateOptions days = options.replicate;
  days.first = plan.first_day;
  const KpiTable again = replicate(make_blueprint(planned), days).kpis;
  for (const char* metric : {"service_level", "loss_rate", "occupancy"})
    CHECK(again.day(metric, {}, 0.95).value == sheet.kpis.day(metric, {}, 0.95).value);
}

TEST_CASE("Hours of the spreadsheet that no shift covers are told, and the rest is planned") {
  World world = plan_world();
  world.shifts[0].last_start = 8h;  // 08:00 to 14:00, with the meal
  world.shifts[1].max_agents = 3;
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.spreadsheet);
  CHECK(plan.spreadsheet->short_h > 0);
  CHECK(check_plan(world, plan.spreadsheet->day).empty());
}

TEST_CASE("Without a plan there is no spreadsheet beside it") {
  World world = plan_world();
  world.shifts[0].max_agents = 1;
  world.shifts[1].max_agents = 1;
  CHECK_FALSE(plan_day(world, plan_options()).spreadsheet);
}

}  // namespace callmill::test
