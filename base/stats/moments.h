#pragma once
// Means and co-moments of a vector of counts over replications, for ratios of expectations.
//
// A KPI is a ratio (a·x) / (b·x) of linear forms of a replication's counts x. Its estimate r is the
// ratio of means; its interval comes from the delta method, with S the sample covariance:
//
//   Var r ~ (a - r b)' S (a - r b) / (n (b·mean)^2)

#include <cstdint>
#include <span>
#include <vector>

#include "base/stats/interval.h"

namespace callmill {

// Welford's recursion on a vector of `width` counts. add() must be called in replication order: the
// result's bytes depend on the order. Memory: width + width (width + 1) / 2 doubles.
class Moments {
 public:
  Moments() = default;
  explicit Moments(std::size_t width);

  void add(std::span<const double> x);  // O(width^2)
  std::int64_t count() const { return count_; }
  double mean(std::size_t i) const { return mean_[i]; }
  double covariance(std::size_t i, std::size_t j) const;  // sample covariance; 0 when count() < 2

 private:
  std::size_t index(std::size_t i, std::size_t j) const;
  std::int64_t count_ = 0;
  std::vector<double> mean_;
  std::vector<double> comoment_;  // upper triangle, row by row
};

// A linear form over counts, sparse: sum of weight * x[index].
struct LinearTerm {
  std::size_t index;
  double weight;
};

// Ratio of expectations with its delta-method interval. `denominator` empty = 1.
// value is NaN when the denominator's mean is 0; the interval is NaN with fewer than two
// replications.
Estimate ratio_estimate(const Moments& m, std::span<const LinearTerm> numerator,
                        std::span<const LinearTerm> denominator, double confidence);

}  // namespace callmill
