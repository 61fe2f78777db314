// Each simulator of workload W1 must reproduce the exact steady state: replications with fixed
// seeds, 99.9 % intervals.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>

#include "base/stats/tally.h"
#include "bench/fast_exponential.h"
#include "bench/w1_yardsticks.h"

namespace callmill::bench {
namespace {

// Student's t, two-sided 99.9 %, 39 degrees of freedom.
constexpr double kT = 3.558;
constexpr int kReplications = 40;

void check_covers(const Tally& tally, double exact) {
  const double half_width = kT * std::sqrt(tally.variance() / static_cast<double>(tally.count()));
  CAPTURE(tally.mean(), exact, half_width);
  CHECK(std::abs(tally.mean() - exact) <= half_width);
  CHECK(half_width > 0);
}

using Simulator = W1Result (*)(std::int64_t calls, std::uint64_t seed);

// A million calls verify little here: ten hours (60,000 calls) leave P(block) a standard deviation
// of 0.0008.
void check_theory(Simulator simulate, std::int64_t calls) {
  Tally blocked, abandoned, wait, within;
  for (int r = 0; r < kReplications; ++r) {
    const W1Result result = simulate(calls, static_cast<std::uint64_t>(r) + 1);
    const auto offered = static_cast<double>(result.offered);
    REQUIRE(result.offered == calls);
    // Only the calls that wait at either end of the count can differ.
    REQUIRE(std::abs(result.blocked + result.abandoned + result.served - result.offered) <=
            kW1Lines - kW1Agents);
    blocked.add(static_cast<double>(result.blocked) / offered);
    abandoned.add(static_cast<double>(result.abandoned) / offered);
    wait.add(result.wait_served_s / static_cast<double>(result.served));
    within.add(static_cast<double>(result.answered_within) / offered);
  }
  check_covers(blocked, kW1ExactBlocked);
  check_covers(abandoned, kW1ExactAbandoned);
  check_covers(wait, kW1ExactMeanWaitServedS);
  check_covers(within, kW1ExactAnsweredWithin);
}

TEST_CASE("the textbook simulator of W1 agrees with theory") {
  check_theory(textbook_w1, 100'000);
}
TEST_CASE("the general event loop of W1 agrees with theory") {
  check_theory(general_w1, 300'000);
}
TEST_CASE("the specialised event loop of W1 agrees with theory") {
  check_theory(specialised_w1, 600'000);
}
TEST_CASE("the recursion of W1 agrees with theory") {
  check_theory(recursion_w1, 600'000);
}

TEST_CASE("a simulator of W1 gives the same counts for the same seed, others for another") {
  for (const Simulator simulate : {textbook_w1, general_w1, specialised_w1, recursion_w1}) {
    const W1Result first = simulate(20'000, 3), again = simulate(20'000, 3),
                   other = simulate(20'000, 4);
    CHECK(first.served == again.served);
    CHECK(first.wait_served_s == again.wait_served_s);
    CHECK(first.wait_served_s != other.wait_served_s);
  }
}

// Bins of equal chance; the 99.99 % quantile of chi-square with 63 degrees of freedom is 113.5.
TEST_CASE("the ziggurat draws exponential durations, tail and wedges included") {
  constexpr int kBins = 64, kDraws = 2'000'000;
  FastRandom random{1};
  const FastExponential law{180.0};
  std::int64_t count[kBins] = {};
  std::int64_t beyond_tail = 0;
  Tally tally;
  for (int i = 0; i < kDraws; ++i) {
    const double x = static_cast<double>(law(random)) * 1e-6 / 180.0;
    tally.add(x);
    ++count[std::min(kBins - 1, static_cast<int>(-std::expm1(-x) * kBins))];
    beyond_tail += x > 8.0 ? 1 : 0;
  }
  double chi_square = 0;
  for (const std::int64_t n : count) {
    const double expected = static_cast<double>(kDraws) / kBins;
    chi_square +=
        (static_cast<double>(n) - expected) * (static_cast<double>(n) - expected) / expected;
  }
  CHECK(chi_square < 113.5);
  CHECK(std::abs(tally.mean() - 1) < 3.9 / std::sqrt(static_cast<double>(kDraws)));
  CHECK(std::abs(tally.variance() - 1) < 3.9 * std::sqrt(8.0 / kDraws));
  const double beyond = kDraws * std::exp(-8.0);  // a Poisson count of mean 671
  CHECK(std::abs(static_cast<double>(beyond_tail) - beyond) < 3.9 * std::sqrt(beyond));
}

}  // namespace
}  // namespace callmill::bench
