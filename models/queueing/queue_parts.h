#pragma once
// From the weights of "an agent is free", "must wait", "no line" and the law of the wait to a
// QueueResult: what M/M/n/K+M and M/M/n/K+G share.

#include <limits>

#include "models/queueing/erlang.h"

namespace callmill {

// Shares of calls by what they meet; the logarithm of the waiting share lives on where the share
// underflows.
struct Shares {
  double free, wait, block;
  double log_wait;
};
// From ln of the weights of "an agent is free" and "must wait", and the share of blocked calls.
Shares share_out(double log_free, double log_wait, double block);

// What the waiting do, given that they wait: ratios to the mass of the wait law. T as in the input.
struct Waiters {
  double log_total = -std::numeric_limits<double>::infinity();  // ln of the weight "must wait"
  double wait = 0, served_wait = 0, abandon_wait = 0;  // E min(V, R), E[V; R > V], E[R; R <= V]
  double served = 0, abandoned = 0;
  double log_v_gt = -std::numeric_limits<double>::infinity();  // ln P(V > T)
  double log_stay = 0;                                         // ln P(R > T)
  double gone = 0;                                             // P(R <= T)
  double served_gt = 0, abandoned_gt = 0;                      // of those with V > T, R > T
  double log_v_le = -std::numeric_limits<double>::infinity();  // ln P(V <= T)
  double served_le = 0, abandoned_le = 0;                      // of those with V <= T
  double queue = 0, queue_var = 0;                             // of the queue they see
};
// Nobody waits: as many lines as agents.
Waiters no_waiters();

struct QueueLoad {
  double agents, arrival_rate, service_rate;
  double room;  // waiting places; infinity = no limit
};
QueueResult assemble(const QueueLoad& load, const Shares& shares, const Waiters& waiters);
// More calls than the agents can ever take who never hang up, and no limit on the queue.
QueueResult unstable_queue(double agents);

}  // namespace callmill
