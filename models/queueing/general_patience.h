#pragma once
// M/M/n+G and M/M/n/K+G in steady state: one queue, Poisson arrivals, exponential handle time,
// patience of any law of base/random/law.h, measured hazards among them. Exact.
//
// With S(x) = P(patience > x), H(x) = integral of S from 0 to x = E min(x, patience), the offered
// wait V of those who wait has density ~ e^{l(x)},
//   l(x) = -n mu x + ln sum_{k < K - n} (lambda H(x))^k / k!      (= lambda H(x) - n mu x, no
//   limit)
// Baccelli & Hebuterne 1981; Brandt & Brandt 1999 (finite K); docs/models/general-patience.md.

#include <cstdint>
#include <optional>

#include "base/random/law.h"
#include "models/queueing/erlang.h"

namespace callmill {

// How long callers bear to wait: at once gone with chance `balks`; of the others `never_leaves`
// stay for ever, the rest as long as the law says.
struct Patience {
  std::optional<Law> law;   // none = they stay for ever; no fault(law)
  double never_leaves = 0;  // 0..1, of those who do not balk
  double balks = 0;         // 0..1, share that hangs up at once when no agent is free
};

// Seconds, since laws are in seconds.
struct PatienceQueueInput {
  double agents = 0;        // n > 0; fractions by analytic continuation (not with lines)
  double arrival_rate = 0;  // lambda > 0
  double service_rate = 0;  // mu > 0
  Patience patience;
  std::int64_t lines = 0;  // K >= n calls in the system at the most; 0 = no limit
  double within = 0;       // T >= 0 of the service level
};

// The fields of QueueResult with the same meaning; those who balk are abandoned, with wait 0, and
// p_balk of them. p_wait = P(V > 0) has the balking in it. Unstable (lambda P(never leaves) >= n mu
// without lines): p_wait 1, times infinite, as solve_queue.
// Cost: 5 to 35 us by law, whatever n; with lines about 100 us. Accuracy about 1e-12, see the page.
QueueResult solve_patience_queue(const PatienceQueueInput& in);
bool grows_without_limit(const PatienceQueueInput& in);

// Inverses, as those of models/queueing/erlang.h.
std::int64_t agents_for(PatienceQueueInput in, Goal goal, std::int64_t limit = 200000);
double agents_for_fractional(PatienceQueueInput in, Goal goal, double limit = 200000);
double arrival_rate_for(PatienceQueueInput in, Goal goal);
double handle_time_for(PatienceQueueInput in, Goal goal);

}  // namespace callmill
