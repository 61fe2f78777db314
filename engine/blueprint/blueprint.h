#pragma once
// A World made ready to run: names are indices, laws are tables, staff is a sorted list of changes.
// Immutable; every replication, fork and thread reads the same one.
//
// Cost to make: milliseconds (tables of the laws). Memory: the tables, about 100 kB a law, and the
// roster.

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "base/random/sampler.h"
#include "engine/blueprint/callers.h"
#include "engine/blueprint/campaigns.h"
#include "engine/blueprint/conditions.h"
#include "engine/blueprint/floor.h"
#include "engine/blueprint/groups.h"
#include "engine/blueprint/horizon.h"
#include "engine/blueprint/lines.h"
#include "engine/blueprint/menus.h"
#include "engine/blueprint/queues.h"
#include "engine/blueprint/resolution.h"
#include "engine/blueprint/room.h"
#include "engine/calendar/calendar.h"
#include "models/world/world.h"

namespace callmill {

struct Blueprint {
  SimDuration horizon{};  // arrivals and staff changes stop here, at the last closing; the calls in
                          // the centre are then served out
  Horizon days;
  SimDuration interval{};
  std::uint32_t intervals = 0;      // of all open days
  std::uint32_t first_counted = 0;  // interval; those before are warm-up
  double busyness_cv = 0;
  Sampler unit_exponential;

  std::vector<std::uint32_t> first_line;  // per trunk group, plus the total at the end
  std::vector<std::uint32_t>
      spare_lines;  // per trunk group, the last of it: out of service at first
  std::vector<LineFailurePlan> line_failures;
  std::vector<CallerTypePlan> types;  // those of the scenario, then those of callbacks and
                                      // of campaigns' parties
  std::uint32_t caller_types = 0;     // of the scenario
  // What happens at one instant must not depend on the order of the file.
  std::vector<std::uint32_t> types_by_name;  // those of the scenario
  std::vector<std::uint32_t> campaigns_by_name;
  bool opening_calls = false;            // some type has calls that are there when the day opens
  std::vector<AftermathPlan> aftermath;  // by caller type
  std::optional<Satisfaction> satisfaction;
  PricePlan prices;
  bool follows_up = false;      // some type does
  bool tracks_callers = false;  // some type has callers who call again: all keep their stories
  SimDuration opens{};          // after midnight
  bool has_messages = false;
  bool has_chats = false;
  std::uint32_t most_chats = 1;   // at one agent of any group
  std::uint32_t plain_types = 0;  // calls of the types before this one are answered without asking
                                  // further: caller_types, or 0 where there are chats
  std::vector<MenuPlan> menus;
  std::vector<SelfServicePlan> self_service;
  std::vector<AgentWish> agent_wishes;
  std::uint32_t ports = std::numeric_limits<std::uint32_t>::max();  // of the menus
  std::vector<QueuePlan> queues;
  std::uint32_t recent_waits = 0;                 // kept by all predictors together
  bool remembers_waits = false;                   // some predictor looks at past waits
  bool calls_back = false;                        // some queue offers callbacks
  std::vector<std::uint32_t> callbacks_on_lines;  // queues whose callbacks need a line, by name
  std::uint32_t priority_classes = 1;             // wait list = queue * priority_classes + class
  std::vector<std::int32_t> priority_of_class;    // not increasing; equal ones differ in ageing
  std::uint32_t max_waiting = kNoLimit;           // in all queues together
  bool agent_books = false;                       // policies ask what agents have done
  bool asks_agents = false;                       // calls may wait for one agent
  std::vector<GroupPlan> groups;
  std::vector<CampaignPlan> campaigns;
  bool dials_at_release = false;     // some campaign asks when an agent's work ends
  std::uint64_t dialled_groups = 0;  // group_bit() of those for whom some campaign dials
  std::vector<HandlingPlan> handlings;
  std::vector<std::uint32_t> group_of_agent;
  std::vector<DutyChange> changes;  // by (at, agent)
  std::vector<ShiftPlan> shifts;    // by agent
  std::vector<Stretch> stretches;
  std::vector<AgentTraits> traits;  // by agent, on the first day
  bool learns = false;  // over the run: growth counts, by agent and days worked in it before today
  std::vector<AgentTraits> growth;
  bool attends = false;  // some group's attendance is drawn: each replication has its own changes
  bool has_personal = false;       // some group is personal
  bool tracks_people = false;      // PeopleRecorder counts
  double mean_handle_s = 0;        // talk and wrap of all fresh callers of the day
  bool transfers = false;          // some agent passes calls on
  bool measures_handling = false;  // some predictor asks for more than the stated laws say
  GaugesPlan gauges;
  FloorPlan floor;
  // Calls, lines, menus, plain queues and groups, redial, resolution and shifts: all that
  // Flow<O, Parts::kCore> knows.
  bool core_only = false;

  // Calendar slots: caller types, staff changes, what is to come later (Centre::later), the floor's
  // clock, agents, lines. Set by make_blueprint, for they are asked for at every event.
  Calendar::Slot first_agent_slot = 0, first_line_slot = 0;
  Calendar::Slot duty_slot() const { return first_agent_slot - 3; }
  Calendar::Slot later_slot() const { return first_agent_slot - 2; }
  Calendar::Slot floor_slot() const { return first_agent_slot - 1; }
  Calendar::Slot agent_slot(std::uint32_t agent) const { return first_agent_slot + agent; }
  Calendar::Slot line_slot(std::uint32_t line) const { return first_line_slot + line; }
  bool keeps_agent_files() const { return agent_books || has_personal; }
  std::uint32_t agents() const { return static_cast<std::uint32_t>(group_of_agent.size()); }
  std::uint32_t lines() const { return first_line.back(); }
  std::uint32_t wait_lists() const {
    return static_cast<std::uint32_t>(queues.size()) * priority_classes;
  }
};

// `world` must have no faults(); aborts otherwise. `room`: of the same groups and trunk groups.
Blueprint make_blueprint(const World& world, const Room& room = {});

}  // namespace callmill
