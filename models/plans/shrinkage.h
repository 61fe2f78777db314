#pragma once
// People are scheduled, fewer are on calls: training and meetings, and shifts that nobody comes to.
//
//   people scheduled = agents needed / on_calls,  on_calls = (1 - planned) (1 - unplanned)

#include <vector>

#include "models/world/world.h"

namespace callmill {

// Share of the scheduled time at work that is spent on calls, by interval of the first open day; of
// a group without shrinkage 1. In (0, 1].
std::vector<double> on_calls(const World& world, GroupId group);

// The planned share of the group's time at work becomes meetings (paid, signed in, off the phone)
// of one interval each: in turn, whoever has had least of them, of those who work all the interval.
// What an interval owes is rounded to whole turns, the rest goes on to the next: over any part of
// the day the error is below one turn, as long as enough people work whole intervals.
// Deterministic. Cost: O(intervals x periods).
void hold_meetings(const World& world, GroupId group, std::vector<DutyPeriod>& roster);

}  // namespace callmill
