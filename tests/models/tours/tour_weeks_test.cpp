#include <catch2/catch.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/mip/mip.h"
#include "models/tours/tours.h"
#include "tests/models/draws.h"

namespace callmill {
namespace {

constexpr int kDays = 4, kSlots = 5;

// 4 days of 5 slots; persons work 2 of them, or 3, together or not, some days are dearer, and there
// may be limits on heads and on days off.
TourProblem random_week(std::uint64_t seed) {
  Draws draw{seed};
  TourProblem problem;
  problem.days = kDays;
  problem.slots_per_day = kSlots;
  const int level = draw.from(1, 3);
  for (int t = 0; t < kDays * kSlots; ++t) problem.requirement.push_back(draw.from(0, level));
  const bool together = draw.from(0, 1) == 0;
  for (int start = 0; start < kSlots; start += 2) {
    const int length = draw.from(3, 4);
    TourShift shift{"from " + std::to_string(start), start, length, {}, 1.0 * length};
    if (draw.from(0, 2) > 0) shift.breaks = {{1, 1, draw.from(1, length - 2)}};
    shift.weeks = {0b0011, 0b0110, 0b1100, 0b1001};
    if (!together) shift.weeks.insert(shift.weeks.end(), {0b0101, 0b1010});
    if (draw.from(0, 1) == 0) shift.weeks.push_back(0b0111);
    if (draw.from(0, 1) == 0) shift.cost_on = {1.0 * length, 1.0 * length, 2.0 * length, 5};
    problem.shifts.push_back(shift);
  }
  if (draw.from(0, 1) == 0) problem.limits.push_back({"early", {0}, 0b1111, 0, draw.from(1, 3)});
  if (draw.from(0, 2) == 0) problem.limits.push_back({"middle", {1, 2}, 0b0101, 1});
  if (draw.from(0, 2) == 0) problem.limits.push_back({"half", {1}, 0b1111, 0, -1, 0, 0.5});
  if (draw.from(0, 1) == 0) problem.shares.push_back({"off at the end", 0b1100, 0.25});
  return problem;
}

// One column for each week that a person may have: shift, days, and a break start on each of them.
// What it is for is that it knows neither heads nor pending breaks.
class EachWeek {
 public:
  explicit EachWeek(const TourProblem& problem) : problem_{problem} {
    for (const double need : problem.requirement) mip_.add_row(need, kUnbounded);
    for (const TourLimit& limit : problem.limits) limit_rows(limit);
    for (std::size_t k = 0; k < problem.shares.size(); ++k)
      share_rows_.push_back(mip_.add_row(0, kUnbounded));
    for (int j = 0; j < static_cast<int>(problem.shifts.size()); ++j)
      for (const std::uint32_t week : problem.shifts[static_cast<std::size_t>(j)].weeks)
        add(j, week, 0, {});
  }
  MipResult solve() const { return solve_mip(mip_, {}); }

 private:
  void limit_rows(const TourLimit& limit) {
    std::vector<std::vector<int>>& rows = limit_rows_.emplace_back();
    for (int day = 0; day < kDays; ++day) {
      const bool holds = has_day(limit.days, day);
      const double most = limit.at_most < 0 ? kUnbounded : static_cast<double>(limit.at_most);
      rows.push_back(
          {mip_.add_row(holds ? static_cast<double>(limit.at_least) : 0, holds ? most : kUnbounded),
           mip_.add_row(holds ? 0 : -kUnbounded, kUnbounded),
           mip_.add_row(-kUnbounded, holds ? 0 : kUnbounded)});
    }
  }

  void add(int j, std::uint32_t week, int day, std::vector<int> slots) {
    const TourShift& shift = problem_.shifts[static_cast<std::size_t>(j)];
    while (day < kDays && !has_day(week, day)) ++day;
    if (day >= kDays) return column(j, week, slots);
    const int windows = shift.breaks.empty() ? 1 : shift.breaks[0].latest;
    for (int rest = 1; rest <= windows; ++rest) {
      std::vector<int> with = slots;
      for (int k = 0; k < shift.length; ++k)
        if (shift.breaks.empty() || k != rest)
          with.push_back((day * kSlots + shift.start + k) % (kDays * kSlots));
      add(j, week, day + 1, std::move(with));
    }
  }

