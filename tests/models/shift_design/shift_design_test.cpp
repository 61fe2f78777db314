#include "models/shift_design/shift_design.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/mip/mip.h"
#include "tests/models/draws.h"

namespace callmill {
namespace {

// Two days of 8 slots and 9 kinds of shift, some of which run past midnight.
ShiftDesignProblem random_problem(std::uint64_t seed) {
  Draws draw{seed};
  ShiftDesignProblem problem;
  problem.days = 2;
  problem.slots_per_day = 8;
  for (int t = 0; t < 16; ++t) problem.demand.push_back(draw.from(0, 5));
  problem.families = {{"early", 0, 2, 2, 3}, {"late", 5, 5, 3, 5}};
  problem.too_few = draw.from(1, 3);
  problem.too_many = draw.from(1, 3);
  problem.kind = draw.from(1, 6);
  return problem;
}

// The best design of all: for each set of kinds, the best heads by an integer program of its own.
double best_of_all_sets(const ShiftDesignProblem& problem) {
  struct Kind {
    int start, length;
  };
  std::vector<Kind> kinds;
  for (const ShiftFamily& f : problem.families)
    for (int start = f.start_first; start <= f.start_last; ++start)
      for (int length = f.length_least; length <= f.length_most; ++length)
        kinds.push_back({start, length});
  double best = kUnbounded;
  for (unsigned set = 0; set < 1u << kinds.size(); ++set) {
    Mip mip;
    double cost = 0;
    for (const std::int64_t agents : problem.demand) {
      const double need = static_cast<double>(agents);
      const int row = mip.add_row(need, need);
      mip.add(row, mip.add_column(problem.too_few, 0, kUnbounded), 1);
      mip.add(row, mip.add_column(problem.too_many, 0, kUnbounded), -1);
    }
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      if ((set >> k & 1u) == 0) continue;
      cost += problem.kind;
      for (int day = 0; day < 2; ++day) {
        const int column = mip.add_column(0, 0, kUnbounded);
        for (int slot = 0; slot < kinds[k].length; ++slot)
          mip.add((8 * day + kinds[k].start + slot) % 16, column, 1);
      }
    }
    if (cost < best) best = std::min(best, cost + solve_mip(mip, {}).cost);
  }
  return best;
}

TEST_CASE("random shift designs: as good as the best of all sets of kinds") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const ShiftDesignProblem problem = random_problem(seed);
    REQUIRE(faults(problem) == std::vector<std::string>{});
    const ShiftDesign design = design_shifts(problem, {.round_limit = 60, .node_limit = 1e6});
    CAPTURE(seed);
    CHECK(check_shift_design(problem, design) == std::vector<std::string>{});
    const double best = best_of_all_sets(problem);
    CHECK(design.cost == Approx(best));
    CHECK(design.bound == Approx(best));  // branch and bound to the end
    const ShiftDesign quick = design_shifts(problem, {.round_limit = 0});
    CHECK(quick.bound <= best + 1e-6);
    CHECK(quick.cost >= best - 1e-6);
  }
}

TEST_CASE("eight hours at any hour, no price on kinds: a 24-hour call centre's least deviation") {
  // Agents present in each hour, by the 4 kinds below alone: the design reproduces them.
  ShiftDesignProblem problem;
  problem.days = 1;
  problem.slots_per_day = 24;
  problem.families = {{"any", 0, 23, 8, 8}};
  problem.kind = 60;
  problem.too_few = problem.too_many = 60;
  problem.demand.assign(24, 0);
  const std::vector<int> starts = {6, 9, 14, 22};
  for (std::size_t k = 0; k < starts.size(); ++k)
    for (int slot = 0; slot < 8; ++slot)
      problem.demand[static_cast<std::size_t>((starts[k] + slot) % 24)] +=
          3 + 2 * static_cast<int>(k);
  const ShiftDesign design = design_shifts(problem, {.round_limit = 40});
  CHECK(check_shift_design(problem, design) == std::vector<std::string>{});
  REQUIRE(design.shifts.size() == 4);
  CHECK(design.cost == 240);
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(design.shifts[k].start == starts[k]);
    CHECK(design.shifts[k].heads == std::vector<std::int64_t>{3 + 2 * static_cast<int>(k)});
  }
}

TEST_CASE("the checker of shift designs objects to each kind of tampering") {
  const ShiftDesignProblem problem = random_problem(3);
  const ShiftDesign good = design_shifts(problem, {.round_limit = 20});
  REQUIRE_FALSE(good.shifts.empty());
  REQUIRE(check_shift_design(problem, good) == std::vector<std::string>{});
  const auto objects = [&](const std::string& says,
                           const std::function<void(ShiftDesign&)>& tamper) {
    CAPTURE(says);
    ShiftDesign bad = good;
    tamper(bad);
    bool said = false;
    for (const std::string& line : check_shift_design(problem, bad))
      said = said || line.find(says) != std::string::npos;
    CHECK(said);
  };
  objects("too few and too many", [](ShiftDesign& d) { d.shifts.pop_back(); });
  objects("too few and too many", [](ShiftDesign& d) { ++d.shifts[0].heads[1]; });
  objects("too few and too many", [](ShiftDesign& d) { ++d.too_few; });
  objects("fewer than no heads", [](ShiftDesign& d) { d.shifts[0].heads[0] = -1; });
  objects("not given for each day", [](ShiftDesign& d) { d.shifts[0].heads.pop_back(); });
  objects("no such family", [](ShiftDesign& d) { d.shifts[0].family = 2; });
  objects("not allowed by", [](ShiftDesign& d) { d.shifts[0].length = 6; });
  objects("not allowed by", [](ShiftDesign& d) { d.shifts[0].start = 4; });
  objects("listed twice", [](ShiftDesign& d) { d.shifts.push_back(d.shifts[0]); });
  objects("the design costs", [](ShiftDesign& d) { d.cost -= 1; });
  objects("bound lies above", [](ShiftDesign& d) { d.bound = d.cost + 1; });
}

TEST_CASE("what makes a shift design meaningless is told, all of it") {
  ShiftDesignProblem problem = random_problem(1);
  problem.demand.pop_back();
  problem.demand[0] = -1;
  problem.families = {{"a", 3, 8, 2, 9}, {"b", 3, 2, 3, 2}};
  problem.kind = -1;
  CHECK(faults(problem) ==
        std::vector<std::string>{"one demand a slot is needed", "demands must not be negative",
                                 "shifts 'a': starts must be slots of the day",
                                 "shifts 'a': lengths must lie between a slot and a day",
                                 "shifts 'b': there is no start", "shifts 'b': there is no length",
                                 "prices must be finite and not negative"});
}

}  // namespace
}  // namespace callmill
