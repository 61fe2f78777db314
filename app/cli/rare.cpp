#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/study_args.h"
#include "app/report/rare_report.h"
#include "base/diagnostic.h"

namespace callmill::cli {
namespace {

struct RareArgs : StudyArgs {
  std::string lines;
  std::uint32_t ways = 4;
  std::vector<std::uint32_t> levels;
};

void usage(Context& context, const std::string& what) {
  fmt::print(stderr, "callmill rare: {}\n", what);
  context.exit_code = kUsage;
}

// The group that --lines names, or the only one.
std::optional<std::uint32_t> line_group(const RareArgs& args, const World& world,
                                        Context& context) {
  std::vector<std::string> names;
  for (const TrunkGroup& trunks : world.trunks) names.push_back(trunks.name);
  if (args.lines.empty() && names.size() == 1) return 0;
  const auto found = std::find(names.begin(), names.end(), args.lines);
  if (!args.lines.empty() && found != names.end())
    return static_cast<std::uint32_t>(found - names.begin());
  if (names.empty()) {
    usage(context, "the scenario has no lines that could be lacking");
  } else if (args.lines.empty()) {
    usage(context, fmt::format("which lines? --lines {}", fmt::join(names, " or --lines ")));
  } else {
    const std::string near = nearest(args.lines, names);
    usage(context, fmt::format("--lines {}: no such line group; {}", args.lines,
                               near.empty() ? fmt::format("known: {}", fmt::join(names, ", "))
                                            : "did you mean " + near + "?"));
  }
  return std::nullopt;
}

bool levels_fit(const RareArgs& args, std::uint32_t lines, Context& context) {
  for (std::size_t i = 0; i < args.levels.size(); ++i)
    if (args.levels[i] < 1 || args.levels[i] > lines ||
        (i > 0 && args.levels[i] <= args.levels[i - 1])) {
      usage(context, fmt::format("--levels {}: expected ascending numbers of lines from 1 to {}",
                                 fmt::join(args.levels, ","), lines));
      return false;
    }
  return true;
}

std::string result_text(const RareArgs& args, const World& world, const RareLoss& loss,
                        const RareFacts& facts) {
  if (args.json) return rare_json(world, loss, facts);
  if (args.csv) return rare_csv(loss, facts);
  return rare_text(world, loss, facts, language(args.lang));
}

void run_rare(const RareArgs& args, Context& context) {
  ReplicateOptions study;
  const std::optional<Scenario> scenario = load_study(args, context, study);
  if (!scenario || !can_run(*scenario, args.scenario, context)) return;
  const World& world = scenario->world;
  const auto trunks = line_group(args, world, context);
  if (!trunks ||
      !levels_fit(args, static_cast<std::uint32_t>(*world.trunks[*trunks].lines), context))
    return;
  if (study.replications < 2) return usage(context, "--reps 1: an interval needs two days");

  RareLossOptions options;
  options.trunks = *trunks;
  options.seed = study.seed;
  options.replications = study.replications;
  options.confidence = study.confidence;
  options.threads = study.threads;
  options.ways = args.ways;
  options.levels = args.levels;
  ProgressLine line{args.progress, language(args.lang)};
  const RareLoss loss = rare_loss(
      make_blueprint(world), options,
      [&](std::int64_t done) { line.update(world.name, done, options.replications); },
      &interrupt_flag());
  line.clear();
  spdlog::info("{} events, {} of pilot days", loss.events, loss.pilot_events);
  if (loss.interrupted)
    fmt::print(stderr,
               fmt::runtime(say(language(args.lang),
                                "callmill: interrupted; the result stands on the first {} of {} "
                                "days\n",
                                "callmill: 已中断；结果基于前 {} 天（共 {} 天）\n")),
               loss.loss_rate.n, options.replications);
  const RareFacts facts{facts_of(*scenario, study), world.trunks[*trunks].name, loss.loss_rate.n,
                        args.ways};
  fmt::print("{}", result_text(args, world, loss, facts));
  if (loss.interrupted) context.exit_code = interrupted_code();
}

}  // namespace

void add_rare(CLI::App& app, Context& context) {
  auto args = std::make_shared<RareArgs>();
  CLI::App* verb = app.add_subcommand(
      "rare", "The loss rate of lines that are lacking so seldom that `run` sees none");
  verb->footer(
      "Examples:\n"
      "  callmill rare scenarios/tutorial/24-rare-loss.yaml --reps 200\n"
      "  callmill rare city.yaml --lines main --reps 400\n"
      "Exit codes: 0 ok, 2 usage, 3 bad scenario, 130 or 143 interrupted (the result of the "
      "finished days is printed)");
  add_study_options(*verb, *args);
  verb->remove_option(verb->get_option("--precision"));
  verb->add_option("--lines", args->lines, "The line group; needed where there are several");
  verb->add_option("--ways", args->ways, "Ways in which a day goes on when it reaches a level")
      ->check(CLI::Range(2, 100));
  verb->add_option(
          "--levels", args->levels,
          "Lines in use at which days are split, e.g. 30,34,38; default: found by pilot days")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb->callback([args, &context] { run_rare(*args, context); });
}

}  // namespace callmill::cli
