#pragma once
// In which order a group takes the caller types of a World.

#include <cstddef>
#include <optional>
#include <vector>

#include "models/world/world.h"

namespace callmill {

// The queue that callers of the type end up in: at once, or through their menu.
std::optional<QueueId> queue_of(const World& world, const CallerType& type);

struct RankedType {
  std::size_t type;
  bool ties = false;  // with the one before: the longer wait goes first
};
// Of the queues routed to the group: by `takes` and then priority, or by priority alone.
std::vector<RankedType> ranked_types(const World& world, std::size_t group);

}  // namespace callmill
