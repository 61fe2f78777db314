#pragma once
// From demand to agents per interval, fractional until the end: Erlang A at each interval's mean
// rate, or a method that knows what intervals hand on to each other (day_staff.h).

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "models/staffing/day_staff.h"
#include "models/transient/worth.h"
#include "models/world/world.h"

namespace callmill {

// One staffed group's interval.
struct RequirementInterval {
  double offered_per_hour = 0;  // calls that ask for an agent of this pool
  double aht_s = 0;             // talk + wrap, mean over the mix
  double patience_s = 0;        // mean; infinity = none
  double load_erlang = 0;
  double agents = 0;    // fractional requirement
  double floor = 0;     // of it, what this interval needs by itself: the day's goals come on top
  std::string binding;  // which target decides: "service_level >= 80% in 15s"
  // Erlang A at `agents` and the interval's own rate.
  double answer_rate = 0, service_level = 0, occupancy = 0;
};

// A pool: the queues whose route begins with the group; its calls are staffed together.
struct Requirement {
  GroupId group;
  std::vector<RequirementInterval> intervals;
  RequirementMethod method = RequirementMethod::kSipp;  // of the target that binds most often
  std::string why = {};                                 // that method, in planner's words
  // Goals of the day that `agents` meet and a plan may meet with other agents above `floor`, where
  // its shifts have them cheaper. Empty: agents is floor.
  std::vector<DayGoal> day_goals = {};
};

struct RequirementOptions {
  RequirementMethod method = RequirementMethod::kSipp;
  // How many times as much as over the day a target of the day may be missed in one interval, >= 1.
  // 1: it is asked of each interval.
  double interval_slack = 1;
  const std::atomic<bool>* stop = nullptr;  // as DayStaffInput's
  int corrections = 5;                      // as DayStaffInput's
};

// Requirement, on the first open day, of every group that has shift patterns: the largest that an
// answer_rate, service_level, abandon_rate, asa or occupancy target asks of it. Targets of the day
// are met by each pool over its day (staff_whole_day), after those of intervals. Erlang A needs one
// law each: means are used, the mix weighted by calls. Part of the load, in the interval of the
// first attempt: redials after abandonment and after network loss, repeats about what a contact
// left open (those that fall before closing), the handling times of the pool's group. Calls that
// the network loses are not. Left to the simulation: redials after blocking (blocking is small),
// balking, over-dispersion, calls that overflow from and to other groups, menu ports, and with
// kSipp what one interval hands on to the next. Redials are settled by kSipp whatever the method.
// Without a target that agents can meet, agents = load and binding = "the load". The methods' cost:
// day_staff.h, once a pool and target.
std::vector<Requirement> staff_requirement(const World& world,
                                           const RequirementOptions& options = {});

// The pool's day for models/transient: its rates by interval, with `agents` at work (rounded), one
// number an interval, or as many for each, whose equal parts they are (breaks begin and end within
// intervals). A day of 24 h begins in the steady state, others with the calls that the scenario has
// waiting.
TransientInput requirement_day(const World& world, const Requirement& pool,
                               const std::vector<double>& agents);
// What one agent more (or `change` more, -1: one fewer), all through an interval, is worth in each;
// empty where the exact day would take too long, or is stopped. Agents as above.
std::vector<AgentWorth> worth_of_agents(const World& world, const Requirement& pool,
                                        const std::vector<double>& agents,
                                        const std::atomic<bool>* stop = nullptr,
                                        std::int64_t change = 1);

// The pool's goals of the day where a plan has its agents (whole, in parts as above): the curves of
// those that are `exact` get the exact day's slopes there, and `least` becomes what these agents
// come to less what the exact day has to spare (more, where it lacks). The goals are then a
// first-order expansion of the exact day about that plan. False, and nothing is changed, where none
// is exact, the exact day would take too long, or is stopped. Cost: 4 to 7 days of solve_transient
// a goal.
bool correct_day_goals(const World& world, Requirement& pool,
                       const std::vector<std::int64_t>& agents,
                       const std::atomic<bool>* stop = nullptr);
// All goals that are `exact` hold in the exact day with these agents.
bool holds_day_goals(const World& world, const Requirement& pool,
                     const std::vector<std::int64_t>& agents);

// Lines per trunk group so that loss <= target (0.1 % where no target names a loss) in the interval
// that needs most, given agents per interval: menu product form, which is M/M/n/K+M where there is
// no menu. Approximations, to be confirmed by simulation: each pool lends a trunk group agents in
// proportion to the load that comes by it; all its pools are taken as one; lines are held through
// talk but not wrap, so the service time is the talk and agents are scaled to the same capacity;
// a group without a requirement is taken as staffed so that callers hardly wait.
struct LinesNeeded {
  TrunkGroupId trunks;
  std::int64_t lines = 0;  // -1: no number of lines meets the target
  std::size_t busiest_interval = 0;
  double analytic_loss = 0;
};
std::vector<LinesNeeded> lines_requirement(const World& world,
                                           const std::vector<Requirement>& agents);

// The same model's loss at a given number of lines: weighted by calls over the day, and in the
// worst interval.
struct LineLoss {
  double day = 0;
  double worst = 0;
  std::size_t worst_interval = 0;
};
LineLoss line_loss(const World& world, const std::vector<Requirement>& agents, TrunkGroupId trunks,
                   std::int64_t lines);

}  // namespace callmill
