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

// Of replications that are laid out in strata, S is what pairs of one stratum differ by, half the
// mean square: the mean then has the variance S / n when each stratum has as many.
//
// Welford's recursion on a vector of `width` counts. Replications must be added in their order: the
// result's bytes depend on the order. Memory: width + width (width + 1) / 2 doubles.
class Moments {
 public:
  Moments() = default;
  explicit Moments(std::size_t width);

  void add(std::span<const double> x);  // O(width^2)
  // Of a replication in a stratum: `twin` is the one of that stratum that it makes a pair with,
  // empty where it waits for its own. Not together with add(x).
  void add(std::span<const double> x, std::span<const double> twin);
  std::int64_t count() const { return count_; }
  // Degrees of freedom of the co-moments: count() - 1, or pairs.
  std::int64_t dof() const { return in_pairs_ ? pairs_ : count_ - 1; }
  double mean(std::size_t i) const { return mean_[i]; }
  double covariance(std::size_t i, std::size_t j) const;  // sample covariance; 0 when dof() < 1

 private:
  std::size_t index(std::size_t i, std::size_t j) const;
  std::int64_t count_ = 0, pairs_ = 0;
  bool in_pairs_ = false;
  std::vector<double> mean_;
  std::vector<double> comoment_;  // upper triangle, row by row
};

// A linear form over counts, sparse: sum of weight * x[index].
struct LinearTerm {
  std::size_t index;
  double weight;
};

// Ratio of expectations with its delta-method interval. `denominator` empty = 1.
// value is NaN when the denominator's mean is 0; the interval is NaN without a
// degree of freedom.
Estimate ratio_estimate(const Moments& m, std::span<const LinearTerm> numerator,
                        std::span<const LinearTerm> denominator, double confidence);

}  // namespace callmill
