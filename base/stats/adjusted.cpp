#include "base/stats/adjusted.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// What is averaged: replications, or whole blocks of them. Row by row: the value, then the
// controls.
struct Rows {
  std::size_t count = 0, width = 1;
  std::vector<double> cell;
  std::vector<std::uint32_t> stratum;
  double at(std::size_t row, std::size_t column) const { return cell[row * width + column]; }
};

Rows rows_of(std::span<const double> values, const Controls& controls, const Grouping& grouping,
             std::size_t wanted) {
  Rows rows;
  rows.width = 1 + wanted;
  rows.count = values.size() / grouping.block;
  rows.cell.assign(rows.count * rows.width, 0);
  rows.stratum.resize(rows.count);
  const auto size = static_cast<double>(grouping.block);
  for (std::size_t r = 0; r < rows.count * grouping.block; ++r) {
    double* row = &rows.cell[r / grouping.block * rows.width];
    row[0] += values[r] / size;
    for (std::size_t c = 0; c < wanted; ++c) row[1 + c] += controls.at(r, c) / size;
    rows.stratum[r / grouping.block] = grouping.stratum(r);
  }
  return rows;
}

struct Strata {
  std::vector<double> members;
  std::vector<double> mean;  // stratum by stratum, as Rows
};

Strata means_of(const Rows& rows, std::size_t strata) {
  Strata s{std::vector<double>(strata), std::vector<double>(strata * rows.width)};
  for (std::size_t r = 0; r < rows.count; ++r) {
    ++s.members[rows.stratum[r]];
    for (std::size_t k = 0; k < rows.width; ++k)
      s.mean[rows.stratum[r] * rows.width + k] += rows.at(r, k);
  }
  for (std::size_t i = 0; i < strata; ++i)
    for (std::size_t k = 0; k < rows.width; ++k) s.mean[i * rows.width + k] /= s.members[i];
  return s;
}

// Least squares on the deviations within strata, control after control by the modified Gram-Schmidt
// process: a control of which the ones before leave nothing is left out. `rows` holds deviations
// and is changed: the values become residuals. `mean`: the means over strata, treated alike, so
// that mean[0] becomes the adjusted mean. Columns of controls become orthogonal, of those left out
// 0. Returns c' M^-1 c and the number of controls used.
struct Fit {
  double cost = 0;
  std::size_t used = 0;
};
Fit take_out_controls(Rows& rows, std::vector<double>& mean) {
  constexpr double kNothing = 1e-10;  // of a control's sum of squares
  const auto product = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t r = 0; r < rows.count; ++r) sum += rows.at(r, a) * rows.at(r, b);
    return sum;
  };
  std::vector<double> before(rows.width);
  for (std::size_t c = 1; c < rows.width; ++c) before[c] = product(c, c);
  Fit fit;
  for (std::size_t c = 1; c < rows.width; ++c) {
    const double squares = product(c, c);
    if (!(squares > kNothing * before[c])) {
      for (std::size_t r = 0; r < rows.count; ++r) rows.cell[r * rows.width + c] = 0;
      continue;
    }
    ++fit.used;
    fit.cost += mean[c] * mean[c] / squares;
    for (std::size_t k = 0; k < rows.width; ++k) {
      if (k != 0 && k <= c) continue;
      const double slope = product(k, c) / squares;
      for (std::size_t r = 0; r < rows.count; ++r)
        rows.cell[r * rows.width + k] -= slope * rows.at(r, c);
      mean[k] -= slope * mean[c];
    }
  }
  return fit;
}

// One stratum, after take_out_controls(): the adjusted values w. `mean` as that leaves it.
std::vector<double> cross_fitted(const Rows& rows, const std::vector<double>& mean) {
  std::vector<double> squares(rows.width);
  for (std::size_t c = 1; c < rows.width; ++c)
    for (std::size_t r = 0; r < rows.count; ++r) squares[c] += rows.at(r, c) * rows.at(r, c);
  std::vector<double> values(rows.count);
  for (std::size_t r = 0; r < rows.count; ++r) {
    double leverage = 1 / static_cast<double>(rows.count), moved = 0;
    for (std::size_t c = 1; c < rows.width; ++c) {
      if (!(squares[c] > 0)) continue;
      leverage += rows.at(r, c) * rows.at(r, c) / squares[c];
      moved += rows.at(r, c) * (rows.at(r, c) + mean[c]) / squares[c];
    }
    constexpr double kMostLeverage = 0.999;  // of a day without which a control is nothing
    const double residual = rows.at(r, 0);
    values[r] = mean[0] + residual + moved * residual / (1 - std::min(leverage, kMostLeverage));
  }
  return values;
}

