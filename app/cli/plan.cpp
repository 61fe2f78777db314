#include "engine/study/plan.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/study_args.h"
#include "app/cli/usage.h"
#include "app/report/plan_report.h"

namespace callmill::cli {
namespace {

struct PlanArgs : StudyArgs {
  double gap = 1e-3;
  double time_limit_s = 60;
  int rounds = 60;
  std::string requirement = "auto";
};

bool can_plan(const Scenario& scenario, const std::string& file, Context& context) {
  const auto refuse = [&](const char* code, const char* message) {
    fmt::print(stderr, "{}:1:1: error[{}]: {}\n", file, code, message);
    context.exit_code = kBadInput;
    return false;
  };
  if (scenario.world.several_days())
    return refuse(
        "several-days",
        "`days` has more than one day; plan works on one day at a time: set days.count to "
        "1 and days.first to the day to plan");
  for (const CallerType& type : scenario.world.caller_types)
    if (type.channel != Channel::kVoice)
      return refuse("messages",
                    type.channel == Channel::kMessage
                        ? "a caller type has channel: message; plan works on calls alone"
                        : "a caller type has channel: chat; plan works on calls alone");
  if (scenario.world.shifts.empty())
    return refuse("no-shifts", "`shifts` is empty; plan needs at least one shift pattern");
  if (scenario.world.targets.empty())
    return refuse("no-targets", "`targets` is empty; plan needs to know what to reach");
  return true;
}

int exit_code(PlanStatus status) {
  switch (status) {
    case PlanStatus::kMet:
      return kOk;
    case PlanStatus::kTargetMissed:
      return kGoalMissed;
    case PlanStatus::kInfeasible:
      return kInfeasible;
    case PlanStatus::kInterrupted:
      return interrupted_code();
  }
  return kUnexpected;
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
                        const RunFacts& facts) {
  if (args.json) return plan_json(world, plan, facts);
  if (args.csv) return plan_csv(world, plan);
  return plan_text(world, plan, facts, language(args.lang));
}

void plan(const PlanArgs& args, Context& context) {
  PlanOptions options;
  const std::optional<Scenario> scenario = load_study(args, context, options.replicate);
  if (!scenario || !can_plan(*scenario, args.scenario, context)) return;
  options.cover = {args.gap, args.time_limit_s};
  options.max_rounds = args.rounds;
  options.requirement = method_of(args.requirement);
  ProgressLine line{args.progress};
  line.update("plan: round", 0, args.rounds, std::nan(""));
  const PlanResult result = plan_day(
      scenario->world, options,
      [&](const PlanRound& r) {
        line.step(fmt::format("round {:2}: {:<30} {:>12.0f} {} {} {}", r.number, r.what, r.cost,
                              scenario->world.currency, r.met ? "met" : "missed", r.worst));
        line.update("plan: round", r.number, args.rounds, std::nan(""));
      },
      &interrupt_flag());
  line.clear();
  spdlog::info("{} rounds, {} events", result.rounds.size(), result.events);
  fmt::print("{}",
             result_text(args, scenario->world, result, facts_of(*scenario, options.replicate)));
  if (result.status == PlanStatus::kInterrupted)
    fmt::print(stderr, "callmill: interrupted; the plan is the best of the rounds that it lists\n");
  for (const std::string& reason : result.reasons)
    fmt::print(stderr, "callmill: {}: {}\n", status_name(result.status), reason);
  context.exit_code = exit_code(result.status);
}

}  // namespace

void add_plan(CLI::App& app, Context& context) {
  auto args = std::make_shared<PlanArgs>();
  CLI::App* verb = app.add_subcommand(
      "plan",
      "Find the cheapest shifts and lines that meet the targets, and confirm them by simulation");
  verb->footer(
      "Examples:\n"
      "  callmill plan scenarios/hotline/city-12345.yaml\n"
      "  callmill plan city.yaml --json > plan.json\n"
      "  callmill plan city.yaml --csv > shifts.csv       (one row an agent)\n"
      "Exit codes: 0 every target met, 3 bad scenario, 4 a target missed (the reason is printed),\n"
      "5 infeasible (which interval and rule bind is printed), 130 or 143 interrupted (the best "
      "plan so "
      "far is printed)");
  add_study_options(*verb, *args);
  verb->add_option("--gap", args->gap, "Relative gap at which the integer program may stop")
      ->check(number_check(0, 1))
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
  verb->callback([args, &context] { plan(*args, context); });
}

}  // namespace callmill::cli
