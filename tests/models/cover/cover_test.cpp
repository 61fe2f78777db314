#include "models/cover/cover.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

namespace callmill {
namespace {

const std::vector<std::string> kNothingWrong;

CoverResult solved(const CoverProblem& problem) {
  CoverResult result = solve_cover(problem, {.relative_gap = 0, .time_limit_s = 60});
  CHECK(check_cover(problem, result) == kNothingWrong);
  return result;
}

CoverShift shift(std::string name, int length, std::vector<int> starts, double cost,
                 std::vector<CoverBreak> breaks = {}) {
  CoverShift result;
  result.name = std::move(name);
  result.length = length;
  result.cost.assign(starts.size(), cost);
  result.starts = std::move(starts);
  result.breaks = std::move(breaks);
  return result;
}

// W. L. Winston, Operations Research, chapter 3: five days on, two off.
TEST_CASE("post office: 23 people") {
  CoverProblem problem{7, true, {17, 13, 15, 19, 14, 16, 11}, {}};
  problem.shifts = {shift("five days", 5, {0, 1, 2, 3, 4, 5, 6}, 1)};
  const CoverResult result = solved(problem);
  CHECK(result.status == CoverStatus::kOptimal);
  CHECK(result.cost == 23);
  CHECK(result.bound == 23);
}

// F. S. Hillier, G. J. Lieberman, Introduction to Operations Research, section 3.4. Slots of two
// hours from 06:00.
TEST_CASE("Union Airways: 30,610 dollars a day") {
  CoverProblem problem{12, true, {48, 79, 65, 87, 64, 73, 82, 43, 52, 15, 15, 15}, {}};
  problem.shifts = {shift("06-14", 4, {0}, 170), shift("08-16", 4, {1}, 160),
                    shift("12-20", 4, {3}, 175), shift("16-24", 4, {5}, 180),
                    shift("22-06", 4, {8}, 195)};
  const CoverResult result = solved(problem);
  CHECK(result.status == CoverStatus::kOptimal);
  CHECK(result.cost == 30610);
  const std::vector<std::int64_t> agents = {48, 31, 39, 43, 15};
  REQUIRE(result.choices.size() == agents.size());
  for (const CoverChoice& choice : result.choices)
    CHECK(choice.agents == agents[static_cast<std::size_t>(choice.shift)]);
}

// Call centre of 24 hours, shifts of 8 hours from any hour (course on combinatorial optimisation,
// Czech Technical University).
TEST_CASE("24-hour call centre: 55 shifts") {
  CoverProblem problem;
  problem.slots = 24;
  problem.cyclic = true;
  problem.requirement = {6,  6,  6,  6,  6,  8,  9,  12, 18, 22, 25, 21,
                         21, 20, 18, 21, 21, 24, 24, 18, 18, 18, 12, 8};
  CoverShift eight = shift("8 h", 8, {}, 1);
  for (int hour = 0; hour < 24; ++hour) {
    eight.starts.push_back(hour);
    eight.cost.push_back(1);
  }
  problem.shifts = {eight};
  const CoverResult result = solved(problem);
  CHECK(result.status == CoverStatus::kOptimal);
  CHECK(result.cost == 55);
}

TEST_CASE("a requirement is rounded up, and a hair of rounding error is not an agent") {
  CoverProblem problem{2, false, {3.2, 4.0000000001}, {shift("all", 2, {0}, 1)}};
  CHECK(solved(problem).cost == 4);
  problem.requirement = {3.2, 4.1};
  CHECK(solved(problem).cost == 5);
  problem.requirement = {0, -1};
  const CoverResult none = solved(problem);
  CHECK(none.status == CoverStatus::kOptimal);
  CHECK(none.cost == 0);
  CHECK(none.choices.empty());
  CHECK(none.present == std::vector<std::int64_t>{0, 0});
}

TEST_CASE("breaks are spread so that no extra agent is needed") {
  // Four slots, one break in slot 1 or 2: two agents cover a requirement of 1 in between by resting
  // in turn.
  CoverProblem problem{4, false, {2, 1, 1, 2}, {shift("day", 4, {0}, 1, {{1, 1, 2}})}};
  const CoverResult result = solved(problem);
  CHECK(result.cost == 2);
  REQUIRE(result.choices.size() == 1);
  CHECK(result.choices[0].break_start == std::vector<std::vector<int>>{{1}, {2}});
  CHECK(result.present == std::vector<std::int64_t>{2, 1, 1, 2});

  problem.requirement = {2, 2, 1, 2};
  CHECK(solved(problem).cost == 3);
  problem.requirement = {2, 2, 2, 2};
  CHECK(solved(problem).cost == 4);
}

TEST_CASE("a break that cannot move is taken where it is") {
  CoverProblem problem{3, false, {1, 0, 1}, {shift("day", 3, {0}, 1, {{1, 1, 1}})}};
  const CoverResult result = solved(problem);
  CHECK(result.cost == 1);
  CHECK(result.present == std::vector<std::int64_t>{1, 0, 1});
}

TEST_CASE("a day that does not repeat has no shift past its end") {
  CoverProblem problem{
      4, false, {0, 0, 1, 1}, {shift("two", 2, {2}, 5), shift("three", 3, {2}, 1)}};
  CHECK(solved(problem).cost == 5);
  problem.cyclic = true;
  CHECK(solved(problem).cost == 1);
}

TEST_CASE("over midnight a shift keeps its breaks") {
  // Starts at slot 6 of 8 and rests at slot 7 or 0.
  CoverProblem problem{8, true, {1, 1, 0, 0, 0, 0, 2, 1}, {shift("night", 4, {6}, 1, {{1, 1, 2}})}};
  const CoverResult result = solved(problem);
  CHECK(result.cost == 2);
  REQUIRE(result.choices.size() == 1);
  CHECK(result.choices[0].break_start == std::vector<std::vector<int>>{{7}, {0}});
}

TEST_CASE("a limit on a cheap shift sends work to the dear one") {
  CoverProblem problem{2, false, {5, 5}, {shift("cheap", 2, {0}, 1), shift("dear", 2, {0}, 3)}};
  problem.shifts[0].max_agents = 2;
  const CoverResult result = solved(problem);
  CHECK(result.cost == 2 + 9);
}

TEST_CASE("costs without a common step are solved all the same") {
  CoverProblem problem{4, false, {2, 3, 3, 1}, {}};
  problem.shifts = {shift("early", 3, {0}, std::sqrt(2.0)), shift("late", 3, {1}, std::sqrt(3.0)),
                    shift("one", 1, {0, 1, 2, 3}, std::exp(0.5))};
  const CoverResult result = solved(problem);
  // Two early, one late.
  CHECK(result.cost == Approx(2 * std::sqrt(2.0) + std::sqrt(3.0)).epsilon(1e-12));
  CHECK(result.bound >= result.cost * (1 - 1e-6));
}

TEST_CASE("a plan does not depend on how often it is asked for") {
  CoverProblem problem{24, true, {}, {}};
  CoverShift six = shift("6", 6, {}, 0, {{1, 1, 4}});
  CoverShift nine = shift("9", 9, {}, 0, {{1, 1, 3}, {2, 5, 7}});
  for (int t = 0; t < 24; ++t) {
    problem.requirement.push_back(8 + (t * t) % 11);
    six.starts.push_back(t);
    six.cost.push_back(6);
    nine.starts.push_back(t);
    nine.cost.push_back(8);
  }
  problem.shifts = {six, nine};
  const CoverResult first = solve_cover(problem, {.relative_gap = 0.01, .time_limit_s = 60});
  const CoverResult second = solve_cover(problem, {.relative_gap = 0.01, .time_limit_s = 60});
  CHECK(check_cover(problem, first) == kNothingWrong);
  CHECK(first.cost == second.cost);
  CHECK(first.present == second.present);
  REQUIRE(first.choices.size() == second.choices.size());
  for (std::size_t i = 0; i < first.choices.size(); ++i)
    CHECK(first.choices[i].break_start == second.choices[i].break_start);
}

TEST_CASE("faults of a problem are named") {
  CoverProblem good{4, true, {1, 1, 1, 1}, {shift("a", 3, {0}, 1, {{1, 0, 1}, {1, 2, 2}})}};
  CHECK(faults(good) == kNothingWrong);

  const auto only = [](const CoverProblem& problem) {
    const std::vector<std::string> found = faults(problem);
    REQUIRE(found.size() == 1);
    return found[0];
  };
  CoverProblem bad = good;
  bad.requirement.pop_back();
  CHECK(only(bad) == "one requirement a slot is needed");
  bad = good;
  bad.requirement[2] = std::nan("");
  CHECK(only(bad) == "requirements must be finite");
  bad = good;
  bad.shifts[0].length = 5;
  CHECK(only(bad) == "shift 'a': length must lie in 1..4");
  bad = good;
  bad.shifts[0].cost.clear();
  CHECK(only(bad) == "shift 'a': one cost a start is needed");
  bad = good;
  bad.shifts[0].starts[0] = 4;
  CHECK(only(bad) == "shift 'a': start 4 is not a slot");
  bad = good;
  bad.shifts[0].cost[0] = -1;
  CHECK(only(bad) == "shift 'a': costs must be finite and not negative");
  bad = good;
  bad.shifts[0].breaks[0].length = 0;
  CHECK(only(bad) == "shift 'a': break 1 must last at least a slot");
  bad = good;
  bad.shifts[0].breaks[0].latest = 2;
  CHECK(only(bad) == "shift 'a': break 2 may overlap the break before it");
  bad = good;
  bad.shifts[0].breaks[0].earliest = -1;
  CHECK(only(bad) == "shift 'a': break 1 may start before the shift");
  bad = good;
  bad.shifts[0].breaks[1].latest = 3;
  CHECK(only(bad) == "shift 'a': break 2 may run past the shift's end");
  bad = good;
  bad.shifts[0].breaks[1].latest = 1;
  CHECK(only(bad) == "shift 'a': break 2 ends its window before it opens");
}

}  // namespace
}  // namespace callmill
