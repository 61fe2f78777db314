#pragma once
// The cheapest roster that keeps every hard rule, with a proven lower bound.
//
// Column generation gives the bound (columns.h); a dive along its fractions, an integer program
// over the schedules found, and re-optimising a few people at a time against the rest give the
// roster. Only budgets in work units, so equal inputs give equal rosters, unless `report` stops it.

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "models/roster/roster.h"

namespace callmill {

struct RosterProgress {
  std::string_view phase;                                 // "bound", "dive", "program", "improve"
  double cost = std::numeric_limits<double>::infinity();  // of the best roster so far
  double bound = -std::numeric_limits<double>::infinity();
  int schedules = 0;  // found so far
};

struct RosterOptions {
  double relative_gap = 0;            // (cost - bound) / cost at which to stop
  int rounds = 60;                    // of improvement, at most; 16 without a cheaper roster end it
  int node_limit = 100;               // of branch and bound, for each integer program
  double program_time_limit_s = 1e9;  // wall seconds of each integer program; its best is kept
  // Called often; false stops the search, and the best roster so far is the result.
  std::function<bool(const RosterProgress&)> report = {};
};

enum class RosterStatus {
  kOptimal,      // no cheaper roster exists
  kGap,          // a roster; a cheaper one, not below `bound`, may exist
  kInterrupted,  // the same, `report` stopped it
  kImpossible,   // somebody's rules cannot hold together: `conflicts`
};

// Rules of one person that cannot hold together; without any one of them they could.
struct RosterConflict {
  int person = 0;
  std::vector<std::string> rules;  // planner's words: "day 3 is fixed to night", "at most 5 days in
                                   // a row"
};

struct RosterResult {
  RosterStatus status = RosterStatus::kImpossible;
  Roster roster;  // empty where impossible
  double cost = 0;
  double bound = 0;  // proven; the costs of all soft rules are >= 0
  double gap() const { return cost > 0 ? (cost - bound) / cost : 0; }
  int schedules = 0;  // that were found on the way
  std::vector<RosterConflict> conflicts;
};

// The problem must have no faults. From milliseconds (8 people, two weeks) to minutes (40 people,
// four weeks); docs/models/rosters.md has measured times.
RosterResult solve_roster(const RosterProblem& problem, const RosterOptions& options);

// For each person whose rules leave no schedule, a smallest set of them; days count from 1 in the
// words. A schedule search for each rule.
std::vector<RosterConflict> roster_conflicts(const RosterProblem& problem);

}  // namespace callmill
