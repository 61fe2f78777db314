#pragma once
// Complete worlds made in code, for the tests of the engine.

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "models/world/world.h"

namespace callmill::test {

using namespace std::chrono_literals;

inline constexpr SimDuration hours(double h) {
  return SimDuration{static_cast<std::int64_t>(h * 3600e6 + 0.5)};
}

// A profile of one value for the whole day. `per_hour` values are volumes: rate times the step.
inline Profile flat(double value, SimDuration length) {
  return {length, {value}};
}
inline Profile flat_rate(double per_hour, SimDuration length) {
  return {length, {per_hour * to_hours(length)}};
}

inline TrunkGroup lines(std::string name, std::int64_t count) {
  TrunkGroup trunks;
  trunks.name = std::move(name);
  trunks.lines = count;
  return trunks;
}

inline Destination to_queue(std::size_t queue) {
  Destination to;
  to.kind = Destination::Kind::kQueue;
  to.queue = QueueId{queue};
  return to;
}
inline Destination to_menu(std::size_t menu) {
  Destination to;
  to.kind = Destination::Kind::kMenu;
  to.menu = MenuId{menu};
  return to;
}
inline Destination to_self_service(Law time) {
  Destination to;
  to.kind = Destination::Kind::kSelfService;
  to.self_service_time = std::move(time);
  return to;
}

inline CallerType callers(std::string name, Profile volume, std::size_t queue) {
  CallerType type;
  type.name = std::move(name);
  type.volume = std::move(volume);
  type.trunks = TrunkGroupId{0};
  type.enters = to_queue(queue);
  return type;
}

inline Queue queue_to(std::string name, std::initializer_list<std::size_t> groups,
                      SimDuration answer_within = 20s) {
  Queue queue;
  queue.name = std::move(name);
  queue.answer_within = answer_within;
  for (const std::size_t g : groups) queue.route.push_back({GroupId{g}, 0s});
  return queue;
}

inline AgentGroup agents(std::string name, Profile staff) {
  AgentGroup group;
  group.name = std::move(name);
  group.staff = std::move(staff);
  return group;
}

// One caller type, one queue, one group: A/B/n/K+G of the textbooks.
struct OneQueue {
  double agents = 1;
  std::int64_t lines = 1;
  double per_hour = 60;
  Law talk = ExponentialLaw{180};
  std::optional<Law> patience;
  double balk = 0;
  SimDuration within = 20s;
  SimDuration length = 10h;
  SimDuration interval = 1h;  // divides length
  SimDuration warm_up{};
};

inline World one_queue(const OneQueue& spec) {
  World world;
  world.name = "one queue";
  world.day.opens = 0s;
  world.day.closes = spec.length;
  world.day.interval = spec.interval;
  world.day.warm_up = spec.warm_up;
  world.trunks.push_back(lines("lines", spec.lines));
  CallerType type = callers("callers", flat_rate(spec.per_hour, spec.length), 0);
  type.talk = spec.talk;
  type.patience = spec.patience;
  type.balk = Probability{spec.balk};
  world.caller_types.push_back(std::move(type));
  world.queues.push_back(queue_to("queue", {0}, spec.within));
  world.groups.push_back(agents("agents", flat(spec.agents, spec.length)));
  return world;
}

// Workload W1: M/M/300/330+M of an overloaded pool. Exact values: see theory_test.cpp.
inline World w1(SimDuration length, SimDuration warm_up) {
  OneQueue spec;
  spec.agents = 300;
  spec.lines = 330;
  spec.per_hour = 6000;
  spec.patience = ExponentialLaw{120};
  spec.length = length;
  spec.interval = warm_up > 0s ? warm_up : length;
  spec.warm_up = warm_up;
  return one_queue(spec);
}

// Everything at once: two trunk groups, a menu of three levels with self-service, priorities,
// overflow with delays, groups of all kinds, breaks, balking, redials, repeats, a survey, prices.
World everything();

}  // namespace callmill::test
