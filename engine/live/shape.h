#pragma once
// The shape of a centre: what a running Centre has vectors and indices for. A command may change
// anything else.

#include <string>
#include <vector>

#include "engine/blueprint/blueprint.h"

namespace callmill::live {

// What differs in shape, in the planner's words ("the queues of the route of sales"); empty: the
// plans have one shape, and a Centre of the one can be moved by the other. Names are those of
// `world`, from which `before` was made.
std::vector<std::string> shape_differences(const World& world, const Blueprint& before,
                                           const Blueprint& after);

}  // namespace callmill::live
