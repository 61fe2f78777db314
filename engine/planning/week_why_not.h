#pragma once
// Why no people's weeks cover a requirement: rules that stand in each other's way. Internal to the
// room.

#include <atomic>
#include <string>
#include <vector>

#include "models/world/world.h"

namespace callmill::planning {

// A minimal set of the group's rules of a week (tours, labour rules, least and most agents, limits)
// that cannot hold together with `wanted` people at work by slot of the week, and what each of them
// alone keeps from: each set of rules is called impossible only where that is proven. Empty where
// the requirement cannot be covered even without any of the rules, or `stop` strikes.
std::vector<std::string> why_no_weeks(const World& world, GroupId group, SimDuration slot,
                                      const std::vector<double>& wanted,
                                      const std::atomic<bool>* stop);

}  // namespace callmill::planning
