// callmill check-roster FILE ROSTER: does the roster keep every rule, and what does it cost?

#include <fmt/format.h>

#include <memory>
#include <string>

#include "app/cli/roster_args.h"
#include "app/cli/study_args.h"
#include "app/cli/verbs.h"
#include "app/report/chinese.h"
#include "app/report/roster_report.h"

namespace callmill::cli {
namespace {

struct CheckRosterArgs {
  std::string file, roster, lang;
  bool json = false;
};

void check(const CheckRosterArgs& args, Context& context) {
  const auto file = load_roster(args.file, context);
  if (!file) return;
  Diagnostics unreadable;
  const auto table = read_roster_table(args.roster, *file, unreadable);
  for (const Diagnostic& d : unreadable.errors()) fmt::print(stderr, "{}", render(d));
  if (!table) {
    context.exit_code = bad_input_code(unreadable);
    return;
  }
  const Lang lang = language(args.lang);
  if (!args.json)
    for (Diagnostic d : table->broken.errors()) {
      d.message = sentence(d.message, lang);
      fmt::print(stderr, "{}", render(d));
    }
  fmt::print("{}", args.json
                       ? checked_roster_json(file->problem, table->roster, facts_of(*file))
                       : checked_roster_text(file->problem, table->roster, facts_of(*file), lang));
  context.exit_code = table->broken.ok() ? kOk : kInfeasible;
}

}  // namespace

void add_check_roster(CLI::App& app, Context& context) {
  const auto args = std::make_shared<CheckRosterArgs>();
  CLI::App* verb = app.add_subcommand(
      "check-roster", "Check a roster against the rules of its roster file, and price it");
  verb->footer(
      "Examples:\n"
      "  callmill roster team.yaml --csv > roster.csv\n"
      "  callmill check-roster team.yaml roster.csv\n"
      "Exit codes: 0 no hard rule is broken, 3 a file cannot be read, 5 a hard rule is broken");
  verb->add_option("FILE", args->file, "roster file (YAML)")->required();
  verb->add_option("ROSTER", args->roster, "roster (CSV), or - for standard input")->required();
  verb->add_flag("--json", args->json, "one JSON object");
  verb->add_option("--lang", args->lang, "en or zh-CN [from LC_ALL, LANG]")
      ->check(CLI::IsMember({"en", "zh-CN"}));
  verb->callback([args, &context] { check(*args, context); });
}

}  // namespace callmill::cli
