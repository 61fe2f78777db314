#pragma once
// Goodness of fit: distances between draws and a law, and the limits that chance alone passes with
// probability alpha.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random/law.h"
#include "base/random/sampler.h"
#include "base/random/stream.h"

namespace callmill {

// The chance that a right program fails a check. Seeds are fixed, so a check passes always or
// never.
inline constexpr double kAlpha = 1e-4;
inline constexpr double kTwoSidedLimit = 3.8906;  // standard normal, kAlpha / 2 beyond on each side

// Uniforms of `n` callers of one type.
inline std::vector<double> uniforms(std::uint64_t seed, std::size_t n) {
  const ReplicationKey key{seed, 0};
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i)
    out[i] = key.owner(Owner::kCaller, 0, i).uniform(Purpose::kTalk);
  return out;
}

inline std::vector<double> draws_s(const Law& law, std::uint64_t seed, std::size_t n) {
  const Sampler sampler{law};
  std::vector<double> out = uniforms(seed, n);
  for (double& x : out) x = to_seconds(sampler.draw(x));
  return out;
}

// Largest distance between the draws' distribution and the law's, which has no atoms.
inline double kolmogorov_distance(std::vector<double> draws, const Law& law) {
  std::sort(draws.begin(), draws.end());
  const auto n = static_cast<double>(draws.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double f = cdf(law, draws[i]);
    const auto below = static_cast<double>(i);
    distance = std::max({distance, f - below / n, (below + 1.0) / n - f});
  }
  return distance;
}

// P(distance > e) <= 2 exp(-2 n e^2): Dvoretzky-Kiefer-Wolfowitz with Massart's constant, for every
// n.
inline double kolmogorov_limit(std::size_t n) {
  return std::sqrt(std::log(2.0 / kAlpha) / (2.0 * static_cast<double>(n)));
}

inline double chi_square(const std::vector<double>& count, const std::vector<double>& expected) {
  double sum = 0.0;
  for (std::size_t i = 0; i < count.size(); ++i)
    sum += (count[i] - expected[i]) * (count[i] - expected[i]) / expected[i];
  return sum;
}

// Chi-square with d degrees of freedom is gamma of mean d and shape d / 2 (law_test.cpp holds that
// against tables).
inline double chi_square_limit(std::size_t dof) {
  const auto d = static_cast<double>(dof);
  return quantile(GammaLaw{d, 0.5 * d}, 1.0 - kAlpha, kAlpha);
}

}  // namespace callmill
