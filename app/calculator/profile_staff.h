#pragma once
// Agents of a day's intervals by what one hands on to the next. Internal to the room.

#include <vector>

#include "app/calculator/profile.h"

namespace callmill::calculator {

// The agents that parts.requirement asks for instead of each interval by itself, the most over the
// goals; `profile` has the intervals by themselves. Says in profile.requirement what was used and
// why. Empty, with the reason there, where the method does not know the queue or a goal. Cost:
// about 5 exact days a goal.
std::vector<double> agents_through_the_day(const Question& parts, Profile& profile);

}  // namespace callmill::calculator
