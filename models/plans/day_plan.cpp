#include "models/plans/day_plan.h"

#include <algorithm>
#include <chrono>

#include "models/plans/pay.h"
#include "models/plans/shrinkage.h"

namespace callmill {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

}  // namespace

std::vector<DutyPeriod> roster_of(const Day& day, const std::vector<PlannedShift>& shifts,
                                  std::int64_t days) {
  std::vector<DutyPeriod> roster;
  const bool round_the_clock = day.length() == kDay;
  // Of the hours of its own day; round the clock of the whole run, after which it begins again.
  const SimDuration length = round_the_clock ? kDay * days : day.length();
  for (const PlannedShift& shift : shifts) {
    const SimDuration begins = kDay * shift.day;
    const SimDuration shown = round_the_clock ? begins : SimDuration{};
    const auto put = [&](SimDuration from, SimDuration to, DutyPeriod::Kind kind) {
      const SimDuration a = std::max(from, SimDuration{}), b = std::min(to, length);
      const SimTime opens = kStart + (begins - shown);
      if (a < b) roster.push_back({shift.group, shift.agent, opens + a, opens + b, kind});
    };
    const auto add = [&](SimDuration from, SimDuration to, DutyPeriod::Kind kind) {
      from += shown - day.opens;
      to += shown - day.opens;
      put(from, to, kind);
      if (!round_the_clock) return;
      for (SimDuration end = length; end < to; end += length) put(from - end, to - end, kind);
    };
    SimDuration at = shift.from;
    const auto work_until = [&](SimDuration end) {
      if (shift.off && at <= shift.off->from && shift.off->to <= end) {
        add(at, shift.off->from, DutyPeriod::Kind::kWork);
        at = shift.off->to;
      }
      add(at, end, DutyPeriod::Kind::kWork);
    };
    for (const PlannedBreak& rest : shift.breaks) {
      work_until(rest.from);
      add(rest.from, rest.to, DutyPeriod::Kind::kBreak);
      at = rest.to;
    }
    work_until(shift.to);
  }
  return roster;
}

namespace {

// Takes away who is not on calls. What has been taken is no longer asked for.
void take_shrinkage(World& world, GroupId id, std::vector<DutyPeriod>& roster) {
  AgentGroup& group = world.groups[id.index()];
  if (!group.shrinkage) return;
  hold_meetings(world, id, roster);
  if (group.shrinkage->unplanned.value() > 0) {
    if (!group.attendance) group.attendance.emplace();
    group.attendance->absent = group.shrinkage->unplanned;
  }
  group.shrinkage.reset();
}

}  // namespace

void put_plan(World& world, const DayPlan& plan) {
  std::vector<bool> planned(world.groups.size(), false);
  for (const ShiftPattern& pattern : world.shifts) planned[pattern.group.index()] = true;
  for (const PlannedShift& shift : plan.shifts) planned[shift.group.index()] = true;
  std::erase_if(world.roster, [&](const DutyPeriod& p) { return planned[p.group.index()]; });
  std::vector<DutyPeriod> roster = roster_of(world.day, plan.shifts, world.days.count);
  for (std::size_t g = 0; g < planned.size(); ++g) {
    if (!planned[g]) continue;
    take_shrinkage(world, GroupId{g}, roster);
    const bool anybody = std::any_of(roster.begin(), roster.end(),
                                     [g](const DutyPeriod& p) { return p.group.index() == g; });
    // Nobody is a staff too: without one the scenario would not run.
    world.groups[g].staff.reset();
    if (!anybody) world.groups[g].staff = Profile{world.day.length(), {0}};
  }
  world.roster.insert(world.roster.end(), roster.begin(), roster.end());
  for (const PlannedLines& each : plan.lines) world.trunks[each.trunks.index()].lines = each.lines;
  if (plan.ports) world.ivr.ports = plan.ports;
}

double wage_of(const World& world, const PlannedShift& shift) {
  return DayPay{world, day_of_run(world, shift.day)}.wage(shift);
}

double wages_of(const World& world, const DayPlan& plan) {
  std::vector<GroupId> planned;
  for (const ShiftPattern& pattern : world.shifts) planned.push_back(pattern.group);
  double sum = 0;
  for (const PaidPart& part : pay_parts(world, plan)) sum += part.amount;
  for (const PlannedShift& shift : plan.shifts) planned.push_back(shift.group);
  return sum + wages_of_staff(world, planned);
}

double wages_of_staff(const World& world, const std::vector<GroupId>& planned) {
  double wages = 0;
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const AgentGroup& group = world.groups[g];
    if (!group.staff || std::find(planned.begin(), planned.end(), GroupId{g}) != planned.end())
      continue;
    for (const OpenDay& day : world.open_days()) {
      const ProfileOfDay staff = profile_on(*group.staff, day);
      for (const double agents : staff.values)
        wages += agents * to_hours(staff.step) * group.wage_per_hour;
    }
  }
  return wages;
}

double rent_of(const World& world, const DayPlan& plan) {
  const auto ports = plan.ports ? plan.ports : world.ivr.ports;
  double sum = world.ivr.rent_per_day * static_cast<double>(ports.value_or(0));
  for (std::size_t t = 0; t < world.trunks.size(); ++t) {
    double lines = static_cast<double>(world.trunks[t].lines.value_or(0));
    for (const PlannedLines& each : plan.lines)
      if (each.trunks.index() == t) lines = static_cast<double>(each.lines);
    sum += world.trunks[t].rent_per_day * lines;
  }
  return sum * static_cast<double>(world.days.count);
}

}  // namespace callmill
