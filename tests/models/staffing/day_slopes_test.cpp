// What one agent more is worth by the exact day, and what it does to the day's staff.

#include "models/staffing/day_slopes.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "models/staffing/requirement.h"
#include "tests/models/staffing/worlds.h"

namespace callmill {
namespace {

using Agents = std::vector<std::int64_t>;

// 4 minutes a call, 3 minutes of patience; a day that rises and falls by up to a factor 1.8 from
// one piece to the next.
DayStaffInput made_up(std::uint64_t day, const Goal& goal) {
  DayStaffInput in;
  in.day.service_rate = 1.0 / 240;
  in.day.patience_rate = 1.0 / 180;
  in.day.tolerance = 1e-9;
  in.day.shift_end = day % 2 == 0 ? ShiftEnd::kNamed : ShiftEnd::kAtOnce;
  in.goal = goal;
  in.within = 20;
  in.method = RequirementMethod::kTransient;
  std::mt19937 engine{static_cast<std::mt19937::result_type>(day)};
  const auto unit = [&engine] { return static_cast<double>(engine()) * 0x1p-32; };
  double load = 3 + 30 * unit();
  for (int i = 0; i < 9; ++i) {
    in.day.pieces.push_back({900, load / 240, 0});
    load *= std::exp(1.2 * (unit() - 0.5));
  }
  return in;
}

Agents whole(const std::vector<double>& agents) {
  Agents result;
  for (const double a : agents) result.push_back(static_cast<std::int64_t>(std::ceil(a - 1e-9)));
  return result;
}

std::int64_t sum(const std::vector<double>& agents) {
  const Agents all = whole(agents);
  return std::accumulate(all.begin(), all.end(), std::int64_t{0});
}

const std::vector<Goal> kGoals{{Measure::kServiceLevel, true, 0.8},
                               {Measure::kServed, true, 0.95},
                               {Measure::kMeanWaitServed, false, 10},
                               {Measure::kOccupancy, false, 0.8}};

}  // namespace

TEST_CASE("slopes are the finite differences of the exact day, whatever the measure") {
  for (const Goal& goal : kGoals) {
    CAPTURE(static_cast<int>(goal.measure));
    const DayStaffInput in = made_up(1, goal);
    const Agents agents = whole(staff_day(in).agents);
    const std::vector<double> slopes = staffing::exact_slopes(in, agents);
    const double base = staffing::exact_surplus(in, agents);
    REQUIRE(slopes.size() == agents.size());
    double of = 0;  // what one more of the measure's unit weighs
    for (const TransientPiece& p : in.day.pieces)
      of += goal.measure == Measure::kOccupancy ? 20 * p.length : p.arrival_rate * p.length;
    for (std::size_t i = 0; i < agents.size(); ++i) {
      Agents more = agents;
      ++more[i];
      // Both days leave out up to 1e-9 a share, and the change is followed until 1e-7 of it is
      // left, which weighs less than a piece's own part of the measure.
      CHECK(slopes[i] ==
            Approx(staffing::exact_surplus(in, more) - base).epsilon(1e-6).margin(1e-6 * of));
      CHECK(slopes[i] > 0);
    }
  }
}

TEST_CASE("curves corrected by the exact day never ask for more staff, and for less on some days") {
  int cheaper = 0, days = 0;
  for (std::uint64_t d = 0; d < 5; ++d)
    for (const Goal& goal : kGoals) {
      DayStaffInput in = made_up(d, goal);
      CAPTURE(d, static_cast<int>(goal.measure));
      in.corrections = 0;
      const DayStaff as_it_is = staff_whole_day(in, loosened(goal, 3));
      in.corrections = 5;
      const DayStaff corrected = staff_whole_day(in, loosened(goal, 3));
      CHECK(sum(corrected.agents) <= sum(as_it_is.agents));
      CHECK(staffing::exact_surplus(in, whole(corrected.agents)) >= 0);
      cheaper += sum(corrected.agents) < sum(as_it_is.agents);
      ++days;
    }
  CHECK(cheaper >= days / 4);
}

TEST_CASE("curves have the exact slopes where the staff is") {
  DayStaffInput in = made_up(3, kGoals[0]);
  const auto furthest = [&in](const DayStaff& staff) {
    const Agents agents = whole(staff.agents);
    const std::vector<double> exact = staffing::exact_slopes(in, agents);
    double most = 0;
    for (std::size_t i = 0; i < agents.size(); ++i) {
      const std::vector<double>& gain = staff.goal.gain[i];
      const auto k = static_cast<std::size_t>(agents[i] - staff.goal.from[i]);
      if (k + 1 < gain.size())
        most = std::max(most, std::abs(std::log((gain[k + 1] - gain[k]) / exact[i])));
    }
    return most;
  };
  in.corrections = 0;
  const double before = furthest(staff_whole_day(in, loosened(in.goal, 3)));
  in.corrections = 5;
  const double after = furthest(staff_whole_day(in, loosened(in.goal, 3)));
  CHECK(before > std::log(1.1));
  CHECK(after < before / 2);
}

TEST_CASE("a plan's goals are the exact day's expansion about its agents, breaks and all") {
  World world = small_world();
  world.targets = {target("service_level", Sense::kAtLeast, 0.8)};
  Requirement pool = staff_requirement(world, {RequirementMethod::kAuto, 3})[0];
  REQUIRE(pool.day_goals.size() == 1);
  REQUIRE(pool.day_goals[0].exact);
  // Two parts an interval, one agent away in the second part of each.
  Agents agents;
  for (const RequirementInterval& r : pool.intervals) {
    const auto n = static_cast<std::int64_t>(std::ceil(r.agents)) + (r.agents > 0 ? 1 : 0);
    agents.insert(agents.end(), {n, std::max<std::int64_t>(0, n - 1)});
  }
  const std::vector<double> as_doubles{agents.begin(), agents.end()};
  REQUIRE(correct_day_goals(world, pool, agents));
  const DayGoal& goal = pool.day_goals[0];
  const DayStaffInput in{requirement_day(world, pool, as_doubles), goal.goal, goal.within,
                         RequirementMethod::kTransient};
  const double spare = staffing::exact_surplus(in, agents);
  CHECK(staffing::sum_of_gains(goal, agents) - goal.least == Approx(spare).epsilon(1e-9));
  CHECK(holds_day_goals(world, pool, agents) == (spare >= 0));
  const std::vector<AgentWorth> worth = worth_of_agents(world, pool, as_doubles);
  REQUIRE(worth.size() == pool.intervals.size());
  for (std::size_t i = 0; i < pool.intervals.size(); ++i) {
    if (pool.intervals[i].load_erlang <= 0) continue;
    Agents more = agents;
    ++more[2 * i];
    ++more[2 * i + 1];
    const double exact = staffing::exact_surplus(in, more) - spare;
    // Of a service level by callers who came, the surplus grows by who is answered within T.
    CHECK(worth[i].within() == Approx(exact).epsilon(1e-6));
    CHECK(staffing::sum_of_gains(goal, more) - goal.least == Approx(spare + exact).epsilon(1e-6));
  }
  // With nobody there all goals miss.
  CHECK_FALSE(holds_day_goals(world, pool, Agents(agents.size(), 0)));
}

}  // namespace callmill
