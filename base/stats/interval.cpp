#include "base/stats/interval.h"

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>

#include "base/check.h"

namespace callmill {
namespace {

using DoublePolicy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double student_t(double confidence, double dof) {
  CALLMILL_CHECK(confidence > 0.0 && confidence < 1.0, "a confidence lies in (0, 1)");
  CALLMILL_CHECK(dof >= 1.0, "Student's law needs a degree of freedom");
  const boost::math::students_t_distribution<double, DoublePolicy> law(dof);
  return boost::math::quantile(boost::math::complement(law, 0.5 * (1.0 - confidence)));
}

double normal_quantile(double p) {
  CALLMILL_CHECK(p > 0.0 && p < 1.0, "a quantile needs p in (0, 1)");
  constexpr double kSqrtTwo = 1.4142135623730951;
  return -kSqrtTwo * boost::math::erfc_inv(2.0 * p, DoublePolicy{});
}

SkewEnds skew_ends(double student, double skewness) {
  // g(T) + const is a cube: (1 + k T / 3)^3 = 1 + k (g(T) - k / 6).
  if (std::fabs(skewness) < 1e-8) return {-student, student};
  const auto ratio = [&](double g) {
    return 3 / skewness * (std::cbrt(1 + skewness * (g - skewness / 6)) - 1);
  };
  return {-ratio(student), -ratio(-student)};
}

}  // namespace callmill
