// Gaps of split shifts, limits on heads and on who is there: small problems by hand, and why not.

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "models/cover/cover.h"

namespace callmill {
namespace {

using Agents = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;
constexpr CoverOptions kExact{.relative_gap = 0, .time_limit_s = 60};

// Dear and cheap shifts of one slot each, anywhere in a day of four.
CoverProblem four() {
  return {4,
          false,
          {2, 2, 2, 2},
          {{"dear", 1, {0, 1, 2, 3}, {3, 3, 3, 3}, {}, -1},
           {"cheap", 1, {0, 1, 2, 3}, {1, 1, 1, 1}, {}, -1}}};
}

CoverPresence presence(bool on_duty, Agents at_least, Agents at_most) {
  return {"limit 'there'", on_duty, std::move(at_least), std::move(at_most)};
}

double cost(const CoverProblem& problem) {
  REQUIRE(faults(problem) == Texts{});
  const CoverResult result = solve_cover(problem, kExact);
  CHECK(check_cover(problem, result) == Texts{});
  REQUIRE(result.status == CoverStatus::kOptimal);
  return result.cost;
}

CoverResult refused(const CoverProblem& problem) {
  REQUIRE(faults(problem) == Texts{});
  CoverResult result = solve_cover(problem, kExact);
  REQUIRE(result.status == CoverStatus::kInfeasible);
  CHECK(check_cover(problem, result) == Texts{});
  return result;
}

TEST_CASE("limits on heads: at least, at most, and shares of all") {
  CoverProblem problem = four();
  CHECK(cost(problem) == Approx(8));
  problem.limits = {{"some", {1}, 0, 5}};
  CHECK(cost(problem) == Approx(5 + 3 * 3));
  problem.limits = {{"some", {0}, 3}};
  CHECK(cost(problem) == Approx(5 + 3 * 3));
  // A quarter of 8 is 2; with 9 agents in all 2.25 allow no third.
  problem.limits = {{"some", {1}, 0, -1, 0, 0.25}};
  CHECK(cost(problem) == Approx(2 + 6 * 3));
  problem.limits = {{"some", {0}, 0, -1, 0.5, 1}};
  CHECK(cost(problem) == Approx(4 + 4 * 3));
  // Of both kinds together there are more than the requirement asks for.
  problem.limits = {{"all", {0, 1}, 11}};
  CHECK(cost(problem) == Approx(11));
}

TEST_CASE("limits on who is there: a floor and a ceiling, with breaks and without") {
  CoverProblem problem = four();
  problem.presence = {presence(false, {0, 5, 0, 0}, {-1, -1, -1, -1})};
  CHECK(cost(problem) == Approx(8 + 3));
  // A shift of four slots with a break in the second or third: all are there in the first and last.
  problem.shifts = {{"day", 4, {0}, {4}, {{1, 1, 2}}, -1}};
  problem.requirement = {1, 2, 1, 1};
  problem.presence.clear();
  CHECK(cost(problem) == Approx(12));
  problem.presence = {presence(false, {0, 0, 0, 0}, {-1, 1, 1, -1})};
  problem.requirement = {2, 1, 1, 2};
  CHECK(cost(problem) == Approx(8));  // one has the break before, the other after
  problem.presence = {presence(true, {0, 0, 0, 0}, {2, 2, 2, 2})};
  CHECK(cost(problem) == Approx(8));
  problem.presence = {presence(true, {0, 3, 0, 0}, {-1, -1, -1, -1})};
  CHECK(cost(problem) == Approx(12));
  problem.presence = {presence(true, {0, 0, 0, 0}, {1, 1, 1, 1})};
  const CoverResult result = refused(problem);
  REQUIRE(result.conflicts.size() == 2);
  CHECK(result.conflicts[0].slot == 0);
  CHECK(result.conflicts[0].reachable == 1);
  CHECK(result.conflicts[0].rule == "limit 'there' allows 1");
}

TEST_CASE("a gap: off duty, over midnight too, and no break in it") {
  // Two peaks of two slots; a split shift works both, round the clock the second lies past
  // midnight.
  CoverProblem problem{6, false, {1, 1, 0, 0, 1, 1}, {{"split", 6, {0}, {5}, {}, -1, 2, 2}}};
  CHECK(cost(problem) == Approx(5));
  problem.requirement[2] = 1;
  CoverResult result = refused(problem);
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts[0].slot == 2);
  CHECK(result.conflicts[0].rule == "no shift of 'split' is on duty");
  CoverProblem ring{8, true, {1, 1, 0, 0, 0, 0, 1, 1}, {{"split", 5, {5}, {5}, {}, -1, 2, 1}}};
  ring.requirement = {1, 1, 0, 0, 0, 1, 1, 0};  // 5, 6, off in 7, 0, 1
  CHECK(cost(ring) == Approx(5));
  CHECK(solve_cover(ring, kExact).present == Agents{1, 1, 0, 0, 0, 1, 1, 0});

