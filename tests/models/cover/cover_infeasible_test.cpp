#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "models/cover/cover.h"

namespace callmill {
namespace {

CoverResult refused(const CoverProblem& problem) {
  CoverResult result = solve_cover(problem, {.relative_gap = 0, .time_limit_s = 60});
  CHECK(result.status == CoverStatus::kInfeasible);
  CHECK(result.choices.empty());
  CHECK(check_cover(problem, result).empty());
  return result;
}

TEST_CASE("a slot without a shift is named") {
  const CoverProblem problem{
      4, false, {1, 1, 2.5, 0}, {{"early", 2, {0}, {1}, {}, -1}, {"noon", 1, {1}, {1}, {}, -1}}};
  const CoverResult result = refused(problem);
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts[0].slot == 2);
  CHECK(result.conflicts[0].required == 2.5);
  CHECK(result.conflicts[0].reachable == 0);
  CHECK(result.conflicts[0].rule == "no shift of 'early', 'noon' is on duty");
}

TEST_CASE("a day without shifts says so") {
  const CoverResult result = refused({1, false, {1}, {}});
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts[0].rule == "there are no shifts");
}

TEST_CASE("a shift that would run past the end of the day is not on duty") {
  const CoverResult result = refused({3, false, {0, 0, 1}, {{"late", 2, {2}, {1}, {}, -1}}});
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts[0].rule == "no shift of 'late' is on duty");
}

TEST_CASE("breaks that cannot move leave a hole") {
  const CoverResult result =
      refused({4, false, {1, 1, 1, 1}, {{"day", 4, {0}, {1}, {{2, 1, 2}}, -1}}});
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts[0].slot == 2);
  CHECK(result.conflicts[0].rule == "every shift on duty has a break that cannot be moved: 'day'");
}

TEST_CASE("limits that are too small are named with what they reach") {
  const CoverProblem problem{
      3, false, {5, 14, 3}, {{"early", 2, {0}, {1}, {}, 6}, {"late", 2, {1}, {1}, {}, 5}}};
  const CoverResult result = refused(problem);
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts[0].slot == 1);
  CHECK(result.conflicts[0].required == 14);
  CHECK(result.conflicts[0].reachable == 11);
  CHECK(result.conflicts[0].rule == "max_agents of 'early' is 6, of 'late' is 5");
}

TEST_CASE("slots that want the same few agents are short together") {
  // Either slot alone can have 4; both together cannot.
  const CoverProblem problem{2, false, {4, 4}, {{"one", 1, {0, 1}, {1, 1}, {}, 6}}};
  const CoverResult result = refused(problem);
  double missing = 0;
  for (const Conflict& conflict : result.conflicts) {
    missing += conflict.required - conflict.reachable;
    CHECK(conflict.rule == "max_agents of 'one' is 6 (with the other slots covered)");
  }
  CHECK(missing == 2);
}

TEST_CASE("whole agents can be impossible where halves are not") {
  // Three slots in a ring, each shift covers two, limits of one start each through separate
  // shifts: 1.5 agents in all would do, two do not exist.
  CoverProblem problem{3, true, {1, 1, 1}, {{"pair", 2, {0, 1, 2}, {1, 1, 1}, {}, 1}}};
  CoverResult result = refused(problem);
  double missing = 0;
  for (const Conflict& conflict : result.conflicts)
    missing += conflict.required - conflict.reachable;
  CHECK(missing == 1);
  problem.shifts[0].max_agents = 2;
  CHECK(solve_cover(problem, {}).cost == 2);
}

}  // namespace
}  // namespace callmill
