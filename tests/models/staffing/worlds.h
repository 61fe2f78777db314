#pragma once
// Small worlds made in code.

#include "models/world/world.h"

namespace callmill {

// One caller type, one queue, one group with a shift, one trunk group; four intervals of half an
// hour.
inline World small_world() {
  using namespace std::chrono_literals;
  World world;
  world.day.opens = 8h;
  world.day.closes = 10h;
  world.day.interval = 30min;
  world.trunks = {{"lines", std::nullopt, 0}};
  world.groups.resize(1);
  world.groups[0].name = "agents";
  Queue queue;
  queue.name = "calls";
  queue.answer_within = 20s;
  queue.route = {{GroupId{0}, 0s}};
  world.queues = {queue};
  CallerType type;
  type.name = "callers";
  type.volume = {30min, {60, 90, 120, 0}};
  type.trunks = TrunkGroupId{0};
  type.enters.kind = Destination::Kind::kQueue;
  type.enters.queue = QueueId{0};
  type.patience = ExponentialLaw{120};
  type.talk = ExponentialLaw{180};
  type.wrap = ConstantLaw{30};
  world.caller_types = {type};
  ShiftPattern shift;
  shift.name = "day";
  shift.group = GroupId{0};
  shift.length = 2h;
  world.shifts = {shift};
  return world;
}

inline Target target(const char* metric, Sense sense, double value) {
  Target result;
  result.metric = metric;
  result.sense = sense;
  result.value = value;
  return result;
}

}  // namespace callmill