  void column(int j, std::uint32_t week, const std::vector<int>& slots) {
    const TourShift& shift = problem_.shifts[static_cast<std::size_t>(j)];
    double cost = 0;
    for (int day = 0; day < kDays; ++day)
      if (has_day(week, day))
        cost += shift.cost_on.empty() ? shift.cost : shift.cost_on[static_cast<std::size_t>(day)];
    const int column = mip_.add_column(cost, 0, kUnbounded);
    for (const int slot : slots) mip_.add(slot, column, 1);
    for (std::size_t k = 0; k < problem_.limits.size(); ++k) {
      const TourLimit& limit = problem_.limits[k];
      bool counted = false;
      for (const int shift_of : limit.shifts) counted = counted || shift_of == j;
      for (int day = 0; day < kDays; ++day) {
        if (!has_day(week, day)) continue;
        const std::vector<int>& rows = limit_rows_[k][static_cast<std::size_t>(day)];
        mip_.add(rows[0], column, counted ? 1 : 0);
        mip_.add(rows[1], column, (counted ? 1 : 0) - limit.least_share);
        mip_.add(rows[2], column, (counted ? 1 : 0) - limit.most_share);
      }
    }
    for (std::size_t k = 0; k < problem_.shares.size(); ++k)
      mip_.add(share_rows_[k], column,
               ((week & problem_.shares[k].days) == 0 ? 1 : 0) - problem_.shares[k].share);
  }

