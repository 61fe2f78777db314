#include "engine/study/compare.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "base/check.h"
#include "base/stats/interval.h"
#include "engine/study/ratio_series.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMost = std::numeric_limits<double>::max();

// All that the replications have said, and what is known of them beforehand.
class Table {
 public:
  Table(const std::vector<Blueprint>& plans, const std::vector<std::size_t>& plan_of,
        const std::vector<Compared>& indicators, const CompareOptions& options)
      : plans_{plans},
        plan_of_{plan_of},
        indicators_{indicators},
        options_{options},
        series_(indicators.size(), std::vector<RatioSeries>(plan_of.size())),
        drawn_(series_) {
    for (const Blueprint& plan : plans) layouts_.emplace_back(plan);
    for (const Blueprint& plan : plans)
      if (plan.busyness_cv > 0 && (busy_ == nullptr || plan.days.days() > busy_->days.days()))
        busy_ = &plan;
    for (const Compared& one : indicators) looks_ = looks_ || one.wanted.half_width > 0;
    if (busy_ != nullptr) grouping_ = grouping_of(*busy_, options.replicate.reduction.days);
  }

  // Periods that the indicators need.
  std::set<std::uint32_t> periods(std::size_t plan) const {
    const std::uint32_t all = layout_of(plan).intervals();
    std::set<std::uint32_t> needed{all};
    for (const Compared& one : indicators_)
      needed.insert(one.interval == kWholeDay ? all : one.interval);
    return needed;
  }
  const KpiLayout& layout_of(std::size_t plan) const { return layouts_[plan]; }
  bool needs_luck(std::size_t plan) const {
    return options_.replicate.reduction.controls && plan == plan_of_.front();
  }
  // The luck of a replication; none where no controls are asked of it.
  std::vector<double> luck(std::size_t plan, std::int64_t number,
                           const ReplicationCounts& counts) const {
    const ReplicateOptions& study = options_.replicate;
    if (!needs_luck(plan)) return {};
    return day_luck(*study.luck, plans_[plan], counts, study.seed, number, study.reduction.days);
  }

  // Replication `number` of a plan, for all variants that it is.
  void add(std::size_t plan, std::int64_t number, const ReplicationCounts& counts,
           const std::vector<double>& luck, std::uint64_t fingerprint) {
    const ReplicateOptions& study = options_.replicate;
    if (plan == 0) {
      const double weight = append_stratum(grouping_, study.seed, number);
      if (grouping_.strata > 1) weight_.push_back(weight);
    }
    const double weight =
        weight_.empty() ? 1 : weight_[static_cast<std::size_t>(number - study.first)];
    for (std::size_t v = 0; v < plan_of_.size(); ++v)
      for (std::size_t i = 0; plan_of_[v] == plan && i < indicators_.size(); ++i) {
        const Compared& what = indicators_[i];
        const std::uint32_t period =
            what.interval == kWholeDay ? layouts_[plan].intervals() : what.interval;
        const bool given = study.reduction.conditional && has_expectation(*what.metric);
        append(series_[i][v], layouts_[plan], counts, *what.metric, what.scope[v], period, weight,
               given);
        if (given)
          append(drawn_[i][v], layouts_[plan], counts, *what.metric, what.scope[v], period, weight);
      }
    if (needs_luck(plan))
      luck_.add(useful_controls(luck, weight, study.reduction.days, study.luck->busyness_cv));
    if (plan == plan_of_.front()) fingerprints_.push_back(fingerprint);
  }
  // Forgets what lies beyond the first `n` replications.
  void cut(std::int64_t replications) {
    const auto n = static_cast<std::size_t>(replications);
    fingerprints_.resize(n);
    if (!weight_.empty()) weight_.resize(n);
    for (auto* all : {&series_, &drawn_})
      for (auto& variants : *all)
        for (RatioSeries& series : variants) {
          if (series.above.size() <= n) continue;
          series.above.resize(n);
          series.below.resize(n);
        }
  }

  const std::vector<std::uint64_t>& baseline_days() const { return fingerprints_; }

  // Of each replication by its design; empty: all 1.
  const std::vector<double>& weights() const { return weight_; }

  // By variant.
  std::vector<Linear> of(std::size_t indicator) const {
    std::vector<Linear> all;
    for (const RatioSeries& series : series_[indicator]) all.push_back(linear(series, grouping_));
    return all;
  }
  // As if all replications were independent, and as drawn.
  std::vector<Linear> plain_of(std::size_t indicator) const {
    std::vector<Linear> all;
    const bool given = !drawn_[indicator].front().above.empty();
    for (const RatioSeries& series : given ? drawn_[indicator] : series_[indicator])
      all.push_back(linear(series, weight_.empty() ? Grouping{} : grouping_));
    return all;
  }

  // A sum of weight x variant.
  Adjusted contrast(const std::vector<Linear>& variants, const Contrast& weights,
                    double confidence) const {
    Adjusted sum = adjusted(combined(variants, weights), luck_, grouping_, confidence);
    if (looks_) pay_for_looks(sum.estimate, sum.dof, sum.skewness);
    return sum;
  }
  // a - b.
  Adjusted difference(const std::vector<Linear>& variants, std::size_t a, std::size_t b,
                      double confidence) const {
    return contrast(variants, {{a, 1}, {b, -1}}, confidence);
  }

