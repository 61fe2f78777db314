#include "models/plans/day_plan.h"

#include <algorithm>
#include <chrono>

namespace callmill {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

// Within [from, to), the time between 22:00 and 06:00 of any night.
SimDuration night_time(SimDuration from, SimDuration to) {
  SimDuration sum{};
  for (SimDuration midnight{}; midnight < to + kDay; midnight += kDay) {
    const SimDuration begin = std::max(from, midnight - std::chrono::hours{2});
    const SimDuration end = std::min(to, midnight + std::chrono::hours{6});
    if (begin < end) sum += end - begin;
  }
  return sum;
}

}  // namespace

std::vector<DutyPeriod> roster_of(const Day& day, const std::vector<PlannedShift>& shifts) {
  std::vector<DutyPeriod> roster;
  const SimDuration length = day.length();
  for (const PlannedShift& shift : shifts) {
    const auto put = [&](SimDuration from, SimDuration to, DutyPeriod::Kind kind) {
      const SimDuration a = std::max(from, SimDuration{}), b = std::min(to, length);
      if (a < b) roster.push_back({shift.group, shift.agent, kStart + a, kStart + b, kind});
    };
    const auto add = [&](SimDuration from, SimDuration to, DutyPeriod::Kind kind) {
      put(from - day.opens, to - day.opens, kind);
      if (length != kDay) return;
      for (SimDuration end = kDay; end < to - day.opens; end += kDay)
        put(from - day.opens - end, to - day.opens - end, kind);
    };
    SimDuration at = shift.from;
    for (const PlannedBreak& rest : shift.breaks) {
      add(at, rest.from, DutyPeriod::Kind::kWork);
      add(rest.from, rest.to, DutyPeriod::Kind::kBreak);
      at = rest.to;
    }
    add(at, shift.to, DutyPeriod::Kind::kWork);
  }
  return roster;
}

void put_plan(World& world, const DayPlan& plan) {
  std::vector<bool> planned(world.groups.size(), false);
  for (const ShiftPattern& pattern : world.shifts) planned[pattern.group.index()] = true;
  for (const PlannedShift& shift : plan.shifts) planned[shift.group.index()] = true;
  std::erase_if(world.roster, [&](const DutyPeriod& p) { return planned[p.group.index()]; });
  const std::vector<DutyPeriod> roster = roster_of(world.day, plan.shifts);
  for (std::size_t g = 0; g < planned.size(); ++g) {
    if (!planned[g]) continue;
    const bool anybody = std::any_of(roster.begin(), roster.end(),
                                     [g](const DutyPeriod& p) { return p.group.index() == g; });
    // Nobody is a staff too: without one the scenario would not run.
    world.groups[g].staff.reset();
    if (!anybody) world.groups[g].staff = Profile{world.day.length(), {0}};
  }
  world.roster.insert(world.roster.end(), roster.begin(), roster.end());
  for (const PlannedLines& each : plan.lines) world.trunks[each.trunks.index()].lines = each.lines;
}

double wage_of(const World& world, const PlannedShift& shift) {
  if (!shift.pattern) return 0;
  const ShiftPattern& pattern = world.shifts[*shift.pattern];
  SimDuration paid = shift.to - shift.from;
  for (std::size_t b = 0; b < std::min(pattern.breaks.size(), shift.breaks.size()); ++b)
    if (!pattern.breaks[b].paid) paid -= shift.breaks[b].to - shift.breaks[b].from;
  return to_hours(paid) * pattern.wage_per_hour +
         to_hours(night_time(shift.from, shift.to)) * pattern.night_supplement;
}

double wages_of(const World& world, const DayPlan& plan) {
  std::vector<GroupId> planned;
  for (const ShiftPattern& pattern : world.shifts) planned.push_back(pattern.group);
  double sum = 0;
  for (const PlannedShift& shift : plan.shifts) {
    planned.push_back(shift.group);
    sum += wage_of(world, shift);
  }
  return sum + wages_of_staff(world, planned);
}

double wages_of_staff(const World& world, const std::vector<GroupId>& planned) {
  double wages = 0;
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const AgentGroup& group = world.groups[g];
    if (!group.staff || std::find(planned.begin(), planned.end(), GroupId{g}) != planned.end())
      continue;
    for (const double agents : group.staff->values)
      wages += agents * to_hours(group.staff->step) * group.wage_per_hour;
  }
  return wages;
}

double rent_of(const World& world, const DayPlan& plan) {
  double sum = 0;
  for (std::size_t t = 0; t < world.trunks.size(); ++t) {
    double lines = static_cast<double>(world.trunks[t].lines.value_or(0));
    for (const PlannedLines& each : plan.lines)
      if (each.trunks.index() == t) lines = static_cast<double>(each.lines);
    sum += world.trunks[t].rent_per_day * lines;
  }
  return sum;
}

}  // namespace callmill
