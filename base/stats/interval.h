#pragma once
// A figure with its confidence interval.

#include <cstdint>

namespace callmill {

struct Estimate {
  double value = 0;   // NaN where the denominator is 0
  double ci_low = 0;  // NaN where fewer than two replications say anything
  double ci_high = 0;
  std::int64_t n = 0;  // replications
};

// Two-sided Student quantile: P(|T_dof| <= t) = confidence. dof >= 1, confidence in (0, 1).
double student_t(double confidence, double dof);
// Standard normal quantile of p in (0, 1).
double normal_quantile(double p);

}  // namespace callmill
