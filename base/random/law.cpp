#include "base/random/law.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>
#include <limits>

#include "base/random/parts.h"

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kSqrtTwoPi = 2.5066282746310005;
constexpr double kSqrtTwo = 1.4142135623730951;

// Integral of y exp(-x y) over y in [0, 1]; the closed form loses its digits for small x, so a
// series takes over.
double first_moment_unit(double x) {
  if (x > 0.1) return (1.0 - std::exp(-x) * (1.0 + x)) / (x * x);
  double sum = 0.0;
  double term = 1.0;  // (-x)^k / k!
  for (int k = 0; k < 12; ++k) {
    sum += term / (k + 2);
    term *= -x / (k + 1);
  }
  return sum;
}

struct TwoMoments {
  double first = 0.0;
  double second = 0.0;
};

// E[T] = integral of S, E[T^2] = 2 integral of t S, with S exponential on each piece.
TwoMoments hazard_moments(const HazardLaw& law) {
  TwoMoments m;
  double survival = 1.0;
  const std::size_t last = law.from_s.size() - 1;
  for (std::size_t i = 0; i < last; ++i) {
    const double a = law.from_s[i];
    const double d = law.from_s[i + 1] - a;
    const double x = law.rate_per_s[i] * d;
    const double area = x > 0.0 ? -std::expm1(-x) / law.rate_per_s[i] : d;
    m.first += survival * area;
    m.second += 2.0 * survival * (a * area + d * d * first_moment_unit(x));
    survival *= std::exp(-x);
  }
  const double rate = law.rate_per_s[last];
  if (rate <= 0.0) return {kInfinity, kInfinity};
  m.first += survival / rate;
  m.second += 2.0 * survival * (law.from_s[last] + 1.0 / rate) / rate;
  return m;
}

double empirical_mean(const EmpiricalLaw& law) {
  double sum = law.cdf[0] * law.value_s[0];
  for (std::size_t i = 1; i < law.cdf.size(); ++i)
    sum += (law.cdf[i] - law.cdf[i - 1]) * 0.5 * (law.value_s[i] + law.value_s[i - 1]);
  return sum;
}

double empirical_variance(const EmpiricalLaw& law) {
  const double centre = empirical_mean(law);
  const auto square = [](double x) { return x * x; };
  double sum = law.cdf[0] * square(law.value_s[0] - centre);
  for (std::size_t i = 1; i < law.cdf.size(); ++i) {
    const double width = law.value_s[i] - law.value_s[i - 1];
    const double middle = law.value_s[i - 1] + 0.5 * width;
    sum += (law.cdf[i] - law.cdf[i - 1]) * (square(middle - centre) + square(width) / 12.0);
  }
  return sum;
}

double empirical_cdf(const EmpiricalLaw& law, double t) {
  const auto above = std::upper_bound(law.value_s.begin(), law.value_s.end(), t);
  if (above == law.value_s.begin()) return 0.0;
  if (above == law.value_s.end()) return 1.0;
  const auto i = static_cast<std::size_t>(above - law.value_s.begin()) - 1;
  const double share = (t - law.value_s[i]) / (law.value_s[i + 1] - law.value_s[i]);
  return law.cdf[i] + share * (law.cdf[i + 1] - law.cdf[i]);
}

double empirical_density(const EmpiricalLaw& law, double t) {
  const auto above = std::upper_bound(law.value_s.begin(), law.value_s.end(), t);
  if (above == law.value_s.begin() || above == law.value_s.end()) return 0.0;
  const auto i = static_cast<std::size_t>(above - law.value_s.begin()) - 1;
  return (law.cdf[i + 1] - law.cdf[i]) / (law.value_s[i + 1] - law.value_s[i]);
}

struct Hazard {
  double cumulative = 0.0;
  double rate = 0.0;
};

Hazard hazard_at(const HazardLaw& law, double t) {
  Hazard h;
  for (std::size_t i = 0; i < law.from_s.size() && law.from_s[i] <= t; ++i) {
    const double end = i + 1 < law.from_s.size() ? std::min(law.from_s[i + 1], t) : t;
    h.rate = law.rate_per_s[i];
    h.cumulative += h.rate * (end - law.from_s[i]);
  }
  return h;
}

double weibull_density(const WeibullLaw& w, double t) {
  const double x = t / w.scale_s;
  return w.shape / w.scale_s * std::pow(x, w.shape - 1.0) * std::exp(-std::pow(x, w.shape));
}

double gamma_density(const GammaLaw& g, double t) {
  const double scale = g.mean_s / g.shape;
  if (t > 0.0) return boost::math::gamma_p_derivative(g.shape, t / scale, BoostPolicy{}) / scale;
  if (g.shape < 1.0) return kInfinity;
  return g.shape > 1.0 ? 0.0 : 1.0 / scale;
}

double lognormal_z(const LognormalLaw& law, double t) {
  const auto [mu, sigma] = lognormal_parts(law);
  return (std::log(t) - mu) / sigma;
}

double lognormal_density(const LognormalLaw& law, double t) {
  if (t <= 0.0) return 0.0;
  const double z = lognormal_z(law, t);
  return std::exp(-0.5 * z * z) / (kSqrtTwoPi * lognormal_parts(law).sigma * t);
}

