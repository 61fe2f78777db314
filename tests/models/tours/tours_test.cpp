#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "models/mip/mip.h"
#include "models/tours/tours.h"
#include "tests/models/draws.h"

namespace callmill {
namespace {

// 3 days of 6 slots, persons work 2 of them; shifts of 3 to 5 slots with a break or none.
TourProblem random_week(std::uint64_t seed) {
  Draws draw{seed};
  TourProblem problem;
  problem.days = 3;
  problem.slots_per_day = 6;
  problem.days_worked = 2;
  const int level = draw.from(1, 4);
  for (int t = 0; t < 18; ++t) problem.requirement.push_back(draw.from(0, level));
  for (int start = 0; start < 6; start += 2) {
    const int length = draw.from(3, 5);
    TourShift shift{"from " + std::to_string(start), start, length, {}, 1.0 * length};
    if (draw.from(0, 2) > 0) shift.breaks = {{1, 1, draw.from(1, length - 2)}};
    problem.shifts.push_back(shift);
  }
  return problem;
}

// One column for each week that a person may have: shift, days, and a break start on each of them.
// What it is for is that it knows neither heads nor pending breaks.
class EachWeek {
 public:
  explicit EachWeek(const TourProblem& problem) : problem_{problem} {
    for (const double need : problem.requirement) mip_.add_row(need, kUnbounded);
    for (const TourShift& shift : problem.shifts)
      for (int off = 0; off < problem.days; ++off) add(shift, off, 0, {});
  }
  MipResult solve() const { return solve_mip(mip_, {}); }

 private:
  // Days of `off` are worked but one, which holds for 2 of 3.
  void add(const TourShift& shift, int off, int day, std::vector<int> slots) {
    if (day == off) return add(shift, off, day + 1, std::move(slots));
    if (day == problem_.days) {
      const int column = mip_.add_column(problem_.days_worked * shift.cost, 0, kUnbounded);
      for (const int slot : slots) mip_.add(slot, column, 1);
      return;
    }
    const int windows = shift.breaks.empty() ? 1 : shift.breaks[0].latest;
    for (int rest = 1; rest <= windows; ++rest) {
      std::vector<int> with = slots;
      for (int k = 0; k < shift.length; ++k)
        if (shift.breaks.empty() || k != rest)
          with.push_back((day * problem_.slots_per_day + shift.start + k) % 18);
      add(shift, off, day + 1, std::move(with));
    }
  }

  const TourProblem& problem_;
  Mip mip_;
};

TEST_CASE("random small weeks: plans hold, bounds and costs enclose the optimum of all weeks") {
  int best = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const TourProblem problem = random_week(seed);
    REQUIRE(faults(problem) == std::vector<std::string>{});
    const TourResult result = solve_tours(problem, {.relative_gap = 0, .window_limit = 200});
    CAPTURE(seed, result.cost, result.bound);
    CHECK(check_tours(problem, result) == std::vector<std::string>{});
    const MipResult each = EachWeek{problem}.solve();
    CHECK((each.status == MipStatus::kInfeasible) == (result.status == TourStatus::kInfeasible));
    if (each.status == MipStatus::kInfeasible) continue;
    const double optimum = each.cost;
    CAPTURE(optimum);
    CHECK(result.bound <= optimum + 1e-6);
    CHECK(result.cost >= optimum - 1e-6);
    CHECK(result.cost <= optimum + 10);  // the dearest person: 2 days of 5 slots
    if (result.cost <= optimum + 1e-6) ++best;
    ++all;
  }
  CHECK(all >= 20);
  CHECK(best >= all / 2);
}

TEST_CASE("days off alone: the post office's need with any 2 days off takes as many as its days") {
  // Winston's post office needs 105 person-days; 5 each are 21 persons, and any days off let 21 do.
  TourProblem problem;
  problem.slots_per_day = 1;
  problem.requirement = {17, 13, 15, 19, 14, 16, 11};
  problem.shifts = {{"day", 0, 1, {}, 1}};
  const TourResult result = solve_tours(problem, {.relative_gap = 0});
  CHECK(check_tours(problem, result) == std::vector<std::string>{});
  CHECK(result.status == TourStatus::kOptimal);
  CHECK(result.tours.size() == 21);
}

TEST_CASE("a search that is cut off at once still has a plan that holds, and its bound") {
  int plans = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const TourProblem problem = random_week(seed);
    const TourResult cut = solve_tours(problem, {.window_limit = 0});
    CHECK(check_tours(problem, cut) == std::vector<std::string>{});
    CHECK(cut.bound == solve_tours(problem, {}).bound);
    if (EachWeek{problem}.solve().status == MipStatus::kInfeasible) continue;
    CHECK((cut.status == TourStatus::kGap || cut.status == TourStatus::kOptimal));
    ++plans;
  }
  CHECK(plans >= 10);
}

TEST_CASE("the same plan each time") {
  const TourProblem problem = random_week(7);
  const TourResult one = solve_tours(problem, {}), other = solve_tours(problem, {});
  CHECK(one.cost == other.cost);
  CHECK(one.present == other.present);
  CHECK(one.windows == other.windows);
}

TEST_CASE("a slot that no shift reaches makes the week infeasible") {
  TourProblem problem = random_week(1);
  problem.requirement.assign(18, 1);
  problem.shifts = {{"morning", 0, 3, {}, 1}};
  const TourResult result = solve_tours(problem, {});
  CHECK(result.status == TourStatus::kInfeasible);
  CHECK(check_tours(problem, result) == std::vector<std::string>{});
}

TEST_CASE("what makes a week meaningless is told, all of it") {
  TourProblem problem = random_week(1);
  problem.days_worked = 4;
  problem.shifts[0].start = 6;
  problem.shifts[1].length = 7;
  CHECK(faults(problem) ==
        std::vector<std::string>{"days worked must lie in 1..days",
                                 "shift 'from 0': start must be a slot of the day",
                                 "shift 'from 2': must not last longer than a day"});
  problem = random_week(1);
  problem.requirement.pop_back();
  problem.shifts[0].cost = -1;
  CHECK(faults(problem) ==
        std::vector<std::string>{"one requirement a slot is needed",
                                 "shift 'from 0': costs must be finite and not negative"});
}

}  // namespace
}  // namespace callmill