  const TourProblem& problem_;
  Mip mip_;
  std::vector<std::vector<std::vector<int>>> limit_rows_;  // by limit, day, what it bounds
  std::vector<int> share_rows_;
};

TEST_CASE("random weeks of listed days: plans hold, bounds and costs enclose the optimum") {
  int best = 0, all = 0, infeasible = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const TourProblem problem = random_week(seed);
    REQUIRE(faults(problem) == std::vector<std::string>{});
    const MipResult each = EachWeek{problem}.solve();
    // The search alone, and with branch and bound behind it.
    for (const double nodes : {0.0, 500.0}) {
      const TourResult result =
          solve_tours(problem, {.relative_gap = 0, .window_limit = 200, .node_limit = nodes});
      CAPTURE(seed, nodes, result.cost, result.bound, result.windows, each.cost);
      CHECK(check_tours(problem, result) == std::vector<std::string>{});
      if (each.status == MipStatus::kInfeasible) {
        CHECK(result.tours.empty());
        if (nodes > 0) {
          CHECK(result.status == TourStatus::kInfeasible);
          ++infeasible;
        }
        continue;
      }
      CHECK(result.bound <= each.cost + 1e-6);
      if (nodes > 0) {
        REQUIRE((result.status == TourStatus::kOptimal || result.status == TourStatus::kGap));
        ++all;
        if (result.cost <= each.cost + 1e-6) ++best;
      }
      if (!result.tours.empty()) CHECK(result.cost >= each.cost - 1e-6);
    }
  }
  CAPTURE(best, all, infeasible);
  CHECK(all >= 20);
  CHECK(infeasible >= 2);
  CHECK(best >= all * 9 / 10);
}

TEST_CASE("days off together: the post office, whose clerks work 5 days in a row, needs 23") {
  TourProblem problem;
  problem.slots_per_day = 1;
  problem.requirement = {17, 13, 15, 19, 14, 16, 11};
  TourShift day{"day", 0, 1, {}, 1};
  for (int first = 0; first < 7; ++first) {
    std::uint32_t week = 0;
    for (int k = 0; k < 5; ++k) week |= 1U << static_cast<unsigned>((first + k) % 7);
    day.weeks.push_back(week);
  }
  problem.shifts = {day};
  const TourResult result = solve_tours(problem, {.relative_gap = 0});
  CHECK(check_tours(problem, result) == std::vector<std::string>{});
  CHECK(result.status == TourStatus::kOptimal);
  CHECK(result.tours.size() == 23);
}

TEST_CASE("listing all sets of 5 days is the same as letting any do") {
  TourProblem any;
  any.slots_per_day = 4;
  for (int t = 0; t < 28; ++t) any.requirement.push_back(2 + (t * 7 + t / 4) % 5);
  any.shifts = {{"early", 0, 3, {{1, 1, 1}}, 3}, {"late", 1, 3, {}, 3.5}, {"short", 2, 2, {}, 2.5}};
  TourProblem listed = any;
  for (TourShift& shift : listed.shifts)
    for (std::uint32_t week = 0; week < 128; ++week)
      if (__builtin_popcount(week) == 5) shift.weeks.push_back(week);
  const TourResult one = solve_tours(any, {.relative_gap = 0});
  const TourResult other = solve_tours(listed, {.relative_gap = 0, .node_limit = 0});
  CHECK(one.bound == Approx(other.bound));  // the same relaxation
  CHECK(other.cost >= one.bound - 1e-6);
  CHECK(one.cost >= other.bound - 1e-6);
  CHECK(check_tours(listed, other) == std::vector<std::string>{});
}

TEST_CASE("the checker sees each rule of listed weeks broken") {
  TourProblem problem;
  problem.days = 3;
  problem.slots_per_day = 2;
  problem.requirement = {1, 1, 0, 0, 1, 1};
  problem.shifts = {{"day", 0, 2, {}, 2}, {"half", 0, 1, {}, 1.5}};
  problem.shifts[0].weeks = problem.shifts[1].weeks = {0b101, 0b010};
  problem.shifts[0].cost_on = {2, 2, 3};
  problem.limits = {{"halves", {1}, 0b101, 0, 0}};
  problem.shares = {{"first day off", 0b001, 0}};
  const TourResult good = solve_tours(problem, {.relative_gap = 0});
  REQUIRE(check_tours(problem, good) == std::vector<std::string>{});
  REQUIRE(good.cost == 5);
  REQUIRE(good.tours.size() == 1);
  const auto objects = [&](const std::string& says, TourProblem with, TourResult bad) {
    bool said = false;
    for (const std::string& line : check_tours(with, bad))
      said = said || line.find(says) != std::string::npos;
    CAPTURE(says, check_tours(with, bad));
    CHECK(said);
  };
  TourResult bad = good;
  bad.tours[0].days[1].day = 1;
  objects("none of the weeks of 'day'", problem, bad);
  bad = good;
  bad.cost = 4;
  objects("the plan costs 5", problem, bad);
  bad = good;
  bad.tours.push_back({1, {{0, {}}, {2, {}}}});
  objects("halves is broken on day 0: it counts 1 of 2", problem, bad);
  TourProblem stricter = problem;
  stricter.shares[0].share = 0.5;
  objects("first day off is broken: 0 of 1 persons", stricter, good);
  stricter = problem;
  stricter.limits[0] = {"days", {0}, 0b111, 1};
  objects("days is broken on day 1: it counts 0 of 0", stricter, good);
}

TEST_CASE("what makes listed weeks meaningless is told, all of it") {
  TourProblem problem = random_week(1);
  problem.shifts[1].weeks.clear();
  problem.shifts[2].weeks = {0};
  CHECK(faults(problem).size() == 2);
  problem = random_week(1);
  problem.shifts[0].weeks = {0b10000};
  problem.shifts[1].cost_on = {1};
  problem.shifts[2].cost_on = {1, 1, 1, -1};
  CHECK(faults(problem) ==
        std::vector<std::string>{"shift 'from 0': a week must have days, and of those there are",
                                 "shift 'from 2': one cost a day is needed",
                                 "shift 'from 4': costs must be finite and not negative"});
}

}  // namespace
}  // namespace callmill
