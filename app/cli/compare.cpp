#include "engine/study/compare.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/study_args.h"
#include "app/cli/usage.h"
#include "app/report/compare_report.h"
#include "app/report/format.h"

namespace callmill::cli {
namespace {

constexpr std::size_t kMostVariants = 200;

struct CompareArgs : StudyArgs {
  std::vector<std::string> others;
  std::vector<std::string> variants;  // each a list of changes
  std::vector<std::string> indicators;
  std::string rank_by, best;
};

// "a=1; b=2" as two changes.
std::vector<std::string> changes(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(';', from), text.size());
    const std::size_t first = text.find_first_not_of(' ', from);
    if (first < to)
      all.push_back(text.substr(first, text.find_last_not_of(' ', to - 1) + 1 - first));
    from = to + 1;
  }
  return all;
}

// Every scenario, the baseline first; all errors of all of them are printed.
std::optional<std::vector<Scenario>> load_all(const CompareArgs& args, Context& context,
                                              ReplicateOptions& options,
                                              std::vector<ComparedVariant>& names) {
  std::optional<Scenario> baseline = load_study(args, context, options);
  if (!baseline) return std::nullopt;
  std::vector<Scenario> all{std::move(*baseline)};
  Diagnostics diagnostics;
  const auto add = [&](const std::string& file, const std::vector<std::string>& set,
                       const std::string& name) {
    if (std::optional<Scenario> one = read_scenario(file, {set}, diagnostics)) {
      names.push_back({name, one->hash});
      all.push_back(std::move(*one));
    }
  };
  names.push_back({args.scenario, all.front().hash});
  for (const std::string& file : args.others) add(file, {}, file);
  for (const std::string& set : args.variants) add(args.scenario, changes(set), set);
  for (const Diagnostic& d : diagnostics.errors()) fmt::print(stderr, "{}", render(d));
  bool good = diagnostics.errors().empty();
  if (!good) context.exit_code = bad_input_code(diagnostics);
  for (std::size_t v = 0; good && v < all.size(); ++v)
    for (const std::string& fault : faults(all[v].world)) {
      fmt::print(stderr, "{}: error[cannot-run]: {}\n", names[v].name, fault);
      context.exit_code = kBadInput;
    }
  return context.exit_code == kOk ? std::optional{std::move(all)} : std::nullopt;
}

bool wants_the_least(std::string_view key) {
  constexpr std::array kLess = {"loss", "abandon", "refused", "wait",    "asa",
                                "cost", "gave_up", "backlog", "time_to", "attempts_per_caller"};
  return std::any_of(kLess.begin(), kLess.end(),
                     [&](const char* part) { return key.find(part) != std::string_view::npos; });
}

std::vector<std::string> default_indicators(const std::vector<Scenario>& all) {
  std::vector<std::string> keys = {"answer_rate",  "loss_rate", "service_level",
                                   "abandon_rate", "asa",       "occupancy"};
  if (std::any_of(all.begin(), all.end(), [](const Scenario& s) { return shows_money(s.world); }))
    keys.emplace_back("cost");
  return keys;
}

// "answer_rate", or "answer_rate@queue:general", in every variant; what is wrong with it, or "".
std::string resolve(const std::string& text, const std::vector<Scenario>& all,
                    const std::vector<Blueprint>& plans, Compared& out) {
  const std::size_t at = text.find('@');
  const std::string key = text.substr(0, at);
  const std::string where = at == std::string::npos ? "total" : text.substr(at + 1);
  std::vector<std::string> keys;
  for (const Metric& metric : metrics()) keys.emplace_back(metric.key);
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
    const std::string near = nearest(key, keys);
    return fmt::format("there is no indicator {}{}; callmill schema --kpis lists them", key,
                       near.empty() ? "" : fmt::format("; did you mean {}?", near));
  }
  for (std::size_t v = 0; v < all.size(); ++v) {
    std::vector<std::string> places;
    bool found = false;
    const KpiLayout layout{plans[v]};
    for (const KpiLayout::Row& row : layout.rows()) {
      const Metric* metric = find_metric(key, row.scope.kind);
      if (metric == nullptr || metric->family != row.family) continue;
      places.push_back(scope_name(all[v].world, row.scope));
      if (places.back() != where) continue;
      found = true;
      out.metric = metric;
      out.scope.push_back(row.scope);
      break;
    }
    if (!found)
      return fmt::format("{} has no {} of {}; it has it of {}",
                         v == 0 ? "the baseline" : "a variant", key, where,
                         places.empty() ? "nothing" : fmt::format("{}", fmt::join(places, ", ")));
  }
  return "";
}

