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

// One agent's day: the slots worked and what it costs, breaks placed.
struct Pattern {
  int shift;
  double cost;
  std::vector<int> works;
};

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

void place_breaks(const CoverProblem& problem, int s, int start, double cost, std::size_t next,
                  std::vector<bool>& at_work, std::vector<Pattern>& patterns) {
  const CoverShift& shift = problem.shifts[index(s)];
  if (next == shift.breaks.size()) {
    Pattern pattern{s, cost, {}};
    for (int k = 0; k < shift.length; ++k)
      if (at_work[index(k)]) pattern.works.push_back((start + k) % problem.slots);
    patterns.push_back(pattern);
    return;
  }
  const CoverBreak& rest = shift.breaks[next];
  for (int at = rest.earliest; at <= rest.latest; ++at) {
    for (int k = 0; k < rest.length; ++k) at_work[index(at + k)] = false;
    place_breaks(problem, s, start, cost, next + 1, at_work, patterns);
    for (int k = 0; k < rest.length; ++k) at_work[index(at + k)] = true;
  }
}

// The cheapest way to cover, by trying for the first short slot each pattern that works in it.
class Enumeration {
 public:
  explicit Enumeration(const CoverProblem& problem) : problem_{problem} {
    for (int s = 0; s < static_cast<int>(problem.shifts.size()); ++s) {
      const CoverShift& shift = problem.shifts[index(s)];
      for (std::size_t k = 0; k < shift.starts.size(); ++k) {
        if (!problem.cyclic && shift.starts[k] + shift.length > problem.slots) continue;
        std::vector<bool> at_work(index(shift.length), true);
        place_breaks(problem, s, shift.starts[k], shift.cost[k], 0, at_work, patterns_);
      }
      left_.push_back(shift.max_agents < 0 ? 1000000 : shift.max_agents);
    }
    for (const double need : problem.requirement) short_.push_back(static_cast<int>(need));
  }

  // Infinity when nothing covers.
  double cheapest() {
    search(0);
    return best_;
  }

 private:
  void search(double cost) {
    if (cost >= best_) return;
    const auto first =
        std::find_if(short_.begin(), short_.end(), [](int missing) { return missing > 0; });
    if (first == short_.end()) {
      best_ = cost;
      return;
    }
    const int slot = static_cast<int>(first - short_.begin());
    for (const Pattern& pattern : patterns_) {
      if (left_[index(pattern.shift)] == 0) continue;
      if (std::find(pattern.works.begin(), pattern.works.end(), slot) == pattern.works.end())
        continue;
      --left_[index(pattern.shift)];
      for (const int t : pattern.works) --short_[index(t)];
      search(cost + pattern.cost);
      for (const int t : pattern.works) ++short_[index(t)];
      ++left_[index(pattern.shift)];
    }
  }

  const CoverProblem& problem_;
  std::vector<Pattern> patterns_;
  std::vector<std::int64_t> left_;
  std::vector<int> short_;
  double best_ = std::numeric_limits<double>::infinity();
};

class Draw {
 public:
  explicit Draw(std::uint32_t seed) : engine_{seed} {}
  int from(int low, int high) {
    return low + static_cast<int>(engine_() % static_cast<std::uint32_t>(high - low + 1));
  }

 private:
  std::mt19937 engine_;
};

CoverProblem random_problem(Draw& draw) {
  CoverProblem problem;
  problem.slots = draw.from(4, 8);
  problem.cyclic = draw.from(0, 1) == 1;
  for (int t = 0; t < problem.slots; ++t) problem.requirement.push_back(draw.from(0, 2));
  const int shifts = draw.from(1, 3);
  for (int s = 0; s < shifts; ++s) {
    CoverShift shift;
    shift.name = std::to_string(s);
    shift.length = draw.from(1, problem.slots);
    for (int t = 0; t < problem.slots; ++t) {
      if (draw.from(0, 2) == 0) continue;
      shift.starts.push_back(t);
      shift.cost.push_back(shift.length + draw.from(0, 2) * 0.5);
    }
    int free_from = 0;
    while (static_cast<int>(shift.breaks.size()) < 2) {
      CoverBreak rest;
      rest.length = draw.from(1, 2);
      rest.earliest = free_from + draw.from(0, 1);
      rest.latest = rest.earliest + draw.from(0, 2);
      free_from = rest.latest + rest.length;
      if (free_from > shift.length) break;
      shift.breaks.push_back(rest);
    }
    if (draw.from(0, 3) == 0) shift.max_agents = draw.from(0, 3);
    problem.shifts.push_back(shift);
  }
  return problem;
}

TEST_CASE("small problems: the solver's optimum is that of enumeration") {
  Draw draw{20240607};
  int solved = 0, refused = 0, with_two_breaks = 0;
  for (int i = 0; i < 400; ++i) {
    CAPTURE(i);
    const CoverProblem problem = random_problem(draw);
    REQUIRE(faults(problem).empty());
    const double expected = Enumeration{problem}.cheapest();
    const CoverResult result = solve_cover(problem, {.relative_gap = 0, .time_limit_s = 60});
    REQUIRE(check_cover(problem, result) == std::vector<std::string>{});
    if (std::isinf(expected)) {
      ++refused;
      REQUIRE(result.status == CoverStatus::kInfeasible);
      REQUIRE_FALSE(result.conflicts.empty());
      for (const Conflict& conflict : result.conflicts) {
        REQUIRE(conflict.reachable < conflict.required);
        REQUIRE_FALSE(conflict.rule.empty());
      }
      continue;
    }
    ++solved;
    for (const CoverShift& shift : problem.shifts) with_two_breaks += shift.breaks.size() == 2;
    REQUIRE(result.status == CoverStatus::kOptimal);
    REQUIRE(result.cost == Approx(expected).margin(1e-9));
    REQUIRE(result.bound == Approx(expected).margin(1e-6));
  }
  CHECK(solved > 100);
  CHECK(refused > 50);
  CHECK(with_two_breaks > 20);
}

}  // namespace
}  // namespace callmill
