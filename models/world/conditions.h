#pragma once
// Conditions on the centre's own indicators: what routes, callback offers, call-ins and floor rules
// wait for.

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/id.h"
#include "base/time.h"

namespace callmill {

enum class Sense : std::uint8_t { kAtLeast, kAtMost };

// What the centre knows of itself while it runs. Levels are of this moment; rates are over a
// window.
enum class Indicator : std::uint8_t {
  // levels
  kWaiting,       // contacts in the queue's wait lists; of all queues without `queue`
  kLongestWait,   // s; of the contact that waits longest
  kExpectedWait,  // s; what the queue's predictor would announce now
  kIdleAgents,    // available agents of the group; of all groups without `group`
  kBusyShare,     // of the group's agents at work, the share that is not available
  kLinesInUse,    // of the trunk group; of all without `trunks`
  kLineShare,     // lines in use / lines in service
  kBacklog,       // deferred contacts open in the queue
  // rates over Condition::over, or since opening
  kServiceLevel,  // A(T) / (A + B)
  kAnswerRate,    // A / (A + B)
  kAbandonRate,   // B / (A + B)
  kLossRate,      // X / N
  kOccupancy,     // of the group
  kArrivals,      // contacts offered to the queue
};
constexpr bool is_rate(Indicator i) {
  return i >= Indicator::kServiceLevel;
}

// As in scenario files: "waiting", "service_level".
const char* key_of(Indicator indicator);

inline constexpr SimDuration kLongestWindow = std::chrono::hours{4};

struct Condition {
  Indicator indicator = Indicator::kWaiting;
  std::optional<QueueId> queue;
  std::optional<GroupId> group;
  std::optional<TrunkGroupId> trunks;
  Sense sense = Sense::kAtLeast;
  double value = 0;       // counts, shares as 0..1, durations in seconds
  SimDuration over{};     // window of a rate, up to 4 h; 0 = since opening
  SimDuration lasting{};  // rules only: must have held so long
};

}  // namespace callmill
