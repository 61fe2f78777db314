#pragma once
// Agent groups, what their idle agents do, and the hours of each agent.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"
#include "models/world/day.h"
#include "models/world/floor.h"

namespace callmill {

// What idle agents of an outbound or flex group do: pause, dial, talk if reached, wrap.
struct Dialling {
  Law pause = ExponentialLaw{10};  // between becoming idle and the next dial
  Probability reached{1.0};
  Law talk = ExponentialLaw{120};  // includes dialling and ringing
  Law wrap = ConstantLaw{0};
};

enum class GroupKind : std::uint8_t { kInbound, kFlex, kOutbound };

struct AgentGroup {
  std::string name;
  GroupKind kind = GroupKind::kInbound;
  std::optional<Profile>
      staff;  // agents on duty per step; none: `plan` staffs it, or `roster` holds it
  std::vector<QueueId> takes;  // queues in the order in which a free agent looks; empty = all
                               // routed to it, by priority, then longest waiting
  std::optional<Dialling> dialling;
  double wage_per_hour = 0;
  std::optional<CallIn> call_in;  // people whom a rule can call
};

// One stretch of an agent's day. Agents are numbered within the group. Stretches of an agent do not
// overlap.
struct DutyPeriod {
  GroupId group;
  std::uint32_t agent = 0;
  SimTime from, to;
  enum class Kind : std::uint8_t {
    kWork,
    kBreak
  } kind = Kind::kWork;  // a break is signed in, not available
};

}  // namespace callmill
