// Between a World's shift patterns (durations) and a cover problem (slots), and back to people's
// duty periods.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/planning/grid.h"
#include "engine/planning/plan.h"
#include "models/plans/pay.h"

namespace callmill {
namespace planning {

std::vector<ShiftWay> ways_of(const ShiftPattern& pattern) {
  std::vector<ShiftWay> gaps{{}};
  if (pattern.split) {
    gaps.clear();
    const SplitGap& gap = *pattern.split;
    for (SimDuration start = gap.earliest; start <= gap.latest; start += gap.every)
      for (SimDuration length = gap.shortest; length <= gap.longest; length += gap.every)
        gaps.push_back({start, length, {}});
  }
  std::vector<ShiftWay> ways = gaps;
  if (pattern.extension)
    for (SimDuration more = pattern.extension->every; more <= pattern.extension->most;
         more += pattern.extension->every)
      for (ShiftWay way : gaps) {
        way.more = more;
        ways.push_back(way);
      }
  return ways;
}

PlannedShift worked_in(std::size_t index, const ShiftPattern& pattern, const ShiftWay& way,
                       SimDuration start) {
  PlannedShift shift;
  shift.pattern = index;
  shift.group = pattern.group;
  shift.from = start;
  shift.to = start + pattern.length + way.off_length + way.more;
  if (way.off_length > SimDuration{})
    shift.off = {start + way.off_start, start + way.off_start + way.off_length};
  for (const Break& b : pattern.breaks)
    shift.breaks.push_back({start + b.earliest, start + b.earliest + b.length});
  return shift;
}

}  // namespace planning

namespace {

using planning::ShiftWay;
using planning::ways_of;
using planning::worked_in;

constexpr SimDuration kDay = std::chrono::hours{24};

int slots_in(SimDuration d, SimDuration slot) {
  return static_cast<int>(d / slot);
}

CoverShift cover_shift(const World& world, const DayPay& pay, std::size_t index,
                       const ShiftWay& way, SimDuration slot, bool cyclic) {
  const ShiftPattern& pattern = world.shifts[index];
  const SimDuration span = pattern.length + way.off_length + way.more;
  CoverShift shift;
  shift.name = pattern.name;
  shift.length = slots_in(span, slot);
  shift.gap_start = way.off_length > SimDuration{} ? slots_in(way.off_start, slot) : 0;
  shift.gap_length = slots_in(way.off_length, slot);
  for (const Break& b : pattern.breaks) {
    const bool late = way.off_length > SimDuration{} && b.earliest >= way.off_start;
    const SimDuration later = late ? way.off_length : SimDuration{};
    shift.breaks.push_back({slots_in(b.length, slot), slots_in(b.earliest + later, slot),
                            slots_in(b.latest + later, slot)});
  }
  for (SimDuration start = pattern.first_start; start <= pattern.last_start;
       start += pattern.start_every) {
    const SimDuration after_opening = start - world.day.opens;
    const bool inside = after_opening >= SimDuration{0} && after_opening < world.day.length();
    if (!inside || span > world.day.length() ||
        (!cyclic && after_opening + span > world.day.length()))
      continue;
    shift.starts.push_back(slots_in(after_opening, slot));
    shift.cost.push_back(pay.wage(worked_in(index, pattern, way, start)));
  }
  return shift;
}

// All ways of one kind. What limits the kind is a limit over them where there are several.
void add_kind(const World& world, const DayPay& pay, std::size_t index, SimDuration slot,
              CoverProblem& problem) {
  const ShiftPattern& pattern = world.shifts[index];
  CoverLimit least{fmt::format("min_agents of '{}'", pattern.name), {}};
  CoverLimit most{fmt::format("max_agents of '{}'", pattern.name), {}};
  const std::vector<ShiftWay> ways = ways_of(pattern);
  for (const ShiftWay& way : ways) {
    CoverShift shift = cover_shift(world, pay, index, way, slot, problem.cyclic);
    if (ways.size() > 1 && shift.starts.empty()) continue;
    least.shifts.push_back(static_cast<int>(problem.shifts.size()));
    if (ways.size() == 1) shift.max_agents = pattern.max_agents.value_or(-1);
    problem.shifts.push_back(std::move(shift));
  }
  most.shifts = least.shifts;
  least.at_least = pattern.min_agents.value_or(0);
  if (ways.size() > 1) most.at_most = pattern.max_agents.value_or(-1);
  if (least.at_least > 0) problem.limits.push_back(std::move(least));
  if (most.at_most >= 0) problem.limits.push_back(std::move(most));
}

void add_limit(const World& world, const ShiftLimit& limit, SimDuration slot,
               CoverProblem& problem) {
  const std::string name = fmt::format("limit '{}'", limit.name);
  if (limit.of == LimitOf::kHeads) {
    CoverLimit heads{name, {}};
    for (std::size_t s = 0; s < problem.shifts.size(); ++s)
      if (limit.shifts.empty() || std::find(limit.shifts.begin(), limit.shifts.end(),
                                            problem.shifts[s].name) != limit.shifts.end())
        heads.shifts.push_back(static_cast<int>(s));
    heads.at_least = limit.at_least.value_or(0);
    heads.at_most = limit.at_most.value_or(-1);
    heads.least_share = limit.share_at_least.value_or(0);
    heads.most_share = limit.share_at_most.value_or(1);
    problem.limits.push_back(std::move(heads));
    return;
  }
  CoverPresence there{name, limit.of == LimitOf::kOnDuty, {}, {}};
  for (int t = 0; t < problem.slots; ++t) {
    const bool holds = is_within(limit.from, limit.to, world.day.opens + slot * t);
    there.at_least.push_back(holds ? limit.at_least.value_or(0) : 0);
    there.at_most.push_back(holds ? limit.at_most.value_or(-1) : -1);
  }
  problem.presence.push_back(std::move(there));
}

}  // namespace

SimDuration planning_slot(const World& world) {
  std::int64_t grid = std::gcd(world.day.interval.count(), world.day.opens.count());
  const auto include = [&](SimDuration d) { grid = std::gcd(grid, d.count()); };
  for (const ShiftPattern& p : world.shifts) {
    for (const SimDuration d : {p.length, p.first_start, p.start_every}) include(d);
    for (const Break& b : p.breaks)
      for (const SimDuration d : {b.length, b.earliest, b.latest}) include(d);
    if (p.split)
      for (const SimDuration d : {p.split->earliest, p.split->shortest, p.split->every}) include(d);
    if (p.extension) include(p.extension->every);
  }
  for (const ShiftLimit& limit : world.limits)
    for (const std::optional<SimDuration>& d : {limit.from, limit.to})
      if (d) include(*d);
  return SimDuration{grid};
}

CoverProblem cover_problem(const World& world, GroupId group, SimDuration slot,
                           std::vector<double> wanted) {
  CoverProblem problem;
  problem.slots = slots_in(world.day.length(), slot);
  problem.cyclic = world.day.length() == kDay;
  problem.requirement = std::move(wanted);
  const DayPay pay{world};
  for (std::size_t p = 0; p < world.shifts.size(); ++p)
    if (world.shifts[p].group == group) add_kind(world, pay, p, slot, problem);
  for (const ShiftLimit& limit : world.limits)
    if (limit.group == group) add_limit(world, limit, slot, problem);
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
    if (shift.gap_length > 0) {
      const int off = choice.start + shift.gap_start;
      one.off = {time(off), time(off + shift.gap_length)};
    }
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
