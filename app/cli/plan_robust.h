#pragma once
// `callmill plan --robust`: options, and the plan with what stands beside it.

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

#include "app/cli/verbs.h"
#include "engine/robust/robust.h"

namespace callmill::cli {

struct RobustArgs {
  std::string share;  // "90%"; empty: a plain plan
  std::string forecast_error = "0%";
  std::string absence;  // empty: as the scenario says
  std::int64_t days = 400, fresh_days = 1000;
};

void add_robust_options(CLI::App& verb, RobustArgs& args);
// None with every error printed and context.exit_code set.
std::optional<RobustOptions> robust_options(const RobustArgs& args, PlanOptions plan,
                                            Context& context);

}  // namespace callmill::cli
