#pragma once
// Worlds of chats, calls and messages, for the tests of channels.

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "engine/centre/flow.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {

struct ChatsOf {
  double per_hour = 60;
  Law talk = ExponentialLaw{300};
  std::optional<Law> patience;
  std::size_t queue = 0;
};

inline CallerType chats(std::string name, SimDuration length, const ChatsOf& spec) {
  CallerType type;
  type.name = std::move(name);
  type.channel = Channel::kChat;
  type.volume = flat_rate(spec.per_hour, length);
  type.enters = to_queue(spec.queue);
  type.talk = spec.talk;
  type.patience = spec.patience;
  return type;
}

// One queue of chats, one group; no callers yet.
inline World chat_world(double agents_on_duty, std::vector<double> slow_down, SimDuration length,
                        SimDuration warm_up = 0s) {
  World world;
  world.name = "chats";
  world.day.opens = 0s;
  world.day.closes = length;
  world.day.interval = warm_up > 0s ? warm_up : length;
  world.day.warm_up = warm_up;
  world.trunks.push_back(lines("lines", 50));
  world.queues.push_back(queue_to("chat", {0}));
  world.groups.push_back(agents("agents", flat(agents_on_duty, length)));
  world.groups[0].chat = Chatting{static_cast<std::int64_t>(slow_down.size()), slow_down};
  return world;
}

inline KpiTable kpis_of(const World& world, std::int64_t replications, std::uint64_t seed = 31) {
  REQUIRE(faults(world) == std::vector<std::string>{});
  ReplicateOptions options;
  options.seed = seed;
  options.replications = replications;
  return replicate(make_blueprint(world), options).kpis;
}

inline void agrees(const KpiTable& kpis, const char* key, Scope scope, double exact) {
  const Estimate e = kpis.day(key, scope, 0.999);
  INFO(key << " " << e.value << " [" << e.ci_low << ", " << e.ci_high << "] exact " << exact);
  CHECK(e.ci_low <= exact);
  CHECK(e.ci_high >= exact);
}

}  // namespace callmill::test
