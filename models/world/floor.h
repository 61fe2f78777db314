#pragma once
// The floor: what may strike the centre on a day (events), and rules by which the floor answers
// (docs/models/floor.md).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"
#include "models/world/conditions.h"

namespace callmill {

// A recording in front of the queue.
struct Notice {
  std::optional<QueueId> queue;                   // none: every queue
  Probability deflect;                            // share that it answers: they hang up served
  SimDuration length = std::chrono::seconds{15};  // of the recording, for those
  Probability hang_up;  // share that it tells not to wait: they hang up when no agent is free
};

// What a rule does while it is on, or when it fires.
struct Action {
  enum class Kind : std::uint8_t {
    kMoveAgents,  // `agents` of `group` work in `to`; busy ones when they have finished
    kOpenStep,    // the step of `queue`'s route to `group`; closed until a rule opens it
    kCloseStep,
    kDelayBreaks,  // breaks of `group` that would begin now begin `by` later
    kEndBreaks,    // agents of `group` on break come back at once
    kNotice,
    kShed,           // `share` of new calls of `types` are refused
    kStopDialling,   // idle agents of `group` do not dial
    kStartDialling,  // they dial while the rule is on only
    kOvertime,       // agents of `group` due to leave stay `by` longer, `agents` of them at most
    kCallIn,         // people of `group`'s call_in come
    kRaiseQueue,     // agents look at `queue` first
  };
  Kind kind = Kind::kShed;
  std::int64_t agents = 0;  // kMoveAgents: at least 1; else 0 = no limit
  GroupId group, to;
  QueueId queue;
  Notice notice;
  std::vector<CallerTypeId> types;  // empty = all
  Probability share{1.0};
  SimDuration by{};
  std::optional<double>
      cost_per_hour{};  // kOvertime, of an agent, in place of the wage; none: the wage
};

// Watches indicators and acts. Asked every `every` from opening to closing time.
struct Rule {
  std::string name;
  std::vector<Condition> when;  // all hold
  std::vector<Action> then;
  std::vector<Condition> until;  // all hold; with neither this nor `lasts`: when `when` fails
  SimDuration lasts{};           // 0 = no limit
  SimDuration every = std::chrono::minutes{1};
  SimDuration cooldown{};     // after its end
  std::uint32_t at_most = 0;  // times a day; 0 = no limit
};

// Something that strikes at a time of day.
struct Event {
  enum class Kind : std::uint8_t {
    kSurge,     // `types` call `factor` times as often
    kSlowDown,  // talk and wrap of `types` with `groups` take so many times as long
    kSiteLoss,  // `share` of the agents of `groups` drop out, and come back at the end
    kNotice,
    kSystemDown,  // `share` of self-service fails: to `queue`, or the caller hangs up
  };
  std::string name;
  Kind kind = Kind::kSurge;
  SimDuration at{};  // after midnight, of each open day
  SimDuration length{};
  std::string day;                  // only on such days, as in Profile::by_day; empty: on each
  std::vector<CallerTypeId> types;  // empty = all
  std::vector<GroupId> groups;      // empty = all
  double factor = 1;
  double talk = 1, wrap = 1;
  Probability share{1.0};
  bool cut = true;  // kSiteLoss: calls break off; else they are finished first
  std::optional<QueueId> queue;
  Notice notice;
};

// People who are not on the roster and come when called.
struct CallIn {
  std::int64_t agents = 1;
  Law delay = ConstantLaw{1800};  // from the call until they take calls
  SimDuration stays{};            // 0 = until the rule ends
  // Of a person, from arrival on, in place of the wage; none: the group's wage.
  std::optional<double> cost_per_hour{};
};

}  // namespace callmill
