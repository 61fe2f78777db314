#pragma once
// What of_world and not_markov both ask a World: where callers end up, in which order a group takes
// them, whether staff falls.

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

#include "models/world/world.h"

namespace callmill {

// The queues that a destination leads to, at once or through menus and machines.
std::set<std::size_t> queues_of(const World& world, const Destination& to);

// Whether the group's staff is smaller at some time than before.
bool staff_falls(const AgentGroup& group);

// The queue that callers of the type end up in: at once, or through their menus.
std::optional<QueueId> queue_of(const World& world, const CallerType& type);

struct RankedType {
  std::size_t type;
  bool ties = false;  // with the one before: the longer wait goes first
};
// Of the queues routed to the group: by `takes` and then priority, or by priority alone.
std::vector<RankedType> ranked_types(const World& world, std::size_t group);

}  // namespace callmill
