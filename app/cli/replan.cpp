// callmill replan SCENARIO --plan PLAN --at TIME --actual CSV: the rest of a day, once its morning
// is known.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "app/cli/from_state.h"
#include "app/cli/interrupt.h"
#include "app/cli/plan_args.h"
#include "app/cli/progress.h"
#include "app/cli/study_args.h"
#include "app/cli/usage.h"
#include "app/files/actual_file.h"
#include "app/files/text.h"
#include "app/live/state_text.h"
#include "app/report/intraday_report.h"

namespace callmill::cli {
namespace {

// Of single handle times, sd over mean: measured at centres from 1.0 to 1.3.
constexpr double kCvOfCalls = 1.2;

struct ReplanArgs : StudyArgs {
  std::string plan, actual, from_state;
  std::string notice = "30min", overtime = "2h";
  std::string interval_cv = "10%", handle_cv = "5%", premium = "50%";
  double price = 20, time_limit_s = 30;
  std::int64_t call_in = 0;
  bool stay = false;
};

// Texts of options as values; false with every error printed.
class Texts {
 public:
  double share(const char* option, const std::string& text, double most) {
    files::Slip slip;
    const std::optional<double> value = files::parse_share(text, slip);
    return checked(value && *value >= 0 && *value <= most, option, text, "expected a share",
                   value.value_or(0));
  }
  SimDuration duration(const char* option, const std::string& text) {
    files::Slip slip;
    const std::optional<double> value = files::parse_duration(text, slip);
    return from_seconds(checked(value && *value >= 0 && *value <= 86'400, option, text,
                                "expected a duration of up to 24h, such as 30min",
                                value.value_or(0)));
  }
  SimDuration time(const char* option, const std::string& text) {
    files::Slip slip;
    const std::optional<double> value = files::parse_time_of_day(text, slip);
    return from_seconds(checked(value.has_value(), option, text,
                                "expected a time of day such as 11:00", value.value_or(0)));
  }
  bool ok() const { return ok_; }

