#pragma once
// Groups and their agents' hours, ready to run.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "base/time.h"
#include "engine/blueprint/people.h"
#include "engine/blueprint/queues.h"
#include "models/world/groups.h"

namespace callmill {

// How a group handles the calls of a caller type that has laws of its own there.
struct HandlingPlan {
  Sampler talk, wrap;
  double talk_factor = 1, wrap_factor = 1;
};

struct GroupPlan {
  std::uint32_t key = 0;  // of its name: owns the draws of its agents
  std::uint32_t first_agent = 0, agents = 0;
  std::uint32_t spare = 0;  // the last of the agents, who come by hand only
  bool special = false;     // engine/centre/routing.h picks the calls of this group
  PickCall pick_call = PickCall::kByRank;
  std::vector<Source> sources;  // rank by rank
  ListBits wait_lists;          // of them
  double resolution_factor = 1;
  std::vector<std::uint32_t> message_queues;  // that its idle agents work off
  bool interruptible = false;                 // some of that work gives way to calls
  bool calls_back = false;
  std::vector<std::uint32_t> callback_queues;  // whose callbacks it makes
  std::uint32_t chats_at_once = 1;
  std::vector<double> slow_down;  // by the number of chats - 1
  bool dials = false;
  bool dials_at_once = false;      // no pause
  std::uint32_t dial_reserve = 0;  // more than so many must be idle
  double reached = 0;
  Sampler pause, dial_talk, dial_wrap;
  // Something in `people` changes how calls are handled, or an agent's work is summed up: set it to
  // have that part of Centre::agent_files. All that a plain group asks.
  bool personal = false;
  PeoplePlan people;
};

}  // namespace callmill
