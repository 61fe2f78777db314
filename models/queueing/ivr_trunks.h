#pragma once
// Lines, a menu and agents in steady state: what callers meet who come in on N lines, listen to a
// menu and then, some of them, ask for an agent.
//
//   calls --> [line] --> menu --(p_agent)--> queue --> agent --> gone
//     |                    |                   |
//   blocked           served, gone         hung up          a line is held from entry to exit
//
// Poisson arrivals, menu time of any law (exponential when ports are limited), exponential handle
// time and patience, first come first served. Without a limit on ports the state (i in the menu, j
// at the agents) has the product form  pi(i, j) ~ alpha^i / i! q_j,  alpha = arrival rate / menu
// rate, q_j = prod_k p_agent lambda / (min(k, S) mu + (k - S)+ theta),  i + j <= N.
// Srinivasan, Talim & Wang 2004; Khudyakov, Feigin & Mandelbaum 2010; patience beside them.
// docs/models/ivr.md.

#include <cstdint>
#include <span>

#include "models/queueing/erlang.h"

namespace callmill {

// Any consistent time unit (seconds by default).
struct IvrTrunksInput {
  double arrival_rate = 0;  // lambda > 0, all calls, those who are blocked included
  double menu_rate = 0;     // > 0, 1 / mean time in the menu; infinity = no menu
  double p_agent = 1;       // 0..1, share of callers through the menu who ask for an agent
  std::int64_t agents = 0;  // S >= 1
  std::int64_t lines = 0;   // N >= 0
  std::int64_t ports = 0;   // M >= 0 callers in the menu at most, one more is blocked; 0 = no limit
  double service_rate = 0;  // mu > 0, 1 / mean handle time
  double patience_rate = 0;  // theta >= 0, 1 / mean patience in the queue; 0 = waits for ever
  double within = 0;         // T >= 0 of the service level, from asking for an agent
};

// Shares and times "of requests" are per caller who asks for an agent. golden's column in ().
struct IvrTrunksResult {
  double p_block;                          // of calls
  double mean_menu, mean_busy, occupancy;  // (E_ivr, E_busy, occ) callers, agents, busy / S
  double mean_queue, mean_lines;           // (EQ, E_trunks)
  double request_rate;                     // (req_rate) requests per unit of time
  // Of requests; NaN where nobody asks (p_agent 0, no lines).
  double p_nowait, p_wait, p_abandon, p_served;
  double mean_wait, mean_wait_served;  // (EW, EW_served)
  double p_wait_gt;                    // (P_W_gt) W > T, answered or not
  // (SL_req, SL_answered, SL_excl_short_ab, SL_ab_ok), the formulas of QueueResult
  double sl_offered, sl_answered, sl_excl_short_abandon, sl_abandon_ok;
  // Of calls.
  double connect_rate;  // (connect_rate_entry) served by the menu or by an agent, of all calls
  double answered_over_offered;  // (agent_answered_over_offered) answered by an agent
};

// Product form: `ports` 0, or not below lines, where they are no limit. Cost O(lines): 20 ns a
// line; every sum has positive terms and starts at its mode, so that nothing cancels, underflows or
// overflows: accuracy about 1e-13. A centre with fewer ports than lines has no product form:
// models/chains solves it with the same two structs.
IvrTrunksResult solve_ivr_trunks(const IvrTrunksInput& in);

// ---- Inverses; product form ----
// What is asked beside the share of blocked calls.
enum class IvrMeasure : std::uint8_t {
  kConnectRate,          // of calls; grows with agents and with lines
  kAnsweredOverOffered,  // of calls; grows with agents and with lines
  kServed,               // of requests; grows with agents, falls with lines, as all below
  kServiceLevel,
  kServiceLevelAnswered,
  kServiceLevelExclShortAbandon,
  kServiceLevelAbandonOk,
  kMeanWait,        // falls with agents, grows with lines
  kMeanWaitServed,  // the same
};
double value_of(IvrMeasure measure, const IvrTrunksResult& result);
struct IvrGoal {
  IvrMeasure measure = IvrMeasure::kServiceLevel;
  bool at_least = true;  // else at most
  double value = 0;
};

// Smallest number of lines with p_block <= blocking; -1 when above `limit`. Input's lines are
// ignored. Bisection: the loss falls with lines.
std::int64_t lines_for_ivr(IvrTrunksInput in, double blocking, std::int64_t limit = 1'000'000);

// What a line and an agent cost, in one unit; both > 0.
struct IvrCosts {
  double line = 1;
  double agent = 1;
};
struct IvrPlan {
  std::int64_t lines = -1;  // -1: no pair within the limits meets both targets
  std::int64_t agents = -1;
  double cost = 0;
  IvrTrunksResult result{};
};
// The cheapest (lines, agents), agents <= lines, with p_block <= blocking and the goal met; of
// equal cost the one with fewer agents. Input's lines and agents are ignored. Exact: for each
// number of agents the fewest lines, for as many agents as could still pay. Cost: some hundred
// solutions.
IvrPlan cheapest_ivr_plan(IvrTrunksInput in, double blocking, IvrGoal goal, IvrCosts costs,
                          std::int64_t limit = 100'000);

}  // namespace callmill
