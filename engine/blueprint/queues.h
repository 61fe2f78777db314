#pragma once
// Queues ready to run: who is tried for a call, and which calls a free agent looks at.

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "base/time.h"
#include "engine/blueprint/callbacks.h"
#include "engine/blueprint/conditions.h"
#include "models/world/queues.h"

namespace callmill {

// Conditions are asked again by who waits, so often, and for so long after closing time: a caller
// whom nobody will ever answer must not keep the clock going.
inline constexpr SimDuration kRecheck = std::chrono::seconds{1};
inline constexpr SimDuration kLastRecheck = std::chrono::hours{1};

inline constexpr std::uint32_t kNoLimit = std::numeric_limits<std::uint32_t>::max();

// What a step of the route asks beside its delay.
struct RouteRule {
  bool with_previous = false;
  std::uint32_t reserve = 0;    // more than so many of the group must be idle
  std::uint32_t min_queue = 1;  // so many must wait, the call included
  bool once = false;            // tried at the moment at which it opens to a call
  std::vector<ConditionPlan> when;
};

struct QueuePlan {
  SimDuration answer_within{};
  std::vector<std::uint32_t> route_group;
  std::vector<SimDuration> route_after;
  bool messages = false;  // deferred work, no calls
  bool chats = false;     // no calls; such a queue is special
  bool by_deadline = false;
  bool voicemail = false;
  std::uint32_t reserve = 0;
  SimDuration voicemail_after{}, voicemail_length{};
  std::uint32_t voicemail_to = kNoLimit;  // caller type; kNoLimit: only counted
  // Plain: the first group of the route with an idle agent takes the call, the longest idle agent
  // of it. Special: anything below is set, and engine/centre/routing.h rules.
  bool special = false;
  std::vector<RouteRule> rules;  // of a special queue, by step
  bool late_rules = false;       // a step may open to a waiting call when another one joins
  bool rechecks = false;         // a step may open to a waiting call at any time
  SimDuration recheck_from = SimDuration::max();  // the shortest delay of such a step
  std::uint32_t capacity = kNoLimit;              // most that wait
  PickAgent pick_agent = PickAgent::kLongestIdle;
  double ratio = 1;
  SimDuration last_agent_hold{};
  // Some group of the route is called away from wrap-up (PeoplePlan::interrupts).
  bool interrupts = false;
  bool announces = false;  // the expected wait, or uses it to offer another channel
  bool repeats = false;    // and does so again
  PredictorPlan predictor;
  std::optional<AnnouncementPlan> announcement;
  std::optional<CallbackPlan> callback;
  std::optional<DeflectionPlan> deflection;
};

// A set of wait lists, the lists from kTogether on as one: that any of these is in the set, once it
// was, is then no promise. Cost: one word, one operation.
class ListBits {
 public:
  void add(std::uint32_t list) { bits_ |= bit(list); }
  void remove(std::uint32_t list) {
    if (list < kTogether) bits_ &= ~bit(list);
  }
  // False: none of `lists` is in the set.
  bool any_of(const ListBits& lists) const { return (bits_ & lists.bits_) != 0; }

 private:
  static constexpr std::uint32_t kTogether = 63;
  static constexpr std::uint64_t bit(std::uint32_t list) {
    return std::uint64_t{1} << (list < kTogether ? list : kTogether);
  }

  std::uint64_t bits_ = 0;
};

// A wait list that an agent may take from, once its head has waited `after`.
struct Source {
  std::uint32_t wait_list = 0;
  bool last_of_rank =
      true;  // ranks are looked through in order; within one the longest waiting first
  std::uint16_t step = 0;  // of the queue's route
  SimDuration after{};
};

}  // namespace callmill
