#include "app/cli/variants.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
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
  facts.variants.push_back({args.scenario, baseline->hash});
  std::vector<Scenario> all{std::move(*baseline)};
  Wrongs wrongs;
  Diagnostics errors;
  for (const VariantSource& variant : variants) {
    Diagnostics diagnostics;
    if (std::optional<Scenario> one = read_scenario(variant.file, {variant.set}, diagnostics)) {
      facts.variants.push_back({variant.name, one->hash});
      all.push_back(std::move(*one));
    }
    for (const Diagnostic& d : diagnostics.errors()) {
      wrongs.add(fmt::format("{}:{} {} {}", d.place.file, d.place.line, d.code, d.message),
                 render(d), variant.name);
      errors.error(d);
    }
  }
  if (!errors.ok()) context.exit_code = bad_input_code(errors);
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

// Why a scenario has nothing of a family of indicators.
const char* why_none(Family family) {
  switch (family) {
    case Family::kCallers:
      return "callers are their calls there: it has no redial, resolution, survey or satisfaction";
    case Family::kFloor:
      return "it has no rules";
    case Family::kPeople:
      return "it has no roster, and no group with attendance or ringing";
    case Family::kCallbacks:
      return "none of its queues offers callbacks";
    case Family::kCampaigns:
      return "it has no campaigns";
    case Family::kContacts:
      return "none of its caller types has a resolution or a survey, and it has no satisfaction";
    case Family::kMessages:
      return "it has no messages";
    case Family::kChats:
      return "it has no chats";
    case Family::kCalls:
    case Family::kAgents:
    case Family::kLines:
    case Family::kCosts:
      break;
  }
  return "it has nothing to count there";
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
                    const std::vector<KpiLayout>& layouts,
                    const std::vector<ComparedVariant>& names, Compared& out) {
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
    for (const KpiLayout::Row& row : layouts[v].rows()) {
      const Metric* metric = find_metric(key, row.scope.kind);
      if (metric == nullptr || metric->family != row.family) continue;
      places.push_back(scope_name(all[v].world, row.scope));
      if (places.back() != where) continue;
      found = true;
      out.metric = metric;
      out.scope.push_back(row.scope);
      break;
    }
    if (found) continue;
    const std::string whose =
        v == 0 ? "the baseline" : fmt::format("the variant {}", names[v].name);
    if (!places.empty())
      return fmt::format("{} has no {} of {}; it has it of {}", whose, key, where,
                         fmt::join(places, ", "));
    const auto metric = std::find_if(metrics().begin(), metrics().end(),
                                     [&](const Metric& one) { return one.key == key; });
    return fmt::format("{} has no {}: {}", whose, key, why_none(metric->family));
  }
  return "";
}

// The indicators and what ranks; false with every error printed.
bool choose(const VariantArgs& args, const std::vector<Scenario>& all,
            const std::vector<KpiLayout>& layouts, CompareFacts& facts) {
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
    const std::string wrong = resolve(name, all, layouts, facts.variants, one);
    if (!wrong.empty()) fmt::print(stderr, "callmill: {}: {}\n", name, wrong);
    good = good && wrong.empty();
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

void tell_how_it_ended(const VariantStudy& study, Lang lang) {
  const Comparison& result = study.result;
  const std::int64_t wanted = study.facts.options.replicate.replications;
  if (result.interrupted)
    fmt::print(stderr,
               fmt::runtime(say(lang,
                                "callmill: interrupted; the result stands on the first {} of {} "
                                "replications\n",
                                "callmill: 已中断；结果基于前 {} 次仿真（共 {} 次）\n")),
               result.replications, wanted);
  if (!result.precise && !result.interrupted)
    fmt::print(
        stderr,
        fmt::runtime(say(lang, "callmill: the precision was not reached in {} replications\n",
                         "callmill: {} 次仿真仍未达到所要求的精度\n")),
        wanted);
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
  verb.add_option("--indicator", args.indicators,
                  "What to compare, e.g. answer_rate or answer_rate@queue:general; repeatable; "
                  "--precision is of the first one's differences")
      ->allow_extra_args(false);
  verb.add_option("--rank", args.rank_by,
                  "Indicator that says which variant is the best; default: the first one");
  verb.add_option("--best", args.best,
                  "Whether most or least of it is best; default: least of losses, waits and costs")
      ->check(CLI::IsMember({"most", "least"}));
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
  if (!choose(args, *all, layouts, study.facts)) {
    context.exit_code = kUsage;
    return std::nullopt;
  }
  study.facts.options.contrasts = contrasts;
  study.baseline = all->front().world;
  const Lang lang = language(args.lang);
  ProgressLine line{args.progress, lang};
  study.result = compare(
      plans, study.facts.indicators, study.facts.options,
      [&](const Progress& p) { line.update(study.baseline.name, p.done, p.wanted, p.half_width); },
      &interrupt_flag());
  line.clear();
  spdlog::info("{} replications of {} plans, {} events", study.result.replications, plans.size(),
               study.result.events);
  tell_how_it_ended(study, lang);
  context.exit_code = study.result.interrupted ? interrupted_code()
                      : study.result.precise   ? static_cast<int>(kOk)
                                               : static_cast<int>(kStoppedByLimit);
  return study;
}

}  // namespace callmill::cli
