// The planner's spreadsheet, by hand: Erlang C and B by their recursions, covers small enough to
// follow with a pencil.

#include "models/staffing/spreadsheet.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/models/staffing/worlds.h"

namespace callmill {
namespace {

using Agents = std::vector<std::int64_t>;

// B(n) = a B(n-1) / (n + a B(n-1)), B(0) = 1.
double b_of(std::int64_t n, double a) {
  double b = 1;
  for (std::int64_t k = 1; k <= n; ++k) b = a * b / (static_cast<double>(k) + a * b);
  return b;
}

// Chance to wait longer than t of `handle`, with n > a agents.
double waits_longer(std::int64_t n, double a, double t) {
  const double b = b_of(n, a);
  const double c = b / (1 - a / static_cast<double>(n) * (1 - b));
  return c * std::exp(-(static_cast<double>(n) - a) * t);
}

Agents agents_with(std::vector<Target> targets) {
  World world = small_world();
  world.targets = std::move(targets);
  return spreadsheet_staff(world).at(0).agents;
}

}  // namespace

TEST_CASE("spreadsheet: least whole agents by Erlang C, interval by interval") {
  // 60, 90, 120 and no calls a half hour of 210 s: 7, 10.5 and 14 erlang; 80/20 by hand is 10, 14
  // and 18, where one agent fewer has 68 %, 71 % and 74 %.
  World world = small_world();
  world.targets = {target("service_level", Sense::kAtLeast, 0.8)};
  const std::vector<SpreadsheetStaff> staff = spreadsheet_staff(world);
  REQUIRE(staff.size() == 1);
  CHECK(staff[0].agents == Agents{10, 14, 18, 0});
  CHECK(staff[0].goal == "service_level >= 80% in 20s");
  CHECK_FALSE(staff[0].assumed);
  const double loads[] = {7, 10.5, 14};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(waits_longer(staff[0].agents[i], loads[i], 20 / 210.0) <= 0.2);
    CHECK(waits_longer(staff[0].agents[i] - 1, loads[i], 20 / 210.0) > 0.2);
  }
}

TEST_CASE("spreadsheet: what Erlang C cannot answer becomes 80/20; the hardest target decides") {
  World world = small_world();
  world.targets = {target("answer_rate", Sense::kAtLeast, 0.95)};
  world.queues[0].answer_within = std::chrono::seconds{60};
  const SpreadsheetStaff assumed = spreadsheet_staff(world).at(0);
  CHECK(assumed.assumed);
  CHECK(assumed.goal == "service_level >= 80% in 20s");
  CHECK(assumed.agents == Agents{10, 14, 18, 0});

  // Mean waits by hand: 10.5 erlang and 14 agents 13.96 s, 15 agents 6.59 s; and so on.
  CHECK(agents_with({target("asa", Sense::kAtMost, 7)}) == Agents{11, 15, 19, 0});
  // 14 erlang at 70 % are 20 agents; 7 erlang have the service level's 10, and 10.5 15.
  CHECK(agents_with({target("service_level", Sense::kAtLeast, 0.8),
                     target("occupancy", Sense::kAtMost, 0.7)}) == Agents{10, 15, 20, 0});
  // A cap on occupancy alone says nothing of waits: 80/20 beside it.
  CHECK(agents_with({target("occupancy", Sense::kAtMost, 0.95)}) == Agents{10, 14, 18, 0});
}

TEST_CASE("spreadsheet: lines by Erlang B of the busiest interval") {
  World world = small_world();
  // 12 erlang of talk: 24 lines lose 0.08 %, 23 lines 0.16 %.
  CHECK(spreadsheet_lines(world, TrunkGroupId{0}) == 24);
  world.targets = {target("loss_rate", Sense::kAtMost, 0.02)};
  CHECK(spreadsheet_lines(world, TrunkGroupId{0}) == 19);
  CHECK(b_of(19, 12) <= 0.02);
  CHECK(b_of(18, 12) > 0.02);
  world.targets[0].value = 0;
  CHECK(spreadsheet_lines(world, TrunkGroupId{0}) == -1);
  world.trunks.push_back({"spare", std::nullopt, 0});
  CHECK(spreadsheet_lines(world, TrunkGroupId{1}) == 1);
}

TEST_CASE("greedy: most uncovered slots for the cost, again and again") {
  // One long shift covers 6 slots for 6; a short one 2 for 1.5, so it is chosen wherever both of
  // its slots are uncovered: at 0, then twice at 2, then at 4.
  CoverProblem problem{6,
                       false,
                       {1, 1, 2, 2, 0.5, 1},
                       {{"long", 6, {0}, {6}, {}, -1},
                        {"short", 2, {0, 1, 2, 3, 4}, {1.5, 1.5, 1.5, 1.5, 1.5}, {}, -1}}};
  const CoverResult cover = cover_greedily(problem);
  CHECK(cover.status == CoverStatus::kGap);
  CHECK(check_cover(problem, cover).empty());
  REQUIRE(cover.choices.size() == 3);
  CHECK(cover.choices[0].start == 0);
  CHECK(cover.choices[1].start == 2);
  CHECK(cover.choices[1].agents == 2);
  CHECK(cover.choices[2].start == 4);
  CHECK(cover.cost == Approx(6));
  CHECK(cover.present == Agents{1, 1, 2, 2, 1, 1});
}

