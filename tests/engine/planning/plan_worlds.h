#pragma once
// Small days for the planner: at most 300 calls, so that a round of simulation takes milliseconds.

#include <optional>
#include <string>
#include <utility>

#include "engine/planning/plan.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {

inline ShiftPattern shift_of(std::string name, std::size_t group, SimDuration length,
                             SimDuration first, SimDuration last, double wage) {
  ShiftPattern shift;
  shift.name = std::move(name);
  shift.group = GroupId{group};
  shift.length = length;
  shift.first_start = first;
  shift.last_start = last;
  shift.start_every = 1h;
  shift.wage_per_hour = wage;
  return shift;
}

inline Break break_of(std::string name, SimDuration length, SimDuration earliest,
                      SimDuration latest, bool paid) {
  return {std::move(name), length, earliest, latest, paid};
}

inline Target target_of(std::string metric, Sense sense, double value, Per per = Per::kDay) {
  Target target;
  target.metric = std::move(metric);
  target.sense = sense;
  target.value = value;
  target.per = per;
  return target;
}

// 08:00 to 16:00 by the hour, one queue, 270 calls, a short and a long shift; lines and agents for
// the planner to find. Answer 80 % within 20 s, lose at most 1 %.
inline World plan_world() {
  World world;
  world.name = "small day";
  world.day.opens = 8h;
  world.day.closes = 16h;
  world.day.interval = 1h;
  world.trunks.push_back({"front", std::nullopt, 3});
  CallerType type = callers("callers", {1h, {20, 40, 45, 40, 30, 35, 40, 20}}, 0);
  type.talk = ExponentialLaw{240};
  type.patience = ExponentialLaw{120};
  world.caller_types.push_back(std::move(type));
  world.queues.push_back(queue_to("service", {0}));
  AgentGroup group;
  group.name = "agents";
  world.groups.push_back(std::move(group));
  ShiftPattern full = shift_of("long", 0, 6h, 8h, 10h, 40);
  full.breaks.push_back(break_of("meal", 30min, 2h, 3h, false));
  world.shifts = {full, shift_of("short", 0, 3h, 8h, 13h, 44)};
  world.targets = {target_of("service_level", Sense::kAtLeast, 0.8),
                   target_of("loss_rate", Sense::kAtMost, 0.01)};
  return world;
}

inline PlanOptions plan_options(std::uint64_t seed = 5) {
  PlanOptions options;
  options.replicate.seed = seed;
  options.replicate.replications = 20;
  options.replicate.threads = 1;
  return options;
}

}  // namespace callmill::test
