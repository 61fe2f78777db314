#pragma once
// Parts of the check of a plan. Internal to the room.

#include <vector>

#include "models/plans/day_plan.h"

namespace callmill::plans {

// Adds what the plan as a whole breaks: agents of each kind, and the scenario's limits, on people's
// own times. Cost: O(limits x periods log periods).
void check_limits(const World& world, const DayPlan& plan, std::vector<PlanFault>& faults);

}  // namespace callmill::plans