 private:
  const std::vector<Blueprint>& plans_;
  const std::vector<std::size_t>& plan_of_;
  const std::vector<Compared>& indicators_;
  const CompareOptions& options_;
  const Blueprint* busy_ = nullptr;  // of the plans whose days differ that of most; null: none
  std::vector<KpiLayout> layouts_;   // by plan
  std::vector<std::uint64_t> fingerprints_;       // of the baseline's replications
  std::vector<std::vector<RatioSeries>> series_;  // by indicator, then variant
  std::vector<std::vector<RatioSeries>> drawn_;   // likewise, of those by their expectation
  Controls luck_;
  bool looks_ = false;  // a precision is wanted
  Grouping grouping_;
  std::vector<double> weight_;
};

// A batch of a plan's replications, if all that is asked of them is known.
bool recall(Table& table, std::size_t plan, const ReplicateOptions& batch, DayStore* store,
            Comparison& result) {
  if (store == nullptr) return false;
  const KpiLayout& layout = table.layout_of(plan);
  const std::set<std::uint32_t> periods = table.periods(plan);
  const std::size_t controls = table.needs_luck(plan) ? kLuckControls : 0;
  const auto suffices = [&](const KeptDay* day) {
    return day != nullptr && day->luck.size() >= controls &&
           std::all_of(periods.begin(), periods.end(),
                       [&](std::uint32_t period) { return day->counts.contains(period); }) &&
           std::all_of(day->counts.begin(), day->counts.end(), [&](const auto& kept) {
             return kept.first < layout.periods() && kept.second.size() == kept_width(layout);
           });
  };
  for (std::int64_t r = 0; r < batch.replications; ++r)
    if (!suffices(store->find(plan, batch.first + r))) return false;
  for (std::int64_t r = 0; r < batch.replications; ++r) {
    const KeptDay& day = *store->find(plan, batch.first + r);
    table.add(plan, batch.first + r, restore_counts(layout, day), day.luck, day.fingerprint);
    result.events += day.events;
  }
  result.recalled += batch.replications;
  return true;
}

void simulate(Table& table, const Blueprint& blueprint, std::size_t plan,
              const ReplicateOptions& batch, DayStore* store,
              const std::function<void(const Progress&)>& progress, const std::atomic<bool>* stop,
              Comparison& result) {
  std::int64_t number = batch.first;
  const ReplicateResult one = replicate(
      blueprint, batch, progress, stop, [&](const ReplicationCounts& counts, std::uint64_t events) {
        std::vector<double> luck = table.luck(plan, number, counts);
        const std::uint64_t fingerprint = fingerprint_of(table.layout_of(plan), counts);
        table.add(plan, number, counts, luck, fingerprint);
        if (store != nullptr)
          store->keep(plan, number,
                      {keep_counts(table.layout_of(plan), counts, table.periods(plan)),
                       std::move(luck), fingerprint, events});
        ++number;
      });
  result.events += one.events;
  result.interrupted = one.interrupted;
}

// The difference that is furthest from the precision wanted of it.
WatchBook::State look(const Table& table, const std::vector<Compared>& indicators,
                      const CompareOptions& options, std::int64_t replications) {
  WatchBook::State state{0, kNaN, 0, true, kNaN};
  double furthest = -1;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    if (indicators[i].wanted.half_width <= 0) continue;
    const std::vector<Linear> of = table.of(i);
    for (std::size_t v = 1; v < of.size(); ++v) {
      const Estimate e = table.difference(of, v, 0, options.replicate.confidence).estimate;
      const double half = (e.ci_high - e.ci_low) / 2;
      const double wanted = indicators[i].wanted.of(of.front().centre);
      const bool reached = indicators[i].wanted.met_by(of.front().centre, half);
      const double far = std::isnan(half) ? std::numeric_limits<double>::infinity()
                         : wanted > 0     ? half / wanted
                                          : (reached ? 0 : kMost);
      state.reached = state.reached && reached;
      if (far <= furthest) continue;
      furthest = far;
      state.worst = i;
      state.half_width = half;
      state.wanted = wanted;
      state.needed = std::isinf(far) ? kNaN : far * far * static_cast<double>(replications);
    }
  }
  state.reached = state.reached && furthest >= 0;
  return state;
}

// All but the ranking.
void write(const Table& table, const std::vector<Compared>& indicators,
           const CompareOptions& options, Comparison& result) {
  const double confidence = options.replicate.confidence;
  const auto n = static_cast<double>(result.replications);
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const std::vector<Linear> of = table.of(i), plain = table.plain_of(i);
    auto& value = result.value.emplace_back();
    auto& to_first = result.difference.emplace_back();
    auto& gain = result.gain.emplace_back();
    for (std::size_t v = 0; v < of.size(); ++v) {
      value.push_back(table.contrast(of, {{v, 1}}, confidence).estimate);
      keep_in_range(*indicators[i].metric, value.back());
      if (v == 0) {
        to_first.push_back({kNaN, kNaN, kNaN, result.replications});
        gain.push_back(kNaN);
        continue;
      }
      const Adjusted apart = table.difference(of, v, 0, confidence);
      to_first.push_back(apart.estimate);
      gain.push_back(
          (plain_variance(plain[v], table.weights()) + plain_variance(plain[0], table.weights())) /
          n / apart.variance);
    }
    auto& contrast = result.contrast.emplace_back();
    for (const Contrast& weights : options.contrasts)
      contrast.push_back(table.contrast(of, weights, confidence).estimate);
  }
}

