#include "base/random/law.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace callmill {
namespace {

const std::vector<Law> kSmooth = {
    ExponentialLaw{180},
    LognormalLaw{170, 150},
    LognormalLaw{60, 200},
    GammaLaw{100, 3},
    GammaLaw{100, 0.7},
    GammaLaw{250, 40.5},
    WeibullLaw{100, 1.5},
    WeibullLaw{100, 0.8},
    HyperexponentialLaw{{0.7, 0.3}, {10, 300}},
    HyperexponentialLaw{{0.2, 0.5, 0.3}, {5, 50, 400}},
};

const EmpiricalLaw kStairs{{0, 0, 10, 10, 30, 50, 50}, {0, 0.1, 0.4, 0.7, 0.7, 0.9, 1}};
const HazardLaw kHazard{{0, 10, 20, 100}, {0.01, 0, 0.02, 0.005}};

struct Moments {
  double mean = 0;
  double variance = 0;
};

// Simpson's rule on E[T] = integral of 1 - F and E[T^2] = 2 integral of t (1 - F), in s with t =
// end s^3: fine steps near 0, coarse ones in the tail.
Moments integrate(const Law& law, double end) {
  constexpr int kSteps = 200'000;
  constexpr double kStep = 1.0 / kSteps;
  double first = 0.0;
  double second = 0.0;
  for (int i = 0; i <= kSteps; ++i) {
    const double s = i * kStep;
    const double t = end * s * s * s;
    const double weight = i == 0 || i == kSteps ? 1.0 : (i % 2 == 1 ? 4.0 : 2.0);
    const double area = weight * (1.0 - cdf(law, t)) * 3.0 * end * s * s * kStep / 3.0;
    first += area;
    second += 2.0 * t * area;
  }
  return {first, second - first * first};
}

}  // namespace

TEST_CASE("Closed moments agree with the integral of the survival function") {
  std::vector<Law> laws = kSmooth;
  laws.insert(laws.end(), {UniformLaw{20, 50}, kStairs, kHazard});
  for (const Law& law : laws) {
    INFO(describe(law));
    const Moments m = integrate(law, quantile(law, 1.0 - 1e-13, 1e-13) + 1.0);
    CHECK(mean(law) == Approx(m.mean).epsilon(2e-4));
    CHECK(variance(law) == Approx(m.variance).epsilon(1e-3));
  }
}

TEST_CASE("Moments worked by hand") {
  CHECK(mean(ConstantLaw{12}) == 12);
  CHECK(variance(ConstantLaw{12}) == 0);
  CHECK(variance(UniformLaw{0, 6}) == Approx(3));
  CHECK(variance(ExponentialLaw{7}) == Approx(49));
  CHECK(mean(LognormalLaw{170, 150}) == 170);
  CHECK(variance(LognormalLaw{170, 150}) == Approx(22500));
  CHECK(variance(GammaLaw{100, 4}) == Approx(2500));
  CHECK(mean(WeibullLaw{2, 0.5}) == Approx(4));       // Gamma(3) = 2
  CHECK(variance(WeibullLaw{2, 0.5}) == Approx(80));  // 4 (Gamma(5) - Gamma(3)^2) = 4 (24 - 4)
  CHECK(mean(HyperexponentialLaw{{0.5, 0.5}, {2, 6}}) == Approx(4));
  CHECK(variance(HyperexponentialLaw{{0.5, 0.5}, {2, 6}}) == Approx(24));  // 2 (2 + 18) - 16
  // Atoms of 0.1 at 0, 0.3 at 10, 0.1 at 50; uniform 0.3 on (0, 10), 0.2 on (30, 50).
  CHECK(mean(kStairs) == Approx(0.3 * 5 + 0.3 * 10 + 0.2 * 40 + 0.1 * 50));
  CHECK(mean(EmpiricalLaw{{3, 5}, {0.25, 1}}) == Approx(0.25 * 3 + 0.75 * 4));
}

TEST_CASE("Weibull's variance keeps its digits for a sharp shape") {
  // Var -> scale^2 pi^2 / (6 k^2) (1 + O(1 / k)) as k grows.
  const double k = 10'000;
  CHECK(variance(WeibullLaw{1, k}) * k * k == Approx(M_PI * M_PI / 6).epsilon(1e-3));
}

TEST_CASE("A hazard that ends at 0 never ends for a share") {
  const HazardLaw law{{0, 10}, {0.1, 0}};
  CHECK(mean(law) == std::numeric_limits<double>::infinity());
  CHECK(variance(law) == std::numeric_limits<double>::infinity());
  CHECK(cdf(law, 1e9) == Approx(1 - std::exp(-1.0)));
  CHECK(quantile(law, 0.6, 0.4) == Approx(-10 * std::log(0.4)));
  CHECK(quantile(law, 0.7, 0.3) == kNeverSeconds);
}

TEST_CASE("The quantile undoes the distribution in the lower half, down to 2^-50") {
  for (const Law& law : kSmooth) {
    INFO(describe(law));
    for (int k = 1; k <= 50; ++k) {
      const double p = std::ldexp(1.0, -k);
      CHECK(cdf(law, quantile(law, p, 1.0 - p)) == Approx(p).epsilon(1e-9));
    }
  }
}

