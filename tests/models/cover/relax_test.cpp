// What a cover problem can do without one of its rules.

#include "models/cover/relax.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/draw.h"

namespace callmill {
namespace {

constexpr CoverOptions kExact{0, 60};

// A small day with breaks and limits; often none covers it.
CoverProblem random_problem(test::Draw& draw) {
  CoverProblem problem;
  problem.slots = static_cast<int>(draw.whole(4, 9));
  problem.cyclic = draw.chance(0.5);
  for (int t = 0; t < problem.slots; ++t)
    problem.requirement.push_back(std::floor(draw.uniform(0, 4)));
  for (int s = 0; s < 3; ++s) {
    CoverShift shift;
    shift.name = std::string{"s"} + std::to_string(s);
    shift.length = static_cast<int>(draw.whole(2, problem.slots + 1));
    for (int t = 0; t < problem.slots; ++t)
      if (draw.chance(0.4)) {
        shift.starts.push_back(t);
        shift.cost.push_back(std::floor(draw.uniform(1, 6)));
      }
    if (shift.length > 2 && draw.chance(0.5))
      shift.breaks.push_back({1, 1, static_cast<int>(draw.whole(1, shift.length))});
    shift.max_agents = draw.chance(0.5) ? draw.whole(1, 6) : -1;
    problem.shifts.push_back(std::move(shift));
  }
  return problem;
}

bool subset(std::uint32_t of, const std::vector<bool>& held) {
  for (std::size_t i = 0; i < held.size(); ++i)
    if (((of >> i) & 1U) != 0 && !held[i]) return false;
  return true;
}

}  // namespace

TEST_CASE("A minimal conflict is one of the hidden ones that no other lies in") {
  test::Draw draw{11};
  for (int round = 0; round < test::rounds(400); ++round) {
    const auto rules = static_cast<std::size_t>(draw.whole(1, 13));
    std::vector<std::uint32_t> hidden;
    for (int k = 0; k < 3; ++k) {
      std::uint32_t mask = 0;
      for (std::size_t i = 0; i < rules; ++i)
        if (draw.chance(0.3)) mask |= 1U << i;
      if (mask != 0 && draw.chance(0.8)) hidden.push_back(mask);
    }
    int asked = 0;
    const auto holds = [&](const std::vector<bool>& held) {
      ++asked;
      return std::none_of(hidden.begin(), hidden.end(),
                          [&](std::uint32_t mask) { return subset(mask, held); });
    };
    if (hidden.empty()) continue;  // the rules hold together: not a question for it
    std::uint32_t found = 0;
    for (const std::size_t r : minimal_conflict(rules, holds)) found |= 1U << r;
    INFO("round " << round);
    CHECK(std::find(hidden.begin(), hidden.end(), found) != hidden.end());
    for (const std::uint32_t mask : hidden)
      CHECK((mask == found || (mask & found) != mask));  // none lies within
  }
}

TEST_CASE("One rule among many is found in about as many questions as its number has digits") {
  constexpr std::size_t kRules = 1024;
  for (const std::size_t culprit : {std::size_t{0}, std::size_t{511}, std::size_t{1023}}) {
    int asked = 0;
    const std::vector<std::size_t> found =
        minimal_conflict(kRules, [&](const std::vector<bool>& held) {
          ++asked;
          return !held[culprit];
        });
    CHECK(found == std::vector<std::size_t>{culprit});
    CHECK(asked <= 2 * 10 + 2);  // at most two a halving, and the first
  }
}

TEST_CASE("What cannot be without any rule has no culprit") {
  CHECK(minimal_conflict(3, [](const std::vector<bool>&) { return false; }).empty());
  CHECK(minimal_conflict(0, [](const std::vector<bool>&) { return false; }).empty());
}

TEST_CASE("Whether a cover is possible, its bound and its cost agree with the solver") {
  test::Draw draw{5};
  int possible = 0, impossible = 0;
  for (int round = 0; round < test::rounds(120); ++round) {
    const CoverProblem problem = random_problem(draw);
    if (!faults(problem).empty()) continue;
    INFO("round " << round);
    const CoverResult solved = solve_cover(problem, kExact);
    const bool can = solved.status == CoverStatus::kOptimal;
    CHECK((can_cover(problem, kExact) == (can ? CanCover::kYes : CanCover::kNo)));
    const CoverResult kinds = cover_by_kinds(problem, kExact);
    const double relaxed = relaxed_cost(problem);
    CHECK(check_cover(problem, kinds).empty());
    ++(can ? possible : impossible);
    if (!can) {
      CHECK(kinds.status == CoverStatus::kInfeasible);
      continue;
    }
    CHECK(kinds.cost == Approx(solved.cost));
    CHECK(relaxed <= solved.cost + 1e-6);
    // Rounding every fraction up covers, and costs at most one agent a column more.
    double one_each = 0;
    for (const CoverShift& shift : problem.shifts)
      for (const double cost : shift.cost) one_each += cost;
    const bool limited = std::any_of(problem.shifts.begin(), problem.shifts.end(),
                                     [](const CoverShift& s) { return s.max_agents >= 0; });
    const bool breaks = std::any_of(problem.shifts.begin(), problem.shifts.end(),
                                    [](const CoverShift& s) { return !s.breaks.empty(); });
    if (!limited && !breaks) CHECK(relaxed >= solved.cost - one_each);
  }
  CHECK(possible > 20);
  CHECK(impossible > 20);
}

TEST_CASE("Kinds of one name share their limit") {
  // Two lengths of one kind, of which three agents may work: each slot alone can have 3.
  CoverProblem problem{
      3, false, {2, 1, 2}, {{"day", 1, {0, 1, 2}, {2, 2, 2}, {}, 3}, {"day", 2, {0}, {3}, {}, -1}}};
  CHECK((can_cover(problem, kExact) == CanCover::kNo));  // 2 + 2 agents at least
  problem.shifts[0].max_agents = 4;
  CHECK((can_cover(problem, kExact) == CanCover::kYes));
  const CoverResult cover = cover_by_kinds(problem, kExact);
  CHECK(cover.cost == 9);  // the long one once: 3 + 2 for slot 0, 2 x 2 for slot 2
  CHECK(check_cover(problem, cover).empty());
  problem.shifts[1].name = "long";  // a kind of its own, without a limit
  problem.shifts[0].max_agents = 3;
  CHECK((can_cover(problem, kExact) == CanCover::kYes));
}

TEST_CASE("Agents hired by the block fill what shifts cannot, and no more") {
  // Either slot alone can have 4, both together 6 of 8.
  const CoverProblem problem{2, false, {4, 4}, {{"one", 1, {0, 1}, {1, 1}, {}, 6}}};
  const HiredCover dear = cover_with_hired(problem, 1, 100, kExact);
  CHECK(dear.hired[0] + dear.hired[1] == 2);
  CHECK(dear.price == 200);
  CHECK(dear.cover.cost == 6);
  CHECK(dear.bound == Approx(206));
  for (std::size_t t = 0; t < 2; ++t)
    CHECK(static_cast<double>(dear.cover.present[t]) + dear.hired[t] >= 4);
  const HiredCover whole = cover_with_hired(problem, 2, 100, kExact);  // of both slots at once
  CHECK(whole.hired == std::vector<double>{1});
  CHECK(whole.cover.cost == 6);
  const HiredCover cheap = cover_with_hired(problem, 1, 0.5, kExact);
  CHECK(cheap.cover.choices.empty());
  CHECK(cheap.price == 4);
}

TEST_CASE("Hired agents count for goals of the day") {
  // One agent by shift, and a goal that asks for two more in either slot.
  CoverProblem problem{2, false, {1, 1}, {{"one", 2, {0}, {1}, {}, 1}}};
  problem.goals.push_back({{0, 0}, {{{3, 1.0}}, {{3, 0.5}}}, 3.5});
  CHECK((can_cover(problem, kExact) == CanCover::kNo));
  const HiredCover with = cover_with_hired(problem, 1, 10, kExact);
  // 1 x 1.0 + 1 x 0.5 are there; two more in the first slot are worth 2.
  CHECK(with.hired == std::vector<double>{2, 0});
  CHECK(with.cover.cost == 1);
}

}  // namespace callmill
