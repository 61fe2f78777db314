#pragma once
// What the plan's table and its data have in common. Internal to the room.

#include <cstddef>
#include <string>

#include "engine/study/plan.h"

namespace callmill {

// The time of day at which a slot of the plan's grid begins.
std::string slot_time(const World& world, const PlanResult& plan, int slot);
// Most agents wanted in any slot of the interval, after the simulation's scaling.
double wanted_in(const GroupPlanResult& g, std::size_t interval);

}  // namespace callmill
