#pragma once
// Agents as people, ready to run: factors of each agent, the rules of a group, shifts and who keeps
// them.

#include <cstdint>
#include <limits>
#include <vector>

#include "base/random/sampler.h"
#include "base/random/stream.h"
#include "base/time.h"
#include "engine/blueprint/horizon.h"
#include "models/world/groups.h"

namespace callmill {

struct Blueprint;

// What the roster wants of an agent now. An agent who is busy follows when the call in hand is
// done. kSurplus: works on, and leaves when next free if the group still owes someone's leaving.
enum class Duty : std::uint8_t { kOff, kWork, kBreak, kSurplus };

struct DutyChange {
  SimTime at;
  std::uint32_t agent = 0;
  Duty duty = Duty::kOff;
  AuxCode code = AuxCode::kBreak;
  bool comes = false;  // the first of a shift
};

// Factors of one agent, the same in all replications; a veteran of average speed has 1 everywhere.
struct AgentTraits {
  double talk = 1, wrap = 1, transfer = 1, unresolved = 1;
};

struct DeviationPlan {
  double share = 0;
  Sampler by;
};
struct AttendancePlan {
  double absent = 0;
  DeviationPlan late, early, break_late, break_overrun;
};

// Rules of one group, beyond those that every group has.
struct PeoplePlan {
  double fatigue_per_us = 0, fatigue_most = 0;
  bool rings = false;
  double no_answer = 0;
  Sampler ring_time, gives_up, rest;
  AuxCode rest_code = AuxCode::kNoAnswer;
  bool wait_ends_at_ring = false;
  SimDuration wrap_cap = SimDuration::max();
  bool interrupts = false;
  std::uint32_t interrupt_waiting = std::numeric_limits<std::uint32_t>::max();
  SimDuration interrupt_wait = SimDuration::max();
  bool wrap_resumed = false;
  StaffRelease release = StaffRelease::kNamed;
  bool attends = false;  // attendance is drawn
  AttendancePlan attendance;
};

// One stretch of a shift; those of a shift follow each other at once.
struct Stretch {
  SimTime from, to;
  Duty duty = Duty::kWork;
  AuxCode code = AuxCode::kBreak;
};
// From coming to going. `number`: how many shifts the agent has before this one.
struct ShiftPlan {
  std::uint32_t agent = 0, number = 0;
  std::uint32_t first = 0, stretches = 0;  // of Blueprint::stretches
};

// Factor of `first_day` after so many days.
double learned(const Learning& learning, double first_day, double days);

// What one agent does on one shift of this replication: drawn by (agent, shift), so that it does
// not depend on anybody else. Stretches may be empty (from == to); absent: all are.
struct Shift {
  bool absent = false;
  std::vector<Stretch> stretches;
};
Shift draw_shift(const Blueprint& plan, const ShiftPlan& shift, ReplicationKey key);

// A change at each stretch's start and at the shift's end. Staff exists in open hours: whoever is
// on duty at a closing serves the last callers, and is then sent home by the centre (closing.h), or
// stays when it was the last closing.
void add_changes(std::uint32_t agent, const Stretch* first, const Stretch* last,
                 const Horizon& days, std::vector<DutyChange>& changes);
// By (at, agent).
void sort_changes(std::vector<DutyChange>& changes);
// All changes of one replication.
std::vector<DutyChange> draw_changes(const Blueprint& plan, ReplicationKey key);

}  // namespace callmill
