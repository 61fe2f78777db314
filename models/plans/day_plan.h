#pragma once
// A plan as people read it, of a day or of a week: whose shift, on which day, from when to when,
// with which breaks, and how many lines. What `plan` writes and `run --plan`, `check-plan` read
// (docs/guides/plan-files.md).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/world/world.h"

namespace callmill {

// Times after midnight of the shift's day; above 24 h past the next midnight.
struct PlannedBreak {
  SimDuration from{}, to{};
};
struct PlannedShift {
  GroupId group;
  std::uint32_t agent = 0;             // numbered within the group
  std::string name;                    // of the agent; empty: called by the number, from 1
  std::optional<std::size_t> pattern;  // of World::shifts; none: of no kind that the scenario has
  SimDuration from{}, to{};            // from < to
  std::vector<PlannedBreak> breaks;    // in order, within the shift
  std::optional<PlannedBreak> off{};   // between the stretches of a split shift; meets no break
  std::int64_t day = 0;                // of the run, on which it begins
};
struct PlannedLines {
  TrunkGroupId trunks;
  std::int64_t lines = 0;  // >= 1
};
struct DayPlan {
  std::vector<PlannedShift> shifts;
  std::vector<PlannedLines> lines;      // groups that are not named keep the scenario's
  std::optional<std::int64_t> ports{};  // of the menus, >= 1; none: the scenario's
};

// People's stretches of work and break, after the first opening, in a run of so many days. Round
// the clock a shift past the end of the run wraps into its first morning; what lies outside the
// hours of any other day is left out.
std::vector<DutyPeriod> roster_of(const Day& day, const std::vector<PlannedShift>& shifts,
                                  std::int64_t days = 1);

// The plan in place of the staff and roster of the groups that the scenario has shifts for, or that
// the plan staffs; others keep theirs. Shrinkage of the planned groups is taken out of the people
// (models/plans/shrinkage.h; the unplanned share as attendance.absent) and no longer asked for.
void put_plan(World& world, const DayPlan& plan);

// A rule of the scenario that the plan breaks.
struct PlanFault {
  std::optional<std::size_t> shift;  // index of DayPlan::shifts; none: of the plan as a whole
  std::string code;                  // "start", "length", "breaks", "window", "limit", ...
  std::string message;               // planner's words, after the agent's name
  std::string help;                  // the nearest right thing; may be empty
};
// Every rule that shifts and lines of the scenario set, on people's own times: shares no code with
// the solver and its slots. Empty: the plan may be worked as it is. Whether it meets the targets is
// for the simulation to say.
std::vector<PlanFault> check_plan(const World& world, const DayPlan& plan);

// How far a plan uses a limit: the fewest and the most heads that it counts on a day, `all` of the
// group on the latter; or the fewest and the most who are there within its hours, and when first
// so, after midnight of the run's first day. Cost: O(periods log periods).
struct LimitUse {
  std::int64_t least = 0, most = 0;   // equal where heads are counted
  std::int64_t all = 0;               // heads of the group
  SimDuration least_at{}, most_at{};  // after midnight
};
LimitUse use_of(const World& world, const DayPlan& plan, const ShiftLimit& limit);

// The wage of one shift (pay.h). Of no kind: 0 (check_plan names such shifts).
double wage_of(const World& world, const PlannedShift& shift);
// Wages of the run: of the plan's shifts, and of the groups that have no shifts and keep their
// staff.
double wages_of(const World& world, const DayPlan& plan);
// Of the groups that have staff of their own, but for the planned ones.
double wages_of_staff(const World& world, const std::vector<GroupId>& planned);
// Of the lines and ports that the plan names, and of the scenario's for the others, over the run.
double rent_of(const World& world, const DayPlan& plan);

}  // namespace callmill
