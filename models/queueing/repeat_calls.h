#pragma once
// Callers who come back: the fixed point of rates.
//
// Of the calls of all kinds, lambda, those served leave their matter open with chance 1 - fcr and
// call again with chance r_u; those who gave up with r_a, those blocked with r_b. Delays are long,
// so that all calls together are taken for Poisson (docs/models/repeat-calls.md has the error where
// they are short):
//
//   lambda = lambda0 + lambda (p_served (1 - fcr) r_u + p_abandon r_a + p_block r_b)
//
// p from M/M/n/K+M at lambda. Rewritten, with the flows of calls that leave for good,
//
//   h(lambda) = served (1 - (1 - fcr) r_u) + abandoned (1 - r_a) + blocked (1 - r_b) = lambda0,
//
// where served = mu E busy, abandoned = theta E queue and blocked = lambda p_block each grow with
// lambda (the law of the state grows in the likelihood ratio). So h grows, and there is one root
// when lambda0 < sup h, none otherwise.

#include "models/queueing/erlang.h"

namespace callmill {

struct RepeatInput {
  QueueInput queue;  // arrival_rate = lambda0, first calls; agents whole when lines are limited
  double fcr = 1;    // 0..1, share of the served whose matter is settled
  double r_unresolved = 0, r_abandon = 0, r_block = 0;  // 0..1, shares that call again
};
struct RepeatResult {
  int roots = 0;          // 1, or 0: calls would grow without limit; the rest is then NaN
  double total_rate;      // (lam_tot) lambda
  double inflation;       // lambda / lambda0
  double repeat_share;    // (repeat_frac) of all calls
  double resolved_share;  // (resolved_per_fresh) matters settled, of first calls
  QueueResult queue;      // at lambda
  double residual = 0;    // |h(lambda) - lambda0| / lambda0
};
// The largest rate of first calls that has a fixed point, sup h; infinity where every rate has one.
double most_first_calls(const RepeatInput& in);
// Illinois' method on ln h between lambda0 and the first power of 2 beyond: 10 to 20 queues.
RepeatResult solve_repeat_calls(const RepeatInput& in);

}  // namespace callmill
