#pragma once
// The wait of a caller who finds k others waiting before n busy agents: k + 1 stages, one drained
// at rate n mu + i theta each (i = k..0 still waiting ahead), beside its own patience of rate
// theta. Used where the number seen has no closed law (menu and lines).
//
// e^{-theta V} is Beta(c, k + 1), c = n mu / theta; so P(V > T | k) = sum_{i<=k} t_i with negative
// binomial t_i = C(c+i-1, i) x^c (1-x)^i, x = e^{-theta T}; Poisson(n mu T) where theta = 0. Both
// tails are sums of positive terms, so each keeps its relative accuracy (about 1e-13).

#include <cstdint>
#include <vector>

namespace callmill {

struct StageLaw {
  double drain_rate;     // n mu > 0
  double patience_rate;  // theta >= 0
  double within;         // T >= 0
};

// Given k ahead.
struct StageWait {
  double served;            // P(answered in the end)
  double mean_wait_served;  // E(V | answered)
  double served_le;         // P(answered within T)
  double wait_le;           // P(answered or gone within T)
  double v_gt;              // P(V > T), V the wait of an infinitely patient caller
};

// For k = 0..most; most = -1: none. Cost O(most + the width of the law), 8 ns each.
class StageWaits {
 public:
  StageWaits(const StageLaw& law, std::int64_t most);
  // 0 <= k <= most. O(1).
  StageWait at(std::int64_t k) const { return waits_[static_cast<std::size_t>(k)]; }

 private:
  std::vector<StageWait> waits_;
};

}  // namespace callmill
