#include "app/cli/variants.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>

#include "app/cli/day_cache.h"
#include "app/cli/futures.h"
#include "app/cli/indicators.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/cli/seal.h"
#include "app/cli/whole_file.h"
#include "app/report/format.h"

namespace callmill::cli {
namespace {

// What is wrong with variants: each thing once, with the variants that have it.
class Wrongs {
 public:
  // `key` tells one thing from another; `text` is printed, of the first variant that has it.
  void add(const std::string& key, std::string text, const std::string& variant) {
    for (Wrong& one : all_)
      if (one.key == key) {
        if (one.variants.back() != variant) one.variants.push_back(variant);
        return;
      }
    all_.push_back({key, std::move(text), {variant}});
  }
  bool none() const { return all_.empty(); }
  void print() const {
    constexpr std::size_t kMostNames = 8;
    for (const Wrong& one : all_) {
      fmt::print(stderr, "{}", one.text);
      const std::size_t variants = one.variants.size();
      if (variants < 2) continue;
      fmt::print(stderr, "    in {} variants: {}{}\n", variants,
                 fmt::join(one.variants.begin(),
                           one.variants.begin() +
                               static_cast<std::ptrdiff_t>(std::min(variants, kMostNames)),
                           " | "),
                 variants > kMostNames ? " | ..." : "");
    }
  }

