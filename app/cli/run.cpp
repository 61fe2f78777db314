#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cmath>
#include <memory>

#include "app/cli/from_state.h"
#include "app/cli/futures.h"
#include "app/cli/indicators.h"
#include "app/cli/interrupt.h"
#include "app/cli/plan_args.h"
#include "app/cli/progress.h"
#include "app/cli/study_args.h"
#include "app/report/run_report.h"
#include "engine/study/exact.h"
#include "engine/study/targets.h"

namespace callmill::cli {
namespace {

struct RunArgs : StudyArgs {
  bool by_interval = false;
  bool enforce = false;
  bool exact = false;
  std::vector<std::string> indicators;
  std::string plan;  // file
  StateArgs state;
};

// The scenario with the plan's people and lines. False with every error printed.
bool put_plan_of(const RunArgs& args, Scenario& scenario, Context& context) {
  if (args.plan.empty()) return true;
  const auto file = load_plan(args.plan, scenario.world, context);
  if (!file) return false;
  put_plan(scenario.world, file->plan);
  // People are no part of the scenario's text.
  scenario.hash = text_hash(scenario.hash + plan_file(scenario.world, file->plan));
  const Lang lang = language(args.lang);
  if (!file->broken.ok())
    fmt::print(stderr,
               fmt::runtime(say(lang,
                                "callmill: {} breaks the scenario's rules at {} place(s) and runs "
                                "as it is; callmill check-plan names them\n",
                                "callmill: {} 违反场景规则 {} 处，仍按原样仿真；"
                                "详见 callmill check-plan\n")),
               args.plan, file->faults);
  return true;
}

std::string result_text(const RunArgs& args, const Scenario& scenario, const KpiTable& kpis,
                        const RunFacts& facts) {
  if (args.json) return run_json(scenario.world, kpis, facts);
  if (args.csv) return run_csv(scenario.world, kpis, facts);
  return run_text(scenario.world, kpis, facts, args.by_interval, language(args.lang));
}

int exit_code(const ReplicateResult& result, bool enforce, const World& world,
              const RunFacts& facts) {
  if (result.interrupted) return interrupted_code();
  if (!result.precise) return kStoppedByLimit;
  return enforce && !all_met(judged_targets(world, result.kpis, facts)) ? kGoalMissed : kOk;
}

// The chain of the scenario in place of its simulation.
void run_exactly(const RunArgs& args, const Scenario& scenario, const ReplicateOptions& options,
                 Context& context) {
  const auto refuse = [&](const std::string& code, const std::string& what,
                          const std::string& help) {
    Diagnostic d;
    d.place = {args.scenario, 1, 1, 1};
    d.code = code;
    d.message = what;
    d.help = help;
    fmt::print(stderr, "{}", render(d));
    context.exit_code = kBadInput;
  };
  const std::vector<Fault> refused = refused_exactly(scenario.world);
  for (const Fault& fault : refused)
    refuse(fault.code, fault.path + " " + fault.message, fault.help);
  if (!refused.empty()) return;
  ExactRefusal why;
  ProgressLine line{args.progress, language(args.lang)};
  ExactWatch watch;
  const std::string interrupted{say(
      language(args.lang), "callmill: interrupted; an exact answer has no result before its end\n",
      "callmill: 已中断；精确求解在结束前没有结果\n")};
  end_after_interrupt(std::chrono::seconds{1}, interrupted);
  watch.stop = &interrupt_flag();
  watch.passed = [&](double share) {
    line.update(scenario.world.name, std::llround(100 * share), 100);
  };
  const auto result = exact_answer(scenario.world, make_blueprint(scenario.world), why, watch);
  line.clear();
  if (why.code == "interrupted") {
    fmt::print(stderr, "{}", interrupted);
    context.exit_code = interrupted_code();
    return;
  }
  if (!result) return refuse(why.code, why.message, "");
  spdlog::info("{} states, residual {:.1e}, cut {:.1e}", result->states, result->residual,
               result->cut);
  RunFacts facts = facts_of(scenario, options);
  facts.exact_states = result->states;
  facts.exact_by_day = result->by_day;
  fmt::print("{}", result_text(args, scenario, result->kpis, facts));
  context.exit_code =
      args.enforce && !all_met(evaluate_targets(scenario.world, result->kpis)) ? kGoalMissed : kOk;
}

// What --indicator and --precision name, with its wish; false with every error printed.
bool watch(const RunArgs& args, const World& world, const Blueprint& plan,
           std::vector<WatchedRow>& rows) {
  const KpiLayout layout{plan};
  bool good = true;
  const auto find = [&](const std::string& name) -> Watched* {
    for (WatchedRow& row : rows)
      if (row.name == name) return &row.what;
    Watched what;
    const std::string wrong = find_indicator(parse_indicator(name), world, layout, what);
    if (!wrong.empty()) {
      fmt::print(stderr, "callmill: {}: {}{}\n", name,
                 wrong.starts_with("has ") ? "the scenario " : "", wrong);
      good = false;
      return nullptr;
    }
    rows.push_back({name, what, {}});
    return &rows.back().what;
  };
  const auto wish = [&](const std::string& name, const std::string& width) {
    Watched* const what = find(name);
    const std::string wrong = what == nullptr ? "" : parse_width(width, what->metric, what->wanted);
    if (!wrong.empty()) fmt::print(stderr, "callmill: --precision {}\n", wrong);
    good = good && wrong.empty();
    return wrong.empty();
  };
  for (const std::string& name : args.indicators) find(name);
  if (!args.precision.empty())
    for (const PrecisionWish& one : parse_precision(args.precision)) {
      if (!one.indicator.empty())
        wish(one.indicator, one.width);
      else if (wish("service_level", one.width))
        wish("answer_rate", one.width);
    }
  return good;
}

PrecisionSoFar precision_of(const WatchBook::State& state, const std::vector<WatchedRow>& rows) {
  if (!(state.wanted > 0)) return {};
  const WatchedRow& row = rows[state.worst];
  return {row.name, row.what.metric == nullptr ? Unit::kSeconds : row.what.metric->unit,
          state.half_width, state.wanted, state.needed};
}

// What replications go on from: a moment of a simulated day, or a state that was read.
struct Beginning {
  std::optional<Snapshot> snapshot;
  std::shared_ptr<const live::Seeds> seeds;
};
bool begin(RunArgs& args, const World& world, const Blueprint& plan, ReplicateOptions& options,
           RunFacts& facts, Beginning& from, Context& context) {
  if (!args.state.from.empty()) {
    const auto state = load_state(args.state.from, world, context);
    const auto strays = strays_of(args.state, context);
    if (!state || !strays) return false;
    from.seeds = begin_from(*state, world, plan, *strays, args, options);
    facts.from = snapshot_facts(args, plan, from.seeds->future(0));
    return true;
  }
  if (args.at.empty()) return true;
  const std::optional<SimTime> at = time_of_futures(args, world, context);
  if (!at) return false;
  from.snapshot.emplace(take_snapshot(plan, options.seed, args.day - 1, *at));
  options.from = &*from.snapshot;
  facts.from = snapshot_facts(args, plan, *from.snapshot);
  return args.state.save.empty() ||
         save_state(args.state.save, world, plan, *from.snapshot, context);
}

void run(RunArgs args, Context& context) {
  ReplicateOptions options;
  std::optional<Scenario> scenario = load_study(args, context, options);
  if (!scenario || !put_plan_of(args, *scenario, context) ||
      !can_run(*scenario, args.scenario, context))
    return;
  if (args.exact && !(args.at.empty() && args.state.from.empty())) {
    fmt::print(stderr, "callmill: --at, --from-state: --exact knows whole days alone\n");
    context.exit_code = kUsage;
    return;
  }
  if (args.exact) return run_exactly(args, *scenario, options, context);
  const Blueprint plan = make_blueprint(scenario->world);
  RunFacts facts = facts_of(*scenario, options);
  Beginning from;
  if (!begin(args, scenario->world, plan, options, facts, from, context)) return;
  const bool good = watch(args, scenario->world, plan, facts.watched);
  // As many days as were asked for and nothing more: the days as they come. A plan is judged as
  // `plan` judges it.
  const bool closely = !facts.watched.empty() || !args.plan.empty();
  std::string wrong =
      parse_reduction(facts.from ? "none" : args.reduction, closely ? "auto" : "none",
                      scenario->world, options.reduction);
  for (const WatchedRow& row : facts.watched) options.watched.push_back(row.what);
  const bool knows =
      options.reduction.controls || options.reduction.days != DayDesign::kIndependent;
  if (closely || knows)
    for (const Watched& w : watch_targets(scenario->world, KpiLayout{plan}))
      options.watched.push_back(w);
  std::vector<const Metric*> metrics;
  for (const Watched& w : options.watched) metrics.push_back(w.metric);
  if (wrong.empty()) wrong = drop_idle(args.reduction, metrics, options.reduction);
  if (!wrong.empty()) fmt::print(stderr, "callmill: --variance-reduction {}\n", wrong);
  if (!good || !wrong.empty()) {
    context.exit_code = kUsage;
    return;
  }
  tell_of_reduction(args.reduction, options.reduction, language(args.lang));
  facts.reduction = options.reduction;
  LuckPlan luck;
  if (options.reduction.controls) luck = make_luck(scenario->world, plan);
  options.luck = &luck;
  const Lang lang = language(args.lang);
  ProgressLine line{args.progress, lang};
  const ReplicateResult result = replicate(
      plan, options,
      [&](const Progress& p) {
        line.update(scenario->world.name, p.done, p.wanted,
                    precision_of(p.precision, facts.watched));
      },
      &interrupt_flag());
  line.clear();
  for (std::size_t i = 0; i < facts.watched.size(); ++i)
    facts.watched[i].figure = result.watched[i];
  facts.targets.assign(result.watched.begin() + static_cast<std::ptrdiff_t>(facts.watched.size()),
                       result.watched.end());
  spdlog::info("{} replications, {} events", result.kpis.replications(), result.events);
  tell_how_it_ended(result.interrupted, result.precise, result.kpis.replications(),
                    options.replications, lang);
  fmt::print("{}", result_text(args, *scenario, result.kpis, facts));
  context.exit_code = exit_code(result, args.enforce, scenario->world, facts);
}

}  // namespace

void add_run(CLI::App& app, Context& context) {
  auto args = std::make_shared<RunArgs>();
  CLI::App* verb = app.add_subcommand(
      "run", "Simulate a scenario and print its indicators with their intervals");
  verb->footer(
      "Examples:\n"
      "  callmill run scenarios/hotline/city-12345.yaml\n"
      "  callmill run city.yaml --set callers.resident.volume.scale=1.2 --reps 200\n"
      "  callmill run city.yaml --precision 0.2% --json > city.json\n"
      "  callmill run city.yaml --precision "
      "answer_rate=0.1%,asa@queue:general=0.5s,loss_rate=10%rel\n"
      "  callmill run city.yaml --indicator wait_q90 --indicator service_level@10:00\n"
      "  callmill run city.yaml --at 11:00 --indicator service_level --intervals\n"
      "  callmill run city.yaml --at 11:00 --save-state eleven.json\n"
      "  callmill run city.yaml --from-state eleven.json\n"
      "  callmill run scenarios/tutorial/22-exact.yaml --exact\n"
      "  callmill run scenarios/tutorial/06-shifts.yaml --plan my.csv --enforce\n"
      "Exit codes: 0 ok, 2 usage, 3 bad scenario or none for --exact, 4 a target was missed "
      "(--enforce), 6 precision "
      "not reached,\n"
      "130 or 143 interrupted (the result of the finished replications is printed; an exact "
      "answer has none)");
  add_study_options(*verb, *args);
  add_reduction_option(*verb, *args);
  add_future_options(*verb, *args);
  verb->add_option(
          "--indicator", args->indicators,
          "Look closely at this, e.g. service_level, asa@queue:general, service_level@10:00, "
          "wait_q90 (90% of all waits); repeatable")
      ->allow_extra_args(false);
  add_state_options(*verb, args->state);
  verb->add_option("--plan", args->plan,
                   "People and lines from a plan file (CSV, as plan --csv writes it)");
  verb->add_flag("--intervals", args->by_interval, "Also the day by interval");
  verb->add_flag("--enforce", args->enforce, "Exit with 4 when a target is missed");
  CLI::Option* exact = verb->add_flag(
      "--exact", args->exact,
      "Solve the scenario's Markov chain instead of simulating, for small centres with "
      "exponential laws: through the day; in steady state where nothing changes over the "
      "day and it has a warm-up");
  // Nothing is drawn, so nothing can be drawn more closely.
  for (const char* of_draws : {"--precision", "--variance-reduction", "--indicator"})
    exact->excludes(verb->get_option(of_draws));
  verb->callback([args, &context] { run(*args, context); });
}

}  // namespace callmill::cli
