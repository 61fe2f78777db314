// callmill schema: the scenario file's JSON Schema for editors, or its reference page.

#include <fmt/format.h>

#include <memory>

#include "app/cli/verbs.h"
#include "app/files/scenario.h"

namespace callmill::cli {

void add_schema(CLI::App& app, Context& context) {
  CLI::App* verb =
      app.add_subcommand("schema", "Print the JSON Schema (draft-07) of scenario files");
  const auto reference = std::make_shared<bool>(false);
  verb->add_flag("--reference", *reference, "print the reference page (Markdown) instead");
  verb->callback([reference, &context] {
    fmt::print("{}", *reference ? scenario_reference() : scenario_schema());
    context.exit_code = kOk;
  });
}

}  // namespace callmill::cli
