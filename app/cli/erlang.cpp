// callmill erlang: the planner's calculator. This file only takes the options; app/calculator
// answers.

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "app/calculator/ask.h"
#include "app/calculator/batch.h"
#include "app/calculator/batch_cases.h"
#include "app/calculator/batch_fails.h"
#include "app/calculator/batch_statement.h"
#include "app/calculator/errors_zh.h"
#include "app/calculator/profile.h"
#include "app/calculator/report.h"
#include "app/cli/study_args.h"
#include "app/cli/verbs.h"

namespace callmill::cli {
namespace {

struct Arguments {
  calculator::Ask ask;
  std::string lang, batch, profile;
  bool json = false, csv = false;
};

constexpr const char* kExamples = R"(
Examples:
  callmill erlang --calls 1200/h --aht 180s --patience 120s --target 90%/20s
  callmill erlang --calls 1200/h --aht 180s --patience 120s --agents 60
  callmill erlang --calls 20/min --aht 3min --patience 2min --target 80%/20s --lines auto --loss 1%
  callmill erlang --calls 20/min --aht 180s --asa 15s --json
  callmill erlang --agents 60 --aht 180s --patience 120s --target 90%/20s --solve calls
  callmill erlang --calls 1200/h --aht 180s --patience 120s --table agents=55..65
  callmill erlang --aht 3min --asa 15s --table calls=600..1200/h:200 --table patience=60..180s:60
  callmill erlang --calls 1200/h --aht 180s --target 80%/20s --sensitivity --explain
  callmill erlang --profile day.csv --aht 180s --patience 120s --target 80%/20s
  callmill erlang --batch queues.csv > answers.csv
)";

void print_errors(const std::vector<std::string>& errors, Lang lang) {
  for (const std::string& error : errors)
    fmt::print(stderr, "callmill erlang: {}\n", calculator::error_text(error, lang));
}

int one_liner(const Arguments& arguments) {
  std::vector<std::string> errors;
  const auto question = calculator::read_question(arguments.ask, errors);
  if (!question) {
    print_errors(errors, language(arguments.lang));
    return kUsage;
  }
  // A table answers for each of its points.
  const bool tabled = !question->table.empty();
  const calculator::Answer found = tabled ? calculator::Answer{} : calculator::answer(*question);
  if (arguments.json) {
    fmt::print("{}", as_json(*question, found));
  } else if (arguments.csv) {
    fmt::print("{}", as_csv(*question, found));
    fmt::print(stderr, "{}", statement_text(*question, found, language(arguments.lang)));
  } else {
    fmt::print("{}", as_text(*question, found, language(arguments.lang)));
  }
  if (tabled) return kOk;
  if (!found.feasible) return outgrows(*question) ? kGoalMissed : kInfeasible;
  return found.met() ? kOk : kGoalMissed;
}

std::optional<std::string> contents(const std::string& file) {
  if (file == "-") return std::string{std::istreambuf_iterator<char>(std::cin), {}};
  std::ifstream in(file, std::ios::binary);
  if (in && !std::filesystem::is_directory(file))
    return std::string{std::istreambuf_iterator<char>(in), {}};
  fmt::print(stderr, "callmill erlang: cannot read {}\n", file);
  return std::nullopt;
}

int profile(const Arguments& arguments) {
  std::vector<std::string> errors;
  const calculator::Question parts = calculator::read_day_question(arguments.ask, errors);
  print_errors(errors, language(arguments.lang));
  if (!errors.empty()) return kUsage;
  const auto csv = contents(arguments.profile);
  if (!csv) return kIoError;
  Diagnostics diagnostics;
  const auto intervals = calculator::read_profile(
      *csv, arguments.profile == "-" ? "<stdin>" : arguments.profile, parts, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!intervals) return kBadInput;
  const calculator::Profile found = calculator::answer_profile(parts, *intervals);
  if (arguments.json) {
    fmt::print("{}", as_json(parts, found));
  } else if (arguments.csv) {
    fmt::print("{}", as_csv(parts, found));
    fmt::print(stderr, "{}", statement_text(parts, found, language(arguments.lang)));
  } else {
    fmt::print("{}", as_text(parts, found, language(arguments.lang)));
  }
  if (!found.feasible) return kInfeasible;
  return found.met ? kOk : kGoalMissed;
}

int batch(const std::string& file, const std::string& model) {
  const auto csv = contents(file);
  if (!csv) return kIoError;
  Diagnostics diagnostics;
  const std::string name = file == "-" ? "<stdin>" : file;
  calculator::BatchUse used;
  const auto out = calculator::is_json(*csv)
                       ? calculator::solve_cases(*csv, name, model, diagnostics, &used.models)
                       : calculator::solve_batch(*csv, name, model, diagnostics, &used);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!out) return kBadInput;
  fmt::print("{}", *out);
  for (const std::string& each : used.models)
    fmt::print(stderr, "callmill erlang: {}\n", calculator::batch_statement(each, language("")));
  for (const std::string& each : used.fails)
    fmt::print(stderr, "callmill erlang: fails: {}\n", calculator::fail_text(each, language("")));
  return kOk;
}

