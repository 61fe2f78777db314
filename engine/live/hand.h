#pragma once
// What was ordered by hand and is in force: which command has which of the plan's rules by hand,
// the surges, and the settings that made the World what it is.

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "engine/live/command.h"

namespace callmill::live {

struct Hand {
  // Who has rule `first_by_hand + 1 + i`; the one before them is for what has no end.
  struct Slot {
    std::uint64_t seq = 0;  // of the command; 0: free
    Command command;
  };
  struct Surge {
    std::uint64_t seq = 0;
    std::vector<char> types;  // by caller type
    double factor = 1;
    SimTime from, to;  // to: SimTime::max() while it has no end
  };
  std::vector<Slot> slots;
  std::vector<Surge> surges;  // over ones stay: the past has its rates
};

}  // namespace callmill::live
