// The spreadsheet's weeks against the checker, and against the proven bound.

#include "models/tours/greedy_weeks.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

#include "tests/models/draws.h"

namespace callmill {
namespace {

// 7 days of 6 slots: early and late shifts with a break between, on five days in a row, or three.
TourProblem week_of(std::uint64_t seed) {
  Draws draw{seed};
  TourProblem problem;
  problem.slots_per_day = 6;
  for (int t = 0; t < 7 * 6; ++t) problem.requirement.push_back(draw.from(1, 6) / 2.0);
  for (int start = 0; start < 3; ++start) {
    TourShift shift{"from " + std::to_string(start), start, 4, {{1, 1, 2}}, 4.0};
    for (int day = 0; day < 7; ++day) {
      const std::uint32_t five = 0b11111U << static_cast<unsigned>(day);
      shift.weeks.push_back((five | five >> 7U) & 0x7fU);
      if (start == 0) shift.weeks.push_back(1U << static_cast<unsigned>(day));
    }
    if (draw.from(0, 1) == 0) shift.cost_on = {4, 4, 4, 4, 4, 6, 8};
    problem.shifts.push_back(shift);
  }
  if (draw.from(0, 1) == 0) problem.limits.push_back({"late", {2}, 0x7f, 0, draw.from(1, 4)});
  if (draw.from(0, 1) == 0) problem.limits.push_back({"early", {0}, 0x1f, draw.from(1, 5)});
  if (draw.from(0, 1) == 0) problem.limits.push_back({"half", {1}, 0x7f, 0, -1, 0, 0.5});
  if (draw.from(0, 1) == 0) problem.shares.push_back({"weekends", 0b1100000, 0.25});
  return problem;
}

TEST_CASE("weeks put together one by one keep every rule, and cost no less than the bound") {
  int whole = 0, dearer = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const TourProblem problem = week_of(seed);
    REQUIRE(faults(problem).empty());
    const TourResult sheet = cover_weeks_greedily(problem);
    INFO("seed " << seed);
    TourResult walked = sheet;
    walked.status = TourStatus::kGap;  // what there is of it is walked, too
    for (const std::string& wrong : check_tours(problem, walked)) {
      INFO(wrong);
      CHECK(sheet.status == TourStatus::kNoPlanFound);
      CHECK(wrong.find("slot ") == 0);  // nothing but slots that fall short
    }
    if (sheet.status != TourStatus::kGap) continue;
    ++whole;
    const TourResult best = solve_tours(problem, TourOptions{1e-2, 20, 100, 100});
    CHECK(sheet.cost >= best.bound - 1e-6);
    dearer += sheet.cost > best.cost + 1e-6 ? 1 : 0;
  }
  CHECK(whole > 20);
  CHECK(dearer > 0);
}

TEST_CASE("where people must be off, somebody who is off comes before those who are not") {
  TourProblem problem;
  problem.slots_per_day = 1;
  problem.requirement = {0, 0, 0, 0, 0, 3, 3};
  TourShift shift{"day", 0, 1, {}, 1.0};
  shift.weeks = {0b0011111, 0b1100111};
  problem.shifts = {shift};
  problem.shares = {{"weekends", 0b1100000, 0.25}};
  const TourResult sheet = cover_weeks_greedily(problem);
  CHECK(sheet.status == TourStatus::kGap);
  CHECK(sheet.tours.size() == 4);  // three at the weekend, one off
  CHECK(check_tours(problem, sheet).empty());
  problem.shares[0].share = 1;
  CHECK(cover_weeks_greedily(problem).status == TourStatus::kNoPlanFound);
}

TEST_CASE("any days of the week that need not be listed are tried all") {
  TourProblem problem;
  problem.days_worked = 2;
  problem.slots_per_day = 2;
  problem.requirement = {1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0};
  problem.shifts = {{"day", 0, 2, {}, 1.0}};
  const TourResult sheet = cover_weeks_greedily(problem);
  CHECK(sheet.tours.size() == 1);  // on the first and the fourth day
  CHECK(sheet.cost == Approx(2));
  CHECK(check_tours(problem, sheet).empty());
}

}  // namespace
}  // namespace callmill
