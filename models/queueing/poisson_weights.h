#pragma once
// Poisson probabilities for uniformisation: how many of the chain's ticks fall into a time step.
//
// Built by recursion from the mode, both ways, and scaled to the sum 1: each weight is right to a
// few 1e-16 relative, whereas a pmf by way of ln Gamma loses 1e-13 at a mean of 1e4 (Fox & Glynn
// 1988).

#include <cstdint>
#include <vector>

namespace callmill {

struct PoissonWeights {
  std::int64_t first = 0;      // ticks of the first weight
  std::vector<double> weight;  // P(N = first + i); sums to 1
  std::vector<double> beyond;  // P(N > first + i); 1 before `first`, 0 at the last
  double cut = 0;              // bound of the probability outside, before scaling

  std::int64_t last() const { return first + static_cast<std::int64_t>(weight.size()) - 1; }
};

// mean >= 0 (finite, up to 1e12), 0 < tolerance < 1: both tails together hold less than that.
// Cost and size: about 2 sqrt(2 mean ln(1/tolerance)) weights. tolerance down to 1e-300.
PoissonWeights poisson_weights(double mean, double tolerance);

}  // namespace callmill
