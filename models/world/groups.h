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
#include "models/world/chats.h"
#include "models/world/day.h"
#include "models/world/floor.h"
#include "models/world/people.h"
#include "models/world/tours.h"

namespace callmill {

// What idle agents of an outbound or flex group do: pause, dial, talk if reached, wrap.
struct Dialling {
  Law pause = ExponentialLaw{10};  // between becoming idle and the next dial; 0 = dials at once
  Probability reached{1.0};
  Law talk = ExponentialLaw{120};  // includes dialling and ringing
  Law wrap = ConstantLaw{0};
  std::int64_t reserve = 0;  // dials only while more than so many of the group are idle
};

// Which of the waiting calls a free agent of the group takes. Within a queue it is always the
// higher priority, then the longer wait. docs/models/routing.md has the rules.
enum class PickCall : std::uint8_t {
  kByRank,        // in the order of `takes`; without it by priority, then the longest waiting
  kAgeing,        // greatest priority + ageing * wait
  kQueueRatio,    // of the queue that is most above its share (Queue::ratio) of the waiting
  kLongestQueue,  // of the queue in which most wait
  kOwnFirst,      // of the first queue of `takes`; when it is empty, of all others by priority,
                  // then the longest waiting
};

// How a group handles the calls of one caller type, where it differs from the type's own laws.
struct Handling {
  std::string callers;            // name of the type
  std::optional<Law> talk, wrap;  // none: the type's
  double talk_factor = 1;         // multiplies each talk, beside the type's factor by time of day
  double wrap_factor = 1;
};

enum class GroupKind : std::uint8_t { kInbound, kFlex, kOutbound };

// Of the time for which shifts of the group are paid, what is not spent on calls. People scheduled
// = agents needed / ((1 - planned) (1 - unplanned)); docs/models/shifts.md.
struct Shrinkage {
  std::optional<Profile> planned;  // shares below 1: training, meetings
  Probability unplanned;           // below 1, of shifts: sickness
};

struct AgentGroup {
  std::string name;
  GroupKind kind = GroupKind::kInbound;
  std::optional<Profile>
      staff;  // agents on duty per step; none: `plan` staffs it, or `roster` holds it
  std::vector<QueueId> takes;  // queues in the order in which a free agent looks; empty = all
                               // routed to it, by priority, then longest waiting
  PickCall pick_call = PickCall::kByRank;
  std::vector<Handling> handling;
  std::optional<Dialling> dialling;
  std::optional<Chatting> chat;  // none: one chat at a time
  double wage_per_hour = 0;
  std::optional<CallIn> call_in;       // people whom a rule can call
  double resolution_factor = 1;        // multiplies the share of contacts that it settles
  std::optional<Shrinkage> shrinkage;  // of its shifts
  std::optional<Tours> tours;          // of the people who work its shifts; a plan of a week asks

  // people.h
  std::optional<Experience> experience;  // none: all are veterans
  double speed_cv = 0;  // agents differ: each has a lognormal factor on talk and wrap, mean 1, kept
                        // in all replications
  std::optional<Fatigue> fatigue;
  std::optional<Attendance> attendance;  // none: everyone keeps the hours
  std::optional<Ringing> ringing;        // none: calls are answered at once
  std::optional<SimDuration> wrap_cap;   // no wrap-up is longer
  std::optional<WrapInterrupt> wrap_interrupt;
  StaffRelease staff_release = StaffRelease::kNamed;
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
  } kind = Kind::kWork;            // a break is signed in, not available
  AuxCode code = AuxCode::kBreak;  // what a break is for
};

}  // namespace callmill
