// callmill schema: the scenario file's JSON Schema for editors, or the reference pages of scenarios
// and indicators, or the labour rules.

#include <fmt/format.h>

#include <memory>

#include "app/cli/kpi_reference.h"
#include "app/cli/verbs.h"
#include "app/files/scenario.h"
#include "models/world/pay.h"

namespace callmill::cli {
namespace {

// The rules of each preset, as a table of Markdown.
std::string labour_rules() {
  std::string out;
  for (const LabourPreset preset : {LabourPreset::kCnStandard}) {
    out += fmt::format(
        "Rules of `labour: {}`:\n\n| rule | value | what | source |\n|---|---|---|---|\n",
        name_of(preset));
    for (const LabourRule& rule : rules_in_words(preset))
      out += fmt::format("| {} | {} | {} | {} |\n",
                         rule.name.empty() ? "-" : fmt::format("`{}`", rule.name), rule.value,
                         rule.what, rule.source);
    out +=
        "\nRules of weeks and months hold where a week is planned: a plan of one day does not "
        "check "
        "them.\n";
  }
  return out;
}

}  // namespace

void add_schema(CLI::App& app, Context& context) {
  struct Args {
    bool reference = false, kpis = false, rules = false;
  };
  CLI::App* verb =
      app.add_subcommand("schema", "Print the JSON Schema (draft-07) of scenario files");
  const auto args = std::make_shared<Args>();
  CLI::Option* reference = verb->add_flag(
      "--reference", args->reference, "the reference page of scenario files (Markdown) instead");
  CLI::Option* kpis = verb->add_flag("--kpis", args->kpis,
                                     "the reference page of all indicators (Markdown) instead");
  kpis->excludes(reference);
  verb->add_flag("--rules", args->rules, "the rules of each labour preset (Markdown) instead")
      ->excludes(reference)
      ->excludes(kpis);
  verb->callback([args, &context] {
    fmt::print("{}", args->rules       ? labour_rules()
                     : args->kpis      ? kpi_reference()
                     : args->reference ? scenario_reference()
                                       : scenario_schema());
    context.exit_code = kOk;
  });
}

}  // namespace callmill::cli
