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

  double ratio() const {
    const double sum = std::accumulate(below.begin(), below.end(), 0.0);
    return sum == 0 ? kNaN : std::accumulate(above.begin(), above.end(), 0.0) / sum;
  }
  // z of the header, without its mean: they add up to 0.
  std::vector<double> deviations() const {
    const double r = ratio();
    const auto n = static_cast<double>(below.size());
    const double mean_below = std::accumulate(below.begin(), below.end(), 0.0) / n;
    std::vector<double> z(above.size());
    for (std::size_t i = 0; i < z.size(); ++i) z[i] = (above[i] - r * below[i]) / mean_below;
    return z;
  }
};

double form(const std::vector<LinearTerm>& terms, const double* counts) {
  double sum = 0;
  for (const LinearTerm& t : terms) sum += t.weight * counts[t.index];
  return sum;
}

// Of values that add up to 0.
double variance(const std::vector<double>& z) {
  return std::inner_product(z.begin(), z.end(), z.begin(), 0.0) / static_cast<double>(z.size() - 1);
}

Estimate around(double value, double variance, std::size_t n, double confidence) {
  Estimate e{value, kNaN, kNaN, static_cast<std::int64_t>(n)};
  if (n < 2) return e;
  const auto count = static_cast<double>(n);
  const double half = student_t(confidence, count - 1) * std::sqrt(variance / count);
  e.ci_low = value - half;
  e.ci_high = value + half;
  return e;
}

std::vector<double> minus(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = a[i] - b[i];
  return result;
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

  Estimate value(std::size_t i, std::size_t variant, double confidence) const {
    const Series& s = series_[i][variant];
    Estimate e = around(s.ratio(), variance(s.deviations()), s.above.size(), confidence);
    keep_in_range(*indicators_[i].metric, e);
    return e;
  }
  Estimate difference(std::size_t i, std::size_t a, std::size_t b, double confidence) const {
    const Series &of = series_[i][a], &from = series_[i][b];
    return around(of.ratio() - from.ratio(), variance(minus(of.deviations(), from.deviations())),
                  of.above.size(), confidence);
  }
  Estimate contrast(std::size_t i, const Contrast& of, double confidence) const {
    double value = 0;
    std::vector<double> z;
    for (const auto& [variant, weight] : of) {
      const Series& s = series_[i][variant];
      value += weight * s.ratio();
      z.resize(s.above.size());
      const std::vector<double> more = s.deviations();
      for (std::size_t r = 0; r < z.size(); ++r) z[r] += weight * more[r];
    }
    return around(value, variance(z), z.size(), confidence);
  }
  double gain(std::size_t i, std::size_t a, std::size_t b) const {
    const std::vector<double> za = series_[i][a].deviations(), zb = series_[i][b].deviations();
    const std::vector<double> apart = minus(za, zb);
    return (variance(za) + variance(zb)) / variance(apart);
  }
  double widest_difference(std::size_t i, double confidence) const {
    double widest = 0;
    for (std::size_t v = 1; v < series_[i].size(); ++v) {
      const Estimate e = difference(i, v, 0, confidence);
      if (!std::isfinite(e.ci_high - e.ci_low)) return kNaN;
      widest = std::max(widest, (e.ci_high - e.ci_low) / 2);
    }
    return widest;
  }

 private:
  const std::vector<Compared>& indicators_;
  std::vector<KpiLayout> layouts_;
  std::vector<std::vector<Series>> series_;  // by indicator, then variant
};

Ranking rank(const Table& table, std::size_t variants, const CompareOptions& options) {
  Ranking ranking;
  const double sign = options.most ? 1 : -1;
  std::vector<double> value;
  for (std::size_t v = 0; v < variants; ++v)
    value.push_back(sign * table.value(options.rank_by, v, options.replicate.confidence).value);
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
      const Estimate e = table.difference(options.rank_by, other, v, confidence);
      beaten = options.most ? e.ci_low > 0 : e.ci_high < 0;
    }
    ranking.may_be_best.push_back(!beaten);
    ranking.behind_best.push_back(v == best
                                      ? Estimate{kNaN, kNaN, kNaN, 0}
                                      : table.difference(options.rank_by, best, v, confidence));
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
    width = table.widest_difference(0, wanted.confidence);
    result.precise = result.precise || width <= wanted.precision;
  }
  table.cut(result.replications);
  if (result.replications == 0) return result;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    auto& value = result.value.emplace_back();
    auto& difference = result.difference.emplace_back();
    auto& gain = result.gain.emplace_back();
    for (std::size_t v = 0; v < plan_of.size(); ++v) {
      value.push_back(table.value(i, v, wanted.confidence));
      difference.push_back(v == 0 ? Estimate{kNaN, kNaN, kNaN, result.replications}
                                  : table.difference(i, v, 0, wanted.confidence));
      gain.push_back(v == 0 ? kNaN : table.gain(i, v, 0));
    }
  }
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    auto& contrast = result.contrast.emplace_back();
    for (const Contrast& of : options.contrasts)
      contrast.push_back(table.contrast(i, of, wanted.confidence));
  }
  result.ranking = rank(table, plan_of.size(), options);
  return result;
}

}  // namespace callmill
