#pragma once
// Parts of the check of a plan. Internal to the room.

#include <cstdint>
#include <string>
#include <vector>

#include "models/plans/day_plan.h"

namespace callmill::plans {

// Adds what the plan as a whole breaks: agents of each kind, and the scenario's limits, on people's
// own times. Cost: O(limits x periods log periods).
void check_limits(const World& world, const DayPlan& plan, std::vector<PlanFault>& faults);

// Likewise what is wrong with people's weeks, in a run of seven days: days and hours of each person
// by the group's tours and the labour rules, the days following upon themselves; and in any run of
// several days the rest between two shifts, and days on which the centre is closed.
void check_weeks(const World& world, const DayPlan& plan, std::vector<PlanFault>& faults);

// "2026-11-28"; without dates "day 3".
std::string name_of_day(const World& world, std::int64_t day);

}  // namespace callmill::plans