int run(const Arguments& arguments) {
  if (!arguments.batch.empty()) return batch(arguments.batch, arguments.ask.model);
  return arguments.profile.empty() ? one_liner(arguments) : profile(arguments);
}

void add_queue_options(CLI::App& verb, calculator::Ask& a) {
  verb.add_option("--calls", a.calls, "calls that ask for an agent: 1200/h, 20/min, 0.3/s");
  verb.add_option("--aht", a.aht, "mean handle time, talk and wrap: 180s, 3min");
  verb.add_option("--patience", a.patience, "mean patience: 120s; without it nobody gives up");
  verb.add_option("--agents", a.agents, "evaluate this many agents (60, or 60.5)");
  verb.add_option("--lines", a.lines, "lines, agents and queue together: a number, or auto");
  verb.add_option("--within", a.within, "T of the service level where no --target names one [20s]");
  verb.add_option("--interval", a.interval, "how long calls stay steady, for the caveats [30min]");
}

void add_model_options(CLI::App& verb, calculator::Ask& a) {
  verb.add_option(
      "--patience-law", a.patience_law,
      "instead of --patience: 'lognormal(mean 120s, sd 150s)', as in a scenario; constant, "
      "uniform, exponential, lognormal, gamma, erlang, weibull, hyperexponential, "
      "empirical, hazard");
  verb.add_option(
      "--aht-law", a.aht_law,
      "instead of --aht, by an approximation: 'gamma(mean 180s, shape 2)', laws as above");
  verb.add_option("--balk", a.balk, "share that hangs up at once when no agent is free: 10%");
  verb.add_option("--never", a.never, "share of the others that waits for ever");
  verb.add_option("--ivr-time", a.ivr_time,
                  "mean time in a menu before the queue; --calls are then all that come in");
  verb.add_option("--ports", a.ports, "callers in the menu at the most: a number below --lines");
  verb.add_option("--agent-share", a.agent_share, "share of them that asks for an agent [100%]");
  verb.add_option("--redial-block", a.redial_block, "share of the lost that calls again");
  verb.add_option("--redial-abandon", a.redial_abandon, "share of those who gave up that does");
  verb.add_option("--fcr", a.fcr, "share of answered calls that settles the matter [100%]");
  verb.add_option("--redial-open", a.redial_open, "share of the others that calls again [100%]");
  verb.add_option("--agent-cost", a.agent_cost,
                  "with --line-cost and --lines auto: the cheapest pair");
  verb.add_option("--line-cost", a.line_cost, "of one line, in the unit of --agent-cost");
}

