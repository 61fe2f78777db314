#pragma once
// Cover a requirement with shifts at least wage cost: breaks placed implicitly, solved by CBC
// behind this small port.
//
// Pending-break balance form: x[type, start] agents; per type and break, a running count of breaks
// still owed with one balance row a slot (docs/adr; compared with Aykin 1996, Bechtold & Jacobs
// 1990). One thread: CBC's own threads are unsafe.

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"

namespace callmill {

// Everything on one grid of slots. Cyclic: a shift that runs past the last slot covers the first
// ones (a 24 h day that repeats); otherwise such a shift does not exist.
struct CoverBreak {
  int length = 1;    // slots
  int earliest = 0;  // offset of its start from the shift's start
  int latest = 0;
};
struct CoverShift {
  std::string name;
  int length = 0;            // slots
  std::vector<int> starts;   // slots
  std::vector<double> cost;  // per agent, one a start
  std::vector<CoverBreak>
      breaks;                    // windows in order; breaks of a shift must not be able to overlap
  std::int64_t max_agents = -1;  // over all starts; -1 = no limit
  // Of a split shift: offset and length of the slots in which its agents are off duty. They count
  // in `length`, and no break's window meets them.
  int gap_start = 0, gap_length = 0;
};
// A limit on heads: agents of these shifts, over all starts. Shares are of all agents of the plan.
struct CoverLimit {
  std::string name;         // planner's words: "limit 'part_time'", "max_agents of 'early'"
  std::vector<int> shifts;  // each once
  std::int64_t at_least = 0;
  std::int64_t at_most = -1;  // -1 = no limit
  double least_share = 0, most_share = 1;
};
// A limit on how many are there in each slot.
struct CoverPresence {
  std::string name;
  bool on_duty = false;                // counts those on a break too
  std::vector<std::int64_t> at_least;  // by slot
  std::vector<std::int64_t> at_most;   // by slot; -1 = no limit
};
// A goal of the day: agents beyond `from` are worth something in each slot, the first most.
struct CoverWorth {
  std::int64_t agents = 0;  // the next so many, > 0
  double each = 0;          // > 0, not more than the ones before
};
struct CoverGoal {
  std::vector<std::int64_t> from;              // by slot; not above the requirement there
  std::vector<std::vector<CoverWorth>> worth;  // by slot
  double least = 0;                            // of the sum over the day
};
struct CoverProblem {
  int slots = 0;
  bool cyclic = false;
  std::vector<double>
      requirement;  // agents present and not on a break, per slot; may be fractional
  std::vector<CoverShift> shifts;
  std::vector<CoverGoal> goals = {};  // each to be met; usually none
  std::vector<CoverLimit> limits = {};
  std::vector<CoverPresence> presence = {};
};

// Agents of one shift and start, with when their breaks are: breaks[b][k] = start slot of break b
// of agent k.
struct CoverChoice {
  int shift = 0;
  int start = 0;  // slot
  std::int64_t agents = 0;
  std::vector<std::vector<int>>
      break_start;  // [agent][break], absolute slots (modulo `slots` when cyclic)
};

enum class CoverStatus : std::uint8_t { kOptimal, kGap, kInfeasible, kNoPlanFound };

// A slot that no mix of allowed shifts can cover, and the rule that stops it.
struct Conflict {
  int slot = 0;
  double required = 0;
  double reachable = 0;
  std::string rule;  // planner's words: "no shift of 'early', 'late' is on duty", "max_agents of
                     // 'night' is 12"
};

struct CoverResult {
  CoverStatus status = CoverStatus::kNoPlanFound;
  double cost = 0;
  double bound = 0;  // proven lower bound on cost
  double gap() const { return cost > 0 ? (cost - bound) / cost : 0; }
  std::vector<CoverChoice> choices;
  std::vector<std::int64_t> present;  // agents present and not on a break, per slot
  std::vector<double> wanted;         // of them, those that requirement or goals make use of
  std::vector<Conflict> conflicts;    // when infeasible
  // Likewise: limits that no plan can keep together, whatever is required. None of them can be
  // left out.
  std::vector<std::string> at_odds;
};

struct CoverOptions {
  double relative_gap = 1e-4;
  double time_limit_s = 60;  // wall seconds of the solver; the best plan so far is returned
  double node_limit = 1e9;   // of its branch and bound; likewise, and the same on every machine
};

// What makes the problem meaningless (sizes that differ, starts off the grid, breaks that could
// overlap or leave the shift, costs below 0); empty when it can be solved.
std::vector<std::string> faults(const CoverProblem& problem);

// The problem must have no faults. Deterministic unless the time limit strikes.
CoverResult solve_cover(const CoverProblem& problem, const CoverOptions& options);

// Independent of the solver: what is wrong with the plan (uncovered slots, breaks outside their
// windows, gaps, limits on heads and on who is there, cost); empty when all holds. Shares no code
// with solve_cover.
std::vector<std::string> check_cover(const CoverProblem& problem, const CoverResult& result);

}  // namespace callmill
