#pragma once
// A mean over replications with its interval, where something is known beforehand: in which stratum
// each replication lies (grouping.h), and what its luck was (controls).
//
// A control is a figure of each replication whose expectation is known; c_r is what it has beyond
// that, so E[c_r] = 0. With y_r the values, - for the mean of the strata's means, and s(r) the
// stratum of r,
//
//   b     = argmin sum_r ((y_r - y_s(r)) - b'(c_r - c_s(r)))^2      least squares within strata
//   value = y - b'c
//   V     = sum_s sigma_s^2 / (n_s S^2) + sigma^2 c' M^-1 c
//   M     = sum_r (c_r - c_s(r)) (c_r - c_s(r))'
//
// with sigma_s^2 the sample variance of the residuals in stratum s, its degrees of freedom n_s - 1
// less its part of the q that b costs, and sigma^2 the pooled one. The second part of V is what not
// knowing b costs. Half-width: t(nu) sqrt(V). One stratum: nu = n - 1 - q, exact for normal
// replications (Lavenberg & Welch 1981). Several: nu by Satterthwaite in the form that is unbiased
// for few degrees of freedom each,
//
//   nu = (sum v_s)^2 / sum(v_s^2 / (n_s + 1)) - 2,                  v_s = sigma_s^2 / (n_s S^2)
//
// within [the least n_s - 1, N - S], times (N - S - q) / (N - S).

#include <cstddef>
#include <span>
#include <vector>

#include "base/stats/grouping.h"

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
  std::size_t controls = 0;  // that were used
};

// So many controls are used of those there are: one for each eight degrees of freedom, so that what
// estimating b costs, a factor (nu - 1) / (nu - 1 - q) of V, stays below 1.2.
std::size_t usable_controls(std::size_t width, double dof);

// The mean of `values` (in blocks: over whole ones). The first usable_controls() of each
// replication's controls are used, less those that are linear in others; none where `controls` is
// narrower than needed (width 0). Cost: O(n q^2).
AdjustedMean adjusted_mean(std::span<const double> values, const Controls& controls,
                           const Grouping& grouping);

}  // namespace callmill
