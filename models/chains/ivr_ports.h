#pragma once
// Lines, a menu with fewer ports than lines, and agents: no product form, so the chain itself.
//
//   state (i callers in the menu, j at the agents or in their queue), i <= M, i + j <= N
//     call lambda: i + 1, blocked where i = M or i + j = N;   menu over i nu: j + 1 with chance
//     p_agent, else gone;   service min(j, S) mu, giving up (j - S)+ theta: j - 1
//
// The menu's time is exponential here; without a limit on ports its law does not matter.

#include <string>

#include "models/queueing/ivr_trunks.h"

namespace callmill {

// Empty, or what is wrong: an argument out of range, too many states.
std::string fault_of_ivr_ports(const IvrTrunksInput& in);
// Needs no fault; any ports (0 = no limit), a finite menu_rate. The wait is that of callers who ask
// for an agent: what they meet is weighted by the flow out of the menu, not by time. Cost: 0.1 s at
// 1,000 states.
IvrTrunksResult solve_ivr_ports(const IvrTrunksInput& in);

}  // namespace callmill
