#pragma once
// Where callers wait, and who may answer them when.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "models/world/callbacks.h"
#include "models/world/conditions.h"
#include "models/world/messages.h"

namespace callmill {

// Which of the idle agents of a route's step a call gets. docs/models/routing.md has the rules.
enum class PickAgent : std::uint8_t {
  kLongestIdle,
  kLeastOccupied,   // smallest share of the signed-in time spent on calls and dials
  kRandom,          // every idle agent of the step is as likely
  kMostIdleGroup,   // of the group with most idle agents, the one idle longest
  kFewestContacts,  // answered fewest calls since signing in for the first time
};

// A group that may answer a queue's calls once they have waited `after`.
struct RouteStep {
  GroupId group;
  SimDuration after{};  // not decreasing along the route; 0 = at once
  bool with_previous =
      false;  // one step with the group before: the call picks among the agents of both
  std::int64_t reserve = 0;       // the group takes a call only when more than so many are idle
  std::int64_t min_queue = 1;     // the group takes a call only when so many wait, it included
  std::vector<Condition> when{};  // the group takes a call only while all of these hold
  std::int64_t level = 1;         // a free agent of the group looks at lower levels first
  bool once = false;  // the group is tried as the step opens to a call, which does not wait for it
};

struct Queue {
  std::string name;
  SimDuration answer_within = std::chrono::seconds{20};  // T of the service level
  std::vector<RouteStep> route;                          // tried in order
  std::optional<std::int64_t> capacity;  // most that wait; one more is refused; none = no limit
  PickAgent pick_agent = PickAgent::kLongestIdle;
  double ratio = 1;  // share of the waiting, beside other queues' (PickCall::kQueueRatio)
  SimDuration last_agent_hold{};       // a returning caller waits so long for the agent of the last
                                       // talk; 0 = anybody at once
  std::optional<Voicemail> voicemail;  // none: they wait on
  WorkOrder order = WorkOrder::kFirstCome;  // messages
  std::int64_t reserve = 0;  // messages: agents of a group whom they leave free for calls
  Predictor predictor = Predictor::kQueueLength;  // of waits, for what is announced and offered
  std::uint32_t predictor_last = 10;              // kMeanWait: over so many
  std::optional<Announcement> announce;
  std::optional<Callback> callback;
  std::optional<Deflection> deflect;
};

}  // namespace callmill
