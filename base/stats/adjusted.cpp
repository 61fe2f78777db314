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
// that mean[0] becomes the adjusted mean. Returns c' M^-1 c and the number of controls used.
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
    if (!(squares > kNothing * before[c])) continue;
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

}  // namespace

std::size_t usable_controls(std::size_t width, double dof) {
  return std::min(width, static_cast<std::size_t>(std::max(0.0, dof) / 8));
}

AdjustedMean adjusted_mean(std::span<const double> values, const Controls& controls,
                           const Grouping& of_study) {
  const Grouping grouping = of_study.of_first(values.size());
  CALLMILL_CHECK(controls.width == 0 || controls.count() >= values.size(),
                 "every replication has its controls");
  const auto strata = static_cast<double>(grouping.strata);
  const double free =
      static_cast<double>(grouping.used(values.size()) / grouping.block) - strata;  // N - S
  Rows rows = rows_of(values, controls, grouping, usable_controls(controls.width, free));
  AdjustedMean result{kNaN, kNaN, kNaN, 0};
  if (rows.count == 0) return result;
  const Strata s = means_of(rows, grouping.strata);
  std::vector<double> mean(rows.width);
  for (std::size_t i = 0; i < s.mean.size(); ++i) mean[i % rows.width] += s.mean[i] / strata;
  for (std::size_t i = 0; i < rows.cell.size(); ++i)
    rows.cell[i] -= s.mean[rows.stratum[i / rows.width] * rows.width + i % rows.width];
  const Fit fit = take_out_controls(rows, mean);
  result.value = mean[0];
  result.controls = fit.used;
  if (free < 1) return result;

  std::vector<double> squares(grouping.strata);
  double all = 0;
  for (std::size_t r = 0; r < rows.count; ++r) {
    squares[rows.stratum[r]] += rows.at(r, 0) * rows.at(r, 0);
    all += rows.at(r, 0) * rows.at(r, 0);
  }
  const double left = free - static_cast<double>(fit.used);
  double sum = 0, parts = 0;
  for (std::size_t i = 0; i < grouping.strata; ++i) {
    const double sigma2 = squares[i] / (s.members[i] - 1) * (free / left);
    const double v = sigma2 / (s.members[i] * strata * strata);
    sum += v;
    parts += v * v / (s.members[i] + 1);
  }
  const double least = *std::min_element(s.members.begin(), s.members.end()) - 1;
  result.variance = sum + all / left * fit.cost;
  result.dof = free;
  if (grouping.strata > 1 && parts > 0) result.dof = std::clamp(sum * sum / parts - 2, least, free);
  result.dof = std::max(1.0, result.dof * left / free);
  return result;
}

}  // namespace callmill
