#pragma once
// Long-run shares of time of a finite chain, and what is still to come before it is left.

#include "models/chains/generator.h"
#include "models/chains/linear.h"

namespace callmill {

struct Stationary {
  Vector p;             // sums to 1; 0 for states that are left for good
  double residual = 0;  // largest |flow in - flow out| of a state / largest flow through one
};

// pi Q = 0 for a chain with one closed class, by the elimination of Grassmann, Taksar & Heyman
// 1985, which subtracts nothing: every share is right to a few 1e-16 n, however small. Within a
// band about the diagonal, as long as that takes seconds. Where the band is too wide, linear.h on
// Q' with a likely state pinned to 1 (pinning one of share 1e-33 costs all digits), then
// Gauss-Seidel sweeps until each share is at rest relative to itself: flows in and out are sums of
// positive terms, so small shares get the relative accuracy of large ones. No shares once `stop` is
// set. Cost: a triangle or square of calls in two places, 25 us at 200 states, 6 ms at 5,000.
Stationary stationary(const Generator& g, StopFlag stop = nullptr);

// x with -Q x = reward for a chain that is left from everywhere: x[i] is what the reward earns per
// unit of time from state i until the end. Factors once, for many rewards.
class UntilLeft {
 public:
  explicit UntilLeft(const Generator& g, StopFlag stop = nullptr);
  Vector operator()(const Vector& reward);

 private:
  StopFlag stop_;
  ChainSolver solver_;
};

}  // namespace callmill
