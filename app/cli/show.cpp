// callmill show FILE: the scenario as it was understood, bases and changes applied, defaults filled
// in.

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <vector>

#include "app/cli/verbs.h"
#include "app/files/scenario.h"

namespace callmill::cli {
namespace {

struct ShowArguments {
  std::string file;
  std::vector<std::string> set;
};

int show(const ShowArguments& arguments) {
  Diagnostics diagnostics;
  const std::optional<Scenario> scenario =
      read_scenario(arguments.file, {arguments.set}, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!scenario) return bad_input_code(diagnostics);
  fmt::print("# hash {}\n{}", scenario->hash, show_scenario(scenario->world));
  return kOk;
}

}  // namespace

void add_show(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand(
      "show", "Print a scenario with its base and changes applied and all defaults filled in");
  const auto arguments = std::make_shared<ShowArguments>();
  verb->add_option("FILE", arguments->file, "scenario file (YAML or JSON); - reads standard input")
      ->required();
  verb->add_option("--set", arguments->set, "PATH=VALUE: change one field first; may be repeated")
      ->allow_extra_args(false);
  verb->callback([arguments, &context] { context.exit_code = show(*arguments); });
}

}  // namespace callmill::cli
