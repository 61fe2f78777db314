// callmill schema: the scenario file's JSON Schema for editors, or the reference pages of scenarios
// and indicators.

#include <fmt/format.h>

#include <memory>

#include "app/cli/kpi_reference.h"
#include "app/cli/verbs.h"
#include "app/files/scenario.h"

namespace callmill::cli {

void add_schema(CLI::App& app, Context& context) {
  struct Args {
    bool reference = false, kpis = false;
  };
  CLI::App* verb =
      app.add_subcommand("schema", "Print the JSON Schema (draft-07) of scenario files");
  const auto args = std::make_shared<Args>();
  CLI::Option* reference = verb->add_flag(
      "--reference", args->reference, "the reference page of scenario files (Markdown) instead");
  verb->add_flag("--kpis", args->kpis, "the reference page of all indicators (Markdown) instead")
      ->excludes(reference);
  verb->callback([args, &context] {
    fmt::print("{}", args->kpis        ? kpi_reference()
                     : args->reference ? scenario_reference()
                                       : scenario_schema());
    context.exit_code = kOk;
  });
}

}  // namespace callmill::cli