// Variance, skewness and days of the mean of independent values.
AdjustedMean independent_mean(const std::vector<double>& values, std::size_t controls) {
  const auto n = static_cast<double>(values.size());
  AdjustedMean result{kNaN, kNaN, kNaN, 0, controls};
  double sum = 0, second = 0, third = 0;
  for (const double v : values) sum += v;
  result.value = sum / n;
  if (n < 2) return result;
  for (const double v : values) {
    const double d = v - result.value;
    second += d * d;
    third += d * d * d;
  }
  result.variance = second / (n - 1) / n;
  const double free = n - 1 - static_cast<double>(controls);
  result.dof = std::max(1.0, values.size() < kLeastForSkewness ? free / 2 : free);
  if (values.size() >= kLeastForSkewness && second > 0) {
    const double of_values =
        third / n / std::pow(second / n, 1.5) * std::sqrt(n * (n - 1)) / (n - 2);
    result.skewness = of_values * (1 + 1 / std::sqrt(n)) / std::sqrt(n);
  }
  return result;
}

// Several strata, after take_out_controls().
AdjustedMean mean_in_strata(const Rows& rows, const Strata& s, double value, const Fit& fit) {
  const std::size_t count = s.members.size();
  const auto strata = static_cast<double>(count);
  const double free = static_cast<double>(rows.count) - strata;  // N - S
  AdjustedMean result{value, kNaN, kNaN, 0, fit.used};
  std::vector<double> squares(count);
  double all = 0;
  for (std::size_t r = 0; r < rows.count; ++r) {
    const double square = rows.at(r, 0) * rows.at(r, 0);
    squares[rows.stratum[r]] += square;
    all += square;
  }
  const double left = free - static_cast<double>(fit.used);
  double sum = 0, parts = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double sigma2 = squares[i] / (s.members[i] - 1) * (free / left);
    const double v = sigma2 / (s.members[i] * strata * strata);
    sum += v;
    parts += v * v / (s.members[i] + 1);
  }
  const double least = *std::min_element(s.members.begin(), s.members.end()) - 1;
  result.variance = sum + all / left * fit.cost;
  result.dof = parts > 0 ? std::clamp(sum * sum / parts - 2, least, free) : free;
  result.dof = std::max(1.0, result.dof * left / free);
  return result;
}

}  // namespace

Estimate AdjustedMean::estimate(double confidence) const {
  Estimate e{value, kNaN, kNaN, 0};
  if (std::isnan(variance)) return e;
  const SkewEnds ends = skew_ends(student_t(confidence, dof), skewness);
  const double error = std::sqrt(variance);
  e.ci_low = value + ends.low * error;
  e.ci_high = value + ends.high * error;
  return e;
}

std::size_t usable_controls(std::size_t width, double dof, std::size_t strata) {
  const double each = strata > 1 ? 24 : 8;
  return std::min(width, static_cast<std::size_t>(std::max(0.0, dof) / each));
}

AdjustedMean adjusted_mean(std::span<const double> values, const Controls& controls,
                           const Grouping& of_study) {
  const Grouping grouping = of_study.of_first(values.size());
  CALLMILL_CHECK(controls.width == 0 || controls.count() >= values.size(),
                 "every replication has its controls");
  const auto strata = static_cast<double>(grouping.strata);
  const double free =
      static_cast<double>(grouping.used(values.size()) / grouping.block) - strata;  // N - S
  Rows rows =
      rows_of(values, controls, grouping, usable_controls(controls.width, free, grouping.strata));
  if (rows.count == 0) return {kNaN, kNaN, kNaN, 0, 0};
  const Strata s = means_of(rows, grouping.strata);
  std::vector<double> mean(rows.width);
  for (std::size_t i = 0; i < s.mean.size(); ++i) mean[i % rows.width] += s.mean[i] / strata;
  for (std::size_t i = 0; i < rows.cell.size(); ++i)
    rows.cell[i] -= s.mean[rows.stratum[i / rows.width] * rows.width + i % rows.width];
  const Fit fit = take_out_controls(rows, mean);
  return grouping.strata > 1 ? mean_in_strata(rows, s, mean[0], fit)
                             : independent_mean(cross_fitted(rows, mean), fit.used);
}

}  // namespace callmill
