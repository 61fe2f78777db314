#pragma once
// What the floor has in hand: which rules and events are on, what they change while they are, and
// the agents who are not where the roster has them. A value, part of Centre; empty unless the plan
// has events or rules.

#include <cstdint>
#include <limits>
#include <vector>

#include "base/time.h"
#include "engine/blueprint/blueprint.h"

namespace callmill {

inline constexpr std::uint16_t kNoRule = std::numeric_limits<std::uint16_t>::max();

struct RuleState {
  bool on = false;
  std::uint32_t fired = 0;
  SimTime since;       // on
  SimTime next_check;  // SimTime::max() once the day is closed
  SimTime quiet_until;
};

// What is in force now, all rules and events together. Follows from which of them are on.
struct Levers {
  std::vector<double> shed;                // by caller type: share of calls refused
  std::vector<std::uint16_t> shed_by;      // the first rule that refuses them
  std::vector<double> deflect, hang_up;    // by queue
  std::vector<std::uint32_t> recording;    // by queue
  std::vector<double> talk, wrap;          // by caller type x groups + group
  std::vector<char> closed;                // by step of FloorPlan
  std::vector<char> raised;                // by queue
  std::vector<char> silent;                // by group: does not dial
  std::vector<SimDuration> break_delay;    // by group
  std::vector<SimDuration> overtime;       // by group
  std::vector<std::uint16_t> overtime_by;  // by group: the first rule that asks for it
  double self_service_fails = 0;
  std::uint32_t instead = kOfAll;  // queue of those whom self-service fails
  bool any_raised = false;
};

// An agent as the floor knows it.
struct OnFloor {
  std::uint16_t wants = 0;            // group to work in, once free
  std::uint16_t lent_by = kNoRule;    // the rule that moved the agent
  std::uint16_t called_by = kNoRule;  // the rule that called this person in
  std::uint16_t paid_by = kNoRule;    // the rule that pays extra time now
  std::uint8_t down = 0;              // site losses that keep the agent out
  Duty roster = Duty::kOff;           // what the roster wants
  bool sent_home = false;             // by hand; counts in `down`
  std::uint32_t serial = 0;           // of changes of duty to come; older ones are void
  std::uint32_t calls_in = 0;         // times called in
  SimDuration late{};                 // by which the break in hand was delayed
};

struct FloorState {
  std::vector<RuleState> rules;
  std::vector<SimTime> held_since;           // by condition; max = does not hold
  std::vector<std::uint32_t> overtime_left;  // by rule: agents that may still be asked
  std::vector<char> event_on;
  std::uint32_t next_turn = 0;
  Levers levers;
  std::vector<OnFloor> agents;
};

FloorState open_floor(const Blueprint& plan);

// The levers of the rules and events that are on.
void set_levers(const FloorPlan& plan, FloorState& floor);

template <class Hash>
void add(Hash& hash, const FloorState& floor) {
  for (const RuleState& rule : floor.rules) {
    hash.add((std::uint64_t{rule.fired} << 1) | (rule.on ? 1u : 0u));
    hash.add(rule.since);
    hash.add(rule.next_check);
    hash.add(rule.quiet_until);
  }
  for (const SimTime since : floor.held_since) hash.add(since);
  for (const std::uint32_t left : floor.overtime_left) hash.add(std::uint64_t{left});
  for (const char on : floor.event_on) hash.add(static_cast<std::uint64_t>(on));
  if (!floor.rules.empty() || !floor.event_on.empty()) hash.add(std::uint64_t{floor.next_turn});
  for (const OnFloor& agent : floor.agents) {
    hash.add((std::uint64_t{agent.wants} << 48) | (std::uint64_t{agent.lent_by} << 32) |
             (std::uint64_t{agent.called_by} << 16) | agent.paid_by);
    hash.add((std::uint64_t{agent.serial} << 32) | (std::uint64_t{agent.down} << 8) |
             static_cast<std::uint64_t>(agent.roster));
    hash.add((std::uint64_t{agent.calls_in} << 40) |
             static_cast<std::uint64_t>(agent.late.count()));
    if (agent.sent_home) hash.add(std::uint64_t{1});
  }
}

}  // namespace callmill
