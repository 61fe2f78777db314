#include <fmt/format.h>

#include <memory>

#include "app/cli/variants.h"
#include "app/report/compare_report.h"
#include "base/text_width.h"

namespace callmill::cli {
namespace {

struct CompareArgs : VariantArgs {
  std::vector<std::string> others;
  std::vector<std::string> variants;  // each a list of changes
};

void run_compare(const CompareArgs& args, Context& context) {
  std::vector<VariantSource> variants;
  for (const std::string& file : args.others) variants.push_back({file, {}, file});
  for (const std::string& set : args.variants) {
    variants.push_back({args.scenario, changes(set), set});
    if (!variants.back().set.empty()) continue;
    fmt::print(stderr, "callmill: --set \"{}\": a variant changes something: FIELD=VALUE\n",
               visible(set));
    context.exit_code = kUsage;
  }
  if (context.exit_code != kOk) return;
  if (variants.empty()) {
    fmt::print(stderr,
               "callmill: nothing to compare with; give a second scenario, or a variant: --set "
               "FIELD=VALUE\n");
    context.exit_code = kUsage;
    return;
  }
  const std::optional<VariantStudy> study = simulate_variants(args, variants, {}, context);
  if (!study) return;
  fmt::print("{}", args.json  ? compare_json(study->baseline, study->result, study->facts)
                   : args.csv ? compare_csv(study->result, study->facts)
                              : compare_text(study->baseline, study->result, study->facts,
                                             language(args.lang)));
}

}  // namespace

void add_compare(CLI::App& app, Context& context) {
  auto args = std::make_shared<CompareArgs>();
  CLI::App* verb = app.add_subcommand(
      "compare", "Simulate variants on the same days and print their differences");
  verb->footer(
      "Examples:\n"
      "  callmill compare city.yaml --set groups.inbound.staff=24 --set groups.inbound.staff=25\n"
      "  callmill compare city.yaml --set \"groups.inbound.staff=24; lines.main.lines=70\"\n"
      "  callmill compare today.yaml tomorrow.yaml --indicator answer_rate --precision 0.2%\n"
      "Exit codes: 0 ok, 2 usage, 3 bad scenario, 6 precision not reached, 130 or 143 interrupted");
  add_study_options(*verb, *args);
  verb->remove_option(verb->get_option("--set"));
  verb->add_option("--set", args->variants,
                   "A variant of the scenario, e.g. --set groups.inbound.staff=24; several changes "
                   "of one variant with ; between them; repeatable, a variant each time")
      ->allow_extra_args(false);
  verb->add_option("others", args->others, "Other scenario files, a variant each");
  add_variant_options(*verb, *args);
  verb->callback([args, &context] { run_compare(*args, context); });
}

}  // namespace callmill::cli
