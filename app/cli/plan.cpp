#include "engine/planning/plan.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/indicators.h"
#include "app/cli/interrupt.h"
#include "app/cli/plan_end.h"
#include "app/cli/plan_explain.h"
#include "app/cli/plan_robust.h"
#include "app/cli/progress.h"
#include "app/cli/study_args.h"
#include "app/cli/usage.h"
#include "app/files/plan_file.h"
#include "app/report/plan_report.h"
#include "app/report/robust_report.h"

namespace callmill::cli {
namespace {

struct PlanArgs : StudyArgs {
  ExplainArgs explain;
  double gap = 1e-3;
  double time_limit_s = 120;
  double node_limit = 5000;
  int rounds = 60;
  std::string requirement = "auto";
  double interval_slack = 3;
  RobustArgs robust;
};

// Why plan cannot work on the scenario, and what can be done instead.
struct Refusal {
  const char* code;
  std::string message, help;
};

// What a plan of several days does not know.
void add_week(const World& world, std::vector<Refusal>& all) {
  for (WeekFault& fault : week_faults(world))
    all.push_back({fault.path == "days" ? "several-days" : "week",
                   fmt::format("`{}` {}", fault.path, fault.message), std::move(fault.help)});
}

// All types that do not call, in one. Taking them away helps where callers are left.
std::optional<Refusal> other_channels(const World& world) {
  std::string types, without;
  std::size_t others = 0;
  for (const CallerType& type : world.caller_types) {
    if (type.channel == Channel::kVoice) continue;
    ++others;
    types += fmt::format("{}callers.{} has channel: {}", types.empty() ? "" : ", ", type.name,
                         type.channel == Channel::kMessage ? "message" : "chat");
    without += fmt::format("{}--set callers.{}=null", without.empty() ? "" : " ", type.name);
  }
  if (others == 0) return std::nullopt;
  const char* const run = "try staff with run: --set groups.NAME.staff=N --enforce";
  return Refusal{"channel", types + "; plan staffs for calls alone",
                 others == world.caller_types.size()
                     ? std::string{run}
                     : fmt::format("plan the calls without them ({}, with their queues, and menu "
                                   "options that lead there), or {}",
                                   without, run)};
}

// A share of all or nothing holds in no random day for certain: any staff could be one too few.
void add_beyond_reach(const World& world, std::vector<Refusal>& all) {
  for (std::size_t i = 0; i < world.targets.size(); ++i) {
    const Target& t = world.targets[i];
    const bool least = t.sense == Sense::kAtLeast;
    const bool whole = least && t.value >= 1 && t.metric != "occupancy";
    const bool none = !least && t.value <= 0 && (t.metric == "abandon_rate" || t.metric == "asa");
    if (whole || none)
      all.push_back({"out-of-reach",
                     fmt::format("targets[{}] asks for {} {}, which no number of agents holds for "
                                 "certain",
                                 i, t.metric, whole ? "100%" : "0"),
                     whole ? "ask for at_least: 99.9%" : "ask for a little more than 0"});
  }
}

// Only agents who are not to be idle: nobody at all would be the cheapest plan.
bool wants_fewer_only(const World& world) {
  return !world.targets.empty() &&
         std::all_of(world.targets.begin(), world.targets.end(),
                     [](const Target& t) {
                       return t.metric == "loss_rate" ||
                              (t.metric == "occupancy" && t.sense == Sense::kAtLeast);
                     }) &&
         std::any_of(world.targets.begin(), world.targets.end(),
                     [](const Target& t) { return t.metric == "occupancy"; });
}

// Every reason at once.
std::vector<Refusal> refusals(const World& world) {
  std::vector<Refusal> all;
  if (world.several_days()) add_week(world, all);
  if (auto channel = other_channels(world)) all.push_back(std::move(*channel));
  if (world.shifts.empty())
    all.push_back({"no-shifts", "`shifts` is empty; plan needs at least one kind of shift",
                   "write shifts: {day: {group: NAME, length: 8h, starts: {from: \"08:00\", to: "
                   "\"12:00\"}, wage: CNY 45/h}}; callmill erlang answers without shifts"});
  if (world.targets.empty())
    all.push_back({"no-targets", "`targets` is empty; plan needs to know what to reach",
                   "write targets: [{metric: service_level, at_least: 80%}]"});
  if (wants_fewer_only(world))
    all.push_back({"no-goal",
                   "`targets` has no target that agents help to reach: an occupancy to be reached "
                   "asks for fewer of them",
                   "add what callers are to get: {metric: service_level, at_least: 80%}, "
                   "answer_rate, abandon_rate or asa"});
  add_beyond_reach(world, all);
  return all;
}

bool can_plan(const World& world, const std::string& file, Context& context) {
  const std::vector<Refusal> why = refusals(world);
  for (const Refusal& one : why)
    fmt::print(stderr, "{}:1:1: error[{}]: {}\n    help: {}\n", file, one.code, one.message,
               one.help);
  if (!why.empty()) context.exit_code = kBadInput;
  return why.empty();
}

constexpr std::array kMethods{RequirementMethod::kAuto, RequirementMethod::kSipp,
                              RequirementMethod::kLagged, RequirementMethod::kOfferedLoad,
                              RequirementMethod::kTransient};

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const RequirementMethod m : kMethods) names.emplace_back(name_of(m));
  return names;
}

