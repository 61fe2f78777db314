#pragma once
// The ways in which a kind of shift can be worked. Internal to the room.

#include <cstddef>
#include <vector>

#include "models/plans/day_plan.h"
#include "models/world/world.h"

namespace callmill::planning {

// Its hours off, and by how much it goes on after its end.
struct ShiftWay {
  SimDuration off_start{}, off_length{};  // start after the shift's, in hours on duty; 0: not split
  SimDuration more{};
};
std::vector<ShiftWay> ways_of(const ShiftPattern& pattern);

// The shift worked in this way from `start` on. Its breaks are at their earliest: wages do not ask.
PlannedShift worked_in(std::size_t index, const ShiftPattern& pattern, const ShiftWay& way,
                       SimDuration start);

}  // namespace callmill::planning
