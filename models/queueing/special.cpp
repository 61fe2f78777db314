#include "models/queueing/special.h"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace callmill {
namespace {

namespace policies = boost::math::policies;
// Errors come back as values: a tail that underflows is a right answer here, and nothing may throw.
using Quiet = policies::policy<policies::promote_double<false>,
                               policies::domain_error<policies::ignore_error>,
                               policies::overflow_error<policies::ignore_error>,
                               policies::underflow_error<policies::ignore_error>,
                               policies::evaluation_error<policies::ignore_error>>;

constexpr double kHalfLogTwoPi = 0.91893853320467274178;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Legendre's continued fraction for the idle lines of a loss system, h >= m:
// idle = m / (h - m + 2 + 2 (m-1) / (h - m + 4 + 3 (m-2) / (h - m + 6 + ...))), by the modified
// Lentz rule.
double idle_by_fraction(double m, double h) {
  constexpr double kTiny = 1e-290;
  constexpr int kMostTerms = 20000;
  if (m == 0) return 0;
  const double gap = h - m;
  double f = gap + 2;
  double c = f;
  double d = 0;
  for (int i = 2; i < kMostTerms; ++i) {
    const double a = i * (m - i + 1);
    if (a == 0) break;
    const double b = gap + 2.0 * i;
    d = b + a * d;
    if (d == 0) d = kTiny;
    c = b + a / c;
    if (c == 0) c = kTiny;
    d = 1 / d;
    const double step = c * d;
    f *= step;
    if (std::abs(step - 1) < 1e-16) break;
  }
  return m / f;
}

// The fraction needs about sqrt(m) terms near h = m; there Temme's expansion is both quicker and
// exact enough, since the tail is not small.
bool near_the_mean(double m, double h) {
  const double gap = h - m;
  return m > 100 && gap * gap < 25 * m;
}

CutPoisson above_the_mean(double m, double h) {
  CutPoisson r{};
  r.idle = idle_by_fraction(m, h);
  r.cut = (h - m + r.idle) / h;
  r.one_minus = (m - r.idle) / h;
  r.log_cut = r.cut > 0.5 ? std::log1p(-r.one_minus) : std::log(r.cut);
  r.log_cdf = log_poisson(m, h) - r.log_cut;
  return r;
}

}  // namespace

double exp_minus_1_minus(double z) {
  if (std::abs(z) > 0.7) return std::expm1(z) - z;
  double sum = 0;
  for (int k = 17; k >= 3; --k) sum = (sum + 1) * z / k;
  return (sum + 1) * z * z / 2;
}

double minus_log1p(double e) {
  if (std::abs(e) > 0.25) return e - std::log1p(e);
  // ln(1+e) = 2 atanh(v) with v = e / (2+e), and e - 2v = e v.
  const double v = e / (2 + e);
  const double v2 = v * v;
  double sum = 0;
  for (int k = 23; k >= 3; k -= 2) sum = sum * v2 + 1.0 / k;
  return v * (e - 2 * v2 * sum);
}

double stirling_error(double m) {
  if (std::isinf(m)) return 0;
  if (m < 16) {
    const double log_gamma = boost::math::lgamma(m + 1, Quiet());
    return log_gamma - (m + 0.5) * std::log(m) + m - kHalfLogTwoPi;
  }
  const double s = 1 / (m * m);
  return (1.0 / 12 -
          s * (1.0 / 360 -
               s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * (691.0 / 360360)))))) /
         m;
}

double log_poisson(double m, double h) {
  if (m == 0) return -h;
  const double e = (h - m) / m;
  const double deviance = e < -0.5 ? m * std::log(m / h) + (h - m) : m * minus_log1p(e);
  return -stirling_error(m) - deviance - 0.5 * std::log(m) - kHalfLogTwoPi;
}

CutPoisson cut_poisson(double m, double h) {
  CALLMILL_DCHECK(m >= 0 && h >= 0, "a cut Poisson number needs m >= 0 and h >= 0");
  if (h == 0) {
    if (m == 0) return {0, 1, 0, 0, 0};
    return {0, 0, -kInfinity, 1, m};
  }
  if (h >= m && !near_the_mean(m, h)) return above_the_mean(m, h);
  CutPoisson r{};
  const double log_pmf = log_poisson(m, h);
  // Below the mean by 50 nats the cdf is 1 to the last bit.
  if (log_pmf > -50) {
    const double cdf = boost::math::gamma_q(m + 1, h, Quiet());
    r.log_cdf = std::log(cdf);
  }
  r.log_cut = log_pmf - r.log_cdf;
  r.cut = std::exp(r.log_cut);
  r.one_minus = -std::expm1(r.log_cut);
  r.idle = m - h * r.one_minus;
  return r;
}

}  // namespace callmill
