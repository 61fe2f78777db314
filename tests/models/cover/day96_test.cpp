#include "tests/models/cover/day96.h"
#include "tests/place.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

namespace callmill {
namespace {

// Optimal costs and relaxations in paid quarter-hours, proven with an independent program.
struct Instance {
  int number;
  double relaxation, optimum;
};
constexpr Instance kPeak50{0, 2547.81, 2548}, kPeak500{1, 24188.48, 24190},
    kPeak5000{2, 239001.71, 239002};

CoverProblem problem_of(const Instance& instance) {
  const auto requirement = day96_requirement(instance.number);
  if (!requirement) {
    WARN("skipped: no data/staffing/day96 in " << test::shared_path(""));
    return {};
  }
  REQUIRE(requirement->size() == 96);
  return day96(*requirement);
}

void expect_within(const Instance& instance, const CoverOptions& options, double relative_gap) {
  const CoverProblem problem = problem_of(instance);
  if (problem.slots == 0) return;
  const CoverResult result = solve_cover(problem, options);
  CAPTURE(instance.number, result.cost, result.bound);
  CHECK(check_cover(problem, result) == std::vector<std::string>{});
  CHECK(result.cost >= instance.optimum);
  CHECK(result.bound <= instance.optimum);
  CHECK(result.bound >= instance.relaxation);
  CHECK(result.gap() <= relative_gap);
}

TEST_CASE("day of 96 slots: plans within a coarse gap, and bounds as tight as the relaxation") {
  expect_within(kPeak50, {.relative_gap = 0.03, .time_limit_s = 300}, 0.03);
  expect_within(kPeak500, {.relative_gap = 0.005, .time_limit_s = 300}, 0.005);
  expect_within(kPeak5000, {.relative_gap = 0.0005, .time_limit_s = 300}, 0.0005);
}

TEST_CASE("day of 96 slots, peak 50: the optimum, proven", "[.slow]") {
  const CoverProblem problem = problem_of(kPeak50);
  if (problem.slots == 0) return;
  const CoverResult result = solve_cover(problem, {.relative_gap = 0, .time_limit_s = 600});
  CHECK(check_cover(problem, result) == std::vector<std::string>{});
  CHECK(result.status == CoverStatus::kOptimal);
  CHECK(result.cost == kPeak50.optimum);
}

TEST_CASE("day of 96 slots, peak 500 and 5,000: within 0.02 %", "[.slow]") {
  expect_within(kPeak500, {.relative_gap = 2e-4, .time_limit_s = 600}, 2e-4);
  expect_within(kPeak5000, {.relative_gap = 2e-5, .time_limit_s = 600}, 2e-5);
}

}  // namespace
}  // namespace callmill
