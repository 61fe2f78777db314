#pragma once
// What becomes of a caller type's calls in the menus, on average: the menus as a Markov chain with
// ends, without time and without load.
//
//   visits of menu j:  v_j = e_j + sum over i of v_i p_ij
//
// e_j: share of calls that enters there; p_ij: chance that a call which enters menu i goes on to
// menu j. Has one solution where every menu can be left (findings.h refuses others).

#include <vector>

#include "models/world/world.h"

namespace callmill {

// Shares of the type's calls; to_queue, self_served and hung_up add up to 1.
struct MenuOutcome {
  std::vector<double> to_queue;  // by queue
  double self_served = 0;        // by the machine
  double hung_up = 0;            // or gone on by another channel
  double mean_menu_s = 0;        // prompts and self-service, seconds a call, >= 0
  std::vector<double> visits;    // by menu: times that a call enters it
};

// `world` has no findings. Exact but for variants by hour, which count with their part of the open
// minutes. Cost: a sparse linear
// system of the menus.
MenuOutcome menu_outcome(const World& world, const CallerType& type);

}  // namespace callmill