double hyperexponential_density(const HyperexponentialLaw& law, double t) {
  double sum = 0.0;
  for (std::size_t i = 0; i < law.share.size(); ++i)
    sum += law.share[i] / law.mean_s[i] * std::exp(-t / law.mean_s[i]);
  return sum;
}

}  // namespace

double mean(const Law& law) {
  return std::visit(
      Cases{
          [](const ConstantLaw& l) { return l.value_s; },
          [](const UniformLaw& l) { return 0.5 * (l.low_s + l.high_s); },
          [](const ExponentialLaw& l) { return l.mean_s; },
          [](const LognormalLaw& l) { return l.mean_s; },
          [](const GammaLaw& l) { return l.mean_s; },
          [](const WeibullLaw& l) { return l.scale_s * std::tgamma(1.0 + 1.0 / l.shape); },
          [](const HyperexponentialLaw& l) {
            double sum = 0.0;
            for (std::size_t i = 0; i < l.share.size(); ++i) sum += l.share[i] * l.mean_s[i];
            return sum;
          },
          [](const EmpiricalLaw& l) { return empirical_mean(l); },
          [](const HazardLaw& l) { return hazard_moments(l).first; },
      },
      law);
}

double variance(const Law& law) {
  return std::visit(
      Cases{
          [](const ConstantLaw&) { return 0.0; },
          [](const UniformLaw& l) { return (l.high_s - l.low_s) * (l.high_s - l.low_s) / 12.0; },
          [](const ExponentialLaw& l) { return l.mean_s * l.mean_s; },
          [](const LognormalLaw& l) { return l.sd_s * l.sd_s; },
          [](const GammaLaw& l) { return l.mean_s * l.mean_s / l.shape; },
          [](const WeibullLaw& l) {
            // Gamma(1 + x) - 1 keeps the digits that Gamma(1 + 2/k) - Gamma(1 + 1/k)^2 would cancel
            // for large k.
            const double g1 = boost::math::tgamma1pm1(1.0 / l.shape, BoostPolicy{});
            const double g2 = boost::math::tgamma1pm1(2.0 / l.shape, BoostPolicy{});
            return l.scale_s * l.scale_s * (g2 - 2.0 * g1 - g1 * g1);
          },
          [](const HyperexponentialLaw& l) {
            // Total variance: within the branches (mean^2 each) and between them.
            const double centre = mean(l);
            double sum = 0.0;
            for (std::size_t i = 0; i < l.share.size(); ++i) {
              const double off = l.mean_s[i] - centre;
              sum += l.share[i] * (l.mean_s[i] * l.mean_s[i] + off * off);
            }
            return sum;
          },
          [](const EmpiricalLaw& l) { return empirical_variance(l); },
          [](const HazardLaw& l) {
            const TwoMoments m = hazard_moments(l);
            return m.first == kInfinity ? kInfinity : m.second - m.first * m.first;
          },
      },
      law);
}

double cdf(const Law& law, double t) {
  if (t < 0.0) return 0.0;
  return std::visit(
      Cases{
          [t](const ConstantLaw& l) { return t >= l.value_s ? 1.0 : 0.0; },
          [t](const UniformLaw& l) {
            return std::clamp((t - l.low_s) / (l.high_s - l.low_s), 0.0, 1.0);
          },
          [t](const ExponentialLaw& l) { return -std::expm1(-t / l.mean_s); },
          [t](const LognormalLaw& l) {
            return t > 0.0 ? 0.5 * std::erfc(-lognormal_z(l, t) / kSqrtTwo) : 0.0;
          },
          [t](const GammaLaw& l) {
            return boost::math::gamma_p(l.shape, t * l.shape / l.mean_s, BoostPolicy{});
          },
          [t](const WeibullLaw& l) { return -std::expm1(-std::pow(t / l.scale_s, l.shape)); },
          [t](const HyperexponentialLaw& l) {
            double sum = 0.0;
            for (std::size_t i = 0; i < l.share.size(); ++i)
              sum -= l.share[i] * std::expm1(-t / l.mean_s[i]);
            return sum;
          },
          [t](const EmpiricalLaw& l) { return empirical_cdf(l, t); },
          [t](const HazardLaw& l) { return -std::expm1(-hazard_at(l, t).cumulative); },
      },
      law);
}

double density(const Law& law, double t) {
  if (t < 0.0) return 0.0;
  return std::visit(
      Cases{
          [](const ConstantLaw&) { return 0.0; },
          [t](const UniformLaw& l) {
            return t >= l.low_s && t < l.high_s ? 1.0 / (l.high_s - l.low_s) : 0.0;
          },
          [t](const ExponentialLaw& l) { return std::exp(-t / l.mean_s) / l.mean_s; },
          [t](const LognormalLaw& l) { return lognormal_density(l, t); },
          [t](const GammaLaw& l) { return gamma_density(l, t); },
          [t](const WeibullLaw& l) { return weibull_density(l, t); },
          [t](const HyperexponentialLaw& l) { return hyperexponential_density(l, t); },
          [t](const EmpiricalLaw& l) { return empirical_density(l, t); },
          [t](const HazardLaw& l) {
            const Hazard h = hazard_at(l, t);
            return h.rate * std::exp(-h.cumulative);
          },
      },
      law);
}

}  // namespace callmill
