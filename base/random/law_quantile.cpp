#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>

#include "base/check.h"
#include "base/random/law.h"
#include "base/random/parts.h"

namespace callmill {
namespace {

constexpr double kSqrtTwo = 1.4142135623730951;

// p in the lower half is exact in p, in the upper half in its complement c; each formula uses the
// exact one.
struct Tail {
  double p;
  double c;
  bool lower() const { return p <= 0.5; }
  double exponential() const { return lower() ? -std::log1p(-p) : -std::log(c); }
};

double lognormal_quantile(const LognormalLaw& law, Tail tail) {
  const double z = tail.lower() ? -kSqrtTwo * boost::math::erfc_inv(2.0 * tail.p, BoostPolicy{})
                                : kSqrtTwo * boost::math::erfc_inv(2.0 * tail.c, BoostPolicy{});
  const auto [mu, sigma] = lognormal_parts(law);
  return std::exp(mu + sigma * z);
}

double gamma_quantile(const GammaLaw& law, Tail tail) {
  const double x = tail.lower() ? boost::math::gamma_p_inv(law.shape, tail.p, BoostPolicy{})
                                : boost::math::gamma_q_inv(law.shape, tail.c, BoostPolicy{});
  return law.mean_s / law.shape * x;
}

// Newton's method from the left. F is concave and ln S convex, so each step stays left of the root
// and the iteration rises to it; it ends when rounding stops the rise.
double hyperexponential_quantile(const HyperexponentialLaw& law, Tail tail) {
  double t = 0.0;
  for (std::size_t i = 0; i < law.share.size();
       ++i)  // S(t) >= share exp(-t / mean): a root can only lie further right
    t = std::max(t, law.mean_s[i] * std::log(law.share[i] / tail.c));
  for (int round = 0; round < 1000; ++round) {
    double survival = 0.0;
    double below = 0.0;
    double slope = 0.0;
    for (std::size_t i = 0; i < law.share.size(); ++i) {
      const double x = t / law.mean_s[i];
      survival += law.share[i] * std::exp(-x);
      below -= law.share[i] * std::expm1(-x);
      slope += law.share[i] / law.mean_s[i] * std::exp(-x);
    }
    const double step =
        tail.lower() ? (tail.p - below) / slope : std::log(survival / tail.c) * survival / slope;
    if (!(step > t * 1e-16)) break;
    t += step;
  }
  return t;
}

double empirical_quantile(const EmpiricalLaw& law, double p) {
  const auto at = std::lower_bound(law.cdf.begin(), law.cdf.end(), p);  // first point with cdf >= p
  const auto i = static_cast<std::size_t>(at - law.cdf.begin());
  if (i == 0) return law.value_s.front();
  const double share = (p - law.cdf[i - 1]) / (law.cdf[i] - law.cdf[i - 1]);
  return law.value_s[i - 1] + share * (law.value_s[i] - law.value_s[i - 1]);
}

double hazard_quantile(const HazardLaw& law, double exponential) {
  double cumulative = 0.0;
  for (std::size_t i = 0; i < law.from_s.size(); ++i) {
    const double rate = law.rate_per_s[i];
    const bool last = i + 1 == law.from_s.size();
    if (last && rate <= 0.0) return kNeverSeconds;
    const double next =
        last ? exponential : cumulative + rate * (law.from_s[i + 1] - law.from_s[i]);
    if (next >= exponential && rate > 0.0)
      return law.from_s[i] + std::max(0.0, exponential - cumulative) / rate;
    cumulative = next;
  }
  return kNeverSeconds;
}

}  // namespace

double quantile(const Law& law, double p, double complement) {
  CALLMILL_CHECK(p > 0.0 && complement > 0.0 && std::fabs(p + complement - 1.0) < 1e-9,
                 "a quantile needs p in (0, 1) and 1 - p");
  const Tail tail{p, complement};
  return std::visit(
      Cases{
          [](const ConstantLaw& l) { return l.value_s; },
          [tail](const UniformLaw& l) {
            const double width = l.high_s - l.low_s;
            return tail.lower() ? l.low_s + tail.p * width : l.high_s - tail.c * width;
          },
          [tail](const ExponentialLaw& l) { return l.mean_s * tail.exponential(); },
          [tail](const LognormalLaw& l) { return lognormal_quantile(l, tail); },
          [tail](const GammaLaw& l) { return gamma_quantile(l, tail); },
          [tail](const WeibullLaw& l) {
            return l.scale_s * std::pow(tail.exponential(), 1.0 / l.shape);
          },
          [tail](const HyperexponentialLaw& l) { return hyperexponential_quantile(l, tail); },
          [tail](const EmpiricalLaw& l) { return empirical_quantile(l, tail.p); },
          [tail](const HazardLaw& l) { return hazard_quantile(l, tail.exponential()); },
      },
      law);
}

}  // namespace callmill