RequirementMethod method_of(const std::string& name) {
  for (const RequirementMethod m : kMethods)
    if (name == name_of(m)) return m;
  return RequirementMethod::kAuto;  // CLI11 lets no other name through
}

std::string result_text(const PlanArgs& args, const World& world, const PlanResult& plan,
                        const RunFacts& facts, const Explanation& why) {
  if (args.json) return plan_json(world, plan, facts, why);
  if (args.csv) return plan_file(world, plan.day);
  return plan_text(world, plan, facts, language(args.lang), why);
}

std::string result_text(const PlanArgs& args, const World& world, const RobustOptions& options,
                        const RobustResult& robust, const RunFacts& facts, const Explanation& why) {
  if (args.csv) return plan_file(world, robust.plan.day);
  if (!args.json)
    return robust_text(world, options, robust, language(args.lang)) +
           result_text(args, world, robust.plan, facts, why);
  return plan_json(world, robust.plan, facts, why,
                   [&](JsonWriter& json) { write_robust(options, robust, json.key("robust")); });
}

// The lines and agents of a plan change from round to round, so only indicators of the whole day
// are watched. What is wrong with the wish, or "".
std::string watch_day(const std::string& precision, ReplicateOptions& options) {
  for (const char* key : {"service_level", "answer_rate"}) {
    Watched one;
    one.metric = find_metric(key, ScopeKind::kTotal);
    const std::string wrong = parse_width(precision, one.metric, one.wanted);
    if (!wrong.empty()) return wrong;
    options.watched.push_back(one);
  }
  return "";
}