  const auto fault_of = [](const CoverShift& shift) {
    return faults({6, false, {0, 0, 0, 0, 0, 0}, {shift}});
  };
  CHECK(fault_of({"s", 6, {0}, {5}, {{1, 0, 1}, {1, 4, 5}}, -1, 2, 2}).empty());
  CHECK(fault_of({"s", 6, {0}, {5}, {{1, 1, 2}}, -1, 2, 2}) ==
        Texts{"shift 's': break 1 may meet the gap"});
  CHECK(fault_of({"s", 6, {0}, {5}, {{1, 3, 4}}, -1, 2, 2}) ==
        Texts{"shift 's': break 1 may meet the gap"});
  CHECK(fault_of({"s", 6, {0}, {5}, {}, -1, 4, 2}) ==
        Texts{"shift 's': its gap must leave time before and after"});
}

TEST_CASE("limits without sense are faults") {
  const auto fault_of = [](const CoverLimit& limit) {
    CoverProblem problem = four();
    problem.limits = {limit};
    return faults(problem).size();
  };
  CHECK(fault_of({"x", {0, 1}, 1, 1, 0.1, 0.1}) == 0);
  CHECK(fault_of({"x", {2}}) == 1);
  CHECK(fault_of({"x", {0, 0}}) == 1);
  CHECK(fault_of({"x", {0}, 2, 1}) == 1);
  CHECK(fault_of({"x", {0}, 0, -1, 0.6, 0.5}) == 1);
  CHECK(fault_of({"x", {0}, 0, -1, 0, 1.5}) == 1);
  CoverProblem problem = four();
  problem.presence = {presence(false, {0, 0, 0}, {1, 1, 1, 1})};
  CHECK(faults(problem).size() == 1);
  problem.presence = {presence(false, {2, 0, 0, 0}, {1, 1, 1, 1})};
  CHECK(faults(problem).size() == 1);
}

TEST_CASE("why not: the limits that are used up, and those that no plan keeps") {
  CoverProblem problem = four();
  problem.limits = {{"limit 'few'", {0, 1}, 0, 7}};
  const CoverResult used_up = refused(problem);
  CHECK(used_up.at_odds.empty());
  REQUIRE(used_up.conflicts.size() == 1);
  CHECK(used_up.conflicts[0].rule == "limit 'few' is used up (with the other slots covered)");

  // Six heads at least cannot be where four slots let one be there each; the third limit is no
  // part of it.
  problem.requirement = {0, 0, 0, 0};
  problem.limits = {{"limit 'idle'", {0}, 0, 3}, {"limit 'many'", {0, 1}, 6}};
  problem.presence = {presence(true, {0, 0, 0, 0}, {1, 1, 1, 1})};
  CHECK(refused(problem).at_odds == Texts{"limit 'many'", "limit 'there'"});
  problem.limits[1].at_least = 4;
  CHECK(cost(problem) == Approx(4));
  // max_agents is such a limit too.
  problem.presence.clear();
  problem.limits = {{"limit 'many'", {1}, 6}};
  problem.shifts[1].max_agents = 5;
  CHECK(refused(problem).at_odds == Texts{"max_agents of 'cheap' is 5", "limit 'many'"});
}

TEST_CASE("the checker finds a broken limit of each sort") {
  CoverProblem problem = four();
  problem.shifts.push_back({"split", 3, {0, 1}, {2, 2}, {}, -1, 1, 1});
  const CoverResult good = solve_cover(problem, kExact);
  REQUIRE(check_cover(problem, good) == Texts{});  // eight cheap ones
  const auto broken = [&](const std::function<void(CoverProblem&)>& change) {
    CoverProblem strict = problem;
    change(strict);
    const Texts wrong = check_cover(strict, good);
    REQUIRE_FALSE(wrong.empty());
    return wrong[0];
  };
  CHECK(broken([](CoverProblem& p) {
          p.limits = {{"x", {1}, 0, 7}};
        }) == "x is broken: 8 of 8 agents");
  CHECK(broken([](CoverProblem& p) {
          p.limits = {{"x", {0}, 1}};
        }) == "x is broken: 0 of 8 agents");
  CHECK(broken([](CoverProblem& p) {
          p.limits = {{"x", {1}, 0, -1, 0, 0.99}};
        }) == "x is broken: 8 of 8 agents");
  CHECK(broken([](CoverProblem& p) {
          p.limits = {{"x", {0, 2}, 0, -1, 0.01}};
        }) == "x is broken: 0 of 8 agents");
  CHECK(broken([](CoverProblem& p) {
          p.presence = {presence(false, {0, 0, 0, 0}, {-1, -1, 1, -1})};
        }) == "limit 'there' is broken at slot 2: 2 agents");
  CHECK(broken([](CoverProblem& p) {
          p.presence = {presence(true, {0, 3, 0, 0}, {-1, -1, -1, -1})};
        }) == "limit 'there' is broken at slot 1: 2 agents");
  // Whoever is said to be at work in the gap is not.
  CoverResult split = good;
  split.choices = {{2, 0, 2, {{}, {}}}, {2, 1, 2, {{}, {}}}};
  split.cost = split.bound = 8;
  split.present = {2, 2, 2, 2};
  CHECK(check_cover(problem, split) == Texts{});
  split.present = {2, 4, 4, 2};
  CHECK(check_cover(problem, split).size() == 2);
}

}  // namespace
}  // namespace callmill
