#pragma once
// One solution for general_patience.h and general_service.h.

#include "models/queueing/general_patience.h"
#include "models/queueing/patience_curve.h"

namespace callmill {

struct PatienceSolution {
  QueueResult queue;
  double wait_variance;  // of V given V > 0
};
// The wait law taken to `power` (1: exact).
PatienceSolution solve_with_power(const PatienceQueueInput& in, const PatienceCurve& curve,
                                  double power);
// Those who never leave are more than the agents can take, less a relative slack.
bool never_clears(const PatienceQueueInput& in, const PatienceCurve& curve, double slack);

}  // namespace callmill
