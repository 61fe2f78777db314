#pragma once
// A predictive dialler with n agents, exactly.
//
//   state (b busy agents, d dials in flight, w answered parties who wait); after every event dials
//   are topped up at once, never cancelled, to
//     D = max(0, min(d_max, floor(alpha (n - b) + beta b)) - w)
//   a dial ends at rate nu, answered with chance p: an idle agent takes the party, else it waits
//   if w < w_cap, else it is dropped; a waiting party hangs up at rate xi; talk ends at rate mu.

#include <string>

namespace callmill {

struct DiallerInput {
  int agents = 1;                     // n >= 1
  double service_rate = 0;            // mu > 0
  double dial_rate = 0;               // nu > 0, 1 / mean time of a dial
  double p_answer = 0;                // p in (0, 1]
  double per_idle = 1, per_busy = 0;  // alpha, beta >= 0
  int most = 0;                       // d_max >= 1
  int waiting = 0;                    // w_cap >= 0
  double hang_up_rate = 0;            // xi >= 0
};
struct DiallerResult {
  double occupancy, mean_busy, mean_dials, mean_waiting;  // (occ, E_busy, E_dials, E_wait)
  double dial_rate, answer_rate, served_rate, drop_rate;  // per unit of time; dropped and hung up
  double nuisance_share;   // (nuisance_frac) dropped and hung up / answered
  double immediate_share;  // (immediate_frac) to an agent at once / answered
  double calls_per_agent;  // served per agent and unit of time
  int states;
  double residual;
};
std::string fault(const DiallerInput& in);  // empty, or what is wrong
// Needs fault(in) to be empty.
DiallerResult solve_dialler(const DiallerInput& in);

}  // namespace callmill
