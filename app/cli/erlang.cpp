// callmill erlang: a planner's one-liner from theory, and --batch for many queues at once.

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "app/calculator/batch.h"
#include "app/calculator/report.h"
#include "app/calculator/units.h"
#include "app/cli/study_args.h"
#include "app/cli/verbs.h"

namespace callmill::cli {

using namespace calculator;

namespace {

struct Arguments {
  std::string calls, aht, patience, target, within, abandon, asa, occupancy, lines, loss, lang,
      batch;
  std::int64_t agents = 0;
  bool json = false, csv = false;
};

constexpr const char* kExamples = R"(
Examples:
  callmill erlang --calls 1200/h --aht 180s --patience 120s --target 90%/20s
  callmill erlang --calls 1200/h --aht 180s --patience 120s --agents 60
  callmill erlang --calls 20/min --aht 3min --patience 2min --target 80%/20s --lines auto --loss 1%
  callmill erlang --calls 20/min --aht 180s --asa 15s --json
  callmill erlang --batch queues.csv > answers.csv
)";

// Reads options into a question; every error is kept, so that all are told at once.
class QuestionReader {
 public:
  explicit QuestionReader(const Arguments& arguments) : in_{arguments} {}

  ErlangQuestion read() {
    ErlangQuestion q;
    q.queue.arrival_rate = rate("--calls", in_.calls);
    q.queue.service_rate = 1 / positive("--aht", in_.aht);
    if (!in_.patience.empty()) q.queue.patience_rate = 1 / positive("--patience", in_.patience);
    q.queue.within = 20;
    read_goals(q);
    read_staff(q);
    return q;
  }
  const std::string& errors() const { return errors_; }

 private:
  void fail(const std::string& message) { errors_ += "callmill erlang: " + message + "\n"; }

  template <class Parse>
  auto parsed(const char* option, const std::string& text, const Parse& parse) {
    std::string why;
    auto value = parse(text, why);
    if (!value) fail(fmt::format("{}: {}", option, why));
    return value;
  }
  double rate(const char* option, const std::string& text) {
    if (text.empty()) {
      fail(fmt::format("{} is required, such as --calls 1200/h", option));
      return 1;
    }
    return parsed(option, text, parse_rate_per_s).value_or(1);
  }
  double positive(const char* option, const std::string& text) {
    if (text.empty()) {
      fail(fmt::format("{} is required, such as {} 180s", option, option));
      return 1;
    }
    const double value = parsed(option, text, parse_duration_s).value_or(1);
    if (value > 0) return value;
    fail(fmt::format("{}: \"{}\" must be above 0", option, text));
    return 1;
  }

  void read_goals(ErlangQuestion& q) {
    if (!in_.target.empty()) {
      if (const auto target = parsed("--target", in_.target, parse_target)) {
        q.queue.within = target->within_s;
        q.goals.push_back({Measure::kServiceLevelAccepted, true, target->share});
      }
    }
    if (!in_.within.empty()) {
      if (!in_.target.empty()) fail("--within: --target already names the time");
      q.queue.within = parsed("--within", in_.within, parse_duration_s).value_or(20);
    }
    if (!in_.abandon.empty()) {
      const double share = parsed("--abandon", in_.abandon, calculator::parse_share).value_or(1);
      q.goals.push_back({Measure::kAbandonAccepted, false, share});
    }
    if (!in_.occupancy.empty()) {
      const double share =
          parsed("--occupancy", in_.occupancy, calculator::parse_share).value_or(1);
      q.goals.push_back({Measure::kOccupancy, false, share});
    }
    if (!in_.asa.empty()) {
      const double mean = parsed("--asa", in_.asa, parse_duration_s).value_or(1);
      q.goals.push_back({Measure::kMeanWaitServed, false, mean});
    }
  }

