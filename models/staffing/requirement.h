#pragma once
// From demand to agents per interval: Erlang A at each interval's mean rate, fractional until the
// end.

#include <cstdint>
#include <string>
#include <vector>

#include "models/world/world.h"

namespace callmill {

// One staffed group's interval.
struct RequirementInterval {
  double offered_per_hour = 0;  // calls that ask for an agent of this pool
  double aht_s = 0;             // talk + wrap, mean over the mix
  double patience_s = 0;        // mean; infinity = none
  double load_erlang = 0;
  double agents = 0;    // fractional requirement
  std::string binding;  // which target decides: "service_level >= 80% in 15s"
  double answer_rate = 0, service_level = 0, occupancy = 0;  // analytic, at `agents`
};

// A pool: the queues whose route begins with the group; its calls are staffed together.
struct Requirement {
  GroupId group;
  std::vector<RequirementInterval> intervals;
};

// Requirement of every group that has shift patterns. Day targets are applied to each interval
// (conservative); redials and over-dispersion are left to the simulation. Erlang A needs one law
// each: means are used.
std::vector<Requirement> staff_requirement(const World& world);

// Lines per trunk group so that loss <= target in the busiest interval, given agents per interval
// (menu product form, which is M/M/n/K+M where there is no menu).
struct LinesNeeded {
  TrunkGroupId trunks;
  std::int64_t lines = 0;
  std::size_t busiest_interval = 0;
  double analytic_loss = 0;
};
std::vector<LinesNeeded> lines_requirement(const World& world,
                                           const std::vector<Requirement>& agents);

// Share of a caller type's calls that reach each queue, and mean time in the menu, from the menu
// tree.
struct MenuOutcome {
  std::vector<double> to_queue;  // per queue
  double self_served = 0, hung_up = 0;
  double mean_menu_s = 0;  // menu and self-service time, all calls
};
MenuOutcome menu_outcome(const World& world, const CallerType& type);

}  // namespace callmill
