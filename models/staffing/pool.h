#pragma once
// Pools and what targets ask of them. Internal to the room.

#include <cstddef>
#include <string>
#include <vector>

#include "models/queueing/erlang.h"
#include "models/staffing/requirement.h"
#include "models/world/world.h"

namespace callmill::staffing {

// What a target asks of one pool.
struct Ask {
  Goal goal;
  double within_s = 0;
  std::string text;
  bool of_day = false;  // to be met over the day as a whole
};

// The queues whose route begins with the group, and the targets that it answers for.
struct Pool {
  GroupId group;
  std::vector<std::size_t> queues;
  double within_s = 0;  // the shortest of its queues
  std::vector<Ask> asks;
};
std::vector<Pool> pools_of(const World& world);

// The least that any target allows these lines to lose; 0.1 % where none speaks of them.
double loss_target(const World& world, std::size_t trunks);

// The interval by itself, without agents and T; it has calls.
QueueInput queue_of(const RequirementInterval& interval);

// Sets the interval's agents to the most that any target asks (`asked` by target; NaN: none meets
// it), names that target, and adds what Erlang A says of those agents. The index of the target; -1
// for the load. The interval has calls.
std::ptrdiff_t choose(const Pool& pool, const std::vector<double>& asked,
                      RequirementInterval& interval);

// Replaces the agents of a requirement of each interval by itself, by kSipp, by those of other
// options.
void staff_through_the_day(const World& world, const Pool& pool, const RequirementOptions& options,
                           Requirement& requirement);

}  // namespace callmill::staffing
