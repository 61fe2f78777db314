#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "models/cover/cover.h"

namespace callmill {
namespace {

CoverProblem ring() {
  CoverProblem problem{12, true, {2, 2, 2, 3, 4, 4, 5, 4, 3, 2, 2, 2}, {}};
  CoverShift day{"day", 6, {}, {}, {{1, 1, 2}, {1, 3, 4}}, 9};
  CoverShift night{"night", 5, {9, 10}, {7, 7}, {}, -1};
  for (int t = 0; t < 12; t += 2) {
    day.starts.push_back(t);
    day.cost.push_back(6 + t % 3);
  }
  problem.shifts = {day, night};
  return problem;
}

// A choice of the day shift: the plan has one.
CoverChoice& day_choice(CoverResult& result) {
  for (CoverChoice& choice : result.choices)
    if (choice.shift == 0) return choice;
  FAIL("the plan has no day shift");
  return result.choices.front();
}

TEST_CASE("the checker passes a good plan and objects to each kind of tampering") {
  const CoverProblem problem = ring();
  const CoverResult good = solve_cover(problem, {.relative_gap = 0, .time_limit_s = 60});
  REQUIRE(good.status == CoverStatus::kOptimal);
  REQUIRE(check_cover(problem, good) == std::vector<std::string>{});

  const auto objects = [&](const char* what, const std::string& says,
                           const std::function<void(CoverResult&)>& tamper) {
    CAPTURE(what);
    CoverResult bad = good;
    tamper(bad);
    const std::vector<std::string> wrong = check_cover(problem, bad);
    bool said = false;
    for (const std::string& line : wrong) said = said || line.find(says) != std::string::npos;
    CAPTURE(wrong);
    CHECK(said);
  };

  objects("a choice is lost", "needs", [](CoverResult& r) { r.choices.pop_back(); });
  objects("all choices are lost", "needs", [](CoverResult& r) { r.choices.clear(); });
  objects("an agent without breaks", "breaks are not given for each agent",
          [](CoverResult& r) { ++day_choice(r).agents; });
  objects("breaks without an agent", "breaks are not given for each agent", [](CoverResult& r) {
    day_choice(r).break_start.push_back({0, 0});
  });
  objects("no agents", "at least one agent", [](CoverResult& r) {
    day_choice(r).agents = 0;
    day_choice(r).break_start.clear();
  });
  objects("a break is left out", "an agent has 1 breaks, not 2",
          [](CoverResult& r) { day_choice(r).break_start[0].pop_back(); });
  objects("a break too early", "outside its window",
          [](CoverResult& r) { day_choice(r).break_start[0][0] = day_choice(r).start; });
  objects("a break too late", "outside its window",
          [](CoverResult& r) { day_choice(r).break_start[0][1] = (day_choice(r).start + 5) % 12; });
  objects("a break off the grid", "outside its window",
          [](CoverResult& r) { day_choice(r).break_start[0][1] += 12; });
  objects("breaks exchanged", "outside its window", [](CoverResult& r) {
    std::swap(day_choice(r).break_start[0][0], day_choice(r).break_start[0][1]);
  });
  objects("another start", "not an allowed start",
          [](CoverResult& r) { day_choice(r).start += 1; });
  objects("a shift that does not exist", "no shift has the number 2",
          [](CoverResult& r) { day_choice(r).shift = 2; });
  objects("a negative shift", "no shift has the number -1",
          [](CoverResult& r) { day_choice(r).shift = -1; });
  objects("too many agents", "more than max_agents 9", [](CoverResult& r) {
    CoverChoice& choice = day_choice(r);
    choice.agents += 20;
    choice.break_start.resize(choice.break_start.size() + 20, choice.break_start.front());
  });
  objects("a cheaper cost is claimed", "the plan costs", [](CoverResult& r) { r.cost -= 1; });
  objects("a bound above the cost", "bound lies above", [](CoverResult& r) { r.bound += 1; });
  objects("optimal without a proof", "called optimal", [](CoverResult& r) { r.bound -= 1; });
  objects("present is wrong", "is said to have", [](CoverResult& r) { ++r.present[5]; });
  objects("present is cut", "present is not given", [](CoverResult& r) { r.present.pop_back(); });
  objects("a plan that is denied", "the status denies it",
          [](CoverResult& r) { r.status = CoverStatus::kInfeasible; });
}

TEST_CASE("the checker objects to a plan for another requirement, or another day") {
  const CoverProblem problem = ring();
  const CoverResult good = solve_cover(problem, {.relative_gap = 0, .time_limit_s = 60});
  for (std::size_t t = 0; t < 12; ++t) {
    CoverProblem more = problem;
    more.requirement[t] = static_cast<double>(good.present[t]) + 0.5;
    CHECK(check_cover(more, good).size() == 1);
  }
}

TEST_CASE("the checker objects to a night shift on a day that does not repeat") {
  CoverProblem problem{8, true, {1, 1, 0, 0, 0, 0, 1, 1}, {{"night", 4, {6}, {1}, {}, -1}}};
  const CoverResult plan = solve_cover(problem, {});
  REQUIRE(check_cover(problem, plan).empty());
  problem.cyclic = false;
  const std::vector<std::string> wrong = check_cover(problem, plan);
  REQUIRE_FALSE(wrong.empty());
  CHECK(wrong[0] == "shift 'night' at slot 6: runs past the end of the day");
}

TEST_CASE("the checker sees breaks that overlap where windows would let them") {
  // Not a problem for the solver, whose windows may not overlap; the checker holds on its own.
  const CoverProblem problem{
      4, false, {0, 0, 0, 0}, {{"day", 4, {0}, {1}, {{2, 0, 2}, {1, 1, 3}}, -1}}};
  CoverResult plan;
  plan.status = CoverStatus::kOptimal;
  plan.cost = plan.bound = 1;
  plan.choices = {{0, 0, 1, {{0, 1}}}};
  plan.present = {0, 0, 1, 1};
  const std::vector<std::string> wrong = check_cover(problem, plan);
  REQUIRE(wrong.size() == 1);
  CHECK(wrong[0].find("before the last ends") != std::string::npos);
}

}  // namespace
}  // namespace callmill
