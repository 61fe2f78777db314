#include "engine/study/compare.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "base/stats/interval.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Numerator and denominator of one indicator of one variant, replication by replication.
struct Series {
  std::vector<double> above, below;
};

// z of the header: the ratio, and what each replication adds to it; these add up to 0.
struct Linear {
  double ratio = kNaN;
  std::vector<double> z;
};

Linear linear(const Series& series) {
  const double above = std::accumulate(series.above.begin(), series.above.end(), 0.0);
  const double below = std::accumulate(series.below.begin(), series.below.end(), 0.0);
  Linear result{below == 0 ? kNaN : above / below, std::vector<double>(series.above.size())};
  const double mean_below = below / static_cast<double>(series.below.size());
  for (std::size_t i = 0; i < result.z.size(); ++i)
    result.z[i] = (series.above[i] - result.ratio * series.below[i]) / mean_below;
  return result;
}

double form(const std::vector<LinearTerm>& terms, const double* counts) {
  double sum = 0;
  for (const LinearTerm& t : terms) sum += t.weight * counts[t.index];
  return sum;
}

// Of values that add up to 0.
double variance(const std::vector<double>& z) {
  return std::inner_product(z.begin(), z.end(), z.begin(), 0.0) / static_cast<double>(z.size() - 1);
}

// The ratio with its interval.
Estimate estimate(const Linear& of, double confidence) {
  const std::size_t n = of.z.size();
  Estimate e{of.ratio, kNaN, kNaN, static_cast<std::int64_t>(n)};
  if (n < 2) return e;
  const auto count = static_cast<double>(n);
  const double half = student_t(confidence, count - 1) * std::sqrt(variance(of.z) / count);
  e.ci_low = e.value - half;
  e.ci_high = e.value + half;
  return e;
}

Linear combined(const std::vector<Linear>& variants, const Contrast& of) {
  Linear result{0, std::vector<double>(variants.front().z.size())};
  for (const auto& [variant, weight] : of) {
    result.ratio += weight * variants[variant].ratio;
    for (std::size_t r = 0; r < result.z.size(); ++r)
      result.z[r] += weight * variants[variant].z[r];
  }
  return result;
}

// a - b.
Linear difference(const std::vector<Linear>& variants, std::size_t a, std::size_t b) {
  return combined(variants, {{a, 1}, {b, -1}});
}

class Table {
 public:
  Table(const std::vector<Blueprint>& plans, const std::vector<std::size_t>& plan_of,
        const std::vector<Compared>& indicators)
      : indicators_{indicators}, series_(indicators.size(), std::vector<Series>(plan_of.size())) {
    for (const std::size_t plan : plan_of) layouts_.emplace_back(plans[plan]);
  }

  void add(std::size_t variant, const ReplicationCounts& counts) {
    const KpiLayout& layout = layouts_[variant];
    for (std::size_t i = 0; i < indicators_.size(); ++i) {
      const Metric& metric = *indicators_[i].metric;
      const std::size_t row = layout.find(metric.family, indicators_[i].scope[variant]);
      Series& series = series_[i][variant];
      if (row == layout.rows().size()) {
        series.above.push_back(kNaN);
        series.below.push_back(kNaN);
        continue;
      }
      const KpiLayout::Row& at = layout.rows()[row];
      const double* day = counts.data() + at.offset + layout.intervals() * at.width;
      series.above.push_back(form(metric.numerator, day));
      series.below.push_back(metric.denominator.empty() ? 1 : form(metric.denominator, day));
    }
  }
  // Forgets what lies beyond the first `n` replications.
  void cut(std::int64_t n) {
    for (auto& variants : series_)
      for (Series& series : variants) {
        series.above.resize(static_cast<std::size_t>(n));
        series.below.resize(static_cast<std::size_t>(n));
      }
  }

  // By variant.
  std::vector<Linear> of(std::size_t indicator) const {
    std::vector<Linear> all;
    for (const Series& series : series_[indicator]) all.push_back(linear(series));
    return all;
  }

