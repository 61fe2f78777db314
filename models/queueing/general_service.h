#pragma once
// M/GI/n/K+GI in steady state, approximately: handle time and patience of any law.
//
// Exact for exponential handle time. Else the exact M/M/n/K+GI of the same means, with the law of
// the wait taken to the power 2 / (1 + I), where I is the variability that agents' completions show
// over the time in which the queue forgets: 1 at once, the handle time's squared coefficient of
// variation in the long run. The share blocked on K lines is that of the exponential one, nearer to
// simulation than its own. docs/models/general-patience.md has the formula and the errors.

#include "models/queueing/general_patience.h"

namespace callmill {

struct ServiceQueueInput {
  double agents = 0;        // n > 0; fractions by analytic continuation (not with lines)
  double arrival_rate = 0;  // lambda > 0, calls a second
  Law handle;               // handle time of finite mean > 0
  Patience patience;
  std::int64_t lines = 0;  // K >= n; 0 = no limit
  double within = 0;       // T >= 0
};
// The fields of QueueResult with the same meaning. Cost: two or three of solve_patience_queue, with
// lines about 1 ms.
QueueResult approximate_queue(const ServiceQueueInput& in);

// I: dispersion of the completions of busy agents, weighted e^{-rate t}: 1 + 2 (f / (1 - f) - mu /
// rate) with f the Laplace transform of the handle time at `rate` (per second). c^2 at rate 0, 1 at
// infinity.
double completion_variability(const Law& handle, double rate);

// How the approximation comes about, for those who show it.
struct HandleSpread {
  double wait_variance = 0;  // of the offered wait of those who wait, exponential handle time, s^2
  double forget_rate = 0;    // 1 / (n mu wait_variance), per second
  double variability = 1;    // I at that rate, >= 0
  double power = 1;          // 2 / (1 + I)
};
// Power 1 where nobody waits or the wait has no variance. Cost: one solve_patience_queue.
HandleSpread handle_spread(const ServiceQueueInput& in);

// Inverses, as those of models/queueing/erlang.h.
std::int64_t agents_for(ServiceQueueInput in, Goal goal, std::int64_t limit = 200000);
double agents_for_fractional(ServiceQueueInput in, Goal goal, double limit = 200000);

}  // namespace callmill
