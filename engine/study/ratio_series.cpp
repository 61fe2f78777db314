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
            const Metric& metric, Scope scope, std::uint32_t period) {
  const std::size_t row = layout.find(metric.family, scope);
  if (row == layout.rows().size()) {
    series.above.push_back(kNaN);
    series.below.push_back(kNaN);
    return;
  }
  const KpiLayout::Row& at = layout.rows()[row];
  const double* cell = counts.data() + at.offset + std::size_t{period} * at.width;
  series.above.push_back(form(metric.numerator, cell));
  series.below.push_back(metric.denominator.empty() ? 1 : form(metric.denominator, cell));
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

double plain_variance(const Linear& of) {
  const auto n = static_cast<double>(of.deviation.size());
  return std::inner_product(of.deviation.begin(), of.deviation.end(), of.deviation.begin(), 0.0) /
         (n - 1);
}

Adjusted adjusted(const Linear& of, const Controls& controls, const Grouping& grouping,
                  double confidence) {
  const auto n = static_cast<std::int64_t>(of.deviation.size());
  Adjusted result{{of.centre, kNaN, kNaN, n}, kNaN};
  if (std::isnan(of.centre) || of.deviation.empty()) return result;
  const AdjustedMean mean = adjusted_mean(of.deviation, controls, grouping);
  if (std::isnan(mean.value)) return result;
  result.estimate.value += mean.value;
  result.variance = mean.variance;
  if (std::isnan(mean.variance)) return result;
  const double half = student_t(confidence, mean.dof) * std::sqrt(mean.variance);
  result.estimate.ci_low = result.estimate.value - half;
  result.estimate.ci_high = result.estimate.value + half;
  return result;
}

}  // namespace callmill
