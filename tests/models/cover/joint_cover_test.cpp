// Covers chosen together, held against all ways to staff two small groups.

#include "models/cover/joint_cover.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace callmill {
namespace {

int draw(std::mt19937& engine, int low, int high) {
  return low + static_cast<int>(engine() % static_cast<std::uint32_t>(high - low + 1));
}

// Three slots, one shift of two slots that begins in slot 0 or 1.
CoverProblem small(std::mt19937& engine) {
  CoverProblem problem;
  problem.slots = 3;
  problem.requirement = {0, static_cast<double>(draw(engine, 0, 1)), 0};
  CoverShift shift;
  shift.name = "s";
  shift.length = 2;
  shift.starts = {0, 1};
  for (int k = 0; k < 2; ++k) shift.cost.push_back(draw(engine, 2, 9) * 0.5);
  problem.shifts.push_back(shift);
  return problem;
}

JointCover random_joint(std::mt19937& engine) {
  JointCover joint;
  for (int p = 0; p < 2; ++p) joint.problems.push_back(small(engine));
  joint.items.push_back({draw(engine, 0, 4) * 0.25, draw(engine, 0, 1), 3});
  joint.drops.push_back({1, 1, static_cast<double>(draw(engine, 1, 3))});
  for (int r = 0; r < draw(engine, 1, 3); ++r) {
    JointRow row;
    for (std::size_t p = 0; p < 2; ++p)
      for (int t = 0; t < 3; ++t) row.present.push_back({p, t, draw(engine, -1, 6) / 4.0});
    row.items.push_back({0, draw(engine, -2, 3) / 4.0});
    if (draw(engine, 0, 1) == 1) row.drops.push_back({0, draw(engine, -4, 0) / 4.0});
    row.least = draw(engine, 0, 16) / 4.0;
    if (draw(engine, 0, 2) == 0) row.price = draw(engine, 1, 8) * 0.5;
    joint.rows.push_back(row);
  }
  if (draw(engine, 0, 1) == 1)
    joint.ranges.push_back({0, 1, 0, static_cast<double>(draw(engine, 0, 3))});
  return joint;
}

constexpr std::int64_t kMost = 4;  // of agents at a start: more cannot pay, by the bounds above

// Cost of one way to do it; infinite where a rule is broken.
double cost_of(const JointCover& joint, const std::vector<std::int64_t>& agents,
               std::int64_t items) {
  std::vector<std::vector<double>> present(2, std::vector<double>(3, 0));
  double cost = static_cast<double>(items) * joint.items[0].cost;
  for (std::size_t k = 0; k < 4; ++k) {
    const auto n = static_cast<double>(agents[k]);
    cost += n * joint.problems[k / 2].shifts[0].cost[k % 2];
    present[k / 2][k % 2] += n;
    present[k / 2][k % 2 + 1] += n;
  }
  const double never = std::numeric_limits<double>::infinity();
  for (std::size_t p = 0; p < 2; ++p)
    for (std::size_t t = 0; t < 3; ++t)
      if (present[p][t] < joint.problems[p].requirement[t]) return never;
  for (const JointRange& range : joint.ranges) {
    const double n = present[range.problem][static_cast<std::size_t>(range.slot)];
    if (n < range.least || n > range.most) return never;
  }
  for (const JointRow& row : joint.rows) {
    double sum = static_cast<double>(items) * row.items[0].each;
    for (const JointTerm& t : row.present)
      sum += t.each * present[t.problem][static_cast<std::size_t>(t.slot)];
    for (const JointDropTerm& t : row.drops)
      sum += t.each * std::max(0.0, joint.drops[t.drop].from - present[1][1]);
    if (sum >= row.least - 1e-9) continue;
    if (std::isinf(row.price)) return never;
    cost += row.price * (row.least - sum);
  }
  return cost;
}

double least_cost(const JointCover& joint) {
  double least = std::numeric_limits<double>::infinity();
  std::vector<std::int64_t> agents(4, 0);
  const std::int64_t ways = (kMost + 1) * (kMost + 1) * (kMost + 1) * (kMost + 1);
  for (std::int64_t way = 0; way < ways; ++way) {
    std::int64_t rest = way;
    for (std::int64_t& n : agents) {
      n = rest % (kMost + 1);
      rest /= kMost + 1;
    }
    for (std::int64_t items = joint.items[0].least; items <= joint.items[0].most; ++items)
      least = std::min(least, cost_of(joint, agents, items));
  }
  return least;
}

TEST_CASE("joint covers cost the least of all ways") {
  std::mt19937 engine{61};
  int infeasible = 0;
  for (int k = 0; k < 150; ++k) {
    INFO("problem " << k);
    const JointCover joint = random_joint(engine);
    const double least = least_cost(joint);
    const JointResult found = solve_joint_cover(joint, {.relative_gap = 0});
    if (found.status == CoverStatus::kInfeasible) {
      ++infeasible;
      CHECK(std::isinf(least));
      continue;
    }
    REQUIRE(found.status == CoverStatus::kOptimal);
    // The enumeration ends at kMost agents a start; the program may go on.
    CHECK(found.cost <= least + 1e-6);
    std::vector<std::int64_t> agents(4, 0);
    bool within = true;
    for (std::size_t p = 0; p < 2; ++p) {
      CHECK(check_cover(joint.problems[p], found.covers[p]).empty());
      for (const CoverChoice& c : found.covers[p].choices) {
        agents[2 * p + static_cast<std::size_t>(c.start)] += c.agents;
        within = within && c.agents <= kMost;
      }
    }
    CHECK(cost_of(joint, agents, found.items[0]) == Approx(found.cost).margin(1e-6));
    if (within) CHECK(found.cost == Approx(least).margin(1e-6));
    CHECK(found.bound <= found.cost + 1e-9);
  }
  CHECK(infeasible > 0);
}

TEST_CASE("what a row lacks is told and paid for") {
  JointCover joint;
  CoverProblem nobody;
  nobody.slots = 1;
  nobody.requirement = {0};
  joint.problems.push_back(nobody);
  joint.rows.push_back({{{0, 0, 1}}, {}, {}, 3, 2.5});
  const JointResult found = solve_joint_cover(joint, {});
  REQUIRE(found.lacking.size() == 1);
  CHECK(found.lacking[0] == Approx(3));
  CHECK(found.cost == Approx(7.5));
  joint.rows[0].price = std::numeric_limits<double>::infinity();
  CHECK(solve_joint_cover(joint, {}).status == CoverStatus::kInfeasible);
}

}  // namespace
}  // namespace callmill
