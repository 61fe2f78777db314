#include "base/stats/moments.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "base/random/stream.h"

namespace callmill {
namespace {

using Rows = std::vector<std::vector<double>>;

Moments moments_of(const Rows& rows) {
  Moments m{rows.front().size()};
  for (const std::vector<double>& row : rows) m.add(row);
  return m;
}

const std::vector<LinearTerm> kFirst = {{0, 1.0}};
const std::vector<LinearTerm> kSecond = {{1, 1.0}};

}  // namespace

TEST_CASE("Moments agree with two passes over the data, far from zero") {
  Rows rows;
  const OwnerKey key = ReplicationKey{1, 0}.owner(Owner::kCentre, 0, 0);
  for (std::uint32_t r = 0; r < 500; ++r) {
    const double a = key.uniform(Purpose::kTalk, r);
    const double b = key.uniform(Purpose::kWrap, r);
    rows.push_back({1e8 + a, 5 * a - 3 * b, 1e-3 * b, 7.0});
  }
  const Moments m = moments_of(rows);
  const auto n = static_cast<double>(rows.size());
  REQUIRE(m.count() == 500);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      double mean_i = 0.0;
      double mean_j = 0.0;
      for (const auto& row : rows) {
        mean_i += row[i] / n;
        mean_j += row[j] / n;
      }
      double sum = 0.0;
      for (const auto& row : rows) sum += (row[i] - mean_i) * (row[j] - mean_j);
      CHECK(m.mean(i) == Approx(mean_i).epsilon(1e-14));
      CHECK(m.covariance(i, j) == Approx(sum / (n - 1)).epsilon(1e-7).margin(1e-15));
      CHECK(m.covariance(i, j) == m.covariance(j, i));
    }
  }
}

TEST_CASE("Covariance is 0 before the second replication") {
  Moments m{2};
  CHECK(m.covariance(0, 1) == 0);
  m.add(std::vector<double>{3, 4});
  CHECK(m.covariance(0, 0) == 0);
  CHECK(m.mean(1) == 4);
}

TEST_CASE("Replications in strata: what pairs of a stratum differ by, not what strata do") {
  // Two strata, 10 and 20 off each other; pairs (1, 3) and (20, 26): half the mean square is
  // (2^2 + 6^2) / 2 / 2 = 10.
  Moments m{1};
  const std::vector<double> a = {1}, b = {20}, c = {26}, d = {3};
  m.add(a, {});
  m.add(b, {});
  CHECK(m.dof() == 0);
  CHECK(m.covariance(0, 0) == 0);
  CHECK(std::isnan(ratio_estimate(m, kFirst, {}, 0.95).ci_low));
  m.add(c, b);
  m.add(d, a);
  CHECK(m.dof() == 2);
  CHECK(m.mean(0) == Approx(12.5));
  CHECK(m.covariance(0, 0) == Approx(10));
  const Estimate e = ratio_estimate(m, kFirst, {}, 0.95);
  CHECK(e.ci_high - e.value == Approx(4.30265273 * std::sqrt(10.0 / 4)).epsilon(1e-8));
}

TEST_CASE("A ratio worked by hand") {
  // Means 3 and 2, r = 1.5; S = [7 2; 2 1]; S of x - r y = 7 - 2 r 2 + r^2 = 3.25; / (3 * 2^2) =
  // 0.2708333...
  const Moments m = moments_of({{1, 2}, {2, 1}, {6, 3}});
  const Estimate e = ratio_estimate(m, kFirst, kSecond, 0.95);
  CHECK(e.n == 3);
  CHECK(e.value == Approx(1.5));
  const double half = 4.30265273 * std::sqrt(3.25 / 12);
  CHECK(e.ci_low == Approx(1.5 - half).epsilon(1e-8));
  CHECK(e.ci_high == Approx(1.5 + half).epsilon(1e-8));
}

TEST_CASE("An empty denominator is 1: the mean with Student's interval") {
  const Moments m = moments_of({{1, 2}, {2, 1}, {6, 3}});
  const Estimate e = ratio_estimate(m, kFirst, {}, 0.95);
  CHECK(e.value == Approx(3));
  CHECK(e.ci_high - e.value == Approx(4.30265273 * std::sqrt(7.0 / 3)).epsilon(1e-8));
}

