// Weights for uniformisation against the pmf itself and against sums that must hold.

#include "models/queueing/poisson_weights.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "models/queueing/special.h"

using namespace callmill;

TEST_CASE("poisson weights are the pmf, whatever the mean") {
  for (const double mean : {0.0, 1e-9, 0.3, 1.0, 7.5, 100.0, 1234.5, 37500.0, 2e6}) {
    CAPTURE(mean);
    const PoissonWeights w = poisson_weights(mean, 1e-15);
    REQUIRE(w.weight.size() == w.beyond.size());
    CHECK(w.cut <= 1e-15);
    // Rounding of a recursion over sqrt(mean) terms, and of Loader's form at the same point.
    const double tolerance = 1e-15 * (20 + std::sqrt(mean));
    for (std::size_t i = 0; i < w.weight.size(); ++i) {
      const auto k = static_cast<double>(w.first) + static_cast<double>(i);
      const double exact = mean > 0 ? std::exp(log_poisson(k, mean)) : (k == 0 ? 1.0 : 0.0);
      if (exact < 1e-12) continue;  // ln of a tiny number costs digits of its own
      CHECK(std::abs(w.weight[i] - exact) <= 40 * tolerance * exact);
    }
    CHECK(w.beyond.back() == 0);
    CHECK(w.beyond.front() + w.weight.front() == Approx(1).epsilon(1e-14));
  }
}

TEST_CASE("poisson weights have the mean and the variance of a Poisson number") {
  const double mean = 4321.25;
  const PoissonWeights w = poisson_weights(mean, 1e-16);
  double first = 0, second = 0;
  for (std::size_t i = 0; i < w.weight.size(); ++i) {
    const double off = static_cast<double>(w.first) + static_cast<double>(i) - mean;
    first += w.weight[i] * off;
    second += w.weight[i] * off * off;
  }
  CHECK(std::abs(first) < 1e-11 * mean);
  CHECK(second == Approx(mean).epsilon(1e-11));
}

TEST_CASE("poisson weights outside a tolerance are left out, and no more") {
  const PoissonWeights w = poisson_weights(50, 1e-6);
  const CutPoisson above = cut_poisson(static_cast<double>(w.last()), 50);
  CHECK(-std::expm1(above.log_cdf) < 1e-6);
  // Two terms fewer on the right would leave out more than a hundredth of the tolerance.
  CHECK(-std::expm1(cut_poisson(static_cast<double>(w.last()) - 2, 50).log_cdf) > 1e-8);
  CHECK(w.first > 10);
}
