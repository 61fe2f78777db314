#include "base/stats/moments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/check.h"

namespace callmill {
namespace {

// An empty form stands for the constant 1.
double mean_of(const Moments& m, std::span<const LinearTerm> form) {
  if (form.empty()) return 1.0;
  double sum = 0.0;
  for (const LinearTerm& t : form) sum += t.weight * m.mean(t.index);
  return sum;
}

}  // namespace

Moments::Moments(std::size_t width) : mean_(width), comoment_(width * (width + 1) / 2) {}

std::size_t Moments::index(std::size_t i, std::size_t j) const {
  if (i > j) std::swap(i, j);
  CALLMILL_CHECK(j < mean_.size(), "no such count");
  return i * (2 * mean_.size() - i - 1) / 2 + j;
}

void Moments::add(std::span<const double> x) {
  CALLMILL_CHECK(x.size() == mean_.size(), "as many counts as the width");
  const std::size_t width = mean_.size();
  ++count_;
  const auto n = static_cast<double>(count_);
  // Deviations from the old mean, weighed by (n - 1) / n, give the same co-moments as old times new
  // deviation do.
  double* row = comoment_.data();
  for (std::size_t i = 0; i < width; ++i) {
    const double weighed = (x[i] - mean_[i]) * ((n - 1.0) / n);
    for (std::size_t j = i; j < width; ++j) row[j - i] += weighed * (x[j] - mean_[j]);
    row += width - i;
  }
  for (std::size_t i = 0; i < width; ++i) mean_[i] += (x[i] - mean_[i]) / n;
}

void Moments::add(std::span<const double> x, std::span<const double> twin) {
  CALLMILL_CHECK(x.size() == mean_.size(), "as many counts as the width");
  in_pairs_ = true;
  const auto n = static_cast<double>(++count_);
  const std::size_t width = mean_.size();
  for (std::size_t i = 0; i < width; ++i) mean_[i] += (x[i] - mean_[i]) / n;
  if (twin.empty()) return;
  ++pairs_;
  double* row = comoment_.data();
  for (std::size_t i = 0; i < width; ++i) {
    const double half = (x[i] - twin[i]) / 2;
    for (std::size_t j = i; j < width; ++j) row[j - i] += half * (x[j] - twin[j]);
    row += width - i;
  }
}

double Moments::covariance(std::size_t i, std::size_t j) const {
  const std::size_t at = index(i, j);
  return dof() < 1 ? 0.0 : comoment_[at] / static_cast<double>(dof());
}

Estimate ratio_estimate(const Moments& m, std::span<const LinearTerm> numerator,
                        std::span<const LinearTerm> denominator, double confidence) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  Estimate e{kNan, kNan, kNan, m.count()};
  const double below = mean_of(m, denominator);
  if (m.count() == 0 || below == 0.0) return e;
  e.value = mean_of(m, numerator) / below;
  if (m.dof() < 1) return e;

  std::vector<LinearTerm> residual(numerator.begin(), numerator.end());  // a - r b
  for (const LinearTerm& t : denominator) residual.push_back({t.index, -e.value * t.weight});
  double variance = 0.0;
  for (const LinearTerm& s : residual)
    for (const LinearTerm& t : residual)
      variance += s.weight * t.weight * m.covariance(s.index, t.index);
  const auto n = static_cast<double>(m.count());
  const double error = std::sqrt(std::max(0.0, variance) / n) / std::fabs(below);
  const double half = student_t(confidence, static_cast<double>(m.dof())) * error;
  e.ci_low = e.value - half;
  e.ci_high = e.value + half;
  return e;
}

}  // namespace callmill