 private:
  const std::vector<Compared>& indicators_;
  std::vector<KpiLayout> layouts_;
  std::vector<std::vector<Series>> series_;  // by indicator, then variant
};

// Half the widest interval of a difference to variant 0; NaN when one has none.
double widest_difference(const std::vector<Linear>& of, double confidence) {
  double widest = 0;
  for (std::size_t v = 1; v < of.size(); ++v) {
    const Estimate e = estimate(difference(of, v, 0), confidence);
    if (!std::isfinite(e.ci_high - e.ci_low)) return kNaN;
    widest = std::max(widest, (e.ci_high - e.ci_low) / 2);
  }
  return widest;
}

// All but the ranking.
void write(const Table& table, const std::vector<Compared>& indicators,
           const CompareOptions& options, Comparison& result) {
  const double confidence = options.replicate.confidence;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const std::vector<Linear> of = table.of(i);
    auto& value = result.value.emplace_back();
    auto& to_first = result.difference.emplace_back();
    auto& gain = result.gain.emplace_back();
    for (std::size_t v = 0; v < of.size(); ++v) {
      value.push_back(estimate(of[v], confidence));
      keep_in_range(*indicators[i].metric, value.back());
      const Linear apart = difference(of, v, 0);
      to_first.push_back(v == 0 ? Estimate{kNaN, kNaN, kNaN, result.replications}
                                : estimate(apart, confidence));
      gain.push_back(v == 0 ? kNaN : (variance(of[v].z) + variance(of[0].z)) / variance(apart.z));
    }
    auto& contrast = result.contrast.emplace_back();
    for (const Contrast& weights : options.contrasts)
      contrast.push_back(estimate(combined(of, weights), confidence));
  }
}

Ranking rank(const std::vector<Linear>& of, const CompareOptions& options) {
  const std::size_t variants = of.size();
  Ranking ranking;
  const double sign = options.most ? 1 : -1;
  std::vector<double> value;
  for (std::size_t v = 0; v < variants; ++v) value.push_back(sign * of[v].ratio);
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
      const Estimate e = estimate(difference(of, other, v), confidence);
      beaten = options.most ? e.ci_low > 0 : e.ci_high < 0;
    }
    ranking.may_be_best.push_back(!beaten);
    ranking.behind_best.push_back(v == best ? Estimate{kNaN, kNaN, kNaN, 0}
                                            : estimate(difference(of, best, v), confidence));
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
  Table table{plans, plan_of, indicators};
  double width = kNaN;
  result.precise = wanted.precision <= 0;
  while (result.replications < wanted.replications && !result.interrupted &&
         (wanted.precision <= 0 || !result.precise)) {
    ReplicateOptions batch = wanted;
    batch.precision = 0;
    batch.first = wanted.first + result.replications;
    batch.replications = std::min(kCheckEvery, wanted.replications - result.replications);
    for (std::size_t p = 0; p < plans.size() && !result.interrupted; ++p) {
      const auto before = static_cast<std::int64_t>(p) * batch.replications;
      const ReplicateResult one = replicate(
          plans[p], batch,
          [&](const Progress& of) {
            if (progress)
              progress({result.replications * runs + before + of.done, wanted.replications * runs,
                        width});
          },
          stop,
          [&](const ReplicationCounts& counts) {
            for (std::size_t v = 0; v < plan_of.size(); ++v)
              if (plan_of[v] == p) table.add(v, counts);
          });
      result.events += one.events;
      result.interrupted = one.interrupted;
    }
    if (result.interrupted) break;
    result.replications += batch.replications;
    width = widest_difference(table.of(0), wanted.confidence);
    result.precise = result.precise || width <= wanted.precision;
  }
  table.cut(result.replications);
  if (result.replications == 0) return result;
  write(table, indicators, options, result);
  result.ranking = rank(table.of(options.rank_by), options);
  return result;
}

}  // namespace callmill
