#pragma once
// What a supervisor sees at one moment: who waits, which lines are in use, what agents do.

#include <array>
#include <cstdint>
#include <vector>

#include "engine/centre/centre.h"

namespace callmill {

struct FloorNow {
  struct Queue {
    std::uint32_t waiting = 0;  // calls and chats
    double longest_s = 0;       // of these; 0 where nobody waits
    std::uint32_t backlog = 0;  // messages
  };
  struct Lines {
    std::uint32_t in_use = 0, in_service = 0;
  };
  struct Group {
    std::array<std::uint32_t, kAgentStates> agents{};  // by AgentState, where they work for now
  };
  std::vector<Queue> queues;
  std::vector<Lines> lines;
  std::vector<Group> groups;
  std::uint32_t in_menus = 0;
};

// O(lines + agents).
FloorNow floor_now(const Blueprint& plan, const Centre& centre);

}  // namespace callmill