TEST_CASE("The quantile keeps its digits in the upper tail") {
  for (int k = 1; k <= 53; ++k) {
    const double c = std::ldexp(1.0, -k);
    const double p = 1.0 - c;
    const double exponential = -100 * std::log(c);
    const auto upper = [&](const Law& law) { return quantile(law, p, c); };
    CHECK(upper(ExponentialLaw{100}) == Approx(exponential).epsilon(1e-12));
    CHECK(upper(GammaLaw{100, 1}) == Approx(exponential).epsilon(1e-12));
    CHECK(upper(WeibullLaw{100, 1}) == Approx(exponential).epsilon(1e-12));
    CHECK(upper(WeibullLaw{100, 0.5}) == Approx(exponential * exponential / 100).epsilon(1e-12));
    CHECK(upper(HazardLaw{{0}, {0.01}}) == Approx(exponential).epsilon(1e-12));
    CHECK(upper(HyperexponentialLaw{{0.4, 0.6}, {100, 100}}) == Approx(exponential).epsilon(1e-12));
    // Erlang-2: S = exp(-x) (1 + x), x = 2 t / mean.
    const double x = upper(GammaLaw{100, 2}) / 50;
    CHECK(std::exp(-x) * (1 + x) == Approx(c).epsilon(1e-11));
    // Lognormal: the logarithm is symmetric about mu = ln(mean) - ln(1 + (sd / mean)^2) / 2.
    const Law lognormal = LognormalLaw{100, 100};
    CHECK(upper(lognormal) * quantile(lognormal, c, p) == Approx(100 * 100 / 2.0).epsilon(1e-11));
    const double t = upper(HyperexponentialLaw{{0.9, 0.1}, {10, 500}});
    CHECK(0.9 * std::exp(-t / 10) + 0.1 * std::exp(-t / 500) == Approx(c).epsilon(1e-11));
  }
}

TEST_CASE("Quantiles of printed tables") {
  // Chi-square with d degrees of freedom: gamma of mean d, shape d / 2 (Abramowitz and Stegun,
  // table 26.8).
  CHECK(quantile(GammaLaw{10, 5}, 0.95, 0.05) == Approx(18.3070).epsilon(1e-5));
  CHECK(quantile(GammaLaw{1, 0.5}, 0.99, 0.01) == Approx(6.63490).epsilon(1e-5));
  CHECK(quantile(GammaLaw{100, 50}, 0.005, 0.995) == Approx(67.3276).epsilon(1e-5));
  // Lognormal with mu 0 and sigma 1: exp of the normal quantile 1.959964.
  const double e = std::exp(1.0);
  const LognormalLaw standard{std::sqrt(e), std::sqrt((e - 1) * e)};
  CHECK(quantile(standard, 0.975, 0.025) == Approx(std::exp(1.959963985)).epsilon(1e-9));
}

TEST_CASE("Laws with corners: distribution and quantile by hand") {
  CHECK(cdf(kStairs, -1) == 0);
  CHECK(cdf(kStairs, 0) == Approx(0.1));
  CHECK(cdf(kStairs, 5) == Approx(0.25));
  CHECK(cdf(kStairs, 10) == Approx(0.7));
  CHECK(cdf(kStairs, 25) == Approx(0.7));
  CHECK(cdf(kStairs, 40) == Approx(0.8));
  CHECK(cdf(kStairs, 50) == 1);
  CHECK(quantile(kStairs, 0.05, 0.95) == 0);
  CHECK(quantile(kStairs, 0.25, 0.75) == Approx(5));
  CHECK(quantile(kStairs, 0.5, 0.5) == 10);
  CHECK(quantile(kStairs, 0.7, 0.3) == 10);  // the smallest t, not the end of the gap
  CHECK(quantile(kStairs, 0.8, 0.2) == Approx(40));
  CHECK(quantile(kStairs, 0.95, 0.05) == 50);
  CHECK(quantile(EmpiricalLaw{{3, 5}, {0.25, 1}}, 0.2, 0.8) == 3);

  CHECK(cdf(kHazard, 15) == Approx(1 - std::exp(-0.1)));
  CHECK(cdf(kHazard, 60) == Approx(1 - std::exp(-0.9)));
  CHECK(cdf(kHazard, 200) == Approx(1 - std::exp(-2.2)));
  for (const double t : {3.0, 25.0, 99.0, 400.0}) {
    const double p = cdf(kHazard, t);
    CHECK(quantile(kHazard, p, 1 - p) == Approx(t));
  }

  CHECK(cdf(ConstantLaw{5}, 4.99) == 0);
  CHECK(cdf(ConstantLaw{5}, 5) == 1);
  CHECK(quantile(ConstantLaw{5}, 0.3, 0.7) == 5);
  CHECK(cdf(UniformLaw{10, 20}, 12) == Approx(0.2));
  CHECK(cdf(UniformLaw{10, 20}, 30) == 1);
  CHECK(quantile(UniformLaw{10, 20}, 0.9, 0.1) == Approx(19));
}

TEST_CASE("The density is the slope of the distribution") {
  std::vector<Law> laws = kSmooth;
  laws.insert(laws.end(), {UniformLaw{20, 500}, kStairs, kHazard, ConstantLaw{5}});
  for (const Law& law : laws) {
    INFO(describe(law));
    for (const double t : {2.0, 7.5, 22.0, 44.0, 150.0, 333.0}) {
      const double h = 1e-4 * t;
      const double slope = (cdf(law, t + h) - cdf(law, t - h)) / (2 * h);
      CHECK(density(law, t) == Approx(slope).epsilon(1e-5).margin(1e-11));
    }
    CHECK(density(law, -1) == 0);
  }
}

}  // namespace callmill
