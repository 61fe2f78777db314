// The table against the slow quantile: error, order, ends of the range.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/random/law.h"
#include "base/random/sampler.h"
#include "tests/base/random/fit.h"

namespace callmill {
namespace {

struct Error {
  double to_mean = 0;           // largest |error| / mean
  double to_mean_or_value = 0;  // largest |error| / max(mean, value)
};

// Over m = 2^-40 .. 1/2 on both sides, evenly in log m.
Error largest_error(const Law& law) {
  const Sampler sampler{law};
  const double centre = mean(law);
  Error worst;
  for (const double r : uniforms(31, 20'000)) {
    const double m = std::exp2(-1.0 - 39.0 * r);
    for (const double u : {m, 1.0 - m}) {
      const double exact = quantile(law, u, 1.0 - u);
      const double error = std::fabs(sampler.seconds(u) - exact);
      worst.to_mean = std::max(worst.to_mean, error / centre);
      worst.to_mean_or_value = std::max(worst.to_mean_or_value, error / std::max(centre, exact));
    }
  }
  return worst;
}

// Both ends and the middle of many cells, and random points, in order.
std::vector<double> ordered_uniforms() {
  std::vector<double> us = uniforms(32, 50'000);
  for (int octave = 1; octave <= 53; ++octave) {
    for (int cell = 0; cell < 32; ++cell) {
      const double m = std::ldexp(1.0 + cell / 32.0, -octave - 1);
      for (const double x : {std::nextafter(m, 0.0), m, std::nextafter(m, 1.0)}) {
        us.push_back(x);
        if (1.0 - x < 1.0) us.push_back(1.0 - x);
      }
    }
  }
  us.push_back(0.5);
  std::sort(us.begin(), us.end());
  return us;
}

const std::vector<Law> kEveryKind = {
    ConstantLaw{4},
    UniformLaw{10, 50},
    ExponentialLaw{180},
    LognormalLaw{170, 150},
    LognormalLaw{100, 10'000},
    GammaLaw{100, 2.5},
    GammaLaw{100, 0.05},
    WeibullLaw{100, 1.5},
    WeibullLaw{100, 0.05},
    WeibullLaw{100, 10'000},
    HyperexponentialLaw{{0.99, 0.01}, {1, 1e5}},
    HyperexponentialLaw{{0.4, 0.6}, {1e-5, 100}},
    EmpiricalLaw{{0, 0, 10, 10, 30, 50, 50}, {0, 0.1, 0.4, 0.7, 0.7, 0.9, 1}},
    EmpiricalLaw{{3, 5}, {0.25, 1}},
    HazardLaw{{0, 10, 20, 100}, {0.01, 0, 0.02, 0.005}},
    HazardLaw{{0, 10}, {0.1, 0}},
};

}  // namespace

TEST_CASE("Ordinary laws: the table's error is at most a millionth of the mean") {
  const std::vector<Law> laws = {
      ExponentialLaw{180},
      LognormalLaw{170, 150},
      LognormalLaw{100, 30},
      GammaLaw{100, 2.5},
      GammaLaw{100, 0.3},
      GammaLaw{100, 50},
      WeibullLaw{100, 1.5},
      WeibullLaw{100, 0.5},
      HyperexponentialLaw{{0.7, 0.3}, {10, 300}},
      UniformLaw{10, 50},
      ConstantLaw{3},
      EmpiricalLaw{{0, 1, 9}, {0, 0.3, 1}},
      HazardLaw{{0, 10, 20, 100}, {0.01, 0, 0.02, 0.005}},
  };
  for (const Law& law : laws) {
    INFO(describe(law));
    CHECK(largest_error(law).to_mean <= 1e-6);
  }
}

TEST_CASE("Extreme laws: at most a millionth of the mean or, where larger, of the value") {
  const std::vector<Law> laws = {
      LognormalLaw{100, 10'000},
      LognormalLaw{100, 0.01},
      GammaLaw{100, kSmallestShape},
      GammaLaw{100, kLargestShape},
      WeibullLaw{100, kSmallestShape},
      WeibullLaw{100, kLargestShape},
      HyperexponentialLaw{{0.99, 0.01}, {1, 1e5}},
      HyperexponentialLaw{{0.4, 0.6}, {1e-5, 100}},
      HyperexponentialLaw{{0.5, 0.3, 0.2}, {0.1, 10, 5000}},
  };
  for (const Law& law : laws) {
    INFO(describe(law));
    CHECK(largest_error(law).to_mean_or_value <= 1e-6);
  }
}

TEST_CASE("Draws do not decrease in u") {
  const std::vector<double> us = ordered_uniforms();
  for (const Law& law : kEveryKind) {
    INFO(describe(law));
    const Sampler sampler{law};
    double before = 0.0;
    SimDuration drawn{0};
    bool ordered = true;
    for (const double u : us) {
      const double now = sampler.seconds(u);
      ordered = ordered && now >= before * (1.0 - 1e-15) && sampler.draw(u) >= drawn;
      before = now;
      drawn = sampler.draw(u);
    }
    CHECK(ordered);
  }
}

TEST_CASE("The ends of (0, 1) are drawn within the range of a duration") {
  for (const Law& law : kEveryKind) {
    INFO(describe(law));
    const Sampler sampler{law};
    for (const double u : {1e-300, 0x1p-60, 0x1p-53, 0.5, 1.0 - 0x1p-53}) {
      CHECK(sampler.draw(u) >= SimDuration{0});
      CHECK(sampler.draw(u) <= kLongestHorizon);
    }
    CHECK(sampler.seconds(0x1p-60) == Approx(sampler.seconds(0x1p-53)));
  }
}

TEST_CASE("What never ends is cut off at the longest horizon, with a factor too") {
  const Sampler never{HazardLaw{{0}, {0}}};
  CHECK(never.seconds(0.5) == Approx(kNeverSeconds));
  CHECK(never.draw(0.5) == kLongestHorizon);
  CHECK(never.draw(0.5, 1e-3) == kLongestHorizon);
  CHECK(Sampler{ConstantLaw{1e14}}.draw(0.5) == kLongestHorizon);
}

TEST_CASE("A factor scales before rounding") {
  const Sampler sampler{ConstantLaw{2.5e-6}};
  CHECK(sampler.draw(0.3) == SimDuration{3});
  CHECK(sampler.draw(0.3, 4.0) == SimDuration{10});
  const Sampler smooth{LognormalLaw{170, 150}};
  for (const double u : uniforms(33, 1000))
    CHECK(to_seconds(smooth.draw(u, 1.7)) == Approx(1.7 * smooth.seconds(u)).margin(0.51e-6));
}

TEST_CASE("Copies draw the same, also after the original is gone") {
  for (const Law& law : kEveryKind) {
    Sampler copy;
    {
      const Sampler original{law};
      copy = original;
    }
    const Sampler again{law};
    for (const double u : uniforms(34, 100)) CHECK(copy.draw(u) == again.draw(u));
  }
}

TEST_CASE("Known draws: the meaning of a seed does not change silently") {
  const OwnerKey caller = ReplicationKey{1, 0}.owner(Owner::kCaller, 2, 7012);
  const double u = caller.uniform(Purpose::kPatience);
  const auto draw = [u](const Law& law) { return Sampler{law}.draw(u).count(); };
  CHECK(draw(ExponentialLaw{180}) == 359'224'831);
  CHECK(draw(LognormalLaw{170, 150}) == 293'451'477);
  CHECK(draw(GammaLaw{100, 3}) == 162'376'397);
  CHECK(draw(WeibullLaw{100, 1.5}) == 158'512'152);
  CHECK(draw(HyperexponentialLaw{{0.7, 0.3}, {10, 300}}) == 237'516'211);
  CHECK(draw(HazardLaw{{0, 10, 20, 100}, {0.01, 0, 0.02, 0.005}}) == 159'138'702);
}

}  // namespace callmill