// The indicators and what ranks; false with every error printed.
bool choose(const CompareArgs& args, const std::vector<Scenario>& all,
            const std::vector<Blueprint>& plans, CompareFacts& facts) {
  facts.indicator_names = args.indicators.empty() ? default_indicators(all) : args.indicators;
  const std::string rank_by = args.rank_by.empty() ? facts.indicator_names.front() : args.rank_by;
  auto rank = std::find(facts.indicator_names.begin(), facts.indicator_names.end(), rank_by);
  if (rank == facts.indicator_names.end())
    rank = facts.indicator_names.insert(facts.indicator_names.end(), rank_by);
  facts.options.rank_by = static_cast<std::size_t>(rank - facts.indicator_names.begin());
  facts.options.most = args.best.empty() ? !wants_the_least(rank_by) : args.best == "most";
  bool good = true;
  for (const std::string& name : facts.indicator_names) {
    Compared one;
    const std::string wrong = resolve(name, all, plans, one);
    if (!wrong.empty()) fmt::print(stderr, "callmill: {}: {}\n", name, wrong);
    good = good && wrong.empty();
    facts.indicators.push_back(std::move(one));
  }
  return good;
}

void run_compare(const CompareArgs& args, Context& context) {
  const auto refuse = [&](std::string_view what) {
    fmt::print(stderr, "callmill: {}\n", what);
    context.exit_code = kUsage;
  };
  const std::size_t others = args.others.size() + args.variants.size();
  if (others == 0)
    return refuse(
        "nothing to compare with; give a second scenario, or a variant: --set FIELD=VALUE");
  if (others > kMostVariants) return refuse(fmt::format("at most {} variants", kMostVariants));
  CompareFacts facts;
  const std::optional<std::vector<Scenario>> all =
      load_all(args, context, facts.options.replicate, facts.variants);
  if (!all) return;
  std::vector<Blueprint> plans;
  for (const Scenario& scenario : *all) plans.push_back(make_blueprint(scenario.world));
  if (!choose(args, *all, plans, facts)) {
    context.exit_code = kUsage;
    return;
  }
  const Lang lang = language(args.lang);
  const World& world = all->front().world;
  ProgressLine line{args.progress, lang};
  const Comparison result = compare(
      plans, facts.indicators, facts.options,
      [&](const Progress& p) { line.update(world.name, p.done, p.wanted, p.half_width); },
      &interrupt_flag());
  line.clear();
  spdlog::info("{} replications of {} variants, {} events", result.replications, plans.size(),
               result.events);
  if (result.interrupted)
    fmt::print(stderr,
               fmt::runtime(say(lang,
                                "callmill: interrupted; the result stands on the first {} of {} "
                                "replications\n",
                                "callmill: 已中断；结果基于前 {} 次仿真（共 {} 次）\n")),
               result.replications, facts.options.replicate.replications);
  if (!result.precise && !result.interrupted)
    fmt::print(
        stderr,
        fmt::runtime(say(lang, "callmill: the precision was not reached in {} replications\n",
                         "callmill: {} 次仿真仍未达到所要求的精度\n")),
        facts.options.replicate.replications);
  fmt::print("{}", args.json  ? compare_json(world, result, facts)
                   : args.csv ? compare_csv(result, facts)
                              : compare_text(world, result, facts, lang));
  context.exit_code = result.interrupted ? interrupted_code()
                      : result.precise   ? static_cast<int>(kOk)
                                         : static_cast<int>(kStoppedByLimit);
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
  CLI::Option* set = verb->get_option("--set");
  verb->remove_option(set);
  verb->add_option("--set", args->variants,
                   "A variant of the scenario, e.g. --set groups.inbound.staff=24; several changes "
                   "of one variant with ; between them; repeatable, a variant each time")
      ->allow_extra_args(false);
  verb->add_option("others", args->others, "Other scenario files, a variant each");
  verb->add_option("--indicator", args->indicators,
                   "What to compare, e.g. answer_rate or answer_rate@queue:general; repeatable; "
                   "--precision is of the first one's differences")
      ->allow_extra_args(false);
  verb->add_option("--rank", args->rank_by,
                   "Indicator that says which variant is the best; default: the first one");
  verb->add_option("--best", args->best,
                   "Whether most or least of it is best; default: least of losses, waits and costs")
      ->check(CLI::IsMember({"most", "least"}));
  verb->callback([args, &context] { run_compare(*args, context); });
}

}  // namespace callmill::cli