TEST_CASE("Forms of several counts equal the merged count, also when they share one") {
  Rows split;
  Rows merged;
  const OwnerKey key = ReplicationKey{2, 0}.owner(Owner::kCentre, 0, 0);
  for (std::uint32_t r = 0; r < 40; ++r) {
    const double a = key.uniform(Purpose::kTalk, r);
    const double b = key.uniform(Purpose::kWrap, r);
    const double c = key.uniform(Purpose::kPatience, r);
    split.push_back({a, b, c});
    merged.push_back({2 * a + b, b + 3 * c});
  }
  const std::vector<LinearTerm> above = {{0, 2.0}, {1, 1.0}};
  const std::vector<LinearTerm> below = {{1, 1.0}, {2, 3.0}};
  const Estimate one = ratio_estimate(moments_of(split), above, below, 0.9);
  const Estimate two = ratio_estimate(moments_of(merged), kFirst, kSecond, 0.9);
  CHECK(one.value == Approx(two.value).epsilon(1e-13));
  CHECK(one.ci_low == Approx(two.ci_low).epsilon(1e-12));
  CHECK(one.ci_high == Approx(two.ci_high).epsilon(1e-12));
}

TEST_CASE("A constant ratio has an interval of no width, whatever the sign below") {
  const Estimate e =
      ratio_estimate(moments_of({{2, -4}, {3, -6}, {7, -14}}), kFirst, kSecond, 0.99);
  CHECK(e.value == Approx(-0.5));
  CHECK(e.ci_low == Approx(-0.5));
  CHECK(e.ci_high == Approx(-0.5));
  CHECK(e.ci_low <= e.ci_high);
}

TEST_CASE("What cannot be said is NaN") {
  const Estimate nothing = ratio_estimate(Moments{2}, kFirst, {}, 0.95);
  CHECK(std::isnan(nothing.value));
  CHECK(nothing.n == 0);
  const Estimate once = ratio_estimate(moments_of({{1, 2}}), kFirst, kSecond, 0.95);
  CHECK(once.value == 0.5);
  CHECK(std::isnan(once.ci_low));
  CHECK(std::isnan(once.ci_high));
  const Estimate zero = ratio_estimate(moments_of({{1, 0}, {2, 0}}), kFirst, kSecond, 0.95);
  CHECK(std::isnan(zero.value));
  CHECK(std::isnan(zero.ci_low));
  CHECK(zero.n == 2);
}

TEST_CASE("The interval of a ratio covers as often as it says") {
  // y uniform on (50, 150), x = 0.3 y + noise: x / y has the ratio of expectations 0.3, and x - 0.3
  // y is normal, for which Student's interval is exact up to the spread of the mean of y. 4000
  // intervals of 95 %: a binomial share, of which a right program misses the band of 3.8906
  // standard errors with chance 1e-4.
  constexpr int kStudies = 4000;
  constexpr std::uint32_t kReplications = 30;
  int covered = 0;
  for (int study = 0; study < kStudies; ++study) {
    const OwnerKey key =
        ReplicationKey{3, static_cast<std::uint64_t>(study)}.owner(Owner::kCentre, 0, 0);
    Moments m{2};
    for (std::uint32_t r = 0; r < kReplications; ++r) {
      const double y = 50 + 100 * key.uniform(Purpose::kTalk, r);
      const double x = 0.3 * y + 4 * normal_quantile(key.uniform(Purpose::kWrap, r));
      m.add(std::vector<double>{x, y});
    }
    const Estimate e = ratio_estimate(m, kFirst, kSecond, 0.95);
    covered += e.ci_low <= 0.3 && 0.3 <= e.ci_high ? 1 : 0;
  }
  const double share = static_cast<double>(covered) / kStudies;
  CHECK(std::fabs(share - 0.95) <= 3.8906 * std::sqrt(0.95 * 0.05 / kStudies));
}

}  // namespace callmill