void add_target_options(CLI::App& verb, calculator::Ask& a) {
  verb.add_option("--target", a.target,
                  "service level: 90%/20s, answered in 20 s of those answered or abandoned; may be "
                  "repeated");
  verb.add_option("--formula", a.formula,
                  "of the service level: f1 (A(T)+B(T))/(A+B), f2 A(T)/A, f3 A(T)/(A+B), f4 "
                  "A(T)/(A+B-B(T)), all A(T)/N [f3]");
  verb.add_option("--answer-rate", a.answer_rate,
                  "answered at the least: 95%, of those answered or abandoned");
  verb.add_option("--abandon", a.abandon,
                  "abandonment at the most: 3%, of those answered or abandoned");
  verb.add_option("--asa", a.asa, "mean wait of answered calls at the most: 15s");
  verb.add_option("--wait-over", a.wait_over,
                  "waits over a time at the most: 5%/60s; may be repeated");
  verb.add_option("--occupancy", a.occupancy, "occupancy at the most: 85%");
  verb.add_option("--loss", a.loss,
                  "share of calls lost at the most: 0.5%; with --lines auto it sizes the lines");
}

void add_question_options(CLI::App& verb, calculator::Ask& a) {
  verb.add_option(
      "--solve", a.solve,
      "the unknown: agents, calls, aht, patience, lines, ports or within [agents, where "
      "--agents is not given]");
  verb.add_flag("--fractional", a.fractional, "agents that are found need not be whole");
  verb.add_option("--table", a.table,
                  "vary an input: agents=40..60, calls=600..1200/h:200/h; twice for a table of two "
                  "ways");
  verb.add_option("--show", a.show, "figures to print, by the keys of --json; commas between")
      ->delimiter(',');
  verb.add_flag("--sensitivity", a.sensitivity,
                "what 10 % more calls, 10 % longer handle times or one agent more do");
  verb.add_flag("--explain", a.explain, "the formula with the numbers put in, step by step");
}

}  // namespace

void add_erlang(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand(
      "erlang", "The planner's calculator: any figure of one queue from any other, by theory");
  verb->footer(kExamples);
  const auto a = std::make_shared<Arguments>();
  add_queue_options(*verb, a->ask);
  add_model_options(*verb, a->ask);
  add_target_options(*verb, a->ask);
  add_question_options(*verb, a->ask);
  CLI::Option* json = verb->add_flag("--json", a->json, "one JSON object");
  verb->add_flag("--csv", a->csv, "CSV, one line a row")
      ->excludes(json)
      ->excludes(verb->get_option("--sensitivity"))
      ->excludes(verb->get_option("--explain"));
  verb->add_option("--lang", a->lang, "en or zh-CN [from LC_ALL, LANG]")
      ->check(CLI::IsMember({"en", "zh-CN"}));
  verb->add_option("--profile", a->profile,
                   "CSV of a day (from, to or interval; calls; aht, patience, agents), - for "
                   "standard input");
  verb->add_option(
      "--requirement", a->ask.requirement,
      "of --profile, how agents are found: sipp (each interval by itself), lagged, mol "
      "(offered load), transient (the exact day), or auto [sipp]");
  verb->add_option("--per", a->ask.per,
                   "of --profile: goals hold in each interval, or over the day [interval]");
  const auto others = verb->get_options();
  CLI::Option* batch_file = verb->add_option(
      "--batch", a->batch,
      "CSV of queues (id, model B|C|A|K, n, K, a or lam and mu, theta, t), - for standard input");
  verb->add_option(
      "--model", a->ask.model,
      "of a question: erlang_b, or a check of what the options make; of a batch: the "
      "model of all rows, by the name of its file in tests/golden; of JSON cases skills or tv");
  for (CLI::Option* other : others) {
    if (other != verb->get_help_ptr()) batch_file->excludes(other);
  }
  verb->callback([a, &context] { context.exit_code = run(*a); });
}

}  // namespace callmill::cli
