// A million keyed draws of every law: moments and goodness of fit, each check failing a right
// program with chance 1e-4.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/random/law.h"
#include "base/random/sampler.h"
#include "tests/base/random/fit.h"

namespace callmill {
namespace {

constexpr std::size_t kDraws = 1'000'000;

// Mean: sd / sqrt(n) is its standard error. Variance: sqrt((m4 - s^4) / n), with the fourth moment
// from the draws.
void check_moments(const Law& law, const std::vector<double>& draws) {
  const auto n = static_cast<double>(draws.size());
  double sum = 0.0;
  for (const double x : draws) sum += x;
  const double centre = sum / n;
  double m2 = 0.0;
  double m4 = 0.0;
  for (const double x : draws) {
    const double square = (x - centre) * (x - centre);
    m2 += square / n;
    m4 += square * square / n;
  }
  CHECK(std::fabs(centre - mean(law)) <= kTwoSidedLimit * std::sqrt(variance(law) / n));
  CHECK(std::fabs(m2 - variance(law)) <= kTwoSidedLimit * std::sqrt((m4 - m2 * m2) / n));
}

// Counts in (edge[i-1], edge[i]], the last one open, against the law's; no edge lies at an atom
// (draws are rounded).
void check_bins(const Law& law, const std::vector<double>& draws, const std::vector<double>& edge) {
  std::vector<double> count(edge.size() + 1);
  for (const double x : draws)
    ++count[static_cast<std::size_t>(std::lower_bound(edge.begin(), edge.end(), x) - edge.begin())];
  std::vector<double> expected;
  double below = 0.0;
  for (const double e : edge) {
    expected.push_back((cdf(law, e) - below) * static_cast<double>(draws.size()));
    below = cdf(law, e);
  }
  expected.push_back((1.0 - below) * static_cast<double>(draws.size()));
  CHECK(chi_square(count, expected) < chi_square_limit(edge.size()));
}

}  // namespace

TEST_CASE("A million draws of each law without atoms fit its distribution and its moments") {
  const std::vector<Law> laws = {
      UniformLaw{20, 50},
      ExponentialLaw{180},
      LognormalLaw{170, 150},
      LognormalLaw{100, 30},
      GammaLaw{100, 3},
      GammaLaw{100, 0.6},
      WeibullLaw{100, 1.5},
      WeibullLaw{100, 0.7},
      HyperexponentialLaw{{0.7, 0.3}, {10, 300}},
      EmpiricalLaw{{0, 5, 30, 31, 200}, {0, 0.1, 0.4, 0.9, 1}},
      HazardLaw{{0, 10, 20, 100}, {0.01, 0, 0.02, 0.005}},
  };
  std::uint64_t seed = 1;
  for (const Law& law : laws) {
    INFO(describe(law));
    const std::vector<double> draws = draws_s(law, seed++, kDraws);
    check_moments(law, draws);
    CHECK(kolmogorov_distance(draws, law) < kolmogorov_limit(kDraws));
  }
}

TEST_CASE("A million draws of an empirical law with atoms and a gap fit its bins") {
  const EmpiricalLaw law{{0, 0, 10, 10, 30, 50, 50}, {0, 0.1, 0.4, 0.7, 0.7, 0.9, 1}};
  const std::vector<double> draws = draws_s(law, 21, kDraws);
  check_moments(law, draws);
  check_bins(law, draws, {1e-4, 2.5, 5, 7.5, 9.999, 10.001, 35, 40, 45, 49.999});
}

TEST_CASE("An atom below the first point of an empirical law is drawn") {
  const EmpiricalLaw law{{3, 5}, {0.25, 1}};
  check_bins(law, draws_s(law, 22, kDraws), {3.001, 3.5, 4, 4.5});
}

TEST_CASE(
    "A hazard that ends at 0: a million draws fit, and the share that never ends never does") {
  const HazardLaw law{{0, 15, 40}, {0.02, 0.001, 0}};
  const std::vector<double> draws = draws_s(law, 23, kDraws);
  check_bins(law, draws, {5, 10, 15, 25, 35, 40.001});
  const double longest = to_seconds(kLongestHorizon);
  for (const double x : draws) REQUIRE((x <= 40.000001 || x == longest));
}

TEST_CASE("A Kaplan-Meier curve of many pieces fits") {
  HazardLaw law;
  for (int i = 0; i < 2000; ++i) {
    law.from_s.push_back(0.5 * i);
    law.rate_per_s.push_back(i % 3 == 0 ? 0.0 : 0.002 + 0.004 * (i % 7));
  }
  CHECK(kolmogorov_distance(draws_s(law, 24, kDraws), law) < kolmogorov_limit(kDraws));
}

TEST_CASE("A constant is drawn exactly") {
  const Sampler sampler{ConstantLaw{12.345678}};
  for (const double u : uniforms(25, 1000)) CHECK(sampler.draw(u) == SimDuration{12'345'678});
  CHECK(Sampler{}.draw(0.7) == SimDuration{0});
}

}  // namespace callmill
