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

// Ends of the interval of a mean whose estimate is skew, as distances from the estimate in standard
// errors (low <= 0 <= high where |skewness| <= 6 student): Hall's transformation (1992)
//
//   g(T) = T + k T^2 / 3 + k^2 T^3 / 27 + k / 6
//
// of the Student ratio T is nearly symmetric, with k the skewness of the mean, that of single
// values over sqrt(n); `student` is the quantile of g(T). k = 0 gives -student and student.
struct SkewEnds {
  double low = 0, high = 0;
};
SkewEnds skew_ends(double student, double skewness);

}  // namespace callmill
