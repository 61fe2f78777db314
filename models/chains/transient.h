#pragma once
// What a chain does in a given time, by uniformisation (Jensen 1953): with L >= every rate out,
//   e^{Qt} = sum_k Poisson(k; L t) P^k,  P = I + Q / L >= 0,
// a sum of positive terms, so nothing cancels. Poisson weights run from the mode outwards (their
// relative error is 1e-16 per step away from it, and no exponential underflows); what is cut off on
// both sides together is below kCut, the error of every probability.

#include "models/chains/generator.h"

namespace callmill {

inline constexpr double kCut = 1e-16;

// weight[k - first] = Poisson(k; mean); beyond[k - first] = P(more than k).
struct PoissonWeights {
  std::int64_t first = 0;
  std::vector<double> weight, beyond;
};
// mean >= 0. O(sqrt(mean)).
PoissonWeights poisson_weights(double mean);

struct Passage {
  Vector end;       // at time t
  Vector integral;  // over [0, t]
};

// Keeps the matrices of one generator, to be used for many times and vectors. Cost of a passage:
// L t + 9 sqrt(L t) + 20 steps of one sparse product; fewer where the vector comes to rest.
class Uniformised {
 public:
  // Ticks at the rate of the fastest state, or `at_least`. Moves that `g.out` does not count take
  // nothing away: they add to their state a copy of the one they come from.
  explicit Uniformised(const Generator& g, double at_least = 0);
  // p e^{Qs}: of a distribution (or any measure) over states, from time 0 to t >= 0.
  Passage forward(const Vector& p, double t) const;
  // e^{Qs} h: of a value of states, as seen from s earlier.
  Passage backward(const Vector& h, double t) const;
  double ticks_per_time() const { return fastest_; }
  std::int64_t steps_per_tick() const { return back_.nonZeros(); }

 private:
  using Steps = Eigen::SparseMatrix<double, Eigen::RowMajor>;
  Passage pass(const Steps& step, Vector now, double t) const;
  Steps onward_, back_;  // P' and P
  double fastest_ = 0;
};

}  // namespace callmill
