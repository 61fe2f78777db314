#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "models/tours/tours.h"

namespace callmill {
namespace {

// Three days of 8 slots; a late shift runs past midnight, past the last one into the first day.
TourProblem small_week() {
  TourProblem problem;
  problem.days = 3;
  problem.slots_per_day = 8;
  problem.days_worked = 2;
  problem.requirement = {1, 1, 2, 3, 3, 2, 1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1};
  problem.shifts = {{"early", 0, 4, {{1, 1, 2}}, 4}, {"late", 4, 6, {{1, 1, 2}, {1, 3, 4}}, 5}};
  return problem;
}

TEST_CASE("the checker of tours passes a good plan and objects to each kind of tampering") {
  const TourProblem problem = small_week();
  const TourResult good = solve_tours(problem, {});
  REQUIRE((good.status == TourStatus::kGap || good.status == TourStatus::kOptimal));
  REQUIRE(check_tours(problem, good) == std::vector<std::string>{});
  REQUIRE(good.tours.front().shift == 0);
  REQUIRE(good.tours.back().shift == 1);

  const auto objects = [&](const std::string& says,
                           const std::function<void(TourResult&)>& tamper) {
    CAPTURE(says);
    TourResult bad = good;
    tamper(bad);
    const std::vector<std::string> wrong = check_tours(problem, bad);
    bool said = false;
    for (const std::string& line : wrong) said = said || line.find(says) != std::string::npos;
    CAPTURE(wrong);
    CHECK(said);
  };

  objects("needs", [](TourResult& r) { r.tours.clear(); });
  objects("no shift has the number 2", [](TourResult& r) { r.tours[0].shift = 2; });
  objects("works 1 days, not 2", [](TourResult& r) { r.tours[0].days.pop_back(); });
  objects("one is worked twice", [](TourResult& r) { r.tours[0].days[1] = r.tours[0].days[0]; });
  objects("which the week has not", [](TourResult& r) { r.tours[0].days[1].day = 3; });
  objects("0 breaks, not 1", [](TourResult& r) { r.tours[0].days[0].break_start.clear(); });
  objects("outside its window", [](TourResult& r) { r.tours[0].days[0].break_start[0] += 2; });
  objects("outside its window", [](TourResult& r) { r.tours[0].days[0].break_start[0] -= 2; });
  objects("outside its window", [](TourResult& r) { r.tours[0].days[0].break_start[0] += 24; });
  objects("is said to have", [](TourResult& r) { ++r.present[5]; });
  objects("present is not given", [](TourResult& r) { r.present.pop_back(); });
  objects("the plan costs", [](TourResult& r) { r.cost -= 1; });
  objects("bound lies above", [](TourResult& r) { r.bound = r.cost + 1; });
  objects("called optimal", [](TourResult& r) {
    r.status = TourStatus::kOptimal;
    r.bound = r.cost - 1;
  });
  objects("the status denies it", [](TourResult& r) { r.status = TourStatus::kNoPlanFound; });
}

TEST_CASE("breaks of one shift that overlap are seen") {
  TourProblem problem = small_week();
  problem.shifts = {{"long", 0, 6, {{2, 0, 3}, {1, 3, 3}}, 6}};
  problem.requirement.assign(24, 0);
  TourResult result;
  result.status = TourStatus::kGap;
  result.cost = 12;
  result.tours = {{0, {{0, {0, 3}}, {1, {10, 11}}}}};  // on the second day from 2 to 4, and at 3
  result.present.assign(24, 0);
  for (const int slot : {2, 4, 5, 8, 9, 12, 13}) result.present[static_cast<std::size_t>(slot)] = 1;
  const std::vector<std::string> wrong = check_tours(problem, result);
  REQUIRE(wrong.size() == 1);
  CHECK(wrong[0] == "person 1: day 1: breaks overlap");
}

}  // namespace
}  // namespace callmill
