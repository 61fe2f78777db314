#pragma once
// The last part of the search: agents are traded between hours, shifts and groups, and against
// lines, as their simulated worths have it. Internal to the room.
//
// At a plan that meets all targets, each target of the day is replaced by its first-order expansion
// in who is present when and in lines (levers.h): a cut, after Cezik & L'Ecuyer 2008. One integer
// program over all groups' shifts and all lines, with these cuts, within a trust region about the
// plan, says what would be cheaper; the simulation says whether it holds. Where it does, it is the
// next plan, with new worths; where it does not, the cuts are tightened by what they promised too
// much, and the region shrinks.

#include <vector>

#include "engine/planning/plan_round.h"

namespace callmill::planning {

// The cheapest plan found from `start` that holds; itself where none is cheaper.
// `to_spare`: by target of the world, in its unit, what its interval must have beyond what is
// asked.
Outcome trade(const Outcome& start, Rounds& rounds, const CoverOptions& cover,
              const std::vector<double>& to_spare);

}  // namespace callmill::planning
