// Random rule sets of weeks: whatever is planned breaks no rule that the walk of people's weeks
// knows and costs what an independent count of its hours costs; its bound and its cost enclose the
// best of the week written out; what is called infeasible is so there too. 50 sets here, 1,000 by
// ./dev fuzz.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/planning/plan_week.h"
#include "tests/engine/planning/week_sets.h"

namespace callmill::test {
namespace {

using namespace std::chrono_literals;

struct Seen {
  int found = 0, best = 0, infeasible = 0, undecided = 0, listed = 0, weekends = 0, limited = 0;
};

void check_plan_of(const World& world, const WeekProblem& week, const TourResult& tours,
                   SimDuration slot, Seen& seen) {
  CHECK(check_tours(week.problem, tours) == std::vector<std::string>{});
  const DayPlan plan{shifts_of(world, week, tours, slot), {}};
  for (const PlanFault& fault : check_plan(world, plan)) FAIL_CHECK(fault.message);
  CHECK(wages_of(world, plan) == Approx(tours.cost).epsilon(1e-9));
  ++seen.found;
  seen.listed += week.problem.by_weeks() ? 1 : 0;
  seen.weekends += week.problem.shares.empty() ? 0 : 1;
  seen.limited += world.limits.empty() ? 0 : 1;
}

void check_set(Draw& draw, Seen& seen) {
  const World world = random_week_of(draw);
  REQUIRE(week_faults(world).empty());
  const std::vector<double> need = random_need_of_week(draw, world);
  const SimDuration slot = planning_slot(world);
  REQUIRE(SimDuration{30min} % slot == SimDuration{});
  std::vector<double> wanted;
  for (const double each : need)
    wanted.insert(wanted.end(), static_cast<std::size_t>(SimDuration{30min} / slot), each);
  const WeekProblem week = week_problem(world, GroupId{0}, slot, wanted);
  TourResult tours;
  tours.status = TourStatus::kInfeasible;  // nobody may work any shift in any week
  if (!week.problem.shifts.empty()) {
    REQUIRE(faults(week.problem) == std::vector<std::string>{});
    tours = solve_tours(week.problem, {0, 60, 100, 1000});
  }
  const MipResult other = solve_week_written_out(world, need);
  const double close = 1e-6 * (1 + other.cost);
  if (!tours.tours.empty()) {
    check_plan_of(world, week, tours, slot, seen);
    CHECK(other.status != MipStatus::kInfeasible);
    CHECK(tours.cost >= other.bound - close);
    if (!other.values.empty()) CHECK(tours.bound <= other.cost + close);
    seen.best += !other.values.empty() && tours.cost <= other.cost + close ? 1 : 0;
  } else if (tours.status == TourStatus::kInfeasible) {
    ++seen.infeasible;
    CHECK(other.status == MipStatus::kInfeasible);
  } else {
    ++seen.undecided;  // the search found none and proved nothing
  }
}

}  // namespace

TEST_CASE("fuzz: weeks of random rules keep them all, and what is refused cannot be") {
  const int sets = rounds(50);
  Seen seen;
  for (int set = 0; set < sets; ++set) {
    INFO("set " << set);
    Draw draw{static_cast<unsigned>(set)};
    check_set(draw, seen);
  }
  CAPTURE(seen.found, seen.best, seen.infeasible, seen.undecided, seen.listed, seen.weekends,
          seen.limited);
  // That there was something to find.
  CHECK(seen.found > sets / 3);
  CHECK(seen.best >= seen.found * 8 / 10);
  CHECK(seen.infeasible > sets / 20);
  CHECK(seen.undecided <= sets / 10);
  CHECK(seen.listed > sets / 5);
  CHECK(seen.weekends > sets / 20);
  CHECK(seen.limited > sets / 20);
}

}  // namespace callmill::test
