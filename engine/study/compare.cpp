#include "engine/study/compare.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

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
        series_(indicators.size(), std::vector<RatioSeries>(plan_of.size())) {
    for (const std::size_t plan : plan_of) layouts_.emplace_back(plans[plan]);
    for (const Blueprint& plan : plans)
      if (plan.busyness_cv > 0 && (busy_ == nullptr || plan.days.days() > busy_->days.days()))
        busy_ = &plan;
    for (const Compared& one : indicators) looks_ = looks_ || one.wanted.half_width > 0;
    if (busy_ != nullptr) grouping_ = grouping_of(*busy_, options.replicate.reduction.days);
  }

  // Replication `number` of a plan, for all variants that it is.
  void add(std::size_t plan, std::int64_t number, const ReplicationCounts& counts) {
    const ReplicateOptions& study = options_.replicate;
    for (std::size_t v = 0; v < plan_of_.size(); ++v)
      for (std::size_t i = 0; plan_of_[v] == plan && i < indicators_.size(); ++i) {
        const Compared& what = indicators_[i];
        append(series_[i][v], layouts_[v], counts, *what.metric, what.scope[v],
               what.interval == kWholeDay ? layouts_[v].intervals() : what.interval);
      }
    if (study.reduction.controls && plan == plan_of_.front())
      append_luck(luck_, *study.luck, plans_[plan], counts, study.seed, number,
                  study.reduction.days);
    if (plan == 0 && busy_ != nullptr) append_stratum(grouping_, *busy_, study.seed, number);
  }
  // Forgets what lies beyond the first `n` replications.
  void cut(std::int64_t replications) {
    const auto n = static_cast<std::size_t>(replications);
    for (auto& variants : series_)
      for (RatioSeries& series : variants) {
        series.above.resize(n);
        series.below.resize(n);
      }
  }

  // By variant.
  std::vector<Linear> of(std::size_t indicator) const {
    std::vector<Linear> all;
    for (const RatioSeries& series : series_[indicator]) all.push_back(linear(series, grouping_));
    return all;
  }
  // As if all replications were independent.
  std::vector<Linear> plain_of(std::size_t indicator) const {
    std::vector<Linear> all;
    for (const RatioSeries& series : series_[indicator]) all.push_back(linear(series, {}));
    return all;
  }

  // A sum of weight x variant.
  Adjusted contrast(const std::vector<Linear>& variants, const Contrast& weights,
                    double confidence) const {
    Adjusted sum = adjusted(combined(variants, weights), luck_, grouping_, confidence);
    if (looks_) pay_for_looks(sum.estimate);
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
  std::vector<KpiLayout> layouts_;
  std::vector<std::vector<RatioSeries>> series_;  // by indicator, then variant
  Controls luck_;
  bool looks_ = false;  // a precision is wanted
  Grouping grouping_;
};

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
      const bool reached = half <= wanted;
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
      gain.push_back((plain_variance(plain[v]) + plain_variance(plain[0])) / n / apart.variance);
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
      const auto before = static_cast<std::int64_t>(p) * batch.replications;
      const ReplicateResult one = replicate(
          plans[p], batch,
          [&](const Progress& of) {
            if (progress) {
              WatchBook::State so_far = state;
              so_far.needed *= static_cast<double>(runs);
              progress({result.replications * runs + before + of.done, wanted.replications * runs,
                        so_far});
            }
          },
          stop,
          [&, number = batch.first](const ReplicationCounts& counts) mutable {
            table.add(p, number++, counts);
          });
      result.events += one.events;
      result.interrupted = one.interrupted;
    }
    if (result.interrupted) break;
    result.replications += batch.replications;
    if (wants_precision && is_look(result.replications))
      state = look(table, indicators, options, result.replications);
  }
  result.precise = !wants_precision || state.reached;
  table.cut(result.replications);
  if (result.replications == 0) return result;
  write(table, indicators, options, result);
  result.ranking = rank(table, options, result.value[options.rank_by]);
  return result;
}

}  // namespace callmill
