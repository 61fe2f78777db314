#pragma once
// A plan from a file, for the verbs that take one.

#include <optional>
#include <string>

#include "app/cli/verbs.h"
#include "app/files/plan_file.h"

namespace callmill::cli {

// The plan of `file` for the scenario; none with every error printed and context.exit_code set.
// Rules that it breaks are left to the caller.
std::optional<PlanFile> load_plan(const std::string& file, const World& world, Context& context);

}  // namespace callmill::cli
