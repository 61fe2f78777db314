#pragma once
// Erlang A with an orbit: callers who were blocked or gave up try again, exactly.
//
//   state (k calls in the system, r callers in orbit):
//     fresh call lambda, retry r gamma:  k < K: k + 1;  k = K: blocked, r + 1 with chance p_b
//     service min(k, n) mu:  k - 1;   giving up (k - n)+ theta:  k - 1, r + 1 with chance p_a
//
// Falin & Templeton 1997; Aguir, Karaesmen, Aksin & Chauvet 2004. Retries do not see time averages:
// they come when the orbit is full, which is when calls are many.

#include <string>

namespace callmill {

struct RetrialInput {
  double arrival_rate = 0;                        // lambda > 0, fresh calls
  double service_rate = 0;                        // mu > 0
  double patience_rate = 0;                       // theta >= 0
  int agents = 1;                                 // n >= 1
  int lines = 1;                                  // K >= n calls in the system
  double p_retry_block = 0, p_retry_abandon = 0;  // shares that try again
  double retry_rate = 1;                          // gamma > 0, 1 / mean delay
  double within = 0;                              // T of the service level
};
// Of fresh calls, of retries, of all attempts; shares of them. golden's column in ().
struct RetrialShares {
  double p_block, p_wait, p_served;
  double mean_wait_served;  // (EW_served) of the served
  double sl_offered;        // served within T
};
struct RetrialResult {
  double mean_orbit, var_orbit;  // (E_orbit, VarOrbit)
  double mean_queue, mean_busy, occupancy;
  double attempt_rate, attempts_per_fresh;
  double p_eventual_served;  // of fresh callers, in the end
  double p_abandon;          // (p_ab_att) of attempts
  RetrialShares fresh, retry, all;
  int orbit_room;  // R, at which the orbit was cut
  double p_top;    // share of the time at R
  double residual;
};
// Empty, or why there is no answer: an argument out of range; an orbit that grows without limit
// (p_b = 1 and lambda >= n mu + (K - n) theta (1 - p_a): the calls that leave for good when all
// lines are busy all the time); too many states. The stationary law exists and is unique in all
// other cases.
std::string fault(const RetrialInput& in);
// Needs fault(in) to be empty. The orbit is cut where its last place has a share below 1e-15.
// Cost: 0.01 ms (1 agent) to 25 ms (50 agents, 60 lines, delays of a few calls); 0.3 s at 30,000 to
// 60,000 states, as 100 agents or delays of 100 calls have; 17 s at 120,000 in too wide a band.
RetrialResult solve_retrial(const RetrialInput& in);

}  // namespace callmill
