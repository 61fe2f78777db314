#pragma once
// What the verbs about rosters share.

#include <optional>
#include <string>

#include "app/cli/verbs.h"
#include "app/files/roster_file.h"
#include "app/report/roster_report.h"

namespace callmill::cli {

// The file; nothing after errors, which are then on stderr, with the exit code set.
std::optional<RosterFile> load_roster(const std::string& path, Context& context);
RosterFacts facts_of(const RosterFile& file);

}  // namespace callmill::cli