 private:
  double checked(bool good, const char* option, const std::string& text, const char* expected,
                 double value) {
    if (good) return value;
    fmt::print(stderr, "callmill: {} {}: {}\n", option, text, expected);
    ok_ = false;
    return 0;
  }
  bool ok_ = true;
};

std::optional<IntradayOptions> options_of(const ReplanArgs& args, Context& context) {
  Texts texts;
  IntradayOptions options;
  options.at = texts.time("--at", args.at);
  options.notice = texts.duration("--notice", args.notice);
  options.most_overtime = texts.duration("--overtime", args.overtime);
  options.interval_cv = texts.share("--interval-cv", args.interval_cv, 1);
  options.overtime_premium = texts.share("--overtime-premium", args.premium, 10);
  options.price = args.price;
  options.send_home = !args.stay;
  options.call_in = args.call_in;
  options.time_limit_s = args.time_limit_s;
  if (texts.ok()) return options;
  context.exit_code = kUsage;
  return std::nullopt;
}

bool can_replan(const World& world, const std::string& file, Context& context) {
  std::string wrong;
  if (world.several_days()) wrong = "replan works on one day; this scenario has several";
  if (world.targets.empty()) wrong = "`targets` is empty; replan needs to know what to reach";
  if (wrong.empty()) return true;
  fmt::print(stderr, "{}:1:1: error[cannot-run]: {}\n", file, wrong);
  context.exit_code = kBadInput;
  return false;
}

// The morning's calls and handle times; false with every error printed.
bool read_morning(const ReplanArgs& args, const World& world, IntradayOptions& options,
                  Context& context) {
  IntradayOptions no_calls = options;
  const SimDuration passed = options.at - world.day.opens;
  if (passed > SimDuration{} && passed < world.day.length())
    no_calls.calls.assign(static_cast<std::size_t>(passed / world.day.interval), 0);
  for (const std::string& fault : faults(world, no_calls)) {
    fmt::print(stderr, "callmill: --at {}: {}\n", args.at, fault);
    context.exit_code = kUsage;
  }
  if (context.exit_code != kOk) return false;
  Texts texts;
  const double handle_cv = texts.share("--handle-cv", args.handle_cv, 1);
  if (!texts.ok()) {
    context.exit_code = kUsage;
    return false;
  }
  Diagnostics diagnostics;
  const std::optional<DayActuals> actuals =
      read_actuals(args.actual, world, options.at, diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  if (!actuals) {
    context.exit_code = bad_input_code(diagnostics);
    return false;
  }
  options.calls = actuals->calls;
  const double expected = expected_handle_s(world, options.calls);
  if (actuals->handled > 0 && expected > 0)
    options.handle_factor =
        update_handle_time(actuals->handle_s / expected, actuals->handled, kCvOfCalls, handle_cv);
  return true;
}

// The morning as the state has it; the rest of the day begins in it. False with every error
// printed.
bool read_state_of(ReplanArgs& args, const World& world, IntradayOptions& options,
                   Context& context) {
  const auto state = load_state(args.from_state, world, context);
  if (!state) return false;
  const live::Situation& s = state->situation;
  args.at = state->at;
  options.at = world.day.opens + (s.at + SimDuration{1} - kStart);
  const auto known = static_cast<std::size_t>((options.at - world.day.opens) / world.day.interval);
  for (std::size_t i = 0; i < std::min(known, s.so_far.size()); ++i)
    options.calls.push_back(s.so_far[i].calls);
  for (const std::string& fault : faults(world, options)) {
    fmt::print(stderr, "callmill: --from-state {}: {}\n", args.from_state, fault);
    context.exit_code = kBadInput;
  }
  if (context.exit_code != kOk) return false;
  auto told = std::make_shared<bool>(false);
  const Lang lang = language(args.lang);
  live::SeedOptions seed;
  seed.seed = options.replicate.seed;
  seed.update_busyness = false;  // known_day() has it
  options.start = [s, seed, told, lang, at = state->at](const World& day, const Blueprint& plan) {
    auto seeds = std::make_shared<const live::Seeds>(day, plan, s, seed);
    if (!std::exchange(*told, true))
      fmt::print(stderr, "{}", seed_text(day, at, seeds->report(), lang));
    return [seeds](std::int64_t replication) { return seeds->future(replication); };
  };
  return true;
}

void replan(ReplanArgs args, Context& context) {
  if (args.from_state.empty() && (args.at.empty() || args.actual.empty())) {
    fmt::print(stderr, "callmill: replan needs --at and --actual, or --from-state\n");
    context.exit_code = kUsage;
    return;
  }
  if (!args.from_state.empty()) args.at = "00:00";  // the state has it
  std::optional<IntradayOptions> options = options_of(args, context);
  if (!options) return;
  const std::optional<Scenario> scenario = load_study(args, context, options->replicate);
  if (!scenario || !can_replan(scenario->world, args.scenario, context)) return;
  const World& world = scenario->world;
  const auto file = load_plan(args.plan, world, context);
  if (!file) return;
  if (!(args.from_state.empty() ? read_morning(args, world, *options, context)
                                : read_state_of(args, world, *options, context)))
    return;
  World with_lines = world;  // the plan's lines are those that run
  put_plan(with_lines, file->plan);
  Scenario planned = *scenario;
  planned.world = std::move(with_lines);
  if (!can_run(planned, args.scenario, context)) return;
  const Lang lang = language(args.lang);
  ProgressLine line{args.progress, args.progress == "json" ? Lang::kEn : lang};
  const std::string what{say(lang, "replan: round", "重排：轮次")};
  std::int64_t rounds = 0;
  line.update(what, 0, options->max_rounds);
  const IntradayResult result = replan_day(
      world, file->plan, *options,
      [&](const IntradayRound&) { line.update(what, ++rounds, options->max_rounds); },
      &interrupt_flag());
  line.clear();
  if (args.json)
    fmt::print("{}", intraday_json(world, file->plan, *options, result));
  else if (args.csv)
    fmt::print("{}", plan_file(world, result.plan));
  else
    fmt::print("{}", intraday_text(world, file->plan, *options, result, lang));
  context.exit_code = result.status == IntradayStatus::kMet           ? kOk
                      : result.status == IntradayStatus::kInterrupted ? interrupted_code()
                                                                      : kGoalMissed;
}

}  // namespace

void add_replan(CLI::App& app, Context& context) {
  auto args = std::make_shared<ReplanArgs>();
  CLI::App* verb = app.add_subcommand("replan",
                                      "From the morning's calls: a new forecast of the rest of the "
                                      "day, and the cheapest changes of "
                                      "people's remaining shifts that meet the targets");
  verb->footer(
      "Examples:\n"
      "  callmill plan city.yaml --csv > my.csv\n"
      "  callmill replan city.yaml --plan my.csv --at 11:00 --actual morning.csv\n"
      "  callmill replan city.yaml --plan my.csv --at 11:00 --actual morning.csv --csv > new.csv\n"
      "  callmill replan city.yaml --plan my.csv --from-state eleven.json\n"
      "The CSV of --actual has the columns from, calls and, where known, aht.\n"
      "Exit codes: 0 every target met after the changes, 3 bad input, 4 a target is still missed");
  add_study_options(*verb, *args);
  verb->add_option("--plan", args->plan, "Plan file (CSV) that is being worked")->required();
  CLI::Option* at =
      verb->add_option("--at", args->at, "Time of day, at the end of an interval, e.g. 11:00");
  CLI::Option* actual =
      verb->add_option("--actual", args->actual, "CSV of the calls so far: from,calls,aht");
  verb->add_option("--from-state", args->from_state,
                   "Instead of both: the centre's state (JSON, as run --save-state writes it), in "
                   "which the rest of the day begins")
      ->excludes(at)
      ->excludes(actual);
  verb->add_option("--price-change", args->price, "Price of each changed person, beside wages")
      ->check(number_check(0, 1e9))
      ->capture_default_str();
  verb->add_option("--notice", args->notice, "No change takes effect sooner after --at")
      ->capture_default_str();
  verb->add_option("--overtime", args->overtime, "Most overtime of a person; 0s: none")
      ->capture_default_str();
  verb->add_option("--overtime-premium", args->premium, "Of overtime, on top of the wage")
      ->capture_default_str();
  verb->add_flag("--keep-all", args->stay, "Nobody is sent home before the end of the shift");
  verb->add_option("--call-in", args->call_in, "Agents that may be called in for shifts to begin")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{100'000}))
      ->capture_default_str();
  verb->add_option("--interval-cv", args->interval_cv,
                   "How far intervals stray by themselves, beside the day's busyness")
      ->capture_default_str();
  verb->add_option("--handle-cv", args->handle_cv,
                   "How far a day's mean handle time strays from the scenario's")
      ->capture_default_str();
  verb->add_option("--time-limit", args->time_limit_s, "Seconds for each integer program")
      ->check(number_check(0.001, 1e6))
      ->capture_default_str();
  verb->callback([args, &context] { replan(*args, context); });
}

}  // namespace callmill::cli
