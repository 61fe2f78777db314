#pragma once
// What the roster's text and JSON both say of it. Internal to the room.

#include <string>
#include <vector>

#include "app/report/roster_report.h"

namespace callmill {

// Of one person over the roster.
struct PersonTotals {
  double hours = 0, overtime = 0;
  int shifts = 0, nights = 0, weekends = 0;
  int wishes = 0, granted = 0;
};
PersonTotals totals_of(const RosterProblem& problem, const Roster& roster, int person);
int heads_at(const Roster& roster, int day, int kind);
// "2026-11-03", or "3".
std::string roster_day(const RosterFacts& facts, int day);
// The shortest beginnings of the kinds' names that tell them apart.
std::vector<std::string> short_names(const RosterProblem& problem);

}  // namespace callmill
