#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/random/law.h"

namespace callmill {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Faults = std::vector<std::pair<Law, std::string>>;

void check_faults(const Faults& faults) {
  for (const auto& [law, expected] : faults) CHECK(fault(law) == expected);
}

}  // namespace

TEST_CASE("A law in range has no fault") {
  const std::vector<Law> laws = {
      ConstantLaw{0},
      UniformLaw{0, 1},
      ExponentialLaw{1e-9},
      LognormalLaw{170, 150},
      GammaLaw{1, kSmallestShape},
      WeibullLaw{1, kLargestShape},
      HyperexponentialLaw{{1}, {3}},
      HyperexponentialLaw{{0.1, 0.2, 0.7}, {1, 2, 3}},
      EmpiricalLaw{{0, 1}, {0, 1}},
      EmpiricalLaw{{2, 2}, {0.5, 1}},
      HazardLaw{{0}, {0}},
      HazardLaw{{0, 5}, {0.1, 0}},
  };
  for (const Law& law : laws) CHECK(fault(law) == "");
}

TEST_CASE("A fault names the parameter, the rule and the value") {
  check_faults({
      {ConstantLaw{-1}, "value must be >= 0 and finite, is -1 s"},
      {ConstantLaw{kNan}, "value must be >= 0 and finite, is nan s"},
      {UniformLaw{-2, 3}, "low must be >= 0, is -2 s"},
      {UniformLaw{2, kInfinity}, "high must be finite, is inf s"},
      {UniformLaw{3, 3}, "low must be < high, are 3 s and 3 s"},
      {ExponentialLaw{0}, "mean must be > 0 and finite, is 0 s"},
      {ExponentialLaw{kNeverSeconds}, "mean must be > 0 and finite, is 1000000000000000 s"},
      {LognormalLaw{170, 0}, "sd must be > 0 and finite, is 0 s"},
      {LognormalLaw{-170, 3}, "mean must be > 0 and finite, is -170 s"},
      {LognormalLaw{1, 1000}, "sd / mean must be from 0.0001 to 100, is 1000"},
      {GammaLaw{3, 0}, "shape must be from 0.05 to 10000, is 0"},
      {GammaLaw{0, 1}, "mean must be > 0 and finite, is 0 s"},
      {WeibullLaw{3, kNan}, "shape must be from 0.05 to 10000, is nan"},
      {WeibullLaw{0, 1}, "scale must be > 0 and finite, is 0 s"},
  });
}

TEST_CASE("Faults of laws made of lists") {
  check_faults({
      {HyperexponentialLaw{}, "needs as many shares as means, at least one"},
      {HyperexponentialLaw{{1}, {1, 2}}, "needs as many shares as means, at least one"},
      {HyperexponentialLaw{{0, 1}, {1, 2}}, "each share must be > 0, is 0"},
      {HyperexponentialLaw{{0.5, 0.5}, {1, 0}}, "each mean must be > 0 and finite, is 0 s"},
      {HyperexponentialLaw{{0.5, 0.25}, {1, 2}}, "shares must sum to 1, sum to 0.75"},
      {EmpiricalLaw{{1}, {1}}, "needs as many values as cdf points, at least two"},
      {EmpiricalLaw{{1, 2}, {1}}, "needs as many values as cdf points, at least two"},
      {EmpiricalLaw{{-1, 2}, {0, 1}}, "values must be >= 0 and finite, one is -1 s"},
      {EmpiricalLaw{{1, 2}, {0, 1.5}}, "cdf must lie in [0, 1], one is 1.5"},
      {EmpiricalLaw{{2, 1}, {0, 1}}, "values and cdf must not decrease, point 2 does"},
      {EmpiricalLaw{{1, 2, 3}, {0, 0.5, 0.25}}, "values and cdf must not decrease, point 3 does"},
      {EmpiricalLaw{{1, 2}, {0, 0.5}}, "cdf must end at 1, ends at 0.5"},
      {HazardLaw{}, "needs as many times as rates, at least one"},
      {HazardLaw{{1}, {1}}, "times must start at 0 s, start at 1 s"},
      {HazardLaw{{0, kInfinity}, {1, 1}}, "times must be finite, one is inf s"},
      {HazardLaw{{0, 5, 5}, {1, 1, 1}}, "times must increase, point 3 does not"},
      {HazardLaw{{0, 5}, {1, -1}}, "rates must be >= 0 and finite, one is -1 per s"},
  });
}

TEST_CASE("A law says what it is") {
  CHECK(describe(ConstantLaw{5}) == "constant(5 s)");
  CHECK(describe(UniformLaw{5, 7.5}) == "uniform(5 s to 7.5 s)");
  CHECK(describe(ExponentialLaw{180}) == "exponential(mean 180 s)");
  CHECK(describe(LognormalLaw{170, 150}) == "lognormal(mean 170 s, sd 150 s)");
  CHECK(describe(GammaLaw{100, 3}) == "gamma(mean 100 s, shape 3)");
  CHECK(describe(WeibullLaw{100, 1.5}) == "weibull(scale 100 s, shape 1.5)");
  CHECK(describe(HyperexponentialLaw{{0.7, 0.3}, {10, 300}}) ==
        "hyperexponential(70% mean 10 s, 30% mean 300 s)");
  CHECK(describe(EmpiricalLaw{{0, 10}, {0, 1}}) == "empirical(2 points, mean 5 s)");
  CHECK(describe(HazardLaw{{0}, {0.1}}) == "hazard(1 pieces, mean 10 s)");
  CHECK(describe(HazardLaw{{0, 5}, {0.1, 0}}) == "hazard(2 pieces, a share never ends)");
}

}  // namespace callmill
