#pragma once
// What was ordered by hand and is in force: which command has which of the plan's rules by hand,
// the surges, and lines opened or failed.

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "engine/blueprint/floor.h"
#include "engine/live/command.h"

namespace callmill::live {

// Commands that last and have a rule of their own, at one time.
inline constexpr std::uint32_t kMostInForce = 16;

struct Hand {
  // Who has, or had last, rule `first_by_hand + 1 + i`; the one before them is for what has no end.
  struct Slot {
    std::uint64_t seq = 0;  // of the command; 0: nobody had it yet
    Command command;
    ActionPlan action;
  };
  struct Surge {
    std::uint64_t seq = 0;
    std::vector<char> types;  // by caller type
    double factor = 1;
    SimTime from, to;  // to: SimTime::max() while it has no end
  };
  std::vector<Slot> slots;
  std::vector<Surge> surges;        // those over stay: the past has its rates
  std::vector<std::int64_t> lines;  // by trunk group: opened, failed ones taken off
};

}  // namespace callmill::live
