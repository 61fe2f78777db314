#include "engine/live/live_world.h"

#include <algorithm>

#include "engine/live/hand.h"

namespace callmill::live {

Room make_room(const World& world, const SpareOptions& options) {
  constexpr std::uint32_t kFifth = 5, kAtLeast = 5;
  const Blueprint plan = make_blueprint(world);
  Room room;
  room.hand_rules = 1 + kMostInForce;
  for (const GroupPlan& group : plan.groups)
    room.agents.push_back(options.agents.value_or(std::max(kAtLeast, group.agents / kFifth)));
  for (std::size_t t = 0; t + 1 < plan.first_line.size(); ++t) {
    const std::uint32_t lines = plan.first_line[t + 1] - plan.first_line[t];
    room.lines.push_back(options.lines.value_or(std::max(kAtLeast, lines / kFifth)));
  }
  return room;
}

std::shared_ptr<const Blueprint> make_live_plan(const World& world, const Room& room) {
  return std::make_shared<const Blueprint>(make_blueprint(world, room));
}

}  // namespace callmill::live
