#pragma once
// A plan improved shift by shift: one fewer, or one exchanged for another, or one more, as long as
// wages and penalties fall together and the targets hold in simulation. Factors on a requirement
// and cuts of worths both step over plans that a small centre has; this looks at each. Internal to
// plan.cpp.

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/planning/plan_round.h"

namespace callmill::planning {

// The cheapest that it finds from a plan that meets its targets, on the days of the search; none
// where there is none. `to_spare` by target, in its unit: how far the deciding end has to lie
// beyond the value. Moves that formulas say are hopeless are not simulated; the others in the order
// of what they save, until about `events` have been simulated: a plan of few calls is looked at
// whole, of a large one nothing is left that one shift could save.
std::optional<Outcome> polish(const Outcome& start, Rounds& rounds,
                              const std::vector<double>& to_spare, std::uint64_t events);

}  // namespace callmill::planning
