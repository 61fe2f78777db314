#pragma once
// The centre as plain data: what a scenario says, nothing else. Immutable once read, shared by
// every run.
//
// app/files reads it from YAML (docs/reference/scenario.md is generated from the same table);
// engine/blueprint compiles it; models/staffing plans from it. Vectors are in the order of the
// file; Ids index them. One header a subject.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/world/callers.h"
#include "models/world/campaigns.h"
#include "models/world/conditions.h"
#include "models/world/day.h"
#include "models/world/days.h"
#include "models/world/floor.h"
#include "models/world/groups.h"
#include "models/world/lines.h"
#include "models/world/menus.h"
#include "models/world/pay.h"
#include "models/world/people.h"
#include "models/world/queues.h"
#include "models/world/shifts.h"
#include "models/world/targets.h"
#include "models/world/value.h"

namespace callmill {

struct StudySettings {
  std::uint64_t seed = 1;
  std::int64_t replications = 50;
  double confidence = 0.95;
};

struct World {
  std::string name;
  std::string description;
  std::string currency = "CNY";
  Day day;
  Days days;
  double busyness_cv = 0;  // day-to-day over-dispersion: all arrivals of a day share a gamma
                           // factor, mean 1, this cv; drawn for each day
  std::optional<std::int64_t> max_waiting;  // in all queues together; one more is refused
  std::vector<TrunkGroup> trunks;
  std::vector<CallerType> caller_types;
  std::vector<Menu> menus;
  Ivr ivr;
  std::vector<Queue> queues;
  std::vector<AgentGroup> groups;
  std::vector<Campaign> campaigns;
  std::vector<ShiftPattern> shifts;
  std::vector<ShiftLimit> limits;
  std::vector<PayRule> pay;  // of shifts; beside what the shifts say themselves
  Labour labour;
  std::vector<Event> events;
  std::vector<Rule> rules;
  std::vector<Target> targets;
  std::vector<ActualSeries> actual;
  std::vector<DutyPeriod> roster;  // people with shifts; added to what groups[].staff says
  std::vector<RosterEntry> team;   // the same, as the scenario file says it
  std::optional<Satisfaction> satisfaction;  // none: not asked for
  std::optional<Costs> costs;                // none: no prices but wages and rents
  StudySettings study;

  // Of a day; those of a longer run are reported by the time of day.
  std::size_t intervals() const { return static_cast<std::size_t>(day.length() / day.interval); }
  bool several_days() const { return days.count > 1; }
  std::vector<OpenDay> open_days() const { return callmill::open_days(days); }
  // From the first opening to the last closing.
  SimDuration horizon() const;
  // The first interval of the run that is counted; those before are warm-up. Intervals are numbered
  // through the open days.
  std::uint32_t first_counted() const;
};

// Two or more fields that cannot hold together, in the planner's words.
struct Fault {
  std::string path;     // of the field to look at, as in the scenario file: "menus.welcome.options"
  std::string code;     // as in Diagnostic: "share-sum"
  std::string message;  // follows the path: "add up to 97%; they must add up to 100%"
  std::string help;     // may be empty
  std::vector<std::string> also;  // paths of other fields that it was concluded from
};
// What a World contradicts in itself. The reader shows these with their places.
std::vector<Fault> contradictions(const World& world);

// What a run needs and this World lacks or contradicts, each with the field's path; empty when it
// can run. A plan can do with less: it sizes lines and staffs groups itself, and simulates a World
// without faults in the end.
std::vector<std::string> faults(const World& world);

// Whether the roster of the scenario file has agents of the group.
bool has_team(const World& world, GroupId group);

// Duty periods of agents 0, 1, ... such that profile[t] agents are on duty: the last to come is the
// first to leave. On each open day anew; of one day without `days`.
std::vector<DutyPeriod> roster_from_profile(GroupId group, const Profile& staff, const Day& day,
                                            const Days& days = {});

}  // namespace callmill