Ranking rank(const Table& table, const CompareOptions& options,
             const std::vector<Estimate>& values) {
  const std::vector<Linear> of = table.of(options.rank_by);
  const std::size_t variants = of.size();
  Ranking ranking;
  const double sign = options.most ? 1 : -1;
  std::vector<double> value;
  for (std::size_t v = 0; v < variants; ++v) value.push_back(sign * values[v].value);
  ranking.order.resize(variants);
  std::iota(ranking.order.begin(), ranking.order.end(), std::size_t{0});
  std::stable_sort(ranking.order.begin(), ranking.order.end(), [&](std::size_t a, std::size_t b) {
    return value[a] > value[b] || (std::isnan(value[b]) && !std::isnan(value[a]));
  });
  // All pairs at once: one wrong statement among them has at most the chance 1 - confidence.
  const auto pairs = static_cast<double>(variants * (variants - 1)) / 2;
  const double confidence = 1 - (1 - options.replicate.confidence) / pairs;
  const std::size_t best = ranking.order.front();
  for (std::size_t v = 0; v < variants; ++v) {
    bool beaten = false;
    for (std::size_t other = 0; other < variants && !beaten; ++other) {
      if (other == v) continue;
      const Estimate e = table.difference(of, other, v, confidence).estimate;
      beaten = options.most ? e.ci_low > 0 : e.ci_high < 0;
    }
    ranking.may_be_best.push_back(!beaten);
    ranking.behind_best.push_back(v == best ? Estimate{kNaN, kNaN, kNaN, 0}
                                            : table.difference(of, best, v, confidence).estimate);
  }
  return ranking;
}

}  // namespace

Comparison compare(const std::vector<Blueprint>& plans, const std::vector<Compared>& indicators,
                   const CompareOptions& options,
                   const std::function<void(const Progress&)>& progress,
                   const std::atomic<bool>* stop) {
  std::vector<std::size_t> plan_of = options.plan_of;
  if (plan_of.empty()) {
    plan_of.resize(plans.size());
    std::iota(plan_of.begin(), plan_of.end(), std::size_t{0});
  }
  CALLMILL_CHECK(plan_of.size() >= 2 && !indicators.empty(), "two variants and an indicator");
  CALLMILL_CHECK(options.rank_by < indicators.size(), "ranked by one of the indicators");
  const ReplicateOptions& wanted = options.replicate;
  const auto runs = static_cast<std::int64_t>(plans.size());
  Comparison result;
  CALLMILL_CHECK(options.from.empty() || (options.from.size() == plans.size() && !options.store),
                 "a snapshot of each plan");
  CALLMILL_CHECK(!wanted.reduction.controls || wanted.luck != nullptr, "controls need the luck");
  Table table{plans, plan_of, indicators, options};
  const bool wants_precision =
      std::any_of(indicators.begin(), indicators.end(),
                  [](const Compared& one) { return one.wanted.half_width > 0; });
  WatchBook::State state{0, kNaN, 0, false, kNaN};
  while (result.replications < wanted.replications && !result.interrupted && !state.reached) {
    ReplicateOptions batch = wanted;
    batch.watched.clear();
    batch.luck = nullptr;
    batch.reduction.controls = false;
    batch.first = wanted.first + result.replications;
    batch.replications = std::min(kCheckEvery, wanted.replications - result.replications);
    for (std::size_t p = 0; p < plans.size() && !result.interrupted; ++p) {
      if (!options.from.empty()) batch.from = &options.from[p];
      const auto before = static_cast<std::int64_t>(p) * batch.replications;
      const auto tell = [&](const Progress& of) {
        if (!progress) return;
        WatchBook::State so_far = state;
        so_far.needed *= static_cast<double>(runs);
        progress(
            {result.replications * runs + before + of.done, wanted.replications * runs, so_far});
      };
      if (recall(table, p, batch, options.store, result)) {
        tell({batch.replications, 0, {}});
        result.interrupted = stop != nullptr && stop->load(std::memory_order_relaxed);
      } else {
        simulate(table, plans[p], p, batch, options.store, tell, stop, result);
      }
    }
    if (result.interrupted) break;
    result.replications += batch.replications;
    if (wants_precision && is_look(result.replications))
      state = look(table, indicators, options, result.replications);
  }
  result.precise = !wants_precision || state.reached;
  table.cut(result.replications);
  result.baseline_days = table.baseline_days();
  if (result.replications == 0) return result;
  write(table, indicators, options, result);
  result.ranking = rank(table, options, result.value[options.rank_by]);
  return result;
}

}  // namespace callmill
