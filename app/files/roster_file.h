#pragma once
// A roster's question as a file (YAML; docs/guides/rosters.md), and its answer as a table (CSV, one
// row a person, one column a day):
//
//   person,2026-11-02,2026-11-03,...
//   Li Na,early,early,,night,...

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "models/roster/roster.h"
#include "models/world/days.h"

namespace callmill {

struct RosterFile {
  std::string name;
  std::optional<Date> first_day;   // none: of an instance without dates
  RosterProblem problem;           // without faults
  std::vector<std::string> files;  // every file read, in order
};

// Reads `path` ("-" = standard input) and the CSV files that it names: people, plans. Also
// instances of schedulingbenchmarks.org. Every error at once; nothing when there is one.
std::optional<RosterFile> read_roster_file(const std::string& path, Diagnostics& diagnostics);
// The same for a text that is already here; whatever the bytes, it neither throws nor crashes.
std::optional<RosterFile> read_roster_text(const std::string& name, const std::string& text,
                                           Diagnostics& diagnostics);

// "2026-11-03", or the day's number from 1 where there are no dates.
std::string day_name(const RosterFile& file, int day);

struct RosterTable {
  Roster roster;
  Diagnostics broken;      // hard rules that it breaks, each at its cell
  std::size_t faults = 0;  // how many; `broken` ends after 200
};
// People and days may stand in any order; an empty cell, - or off is a day off.
std::optional<RosterTable> read_roster_table(const std::string& path, const RosterFile& file,
                                             Diagnostics& unreadable);
std::optional<RosterTable> read_roster_table_text(const std::string& name, const std::string& text,
                                                  const RosterFile& file, Diagnostics& unreadable);
// Reads back to the same roster.
std::string roster_table(const RosterFile& file, const Roster& roster);

}  // namespace callmill
