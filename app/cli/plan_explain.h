#pragma once
// plan --explain: its options, and the explanation while progress is shown.

#include <CLI/CLI.hpp>
#include <string>

#include "app/cli/progress.h"
#include "app/cli/verbs.h"
#include "app/report/lang.h"
#include "engine/explain/explain.h"

namespace callmill::cli {

struct ExplainArgs {
  bool in_full = false;
  std::string staff = "auto";
};
void add_explain_options(CLI::App& verb, ExplainArgs& args);

// Why there is no plan is told without being asked.
Explanation explain(const ExplainArgs& args, const World& world, const PlanOptions& options,
                    const PlanResult& plan, ProgressLine& line, Lang seen);
// On stderr and by the exit code, where the plan was whole and its explanation is not.
void tell_if_cut_short(const Explanation& why, const PlanResult& plan, Lang lang, Context& context);

}  // namespace callmill::cli