 private:
  struct Wrong {
    std::string key, text;
    std::vector<std::string> variants;
  };
  std::vector<Wrong> all_;
};

// Every scenario, the baseline first; all errors of all of them are printed.
std::optional<std::vector<Scenario>> load_all(const VariantArgs& args,
                                              const std::vector<VariantSource>& variants,
                                              Context& context, CompareFacts& facts) {
  std::optional<Scenario> baseline = load_study(args, context, facts.options.replicate);
  if (!baseline) return std::nullopt;
  facts.variants.push_back({args.scenario, baseline->hash, baseline->world.open_days().size()});
  std::vector<Scenario> all{std::move(*baseline)};
  Wrongs wrongs;
  Diagnostics errors;
  for (const VariantSource& variant : variants) {
    for (const std::string& set : variant.set)
      if (set.starts_with("study."))
        wrongs.add(set,
                   fmt::format("callmill: --set {}: a variant is simulated as all others are; "
                               "--seed, --reps and --confidence are of all\n",
                               set),
                   variant.name);
    Diagnostics diagnostics;
    if (std::optional<Scenario> one = read_scenario(variant.file, {variant.set}, diagnostics)) {
      facts.variants.push_back({variant.name, one->hash, one->world.open_days().size()});
      all.push_back(std::move(*one));
    }
    for (const Diagnostic& d : diagnostics.errors()) {
      wrongs.add(fmt::format("{}:{} {} {}", d.place.file, d.place.line, d.code, d.message),
                 render(d), variant.name);
      errors.error(d);
    }
  }
  if (!wrongs.none()) context.exit_code = errors.ok() ? kBadInput : bad_input_code(errors);
  if (wrongs.none())
    for (std::size_t v = 0; v < all.size(); ++v)
      for (const std::string& fault : faults(all[v].world)) {
        const std::string& name = facts.variants[v].name;
        wrongs.add(fault, fmt::format("{}: error[cannot-run]: {}\n", name, fault), name);
        context.exit_code = kBadInput;
      }
  wrongs.print();
  return wrongs.none() ? std::optional{std::move(all)} : std::nullopt;
}

bool wants_the_least(std::string_view key) {
  constexpr std::array kLess = {"loss",
                                "abandon",
                                "refused",
                                "wait",
                                "asa",
                                "cost",
                                "gave_up",
                                "backlog",
                                "time_to",
                                "attempts_per_caller",
                                "blocked",
                                "network_lost",
                                "cut",
                                "no_line",
                                "no_port",
                                "disconnected",
                                "dropped",
                                "failed",
                                "callbacks_left",
                                "shed",
                                "delay_share",
                                "unresolved",
                                "no_answer",
                                "left_in_menu",
                                "another_day",
                                "left_message",
                                "open_at_the_end",
                                "repeat",
                                "transfer",
                                "aht",
                                "hold",
                                "first_reply",
                                "chat_time",
                                "chats_open",
                                "menu_hang_ups",
                                "overflowed",
                                "deflected",
                                "extra_time",
                                "callback_tries",
                                "filtered",
                                "idle_per_contact"};
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

// "answer_rate@queue:general@10:00" in every variant; what is wrong with it, or "".
std::string resolve(const std::string& text, const std::vector<Scenario>& all,
                    const std::vector<KpiLayout>& layouts,
                    const std::vector<ComparedVariant>& names, Compared& out) {
  const IndicatorName name = parse_indicator(text);
  if (name.quantile) return "quantiles of all waits have no differences; take wait_p80 or wait_p95";
  for (std::size_t v = 0; v < all.size(); ++v) {
    Watched found;
    const std::string wrong = find_indicator(name, all[v].world, layouts[v], found);
    if (!wrong.empty())
      return !wrong.starts_with("has ") ? wrong
             : v == 0                   ? fmt::format("the baseline {}", wrong)
                                        : fmt::format("the variant {} {}", names[v].name, wrong);
    if (v > 0 && found.interval != out.interval)
      return "the intervals of the variants are not the same";
    out.metric = found.metric;
    out.interval = found.interval;
    out.scope.push_back(found.scope);
  }
  return "";
}

// Where `name` is among the indicators; added to their end where it is not.
std::size_t place_of(const std::string& name, std::vector<std::string>& names) {
  const auto known = std::find(names.begin(), names.end(), name);
  const auto place = static_cast<std::size_t>(known - names.begin());
  if (known == names.end()) names.push_back(name);
  return place;
}

// The indicators, how precise they shall be and what ranks; false with every error printed.
bool choose(const VariantArgs& args, const std::vector<Scenario>& all,
            const std::vector<KpiLayout>& layouts, CompareFacts& facts) {
  std::vector<std::string>& names = facts.indicator_names;
  names = args.indicators.empty() ? default_indicators(all) : args.indicators;
  const std::string rank_by = args.rank_by.empty() ? names.front() : args.rank_by;
  facts.options.rank_by = place_of(rank_by, names);
  facts.options.most = args.best.empty() ? !wants_the_least(rank_by) : args.best == "most";
  std::vector<PrecisionWish> wishes;
  if (!args.precision.empty()) wishes = parse_precision(args.precision);
  for (PrecisionWish& wish : wishes) {
    if (wish.indicator.empty()) wish.indicator = names.front();
    place_of(wish.indicator, names);
  }
  bool good = true;
  for (const std::string& name : names) {
    Compared one;
    std::string wrong = resolve(name, all, layouts, facts.variants, one);
    if (!wrong.empty()) fmt::print(stderr, "callmill: {}: {}\n", name, wrong);
    good = good && wrong.empty();
    for (const PrecisionWish& wish : wishes)
      if (wish.indicator == name && one.metric != nullptr) {
        wrong = parse_width(wish.width, one.metric, one.wanted);
        if (!wrong.empty()) fmt::print(stderr, "callmill: --precision {}\n", wrong);
        good = good && wrong.empty();
      }
    facts.indicators.push_back(std::move(one));
  }
  return good;
}

// Each scenario once, however many variants it is.
std::vector<Blueprint> make_plans(const std::vector<Scenario>& all, CompareFacts& facts) {
  std::vector<Blueprint> plans;
  std::map<std::string, std::size_t> known;
  for (std::size_t v = 0; v < all.size(); ++v) {
    const auto [plan, is_new] = known.emplace(facts.variants[v].hash, plans.size());
    if (is_new) plans.push_back(make_blueprint(all[v].world));
    facts.options.plan_of.push_back(plan->second);
  }
  return plans;
}

// Of each plan; how often and on which days it is simulated is not the scenario's.
std::vector<std::string> plan_keys(const std::vector<Scenario>& all,
                                   const std::vector<std::size_t>& plan_of) {
  std::vector<std::string> keys;
  for (std::size_t v = 0; v < all.size(); ++v) {
    if (plan_of[v] < keys.size()) continue;
    World world = all[v].world;
    world.study = {};
    keys.push_back(scenario_hash(world));
  }
  return keys;
}

// The scenario that says how the days of all can be laid out: of those whose days differ the
// longest.
const World& longest(const std::vector<Scenario>& all) {
  const World* world = &all.front().world;
  for (const Scenario& one : all) {
    const bool differs = one.world.busyness_cv > 0, known = world->busyness_cv > 0;
    if (differs && (!known || one.world.open_days().size() > world->open_days().size()))
      world = &one.world;
  }
  return *world;
}

bool seal_holds(const VariantArgs& args, const std::string& broken) {
  if (!broken.empty())
    fmt::print(
        stderr,
        "{}: error[locked]: {}\n    lock the baseline anew (--lock), or delete its seal, the "
        "last lines of the file\n",
        args.scenario, broken);
  return broken.empty();
}

// Nothing is written over, least of all what was agreed on.
bool may_lock(const VariantArgs& args) {
  std::error_code error;
  const bool may = args.lock.empty() || !std::filesystem::exists(args.lock, error);
  if (!may)
    fmt::print(stderr, "callmill: --lock {}: is there already; take another name\n", args.lock);
  return may;
}

}  // namespace

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

void add_variant_options(CLI::App& verb, VariantArgs& args) {
  add_reduction_option(verb, args);
  add_future_options(verb, args);
  verb.add_option(
          "--indicator", args.indicators,
          "What to compare, e.g. answer_rate, answer_rate@queue:general or service_level@10:00; "
          "repeatable; --precision is of the first one's differences, or of those it names")
      ->allow_extra_args(false);
  verb.add_option("--rank", args.rank_by,
                  "Indicator that says which variant is the best; default: the first one");
  verb.add_option("--best", args.best,
                  "Whether most or least of it is best; default: least of losses, waits and costs")
      ->check(CLI::IsMember({"most", "least"}));
  verb.add_option("--cache", args.cache,
                  "Folder of days that need not be simulated again, or off; default: "
                  "CALLMILL_CACHE, else callmill in your cache folder");
  verb.add_option("--lock", args.lock,
                  "Write the baseline and what it counted into this file, a scenario to compare "
                  "later plans with");
}

std::optional<VariantStudy> simulate_variants(const VariantArgs& args,
                                              const std::vector<VariantSource>& variants,
                                              const std::vector<Contrast>& contrasts,
                                              Context& context) {
  if (variants.size() > kMostVariants) {
    fmt::print(stderr, "callmill: {} variants; at most {}\n", variants.size(), kMostVariants);
    context.exit_code = kUsage;
    return std::nullopt;
  }
  VariantStudy study;
  const std::optional<std::vector<Scenario>> all = load_all(args, variants, context, study.facts);
  if (!all) return std::nullopt;
  const std::vector<Blueprint> plans = make_plans(*all, study.facts);
  std::vector<KpiLayout> layouts;
  for (const std::size_t plan : study.facts.options.plan_of) layouts.emplace_back(plans[plan]);
  ReplicateOptions& options = study.facts.options.replicate;
  const bool chosen = choose(args, *all, layouts, study.facts);
  std::string wrong = parse_reduction(args.at.empty() ? args.reduction : "none", "auto",
                                      longest(*all), options.reduction);
  std::vector<const Metric*> metrics;
  for (const Compared& one : study.facts.indicators) metrics.push_back(one.metric);
  if (wrong.empty()) wrong = drop_idle(args.reduction, metrics, options.reduction);
  if (!wrong.empty()) fmt::print(stderr, "callmill: --variance-reduction {}\n", wrong);
  if (!wrong.empty() || !chosen) {
    context.exit_code = kUsage;
    return std::nullopt;
  }
  tell_of_reduction(args.reduction, options.reduction, language(args.lang));
  if (!args.at.empty() && !compare_futures(args, *all, plans, study.facts, context))
    return std::nullopt;
  // Futures are no days that a seal or a cache could know.
  const bool days_alone = args.at.empty();
  const std::optional<Seal> seal = days_alone ? seal_of(args.scenario) : std::nullopt;
  if (!seal_holds(args, seal ? broken_before(*seal, all->front(), options.reduction.days) : "") ||
      !may_lock(args)) {
    context.exit_code = kBadInput;
    return std::nullopt;
  }
  const std::filesystem::path kept = days_alone ? cache_folder(args.cache) : "";
  const auto keys = [&] { return plan_keys(*all, study.facts.options.plan_of); };
  DayCache days{kept, kept.empty() ? std::vector<std::string>{} : keys(), options};
  study.facts.options.store = kept.empty() ? nullptr : &days;
  LuckPlan luck;
  if (options.reduction.controls)
    luck = make_luck(all->front().world, plans[study.facts.options.plan_of.front()]);
  options.luck = &luck;
  study.facts.options.contrasts = contrasts;
  study.baseline = all->front().world;
  const Lang lang = language(args.lang);
  ProgressLine line{args.progress, lang};
  study.result = compare(
      plans, study.facts.indicators, study.facts.options,
      [&](const Progress& p) {
        PrecisionSoFar precision;
        if (p.precision.wanted > 0)
          precision = {study.facts.indicator_names[p.precision.worst],
                       study.facts.indicators[p.precision.worst].metric->unit,
                       p.precision.half_width, p.precision.wanted, p.precision.needed};
        line.update(study.baseline.name, p.done, p.wanted, precision);
      },
      &interrupt_flag());
  line.clear();
  options.luck = nullptr;  // it ends here, and so do the days
  study.facts.options.store = nullptr;
  study.facts.options.from.clear();
  days.save();
  spdlog::info("{} replications of {} plans, {} events; {} of {} known from before",
               study.result.replications, plans.size(), study.result.events, study.result.recalled,
               study.result.replications * static_cast<std::int64_t>(plans.size()));
  if (!seal_holds(args, seal ? broken_after(*seal, study.result.baseline_days) : "")) {
    context.exit_code = kBadInput;
    return std::nullopt;
  }
  tell_how_it_ended(study.result.interrupted, study.result.precise, study.result.replications,
                    options.replications, lang);
  context.exit_code = study.result.interrupted ? interrupted_code()
                      : study.result.precise   ? static_cast<int>(kOk)
                                               : static_cast<int>(kStoppedByLimit);
  if (!args.lock.empty() && days_alone &&
      !write_whole(args.lock, sealed_text(study.baseline,
                                          {"", options.seed, name_of_design(options.reduction.days),
                                           study.result.baseline_days}))) {
    fmt::print(stderr, "callmill: --lock {}: cannot be written\n", args.lock);
    context.exit_code = kIoError;
  }
  return study;
}

}  // namespace callmill::cli
