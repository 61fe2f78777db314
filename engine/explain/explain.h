#pragma once
// Why a plan is as it is, or why there is none: rules that cannot hold together and what it costs
// to let one give; what one agent more or fewer would do; which rule costs most; where formula and
// simulation differ; where the money goes. docs/models/planning.md#why-and-why-not.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/planning/plan.h"

namespace callmill {

enum class PlanRuleKind : std::uint8_t {
  kTarget,
  kHours,
  kLimitMost,
  kLimitLeast,
  kMaxAgents,
  kMinAgents,
  kStarts,
  kBreaks,
  kLength
};
struct PlanRule {
  PlanRuleKind kind = PlanRuleKind::kTarget;
  std::size_t index = 0;  // of World::targets, the interval, World::limits, World::shifts

  friend bool operator==(const PlanRule&, const PlanRule&) = default;
};

// One rule moved, by itself, as little as makes a plan possible.
struct Relaxation {
  PlanRule rule;
  std::string what;  // planner's words: "max_agents of 'early' is 9 instead of 6"
  double wages = 0;  // of the group, per day: a cover solved and checked, for the analytic need
  double bound = 0;  // proven, of wages; NaN with hired agents: their hours are least, not the cost
  double hired_h = 0;      // agent-hours hired by the interval, at the price in `what`
  double hired_price = 0;  // of them, per day; part of wages
};

// The cheapest of the relaxations, put into the scenario and simulated for one round.
struct SimulatedRelaxation {
  double cost = 0;  // wages and rent of the whole centre, per day
  bool met = false;
  std::vector<TargetResult> targets;
};

// Of one group whose ask no cover can meet.
struct WhyNot {
  GroupId group;
  double scale = 1;     // the simulation's factor on the requirement
  bool minimal = true;  // false: not all that was left out was proven to be impossible without it
  std::vector<PlanRule> set;
  std::vector<std::string> rules;  // in planner's words; hours joined: "09:00 to 10:30 ..."
  // What cannot hold together either once all of the set gives: likewise, each without a rule of
  // those before. A few.
  std::vector<std::vector<std::string>> others;
  std::vector<Relaxation> ways;      // the cheapest first
  std::vector<std::string> in_vain;  // of the set's rules, those that do not help by themselves
  std::optional<SimulatedRelaxation> simulated;  // in full: of ways.front(), if it hires nobody
};

// A target that the plan misses.
struct TargetMiss {
  std::size_t target = 0;
  double holds_at = 0;  // the value nearest to the target's that this very plan holds
  // What else would do, simulated on the plan's days, by itself: "ivr.ports is 40 instead of 20".
  struct Way {
    std::string what;
    double cost = 0;  // per day; NaN: the scenario has no price for it
  };
  std::vector<Way> ways;
};

// An estimate without an interval has NaN ends: it is exact, or of a formula.
struct Change {
  double value = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};
// One agent more, or fewer, at work all through an interval.
struct StaffChange {
  Change level_here, level_day, answer_day;  // shares: service level, answer rate
  double hired = 0;   // wage of the interval at the cheapest kind that can be at work then
  double shifts = 0;  // by the shifts: the relaxed program's cost with one agent more asked for
};
struct GroupStaffChanges {
  GroupId group;
  bool simulated = false;                // else from the exact day of this pool alone
  std::vector<StaffChange> more, fewer;  // by interval; NaN where nobody calls, or nobody can go
};

// One rule moved by one step, the requirement as the plan has it.
struct RulePrice {
  GroupId group;
  PlanRule rule;
  std::string what;
  double saving = 0;   // per day: by the cover solved anew; 0 where it found none cheaper
  double at_most = 0;  // proven: no cover saves more
  bool solved = true;  // false: by the relaxed program alone, which cannot save more than at_most
};

// From the formula to the simulation, step by step; each adds one thing that the one before lacks.
struct WaterfallStep {
  std::string what;
  Change value;       // of the measure, at this step
  Change difference;  // to the step before; paired days where both are simulated
};
struct Waterfall {
  std::string metric;  // service_level, answer_rate; of the whole centre over the day
  std::vector<WaterfallStep> steps;
};

// A shift that is there while more are at work than are wanted.
struct OverShift {
  std::int64_t agents = 0;
  std::string shift, from;  // its kind; when it begins, "08:00"
  std::string needed;       // when nobody of it can be spared: "10:00-11:30 14:00-14:30"; or never
};
// A group's money and time in one interval, means of the day.
struct MoneyInterval {
  double wages = 0;
  double wanted = 0;           // agents; the most of any slot
  double present = 0;          // at work and not on a break
  double over = 0;             // agent-hours above what requirement or goals make use of
  double idle = 0;             // wages of agents at work who have no call, by simulation
  std::vector<OverShift> why;  // of `over`: the largest shifts that are there
};
struct GroupMoney {
  GroupId group;
  std::vector<MoneyInterval> intervals;
};

struct Explanation {
  std::vector<WhyNot> why_not;
  std::vector<TargetMiss> misses;
  std::vector<GroupStaffChanges> staff;
  std::vector<RulePrice> rules;  // largest saving first
  std::vector<Waterfall> waterfalls;
  std::vector<GroupMoney> money;
  std::uint64_t events = 0;
  bool interrupted = false;
};

enum class ExplainStaff : std::uint8_t {
  kAuto,      // exact where the pool is by itself and its exact day takes seconds, else simulated
  kExact,     // where it takes seconds
  kSimulated  // paired days, 2 x intervals x replications runs
};
struct ExplainOptions {
  bool in_full = false;  // else only what stands in the way of a plan, without simulation
  ExplainStaff staff = ExplainStaff::kAuto;
  CoverOptions cover{2e-3, 20, 400};  // for a price; a relaxation's gap is 1 % if not in full
};

// `plan` is what plan_day made of the same scenario and options. Progress: what is done, share of
// it.
Explanation explain_plan(
    const World& world, const PlanOptions& options, const PlanResult& plan,
    const ExplainOptions& how,
    const std::function<void(const std::string& what, double share)>& progress = {},
    const std::atomic<bool>* stop = nullptr);

}  // namespace callmill
