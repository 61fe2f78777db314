#include "tests/models/tours/week96.h"

#include <catch2/catch.hpp>

namespace callmill {
namespace {

// Every fourth kind of shift of the week of 50 agents, so that the test is quick; the whole week is
// measured by `./dev bench plan`.
TEST_CASE("a week of 50 agents: a few windows bring the plan near its bound") {
  TourProblem problem;
  problem.slots_per_day = 96;
  problem.requirement = week96_requirement(0);
  if (problem.requirement.empty()) {
    WARN("skipped: no data/staffing/week96 in " << test::shared_path(""));
    return;
  }
  REQUIRE(problem.requirement.size() == 672);
  for (const int length : {16, 32})
    for (int hour = 0; hour < 24; hour += 2) problem.shifts.push_back(shift96(4 * hour, length));
  const TourResult result = solve_tours(problem, {.time_limit_s = 300, .window_limit = 40});
  CAPTURE(result.cost, result.bound, result.windows);
  CHECK(check_tours(problem, result) == std::vector<std::string>{});
  CHECK(result.status == TourStatus::kGap);
  CHECK(result.bound >= 15286.8);  // fewer kinds of shift cannot cost less than all of them
  CHECK(result.gap() < 0.08);
}

TEST_CASE("a week of 50 agents, all kinds of shift: the relaxation and 2.5 %", "[.slow]") {
  const TourProblem problem = week96(week96_requirement(0));
  const TourResult result = solve_tours(problem, {.relative_gap = 0.025, .time_limit_s = 1200});
  CAPTURE(result.cost, result.bound, result.windows);
  CHECK(check_tours(problem, result) == std::vector<std::string>{});
  CHECK(result.bound == 15290);  // 15,286.8 on the next multiple of 5
  CHECK(result.gap() < 0.03);
}

}  // namespace
}  // namespace callmill
