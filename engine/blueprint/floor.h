#pragma once
// Events and rules ready to run.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "base/time.h"
#include "engine/blueprint/callers.h"
#include "engine/blueprint/conditions.h"
#include "models/world/floor.h"
#include "models/world/world.h"

namespace callmill {

struct NoticePlan {
  std::uint32_t queue = kOfAll;
  double deflect = 0, hang_up = 0;
  std::uint32_t recording = 0;  // Blueprint::self_service
};

struct ActionPlan {
  Action::Kind kind = Action::Kind::kShed;
  std::uint32_t agents = 0;  // at the most
  std::uint32_t group = 0, to = 0, queue = 0;
  std::uint32_t step = 0;   // of the queue, to the group
  std::vector<char> types;  // by caller type: whether it is meant
  double share = 1;
  SimDuration by{};
  double cost_per_hour = 0;
  NoticePlan notice;
};

struct RulePlan {
  std::uint32_t first_when = 0, first_until = 0, last_until = 0;  // of FloorPlan::conditions
  SimDuration lasts{}, every{}, cooldown{};
  std::uint32_t at_most = 0;
  std::vector<ActionPlan> then;
  bool by_hand = false;  // begins and ends by hand alone, or after `lasts`
};

// What is left of an event once surges are part of the rates.
struct EventPlan {
  Event::Kind kind = Event::Kind::kSlowDown;
  std::vector<char> types, groups;
  double talk = 1, wrap = 1, share = 1;
  bool cut = true;
  std::uint32_t queue = kOfAll;  // kSystemDown: where callers go; kOfAll = they hang up
  NoticePlan notice;
};

struct FloorTurn {
  SimTime at;
  std::uint32_t event = 0;
  bool begins = true;
};

struct CallInPlan {
  std::uint32_t first_agent = 0, agents = 0;
  Sampler delay;
  SimDuration stays{};
  double cost_per_hour = 0;
};

struct FloorPlan {
  bool active = false;    // some event or rule, or room for some by hand
  bool agents = false;    // some of them is about agents: Centre::floor.agents is kept
  bool dialling = false;  // some rule stops or starts dialling
  bool routes = false;    // some rule opens or closes a step, or raises a queue
  std::vector<ConditionPlan> conditions;
  std::vector<RulePlan> rules;      // those of the World, then those by hand
  std::uint32_t first_by_hand = 0;  // of the rules
  std::uint32_t recording = 0;      // Blueprint::self_service, of notices by hand
  std::vector<EventPlan> events;
  std::vector<FloorTurn> turns;           // by time; ends before beginnings
  std::vector<CallInPlan> call_in;        // by group; no agents where there is none
  std::vector<std::uint32_t> groups;      // in the order in which they take calls at one moment
  std::vector<char> started_by_rule;      // by group: dials only while a rule says so
  std::vector<char> opened_by_rule;       // by step; see FloorPlan::step
  std::vector<std::uint32_t> first_step;  // by queue
  std::uint32_t step(std::uint32_t queue, std::uint32_t i) const { return first_step[queue] + i; }
};

// When an event is on: on each open day that it is of; what goes on until it begins again is one.
struct EventSpan {
  SimTime from, to;
};
std::vector<EventSpan> spans_of(const Event& event, const World& world);
// Makes the rate `factor` times as high in the span; at 0 nobody calls.
void surge(std::vector<RateSegment>& rate, const EventSpan& span, double factor);

}  // namespace callmill
