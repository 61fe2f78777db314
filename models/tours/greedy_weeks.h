#pragma once
// Weeks as a planner's spreadsheet covers them, the yardstick beside a plan by tours (of a day:
// models/staffing/spreadsheet.h).

#include "models/tours/tours.h"

namespace callmill {

// Covers `requirement` (rounded up) by the shift and days that cover most uncovered slots for their
// cost, person by person; the first of equals. Breaks stand in the middle of their windows. At last
// those are taken out, dearest first, without whom no slot falls short. Status kGap with bound 0;
// kNoPlanFound where slots are left that no allowed week covers: tours and `present` are then of
// what could be covered. Least numbers of heads are put in first; nobody is added whom a limit
// forbids, nor taken out whom one needs; where a share of people must be off, such people are added
// before those who are not. Least shares of heads may be missed (check_tours says): a sheet does
// not go back. The problem must have no faults. Cost: O(persons x shifts x (slots of a week's work
// + sets of days)): milliseconds.
TourResult cover_weeks_greedily(const TourProblem& problem);

}  // namespace callmill
