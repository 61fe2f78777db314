#include "engine/study/ratio_series.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double form(const std::vector<LinearTerm>& terms, const double* counts) {
  double sum = 0;
  for (const LinearTerm& t : terms) sum += t.weight * counts[t.index];
  return sum;
}

}  // namespace

void append(RatioSeries& series, const KpiLayout& layout, const ReplicationCounts& counts,
            const Metric& metric, Scope scope, std::uint32_t period, double weight, bool given) {
  const std::size_t row = layout.find(given ? Family::kContactsGiven : metric.family, scope);
  if (row == layout.rows().size()) {
    series.above.push_back(kNaN);
    series.below.push_back(kNaN);
    return;
  }
  const KpiLayout::Row& at = layout.rows()[row];
  const double* cell = counts.data() + at.offset + std::size_t{period} * at.width;
  series.above.push_back(weight * form(metric.numerator, cell));
  series.below.push_back(weight *
                         (metric.denominator.empty() ? 1 : form(metric.denominator, cell)));
}

Linear linear(const RatioSeries& series, const Grouping& of_study) {
  const std::size_t n = series.above.size();
  const std::vector<double> weight = weights(of_study.of_first(n), n);
  const double above = std::inner_product(weight.begin(), weight.end(), series.above.begin(), 0.0);
  const double below = std::inner_product(weight.begin(), weight.end(), series.below.begin(), 0.0);
  Linear result{below == 0 ? kNaN : above / below, std::vector<double>(n)};
  for (std::size_t r = 0; r < n; ++r)
    result.deviation[r] = (series.above[r] - result.centre * series.below[r]) / below;
  return result;
}

Linear combined(const std::vector<Linear>& figures,
                const std::vector<std::pair<std::size_t, double>>& weights) {
  Linear result{0, std::vector<double>(figures.front().deviation.size())};
  for (const auto& [figure, weight] : weights) {
    result.centre += weight * figures[figure].centre;
    for (std::size_t r = 0; r < result.deviation.size(); ++r)
      result.deviation[r] += weight * figures[figure].deviation[r];
  }
  return result;
}

double plain_variance(const Linear& of, const std::vector<double>& weights) {
  const auto n = static_cast<double>(of.deviation.size());
  double squares = 0, all = 0;
  for (std::size_t r = 0; r < of.deviation.size(); ++r) {
    const double weight = weights.empty() ? 1 : weights[r];
    squares += of.deviation[r] * of.deviation[r] / weight;
    all += weight;
  }
  return squares / (n - 1) * (n / all);
}

Adjusted adjusted(const Linear& of, const Controls& controls, const Grouping& grouping,
                  double confidence) {
  const auto n = static_cast<std::int64_t>(of.deviation.size());
  Adjusted result{{of.centre, kNaN, kNaN, n}, kNaN, kNaN, 0};
  if (std::isnan(of.centre) || of.deviation.empty()) return result;
  const AdjustedMean mean = adjusted_mean(of.deviation, controls, grouping);
  if (std::isnan(mean.value)) return result;
  const Estimate apart = mean.estimate(confidence);
  result = {{of.centre + apart.value, of.centre + apart.ci_low, of.centre + apart.ci_high, n},
            mean.variance,
            mean.dof,
            mean.skewness};
  return result;
}

}  // namespace callmill
