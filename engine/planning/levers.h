#pragma once
// What a plan can be changed by, and what each change is worth to each target, by simulation on the
// same random days: agents of a group in a part of the day, lines. Internal to the room.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/planning/plan_round.h"

namespace callmill::planning {

// Change of a target's indicator, in its unit, by one more.
struct LeverWorths {
  std::vector<std::vector<double>> agents;  // [planned group][interval]: present all through it
  // How many times as much one fewer is missed as one more helps, by Erlang A; >= 1.
  std::vector<std::vector<double>> missed;  // likewise; the same for each target
  std::vector<double> lines;                // as Candidate's; 0 where they are not sized
};

// One a target of the world, at the plan of `at`, which must have groups. Within a part of the day
// (a twelfth, or an interval) agents' worth is divided among the intervals as Erlang A's slopes
// have it, or as calls come where the group is nobody's first. Cost: a simulation of the round's
// days for each group and part, and each sized group of lines; of fewer days where that were more
// than 4e8 events. Empty where stopped.
std::vector<LeverWorths> worths_at(const Outcome& at, Rounds& rounds);

}  // namespace callmill::planning
