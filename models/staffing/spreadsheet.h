#pragma once
// The plan of a planner's spreadsheet, as a yardstick for other plans: each interval staffed by
// Erlang C at its own rate and rounded up, covered shift by shift, lines by Erlang B of the same
// load. Usual practice without its errors: formulas are exact, and the cover ends by taking out
// whom nobody would miss.

#include <cstdint>
#include <string>
#include <vector>

#include "models/cover/cover.h"
#include "models/world/world.h"

namespace callmill {

// Of one group that has shifts.
struct SpreadsheetStaff {
  GroupId group;
  std::vector<std::int64_t> agents;  // by interval; 0 where nobody calls
  std::string goal;      // what they are for: "service_level >= 80% in 15s"; several joined by ", "
  bool assumed = false;  // no target speaks of a wait: 80 % within 20 s is what sheets come with
};

// Least whole agents by Erlang C (nobody hangs up, intervals by themselves) for the targets that it
// can answer: service level, mean wait, a cap on occupancy; others are left out, and where none of
// the first two is left, 80/20 is assumed. Load: the pools' calls as staff_requirement has them,
// repeats about what stayed open among them, without redials, as nobody abandons.
// Cost: some 10 us an interval and target.
std::vector<SpreadsheetStaff> spreadsheet_staff(const World& world);

// Least lines by Erlang B that lose no more than the target of the loss (0.1 % where there is none)
// in the busiest interval: menu and talk of each call that comes by the group; waits are not known
// to it. 1 where nobody calls; -1 where no number is enough.
std::int64_t spreadsheet_lines(const World& world, TrunkGroupId trunks);

// Covers `requirement` (rounded up; goals are not looked at) by the shift and start that cover most
// uncovered slots for their cost, again and again; the first of equals. Breaks stand in the middle
// of their windows. At last those are taken out, dearest first, without whom no slot falls short.
// Status kGap with bound 0; kNoPlanFound where slots are left that no allowed shift covers: the
// choices and `present` are then of what could be covered. Least numbers of heads are put in first;
// nobody is added whom a limit forbids, nor taken out whom one needs. Least shares, and least
// numbers on duty, may be missed (check_cover says): a sheet does not go back. The problem must
// have no faults. Cost: O((slots + shifts) x starts x length): milliseconds.
CoverResult cover_greedily(const CoverProblem& problem);

}  // namespace callmill
