// callmill roster FILE: who of the team works which shift on which day.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/roster_args.h"
#include "app/cli/study_args.h"
#include "app/cli/usage.h"
#include "app/cli/verbs.h"
#include "app/cli/whole_file.h"
#include "app/report/format.h"
#include "app/report/roster_report.h"

namespace callmill::cli {
namespace {

// Of one integer program: so long Ctrl-C may have to wait.
constexpr double kProgramLimit_s = 20;

struct RosterArgs {
  std::string file, lang, ics, progress = "auto";
  double gap = 0, time_limit_s = 600;
  int rounds = 60;
  bool json = false, csv = false;
};

std::string phase_words(std::string_view phase, Lang lang) {
  if (phase == "bound") return std::string{say(lang, "bound", "求下界")};
  if (phase == "dive") return std::string{say(lang, "first roster", "初始排班")};
  if (phase == "proof") return std::string{say(lang, "proof", "证明最优")};
  return std::string{say(lang, "improvement", "改进")};
}

// "roster: improvement: cost 439, bound 406, gap 7.52%": as the best roster or the bound changes.
class Teller {
 public:
  Teller(const RosterArgs& args, Lang lang)
      : line_{args.progress, lang}, lang_{lang}, limit_s_{args.time_limit_s} {}

  bool hear(const RosterProgress& now) {
    const bool news = now.cost != cost_ || now.bound != bound_ || now.phase != phase_;
    if (news && std::isfinite(now.cost)) {
      const double gap = now.cost > 0 ? 100 * (now.cost - now.bound) / now.cost : 0;
      line_.step(
          fmt::format(fmt::runtime(say(lang_, "roster: {:<12} cost {:g}, bound {:g}, gap {:.2f}%",
                                       "排班：{}，代价 {:g}，下界 {:g}，差距 {:.2f}%")),
                      phase_words(now.phase, lang_), now.cost, now.bound, gap));
    }
    cost_ = now.cost;
    bound_ = now.bound;
    phase_ = now.phase;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began_;
    return !interrupt_flag() && spent.count() < limit_s_;
  }

 private:
  ProgressLine line_;
  Lang lang_;
  double limit_s_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  double cost_ = -1, bound_ = -1;
  std::string phase_;
};

// Letters, digits, - and _ of a name, for a file's name; all else becomes _.
std::string file_name(const std::string& name, std::size_t number) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                       (c >= 'A' && c <= 'Z') || c == '-';
    out += plain ? c : '_';
  }
  return fmt::format("{:02}-{}.ics", number + 1, out);
}

bool write_calendars(const std::string& folder, const RosterFile& file, const Roster& roster) {
  for (std::size_t who = 0; who < roster.size(); ++who) {
    const auto path = std::filesystem::path{folder} / file_name(file.problem.people[who].name, who);
    const std::string text =
        roster_calendar(file.problem, roster, static_cast<int>(who), facts_of(file));
    if (write_whole(path, text)) continue;
    fmt::print(stderr, "callmill: {} could not be written\n", path.string());
    return false;
  }
  return true;
}

bool heads_missing(const RosterCheck& check) {
  for (const RosterPrice& price : check.prices)
    if (price.code == "short" || price.code == "veteran") return true;
  return false;
}

void roster(const RosterArgs& args, Context& context) {
  const auto file = load_roster(args.file, context);
  if (!file) return;
  if (!args.ics.empty() && !file->first_day) {
    fmt::print(stderr, "callmill: --ics needs dates and times, which {} does not have\n",
               args.file);
    context.exit_code = kUsage;
    return;
  }
  const Lang lang = language(args.lang);
  RosterOptions options;
  options.relative_gap = args.gap;
  options.rounds = args.rounds;
  options.program_time_limit_s = std::min(args.time_limit_s, kProgramLimit_s);
  RosterResult result;
  {
    Teller teller{args, args.progress == "json" ? Lang::kEn : lang};
    options.report = [&teller](const RosterProgress& now) { return teller.hear(now); };
    result = solve_roster(file->problem, options);
  }
  if (result.roster.empty()) {
    if (args.json) fmt::print("{}", roster_json(file->problem, result, facts_of(*file)));
    for (const std::string& line : conflict_lines(file->problem, result.conflicts, lang))
      fmt::print(stderr, "callmill: {}\n", line);
    context.exit_code = kInfeasible;
    return;
  }
  fmt::print("{}", args.json  ? roster_json(file->problem, result, facts_of(*file))
                   : args.csv ? roster_table(*file, result.roster)
                              : roster_text(file->problem, result, facts_of(*file), lang));
  if (!args.ics.empty() && !write_calendars(args.ics, *file, result.roster)) {
    context.exit_code = kIoError;
    return;
  }
  if (interrupt_flag())
    fmt::print(stderr, "{}",
               say(lang, "callmill: interrupted; the roster is the best so far\n",
                   "callmill: 已中断；排班为目前最好的结果\n"));
  context.exit_code = interrupt_flag() ? interrupted_code()
                      : heads_missing(check_roster(file->problem, result.roster)) ? kGoalMissed
                                                                                  : kOk;
}

}  // namespace

std::optional<RosterFile> load_roster(const std::string& path, Context& context) {
  Diagnostics diagnostics;
  auto file = read_roster_file(path, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!file) context.exit_code = bad_input_code(diagnostics);
  return file;
}

RosterFacts facts_of(const RosterFile& file) {
  return {file.name, file.first_day};
}

void add_roster(CLI::App& app, Context& context) {
  const auto args = std::make_shared<RosterArgs>();
  CLI::App* verb = app.add_subcommand(
      "roster", "Find the cheapest roster of named people that keeps every rule, with a bound");
  verb->footer(
      "Examples:\n"
      "  callmill roster scenarios/hotline/roster-12345.yml\n"
      "  callmill roster team.yaml --csv > roster.csv      (edit it, then check-roster)\n"
      "  callmill roster team.yaml --ics calendars         (a calendar file a person)\n"
      "Exit codes: 0 a roster, 3 bad file, 4 a roster in which heads or veterans are missing, 5 "
      "somebody's\n"
      "rules cannot hold together (they are named), 130 or 143 interrupted (the best roster so far "
      "is printed)");
  verb->add_option("FILE", args->file, "roster file (YAML), or - for standard input")->required();
  CLI::Option* json = verb->add_flag("--json", args->json, "one JSON object");
  verb->add_flag("--csv", args->csv, "a row a person, a column a day")->excludes(json);
  verb->add_option("--ics", args->ics, "FOLDER: also write an iCalendar file for each person");
  verb->add_option("--gap", args->gap, "Relative gap at which the search may stop")
      ->check(number_check(0, 1))
      ->capture_default_str();
  verb->add_option("--rounds", args->rounds,
                   "Rounds of improvement; equal rounds give equal rosters")
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  verb->add_option("--time-limit", args->time_limit_s, "Seconds; the best roster so far is kept")
      ->check(number_check(0.001, 1e6))
      ->capture_default_str();
  verb->add_option("--progress", args->progress, "auto, json or none")
      ->check(CLI::IsMember({"auto", "json", "none"}));
  verb->add_option("--lang", args->lang, "en or zh-CN [from LC_ALL, LANG]")
      ->check(CLI::IsMember({"en", "zh-CN"}));
  verb->callback([args, &context] { roster(*args, context); });
}

}  // namespace callmill::cli
