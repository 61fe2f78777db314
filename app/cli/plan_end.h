#pragma once
// What plans of a day and of a week have in common on the command line.

#include <string>
#include <vector>

#include "app/cli/study_args.h"
#include "engine/planning/plan_week.h"

namespace callmill::cli {

// A round as it ends, on the terminal.
std::string round_line(const PlanRound& round, const std::string& currency, Lang lang);
int exit_code_of(PlanStatus status);
// On stderr: that the plan was interrupted, and why there is none. The table ends with the reasons;
// who sends it to a file is told that they are there.
void say_reasons(const StudyArgs& args, PlanStatus status, const std::vector<std::string>& reasons,
                 Lang lang);

// `callmill plan` on a scenario of a week that has no week_faults.
void plan_one_week(const StudyArgs& args, const Scenario& scenario, const PlanOptions& options,
                   Context& context);

}  // namespace callmill::cli
