#pragma once
// Erlang B, C, A and M/M/n/K+M in steady state: one queue, Poisson arrivals, exponential handle
// time and patience.
//
// Any consistent time unit (seconds by default). Valid for n to 20,000 and beyond, any load;
// nothing underflows to a wrong answer or overflows: sums are anchored at state n or at the mode.
// Sources: Erlang 1917; Palm 1957; Riordan 1962; Mandelbaum & Zeltyn 2007 (Erlang A); column names
// follow tests/golden/README.md.

#include <cstdint>

namespace callmill {

// ---- Erlang B: M/M/n/n ----
struct ErlangB {
  double blocking;        // B, share of calls lost
  double log10_blocking;  // where B underflows
  double one_minus_blocking;
  double carried;    // busy lines, erlang
  double occupancy;  // carried / n; 0 at n = 0
  double idle;       // n - carried without cancellation = |d ln B / d ln a| (cond_a)
};
// n >= 0 lines, load a = lambda/mu > 0 erlang. O(1): about 0.15 us.
ErlangB erlang_b(std::int64_t n, double load);
// Analytic continuation to fractional n >= 0: 1/B = integral a e^{-ax} (1+x)^n dx. Equal to
// erlang_b at whole n.
double erlang_b_fractional(double n, double load);

// ---- Queues: one struct for C, A and K ----
// M/M/n (patience_rate 0, lines none), M/M/n+M, M/M/n/K+M. Rates per the same time unit.
struct QueueInput {
  // n > 0; fractions by analytic continuation, continuous and increasing (not with lines).
  double agents = 0;
  double arrival_rate = 0;   // lambda > 0
  double service_rate = 0;   // mu > 0, 1 / mean handle time
  double patience_rate = 0;  // theta >= 0, 1 / mean patience; 0 = waits for ever
  std::int64_t lines = 0;    // K >= n calls in the system at the most; 0 = no limit
  double within = 0;         // T >= 0 of the service level
};
// Shares are per offered call unless the name says otherwise; times in the unit of the rates.
// golden's column in ().
struct QueueResult {
  double p_block, p_wait, p_nowait, p_abandon, p_served;
  double log10_wait;             // (log10_C) where p_wait underflows
  double mean_queue, var_queue;  // (EQ, VarQ)
  double mean_busy, occupancy;   // (Ebusy, occ)
  double mean_wait_offered;      // (EW_offered)
  double mean_wait_served;       // (EW_served), ASA
  double mean_wait_abandoned;    // (EW_ab)
  double mean_wait_waiters;      // (EW_waiters)
  double p_offered_wait_gt;      // (P_V_gt) P(V > T)
  double p_wait_gt;              // (P_W_gt)
  double p_served_gt, p_abandon_gt, p_served_le, p_abandon_le;
  double sl_offered, sl_accepted, sl_answered, sl_excl_short_abandon, sl_abandon_ok;
  double p_abandon_given_wait;
  double p_balk = 0;  // share that hangs up at once, having to wait (general_patience.h); else 0
};
// Stable M/M/n needs rho < 1 when patience_rate is 0 and lines is 0: else every time is infinity
// and p_wait 1.
// Cost: B and C about 1 us; with patience 10 to 25 us whatever n; with lines 60 us, plus 5 ns a
// line. Accuracy about 1e-12. Many at once: models/queueing/batch.h.
QueueResult solve_queue(const QueueInput& in);

// ---- Inverses ----
// What is asked of the queue. All are monotone in agents without a line limit, so bisection is
// exact. With lines, shares of all calls (kWait, kAbandon, kMeanWaitOffered) are small both where
// agents are plenty and where nearly all calls are blocked: ask for kBlocking or kServed beside
// them.
enum class Measure {
  kBlocking,
  kAbandon,          // of all calls
  kAbandonAccepted,  // / (answered + abandoned)
  kWait,
  kMeanWaitServed,
  kMeanWaitOffered,
  kServiceLevel,                  // answered within T / offered (SL_offered)
  kServiceLevelAccepted,          // / (offered - blocked)
  kServiceLevelAnswered,          // / answered
  kServiceLevelExclShortAbandon,  // / (offered - blocked - abandoned within T)
  kServiceLevelAbandonOk,         // (answered + abandoned within T) / (offered - blocked)
  kOccupancy,
  kServed
};
double value_of(Measure measure, const QueueResult& result);

// Patient callers, no limit on lines, no spare capacity: nobody is lost, and nobody is served in
// the end either. No goal counts as met there.
bool grows_without_limit(const QueueInput& in);

struct Goal {
  Measure measure;
  bool at_least;  // else at most
  double value;
};
// Smallest whole number of agents in [1, limit] that meets the goal; -1 when none does. Input's
// agents is ignored.
std::int64_t agents_for(QueueInput in, Goal goal, std::int64_t limit = 200000);
// The same, fractional (not for finite lines): relative accuracy 1e-12; NaN when none does. The
// goal holds at the answer.
double agents_for_fractional(QueueInput in, Goal goal, double limit = 200000);
// Smallest number of lines K >= agents with p_block <= blocking; -1 when above `limit`.
std::int64_t lines_for(QueueInput in, double blocking, std::int64_t limit = 1000000);
// Smallest n with B <= blocking; 0 where blocking >= 1, -1 where blocking <= 0.
std::int64_t lines_for_erlang_b(double load, double blocking);
// Largest load with B(n, load) <= blocking; NaN unless n >= 1 and 0 < blocking < 1. Relative
// accuracy 1e-12.
double load_for_erlang_b(std::int64_t n, double blocking);
// The arrival rate, the mean patience (1/theta) or the mean handle time (1/mu) at which the goal is
// just met, within a factor 1e9 of n mu, 1/mu and n/lambda; NaN when no such value is. Where the
// goal holds both below and above (patience and a service level), the crossing nearest to those.
// Relative accuracy 1e-12.
double arrival_rate_for(QueueInput in, Goal goal);
double patience_for(QueueInput in, Goal goal);
double handle_time_for(QueueInput in, Goal goal);

}  // namespace callmill