void plan(const PlanArgs& args, Context& context) {
  PlanOptions options;
  const std::optional<Scenario> scenario = load_study(args, context, options.replicate);
  if (!scenario || !can_plan(scenario->world, args.scenario, context)) return;
  if (!args.precision.empty()) {
    const std::string wrong = watch_day(args.precision, options.replicate);
    if (!wrong.empty()) {
      fmt::print(stderr, "callmill: --precision {}\n", wrong);
      context.exit_code = kUsage;
      return;
    }
  }
  options.cover = {args.gap, args.time_limit_s, args.node_limit};
  options.max_rounds = args.rounds;
  options.requirement = {method_of(args.requirement), args.interval_slack};
  if (scenario->world.several_days() && (!args.robust.share.empty() || args.explain.in_full)) {
    fmt::print(stderr, "callmill: --{} works on one day; this scenario has a week\n",
               args.robust.share.empty() ? "explain" : "robust");
    context.exit_code = kUsage;
    return;
  }
  std::optional<RobustOptions> robust;
  if (!args.robust.share.empty() && !(robust = robust_options(args.robust, options, context)))
    return;
  if (scenario->world.several_days()) return plan_one_week(args, *scenario, options, context);
  const Lang lang = language(args.lang);
  const Lang seen = args.progress == "json" ? Lang::kEn : lang;  // lines for programs stay the same
  const std::string_view what = say(seen, "plan: round", "排班：轮次");
  ProgressLine line{args.progress, seen};
  line.update(std::string{what}, 0, args.rounds);
  const auto round_ended = [&](const PlanRound& r) {
    line.step(round_line(r, scenario->world.currency, seen));
    line.update(std::string{what}, r.number, args.rounds);
  };
  RobustResult sure;  // of which the plan is one part
  PlanResult result;
  if (robust) {
    sure = plan_robust(scenario->world, *robust, round_ended, &interrupt_flag());
    result = sure.plan;
  } else {
    result = plan_day(scenario->world, options, round_ended, &interrupt_flag());
  }
  const Explanation why = args.csv
                              ? Explanation{}
                              : explain(args.explain, scenario->world, options, result, line, seen);
  line.clear();
  spdlog::info("{} rounds, {} events", result.rounds.size(), result.events);
  const RunFacts facts = facts_of(*scenario, options.replicate);
  fmt::print("{}", robust ? result_text(args, scenario->world, *robust, sure, facts, why)
                          : result_text(args, scenario->world, result, facts, why));
  say_reasons(args, result.status, result.reasons, lang);
  context.exit_code = exit_code_of(result.status);
  tell_if_cut_short(why, result, lang, context);
}

}  // namespace

void add_plan(CLI::App& app, Context& context) {
  auto args = std::make_shared<PlanArgs>();
  CLI::App* verb =
      app.add_subcommand("plan",
                         "Find the cheapest shifts (of a week: people's weeks) and lines that meet "
                         "the targets, and confirm them by simulation");
  verb->footer(
      "Examples:\n"
      "  callmill plan scenarios/hotline/city-12345.yaml\n"
      "  callmill plan city.yaml --json > plan.json\n"
      "  callmill plan city.yaml --csv > shifts.csv       (one row an agent; edit it)\n"
      "  callmill check-plan city.yaml shifts.csv\n"
      "Exit codes: 0 every target met, 3 bad scenario, 4 a target missed (the reason is printed),\n"
      "5 infeasible (which interval and rule bind is printed), 130 or 143 interrupted (the best "
      "plan so "
      "far is printed)");
  add_study_options(*verb, *args);
  verb->add_option("--gap", args->gap, "Relative gap at which the integer program may stop")
      ->check(number_check(0, 1))
      ->capture_default_str();
  verb->add_option("--node-limit", args->node_limit,
                   "Nodes of branch and bound for each integer program; its best plan is kept, the "
                   "same on every machine")
      ->check(number_check(0, 1e9))
      ->capture_default_str();
  verb->add_option("--time-limit", args->time_limit_s,
                   "Seconds for each integer program; its best plan is kept")
      ->check(number_check(0.001, 1e6))
      ->capture_default_str();
  verb->add_option("--rounds", args->rounds,
                   "Simulated rounds after which the search ends; its last steps come on top")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  verb->add_option("--requirement", args->requirement,
                   "Agents an interval asks for at first: sipp (Erlang A, each by itself), lagged, "
                   "mol (offered load), transient (the exact day), or auto (transient where it "
                   "takes seconds, else mol)")
      ->check(CLI::IsMember(method_names()))
      ->capture_default_str();
  verb->add_option(
          "--interval-slack", args->interval_slack,
          "How many times as much as over the day a target of the day may be missed in one "
          "interval, in the staff required at first; 1: it is asked of each interval")
      ->check(number_check(1, 1e6))
      ->capture_default_str();
  add_explain_options(*verb, args->explain);
  add_robust_options(*verb, args->robust);
  verb->callback([args, &context] { plan(*args, context); });
}

}  // namespace callmill::cli
