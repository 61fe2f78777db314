#pragma once
// A mean over replications with its interval, where something is known beforehand: in which stratum
// each replication lies (grouping.h), and what its luck was (controls).
//
// A control is a figure of each replication whose expectation is known; c_r is what it has beyond
// that, so E[c_r] = 0. With y_r the values, - for means, in strata of a stratum, and s(r) the
// stratum of r, a regression within strata takes luck out:
//
//   b   = argmin sum_r ((y_r - y_s(r)) - b'(c_r - c_s(r)))^2
//   M   = sum_r (c_r - c_s(r)) (c_r - c_s(r))'
//   e_r = (y_r - y_s(r)) - b'(c_r - c_s(r))
//
// One stratum: each replication is adjusted by the regression of all others (cross-fitting), which
// knows nothing of it, so that the mean is unbiased whatever the law of y and c, and a day that
// nothing else is like counts for what it is:
//
//   w_r = y_r - b_(-r)'c_r = y_r - b'c_r + c_r' M^-1 (c_r - c) e_r / (1 - h_r)
//   h_r = 1/n + (c_r - c)' M^-1 (c_r - c)
//   value = mean of w,  V = sample variance of w / n,  nu = n - 1 - q
//
// for q controls; without controls w = y. Several strata, where each has but few replications:
//
//   value = y - b'c,  - the mean of the strata's means
//   V     = sum_s sigma_s^2 / (n_s S^2) + sigma^2 c' M^-1 c
//
// with sigma_s^2 the sample variance of e in stratum s, its degrees of freedom n_s - 1 less its
// part of the q that b costs, and sigma^2 the pooled one. The second part of V is what not knowing
// b costs. nu by Satterthwaite in the form that is unbiased for few degrees of freedom each,
//
//   nu = (sum v_s)^2 / sum(v_s^2 / (n_s + 1)) - 2,                  v_s = sigma_s^2 / (n_s S^2)
//
// within [the least n_s - 1, N - S], times (N - S - q) / (N - S).
//
// Interval: Student's, by Hall's transformation (interval.h) where values may be skew and are
// enough to say so: one stratum of at least kLeastForSkewness rows, with the sample skewness of w
// times 1 + 1 / sqrt(n), for few days of a skew law rarely show how skew it is. Fewer rows than
// that know nothing of their skewness: half the degrees of freedom, at least one.

#include <cstddef>
#include <span>
#include <vector>

#include "base/stats/grouping.h"
#include "base/stats/interval.h"

namespace callmill {

// Controls of replications, each `width` figures; centred at their expectations.
struct Controls {
  std::size_t width = 0;
  std::vector<double> value;  // replication by replication

  std::size_t count() const { return width == 0 ? 0 : value.size() / width; }
  double at(std::size_t replication, std::size_t control) const {
    return value[replication * width + control];
  }
  // Those of the next replication; always as many.
  void add(const std::vector<double>& controls) {
    width = controls.size();
    value.insert(value.end(), controls.begin(), controls.end());
  }
};

struct AdjustedMean {
  double value = 0;
  double variance = 0;  // V; NaN where replications do not suffice, as `dof`
  double dof = 0;
  double skewness = 0;       // of the mean, as skew_ends() takes it; 0 of several strata
  std::size_t controls = 0;  // that were used

  // Value and interval. NaN where there is none.
  Estimate estimate(double confidence) const;
};

inline constexpr std::size_t kLeastForSkewness = 10;

// So many controls are used of those there are: one for each eight degrees of freedom, so that what
// estimating b costs, a factor (nu - 1) / (nu - 1 - q) of V, stays below 1.2; within strata, whose
// own degrees of freedom are few, one for each 24.
std::size_t usable_controls(std::size_t width, double dof, std::size_t strata = 1);

// The mean of `values` (in blocks: over whole ones). The first usable_controls() of each
// replication's controls are used, less those that are linear in others; none where `controls` is
// narrower than needed (width 0). Cost: O(n q^2).
AdjustedMean adjusted_mean(std::span<const double> values, const Controls& controls,
                           const Grouping& grouping);

}  // namespace callmill
