// Random rule sets: whatever is planned breaks no rule, costs what an independent count of its
// hours costs, and is the cheapest of the day written out person by person; what is called
// infeasible is so there too. 100 sets here, 1,000 and more by ./dev fuzz.

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "engine/planning/plan.h"
#include "models/staffing/spreadsheet.h"
#include "tests/engine/planning/rule_sets.h"

namespace callmill::test {
namespace {

using namespace std::chrono_literals;

struct Seen {
  int optimal = 0, infeasible = 0, undecided = 0, split = 0, longer = 0, limited = 0, odds = 0;
};

void count_parts(const World& world, const DayPlan& plan, Seen& seen) {
  bool split = false, longer = false;
  for (const PlannedShift& shift : plan.shifts) {
    split = split || shift.off;
    const SimDuration off = shift.off ? shift.off->to - shift.off->from : SimDuration{};
    longer = longer || shift.to - shift.from - off > world.shifts[*shift.pattern].length;
  }
  seen.split += split;
  seen.longer += longer;
  seen.limited += !world.limits.empty();
}

void check_refusal(const CoverResult& cover) {
  CHECK(cover.choices.empty());
  // Either slots that lack agents, or limits that contradict each other.
  CHECK(cover.conflicts.empty() != cover.at_odds.empty());
  for (const Conflict& conflict : cover.conflicts) {
    CHECK(conflict.reachable < conflict.required);
    CHECK_FALSE(conflict.rule.empty());
  }
}

void check_set(Draw& draw, Seen& seen) {
  const World world = random_rules_of(draw);
  for (const Fault& fault : contradictions(world))
    if (fault.path.starts_with("shifts") || fault.path.starts_with("limits") ||
        fault.path.starts_with("pay"))
      FAIL(fault.path << " " << fault.message);
  const std::vector<double> need = random_need(draw, world);
  const SimDuration slot = planning_slot(world);
  REQUIRE(SimDuration{30min} % slot == SimDuration{});
  std::vector<double> wanted;
  for (const double each : need)
    wanted.insert(wanted.end(), static_cast<std::size_t>(SimDuration{30min} / slot), each);
  const CoverProblem problem = cover_problem(world, GroupId{0}, slot, wanted);
  REQUIRE(faults(problem) == std::vector<std::string>{});

  const CoverResult cover = solve_cover(problem, {0, 60, 20000});
  CHECK(check_cover(problem, cover) == std::vector<std::string>{});
  const MipResult other = solve_written_out(world, patterns_of(world), need);
  const DayPlan plan{shifts_of(world, problem, cover, GroupId{0}, slot), {}};
  if (!cover.choices.empty()) {
    for (const PlanFault& fault : check_plan(world, plan)) FAIL_CHECK(fault.message);
    CHECK(wages_of(world, plan) == Approx(cover.cost).epsilon(1e-12));
    count_parts(world, plan, seen);
  }
  // The solver proves to within a ten millionth of the cost.
  const double close = 1e-6 * (1 + other.cost);
  if (cover.status == CoverStatus::kOptimal && !other.values.empty() &&
      other.bound >= other.cost - close) {
    ++seen.optimal;
    CHECK(std::abs(cover.cost - other.cost) <= close);
  } else if (cover.status == CoverStatus::kInfeasible) {
    ++seen.infeasible;
    seen.odds += !cover.at_odds.empty();
    CHECK(other.status == MipStatus::kInfeasible);
    check_refusal(cover);
  } else {
    ++seen.undecided;  // a solver that stopped at its nodes has said nothing
    CHECK(other.status != MipStatus::kInfeasible);
  }

  const CoverResult sheet = cover_greedily(problem);
  if (sheet.status == CoverStatus::kGap && check_cover(problem, sheet).empty()) {
    CHECK(sheet.cost >= cover.bound - 1e-6);
    CHECK(cover.status != CoverStatus::kInfeasible);
    CHECK(check_plan(world, {shifts_of(world, problem, sheet, GroupId{0}, slot), {}}).empty());
  }
}

}  // namespace

TEST_CASE("fuzz: plans of random rules keep them at least cost, and what is refused cannot be") {
  const int sets = rounds(100);
  Seen seen;
  for (int set = 0; set < sets; ++set) {
    INFO("set " << set);
    Draw draw{static_cast<unsigned>(set)};
    check_set(draw, seen);
  }
  CAPTURE(seen.optimal, seen.infeasible, seen.undecided, seen.split, seen.longer, seen.limited,
          seen.odds);
  // That there was something to find.
  CHECK(seen.optimal > sets / 3);
  CHECK(seen.infeasible > sets / 10);
  CHECK(seen.undecided <= sets / 20);
  CHECK(seen.split > sets / 20);
  CHECK(seen.longer > sets / 20);
  CHECK(seen.limited > sets / 10);
  CHECK(seen.odds > 0);
}

}  // namespace callmill::test
