// Shares of trials: the interval is the one whose binomial tails are exactly half the error.

#include "base/stats/share.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace callmill::test {
namespace {

// P(at most k of n) by the terms of the binomial law, summed plainly.
double at_most(std::int64_t k, std::int64_t n, double p) {
  double sum = 0;
  for (std::int64_t i = 0; i <= k; ++i) {
    const auto x = static_cast<double>(i), all = static_cast<double>(n);
    sum += std::exp(std::lgamma(all + 1) - std::lgamma(x + 1) - std::lgamma(all - x + 1) +
                    x * std::log(p) + (all - x) * std::log1p(-p));
  }
  return sum;
}

}  // namespace

TEST_CASE("The ends of a share's interval leave half the error in each binomial tail") {
  for (const std::int64_t n : {10, 200, 1000})
    for (const std::int64_t held : {n / 10, n / 2, n - n / 10}) {
      const Estimate e = share_estimate(held, n, 0.95);
      CHECK(e.value == Approx(static_cast<double>(held) / static_cast<double>(n)));
      CHECK(e.n == n);
      // lgamma of 1000 leaves an error of 1e-12 in each term.
      CHECK(1 - at_most(held - 1, n, e.ci_low) == Approx(0.025).epsilon(1e-7));
      CHECK(at_most(held, n, e.ci_high) == Approx(0.025).epsilon(1e-7));
    }
}

TEST_CASE("All and none have an end in closed form") {
  const Estimate none = share_estimate(0, 50, 0.9), all = share_estimate(50, 50, 0.9);
  CHECK(none.ci_low == 0);
  CHECK(none.ci_high == Approx(1 - std::pow(0.05, 1.0 / 50)).epsilon(1e-12));
  CHECK(all.ci_high == 1);
  CHECK(all.ci_low == Approx(std::pow(0.05, 1.0 / 50)).epsilon(1e-12));
  CHECK(std::isnan(share_estimate(0, 0, 0.9).value));
}

TEST_CASE("The least number that shows a share does, and one fewer does not") {
  for (const std::int64_t n : {40, 400, 1000})
    for (const double share : {0.5, 0.8, 0.9}) {
      const std::int64_t k = least_to_show(share, n, 0.95);
      REQUIRE(k <= n);
      CHECK(share_estimate(k, n, 0.95).ci_low >= share);
      CHECK(share_estimate(k - 1, n, 0.95).ci_low < share);
    }
  CHECK(least_to_show(0.95, 20, 0.95) == 21);  // twenty of twenty begin at 0.832
}

}  // namespace callmill::test
