// How busy a queue is, and how long it remembers.

#include <algorithm>
#include <cmath>

#include "app/calculator/caveats.h"

namespace callmill::calculator {

bool is_busier(const Outcome& a, const Outcome& b) {
  const double more = load_of(a.queue), than = load_of(b.queue);
  if (std::abs(more - than) > 1e-9 * than) return more > than;
  const Indicator& waits = *find_indicator("wait_rate");
  return value_of(waits, a) > value_of(waits, b);
}

double relaxation_s(const Queue& q) {
  if (q.agents_are_lines) return q.aht_s;  // no queue
  const double queueing = q.calls_per_s * q.agent_share * (1 - q.balks);
  const auto emptied = [&](double calls_per_s) {
    const double drained = std::sqrt(q.agents / q.aht_s) - std::sqrt(calls_per_s);
    return drained > 0 ? 1 / (drained * drained) : kForever;
  };
  // Patience alone drains a long queue at rate theta, one that the agents just carry, and which is
  // often empty, at about twice that (an Ornstein-Uhlenbeck process held at 0); the agents' spare
  // capacity comes on top. Within 40 % of the chain's spectral gap (too long) where handle times do
  // not decide.
  const double over = (queueing - q.agents / q.aht_s) * std::sqrt(q.patience_s / queueing);
  const double held = std::max(0.0, 1 - q.aht_s / q.patience_s) * std::exp(-std::max(0.0, over));
  double left = q.patience_s < kForever ? q.patience_s / (1 + held) : kForever;
  // Those who never leave are not drained by patience, only by agents.
  if (q.never_leaves > 0) left = std::max(left, emptied(queueing * q.never_leaves));
  double line = 1 / (1 / emptied(queueing) + 1 / left);
  // A full line of K - n places is passed through in that many services.
  if (q.lines > 0)
    line = std::min(line, (static_cast<double>(q.lines) - q.agents) * q.aht_s / q.agents);
  return std::max(line, q.aht_s);
}

double relaxation_s(const Outcome& outcome) {
  Queue queue = outcome.queue;
  if (outcome.attempts_per_s > 0) queue.calls_per_s = outcome.attempts_per_s;
  return relaxation_s(queue);
}

}  // namespace callmill::calculator
