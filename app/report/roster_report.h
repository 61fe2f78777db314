#pragma once
// What `callmill roster` and `check-roster` print.

#include <optional>
#include <string>
#include <vector>

#include "app/report/lang.h"
#include "models/roster/solve_roster.h"
#include "models/world/days.h"

namespace callmill {

struct RosterFacts {
  std::string name;
  std::optional<Date> first_day;  // none: days are numbered from 1
};

// People x days in blocks of two weeks with heads below, the price of each soft rule, what is
// short, fairness by person, cost with bound and gap. `result` without a roster: who can have none,
// and why.
std::string roster_text(const RosterProblem& problem, const RosterResult& result,
                        const RosterFacts& facts, Lang lang);
// The same of a roster that was checked: no bound.
std::string checked_roster_text(const RosterProblem& problem, const Roster& roster,
                                const RosterFacts& facts, Lang lang);
// {"status", "cost", "bound", "gap", "people": [{name, hours, nights, weekends, shifts: [...]}],
// "prices": [...], "broken": [...], "conflicts": [...]}; docs/reference/cli.md.
std::string roster_json(const RosterProblem& problem, const RosterResult& result,
                        const RosterFacts& facts);
std::string checked_roster_json(const RosterProblem& problem, const Roster& roster,
                                const RosterFacts& facts);

// "optimal", "gap", "interrupted", "impossible".
std::string_view status_name(RosterStatus status);
// Who can have no schedule, and the rules that cannot hold together: a line each.
std::vector<std::string> conflict_lines(const RosterProblem& problem,
                                        const std::vector<RosterConflict>& conflicts, Lang lang);

// One person's shifts as an iCalendar file (RFC 5545): local times without a zone, CRLF, lines of
// at most 75 octets. Equal rosters give equal files. The problem's shifts must have times.
std::string roster_calendar(const RosterProblem& problem, const Roster& roster, int person,
                            const RosterFacts& facts);

}  // namespace callmill
