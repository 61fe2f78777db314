#pragma once
// Groups and their agents' hours, ready to run.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "base/time.h"
#include "engine/blueprint/queues.h"

namespace callmill {

// What the roster wants of an agent now. An agent who is busy follows when the call in hand is
// done.
enum class Duty : std::uint8_t { kOff, kWork, kBreak };

struct GroupPlan {
  std::uint32_t key = 0;  // of its name: owns the draws of its agents
  std::uint32_t first_agent = 0, agents = 0;
  std::vector<Source> sources;  // rank by rank
  bool dials = false;
  double reached = 0;
  Sampler pause, dial_talk, dial_wrap;
};

struct DutyChange {
  SimTime at;
  std::uint32_t agent = 0;
  Duty duty = Duty::kOff;
};

}  // namespace callmill
