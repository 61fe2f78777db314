// Goals of the day in a cover, held against all ways to staff small days; and what is refused.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "models/cover/cover.h"

namespace callmill {
namespace {

int draw(std::mt19937& engine, int low, int high) {
  return low + static_cast<int>(engine() % static_cast<std::uint32_t>(high - low + 1));
}

double reached(const CoverGoal& goal, const std::vector<std::int64_t>& present) {
  double sum = 0;
  for (std::size_t t = 0; t < present.size(); ++t) {
    std::int64_t n = goal.from[t];
    for (const CoverWorth& block : goal.worth[t])
      for (std::int64_t k = 0; k < block.agents && n < present[t]; ++k, ++n) sum += block.each;
  }
  return sum;
}

// Four slots, two shifts without breaks, one or two goals of random worths in eighths.
CoverProblem random_problem(std::mt19937& engine) {
  CoverProblem problem;
  problem.slots = 4;
  problem.cyclic = draw(engine, 0, 1) == 1;
  for (int t = 0; t < 4; ++t) problem.requirement.push_back(draw(engine, 0, 1));
  for (int s = 0; s < 2; ++s) {
    CoverShift shift;
    shift.name = std::to_string(s);
    shift.length = 1 + s;
    for (int t = 0; t + (problem.cyclic ? 0 : s) < 4; t += 1 + s) {
      shift.starts.push_back(t);
      shift.cost.push_back(draw(engine, 2, 6) * 0.5);
    }
    problem.shifts.push_back(shift);
  }
  const int goals = draw(engine, 1, 2);
  for (int g = 0; g < goals; ++g) {
    CoverGoal goal;
    double all = 0;
    for (int t = 0; t < 4; ++t) {
      goal.from.push_back(draw(engine, 0, static_cast<int>(problem.requirement[std::size_t(t)])));
      std::vector<CoverWorth> blocks;
      for (int each = draw(engine, 8, 16); each > 0 && blocks.size() < 2; each -= 7) {
        blocks.push_back({draw(engine, 1, 2), each / 8.0});
        all += blocks.back().each * static_cast<double>(blocks.back().agents);
      }
      goal.worth.push_back(blocks);
    }
    goal.least = all * draw(engine, 3, 9) / 8;  // now and then beyond what there is
    problem.goals.push_back(goal);
  }
  return problem;
}

// Up to five agents of each shift and start: no more are of use here.
double cheapest(const CoverProblem& problem, std::size_t shift, std::size_t start,
                std::vector<std::int64_t>& present, double cost) {
  if (shift == problem.shifts.size()) {
    for (std::size_t t = 0; t < present.size(); ++t)
      if (static_cast<double>(present[t]) < problem.requirement[t])
        return std::numeric_limits<double>::infinity();
    for (const CoverGoal& goal : problem.goals)
      if (reached(goal, present) < goal.least - 1e-9)
        return std::numeric_limits<double>::infinity();
    return cost;
  }
  const CoverShift& s = problem.shifts[shift];
  if (start == s.starts.size()) return cheapest(problem, shift + 1, 0, present, cost);
  const std::vector<std::int64_t> before = present;
  double best = std::numeric_limits<double>::infinity();
  for (int agents = 0; agents <= 5; ++agents) {
    best =
        std::min(best, cheapest(problem, shift, start + 1, present, cost + agents * s.cost[start]));
    for (int k = 0; k < s.length; ++k) ++present[std::size_t((s.starts[start] + k) % 4)];
  }
  present = before;
  return best;
}

TEST_CASE("goals of the day: the solver's optimum is that of enumeration") {
  std::mt19937 engine{7};
  int solved = 0, refused = 0, dearer = 0;
  for (int i = 0; i < 60; ++i) {
    CAPTURE(i);
    const CoverProblem problem = random_problem(engine);
    REQUIRE(faults(problem).empty());
    std::vector<std::int64_t> nobody(4, 0);
    const double expected = cheapest(problem, 0, 0, nobody, 0);
    const CoverResult result = solve_cover(problem, {.relative_gap = 0, .time_limit_s = 60});
    REQUIRE(check_cover(problem, result) == std::vector<std::string>{});
    if (std::isinf(expected)) {
      ++refused;
      CHECK(result.status == CoverStatus::kInfeasible);
      continue;
    }
    ++solved;
    REQUIRE(result.status == CoverStatus::kOptimal);
    REQUIRE(result.cost == Approx(expected).margin(1e-9));
    for (std::size_t t = 0; t < 4; ++t) {
      CHECK(result.wanted[t] >= problem.requirement[t]);
      CHECK(result.wanted[t] <= static_cast<double>(result.present[t]) + 1e-9);
    }
    CoverProblem alone = problem;
    alone.goals.clear();
    dearer += result.cost > solve_cover(alone, {0, 60}).cost + 1e-9;
  }
  CHECK(solved > 20);
  CHECK(refused > 5);
  CHECK(dearer > 20);
}

TEST_CASE("the checker sees a goal that is missed; goals that cannot be are faults") {
  CoverProblem problem{2, false, {1, 1}, {}};
  problem.shifts = {{"one", 1, {0, 1}, {1, 3}, {}, -1}};
  problem.goals = {{{1, 1}, {{{2, 5}, {2, 1}}, {{2, 4}}}, 11}};
  CoverResult result = solve_cover(problem, {0, 60});
  // Two more of 5 and one of 1 in the cheap slot.
  CHECK(result.cost == 7);
  CHECK(result.present == std::vector<std::int64_t>{4, 1});
  problem.goals[0].least = 12.1;
  REQUIRE(check_cover(problem, result).size() == 1);
  CHECK(check_cover(problem, result)[0].find("a goal of the day") == 0);

  CoverProblem rising = problem;
  rising.goals[0].worth[0] = {{1, 1}, {1, 2}};
  CHECK(faults(rising).size() == 1);
  CoverProblem above = problem;
  above.goals[0].from = {2, 1};
  CHECK(faults(above).size() == 1);
  CoverProblem short_of = problem;
  short_of.goals[0].worth.pop_back();
  CHECK(faults(short_of).size() == 1);
}

}  // namespace
}  // namespace callmill