  void read_staff(ErlangQuestion& q) {
    if (in_.agents < 0 || in_.agents > 1'000'000) fail("--agents: must be 1 to 1000000");
    q.queue.agents = static_cast<double>(in_.agents);
    if (in_.lines == "auto") {
      q.size_lines = true;
      if (in_.loss.empty()) fail("--lines auto needs --loss, such as --loss 0.5%");
    } else if (!in_.lines.empty()) {
      read_lines(q);
    }
    if (!in_.loss.empty()) {
      if (in_.lines != "auto") fail("--loss sizes lines: it needs --lines auto");
      q.loss = parsed("--loss", in_.loss, calculator::parse_share).value_or(1);
      if (!(q.loss > 0 && q.loss < 1)) fail("--loss: must lie between 0% and 100%");
    }
    if (in_.agents == 0 && q.goals.empty() && errors_.empty()) {
      fail(
          "nothing is asked: give --target 90%/20s (or --abandon, --asa, --occupancy), or --agents "
          "N to evaluate");
    }
  }
  void read_lines(ErlangQuestion& q) {
    char* end = nullptr;
    const long long lines = std::strtoll(in_.lines.c_str(), &end, 10);
    if (*end != '\0' || lines < 1 || lines > 10'000'000) {
      fail(fmt::format("--lines: \"{}\" must be a whole number from 1, or auto", in_.lines));
      return;
    }
    if (in_.agents > lines)
      fail(fmt::format("--lines: {} lines cannot seat {} agents", lines, in_.agents));
    q.queue.lines = lines;
  }

  const Arguments& in_;
  std::string errors_;
};

int one_liner(const Arguments& arguments) {
  QuestionReader reader(arguments);
  const ErlangQuestion question = reader.read();
  if (!reader.errors().empty()) {
    fmt::print(stderr, "{}", reader.errors());
    return kUsage;
  }
  const ErlangAnswer found = answer(question);
  if (arguments.json) {
    fmt::print("{}", as_json(question, found));
  } else if (arguments.csv) {
    fmt::print("{}", as_csv(question, found));
  } else {
    fmt::print("{}", as_text(question, found, language(arguments.lang)));
  }
  if (!found.feasible) return kInfeasible;
  return found.met ? kOk : kGoalMissed;
}

int batch(const std::string& file) {
  std::string csv;
  if (file == "-") {
    csv.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
      fmt::print(stderr, "callmill erlang: cannot read {}\n", file);
      return kIoError;
    }
    csv.assign(std::istreambuf_iterator<char>(in), {});
  }
  Diagnostics diagnostics;
  const auto out = solve_batch(csv, file == "-" ? "<stdin>" : file, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!out) return kBadInput;
  fmt::print("{}", *out);
  return kOk;
}

}  // namespace

void add_erlang(CLI::App& app, Context& context) {
  CLI::App* verb =
      app.add_subcommand("erlang", "Agents and lines of one queue, from Erlang's formulas");
  verb->footer(kExamples);
  const auto a = std::make_shared<Arguments>();
  verb->add_option("--calls", a->calls, "calls that ask for an agent: 1200/h, 20/min, 0.3/s");
  verb->add_option("--aht", a->aht, "mean handle time, talk and wrap: 180s, 3min");
  verb->add_option("--patience", a->patience, "mean patience: 120s; without it nobody gives up");
  verb->add_option("--target", a->target,
                   "service level: 90%/20s, answered in 20 s of those answered or abandoned");
  verb->add_option("--abandon", a->abandon,
                   "abandonment at the most: 3%, of those answered or abandoned");
  verb->add_option("--asa", a->asa, "mean wait of answered calls at the most: 15s");
  verb->add_option("--occupancy", a->occupancy, "occupancy at the most: 85%");
  verb->add_option("--agents", a->agents, "evaluate this many agents")
      ->check(CLI::Range(1, 1'000'000));
  verb->add_option("--within", a->within,
                   "time of the service level where no --target names one [20s]");
  verb->add_option("--lines", a->lines, "lines, agents and queue together: a number, or auto");
  verb->add_option("--loss", a->loss, "with --lines auto: share of calls lost at the most: 0.5%");
  CLI::Option* json = verb->add_flag("--json", a->json, "one JSON object");
  verb->add_flag("--csv", a->csv, "CSV, one line a number of agents")->excludes(json);
  verb->add_option("--lang", a->lang, "en or zh-CN [from LC_ALL, LANG]")
      ->check(CLI::IsMember({"en", "zh-CN"}));
  const auto others = verb->get_options();
  CLI::Option* batch_file = verb->add_option(
      "--batch", a->batch,
      "CSV of queues (id, model B|C|A|K, n, K, a or lam and mu, theta, t), - for standard input");
  for (CLI::Option* other : others) {
    if (other != verb->get_help_ptr()) batch_file->excludes(other);
  }
  verb->callback(
      [a, &context] { context.exit_code = a->batch.empty() ? one_liner(*a) : batch(a->batch); });
}

}  // namespace callmill::cli
