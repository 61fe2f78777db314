// Between a World's shift patterns (durations) and a cover problem (slots), and back to people's
// duty periods.

#include <algorithm>
#include <numeric>

#include "engine/planning/plan.h"

namespace callmill {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

int slots_in(SimDuration d, SimDuration slot) {
  return static_cast<int>(d / slot);
}

bool is_night(SimDuration after_midnight) {
  const SimDuration t = after_midnight % kDay;
  return t >= std::chrono::hours{22} || t < std::chrono::hours{6};
}

// Paid hours of one agent times the wage, night slots with their supplement.
double shift_cost(const ShiftPattern& pattern, SimDuration start, SimDuration slot) {
  SimDuration paid = pattern.length;
  for (const Break& b : pattern.breaks)
    if (!b.paid) paid -= b.length;
  double cost = to_hours(paid) * pattern.wage_per_hour;
  for (SimDuration t{}; t < pattern.length; t += slot)
    if (is_night(start + t)) cost += to_hours(slot) * pattern.night_supplement;
  return cost;
}

CoverShift cover_shift(const World& world, const ShiftPattern& pattern, SimDuration slot,
                       bool cyclic) {
  CoverShift shift;
  shift.name = pattern.name;
  shift.length = slots_in(pattern.length, slot);
  shift.max_agents = pattern.max_agents.value_or(-1);
  for (const Break& b : pattern.breaks)
    shift.breaks.push_back(
        {slots_in(b.length, slot), slots_in(b.earliest, slot), slots_in(b.latest, slot)});
  for (SimDuration start = pattern.first_start; start <= pattern.last_start;
       start += pattern.start_every) {
    const SimDuration after_opening = start - world.day.opens;
    const bool inside = after_opening >= SimDuration{0} && after_opening < world.day.length();
    if (!inside || (!cyclic && after_opening + pattern.length > world.day.length())) continue;
    shift.starts.push_back(slots_in(after_opening, slot));
    shift.cost.push_back(shift_cost(pattern, start, slot));
  }
  return shift;
}

}  // namespace

SimDuration planning_slot(const World& world) {
  std::int64_t grid = std::gcd(world.day.interval.count(), world.day.opens.count());
  const auto include = [&](SimDuration d) { grid = std::gcd(grid, d.count()); };
  for (const ShiftPattern& p : world.shifts) {
    for (const SimDuration d : {p.length, p.first_start, p.start_every}) include(d);
    for (const Break& b : p.breaks)
      for (const SimDuration d : {b.length, b.earliest, b.latest}) include(d);
  }
  return SimDuration{grid};
}

CoverProblem cover_problem(const World& world, GroupId group, SimDuration slot,
                           std::vector<double> wanted) {
  CoverProblem problem;
  problem.slots = slots_in(world.day.length(), slot);
  problem.cyclic = world.day.length() == kDay;
  problem.requirement = std::move(wanted);
  for (const ShiftPattern& pattern : world.shifts)
    if (pattern.group == group)
      problem.shifts.push_back(cover_shift(world, pattern, slot, problem.cyclic));
  return problem;
}

std::vector<PlannedShift> shifts_of(const World& world, const CoverProblem& problem,
                                    const CoverResult& cover, GroupId group, SimDuration slot) {
  std::vector<PlannedShift> shifts;
  std::uint32_t agent = 0;
  const auto time = [&](int slots) { return world.day.opens + slot * slots; };
  for (const CoverChoice& choice : cover.choices) {
    const CoverShift& shift = problem.shifts[static_cast<std::size_t>(choice.shift)];
    PlannedShift one;
    one.group = group;
    for (std::size_t p = 0; p < world.shifts.size(); ++p)
      if (world.shifts[p].name == shift.name) one.pattern = p;
    one.from = time(choice.start);
    one.to = time(choice.start + shift.length);
    for (std::int64_t k = 0; k < choice.agents; ++k) {
      one.agent = agent++;
      one.breaks.clear();
      for (std::size_t b = 0; b < shift.breaks.size(); ++b) {
        int begin = choice.break_start[static_cast<std::size_t>(k)][b];
        if (begin < choice.start) begin += problem.slots;  // past midnight
        one.breaks.push_back({time(begin), time(begin + shift.breaks[b].length)});
      }
      shifts.push_back(one);
    }
  }
  return shifts;
}

}  // namespace callmill