TEST_CASE("greedy: breaks in the middle of their windows, over midnight too") {
  // Five slots from slot 6 of 8: 6, 7, [0 rests], 1, 2. The rest begins 1 to 3 slots after the
  // start. Nobody is left for slot 0, which another shift of the same kind cannot cover either.
  CoverProblem problem{
      8, true, {1, 1, 1, 0, 0, 0, 1, 1}, {{"night", 5, {6}, {5}, {{1, 1, 3}}, -1}}};
  const CoverResult cover = cover_greedily(problem);
  CHECK(cover.status == CoverStatus::kNoPlanFound);
  REQUIRE(cover.choices.size() == 1);
  CHECK(cover.choices[0].agents == 1);
  CHECK(cover.choices[0].break_start == std::vector<std::vector<int>>{{0}});
  CHECK(cover.present == Agents{0, 1, 1, 0, 0, 0, 1, 1});
}

TEST_CASE("greedy: whom nobody would miss is taken out, limits are kept") {
  // The cheap middle is chosen first (2 slots for 0.9); the ends need a shift of three slots each,
  // which cover the middle as well.
  CoverProblem problem{
      4,
      false,
      {1, 1, 1, 1},
      {{"middle", 2, {1}, {0.9}, {}, -1}, {"three", 3, {0, 1}, {1.5, 1.5}, {}, -1}}};
  const CoverResult cover = cover_greedily(problem);
  CHECK(check_cover(problem, cover).empty());
  CHECK(cover.cost == Approx(3));
  CHECK(cover.present == Agents{1, 2, 2, 1});
  problem.shifts[1].max_agents = 1;
  const CoverResult limited = cover_greedily(problem);
  CHECK(limited.status == CoverStatus::kNoPlanFound);
  CHECK(limited.present == Agents{1, 1, 1, 0});
}

TEST_CASE("greedy: limits are kept, least numbers put in first, gaps left out") {
  CoverProblem problem{4,
                       false,
                       {2, 2, 2, 2},
                       {{"dear", 1, {0, 1, 2, 3}, {3, 3, 3, 3}, {}, -1},
                        {"cheap", 1, {0, 1, 2, 3}, {1, 1, 1, 1}, {}, -1},
                        {"split", 3, {0, 1}, {2.5, 2.5}, {}, -1, 1, 1}}};
  const auto cost = [&] {
    const CoverResult cover = cover_greedily(problem);
    CHECK(cover.status == CoverStatus::kGap);
    CHECK(check_cover(problem, cover) == std::vector<std::string>{});
    return cover.cost;
  };
  CHECK(cost() == Approx(8));
  problem.limits = {{"some", {2}, 1}};
  CHECK(cost() == Approx(2.5 + 6));  // the split one takes the place of two cheap ones
  problem.limits = {{"some", {1}, 0, 3}};
  CHECK(cost() == Approx(4 * 2.5));  // the cheap ones that were put in first are spare in the end
  // A quarter of all: nobody cheap may come first.
  problem.limits = {{"some", {1}, 0, -1, 0, 0.25}};
  (void)cost();
  problem.limits.clear();
  problem.presence = {{"seats", true, {0, 0, 0, 0}, {2, 2, 2, 2}},
                      {"floor", false, {0, 0, 0, 2}, {-1, -1, -1, -1}}};
  problem.requirement[3] = 0;
  CHECK(cost() == Approx(8));
}

TEST_CASE("greedy: never cheaper than the solver, and good by the checker") {
  CoverProblem problem{12, true, {2, 2, 2, 3, 4, 4, 5, 4, 3, 2, 2, 2}, {}};
  CoverShift day{"day", 6, {}, {}, {{1, 1, 2}, {1, 3, 4}}, -1};
  for (int t = 0; t < 12; ++t) {
    day.starts.push_back(t);
    day.cost.push_back(6 + t % 3);
  }
  problem.shifts = {day, {"night", 5, {9, 10}, {7, 7}, {}, -1}};
  const CoverResult best = solve_cover(problem, {.relative_gap = 0, .time_limit_s = 60});
  const CoverResult greedy = cover_greedily(problem);
  REQUIRE(best.status == CoverStatus::kOptimal);
  CHECK(check_cover(problem, greedy).empty());
  CHECK(greedy.cost >= best.cost);
}

}  // namespace callmill
