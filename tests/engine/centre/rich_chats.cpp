// Chats, and calls that go on by another channel.

#include <algorithm>
#include <utility>

#include "tests/engine/centre/rich_world.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

Chatting chatting(Dice& dice) {
  Chatting chat;
  chat.at_once = dice.whole(1, 4);
  if (!dice.chance(0.7)) return chat;
  chat.slow_down = {1};
  for (std::int64_t k = 1; k < chat.at_once; ++k)
    chat.slow_down.push_back(chat.slow_down.back() * dice.between(1, 1.5));
  return chat;
}

// Agents who do nothing else.
std::size_t add_chatters(Dice& dice, World& world) {
  AgentGroup group;
  group.name = "chatters-" + std::to_string(world.groups.size());
  group.staff = profile(dice, world.day, 0, 6, true);
  world.groups.push_back(std::move(group));
  return world.groups.size() - 1;
}

// To groups that answer calls too, to one of its own, or to both.
void add_route(Dice& dice, World& world, Queue& queue) {
  std::vector<std::size_t> groups = answering_groups(world);
  for (std::size_t g = groups.size(); g > 1; --g) std::swap(groups[g - 1], groups[dice.below(g)]);
  groups.resize(static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(groups.size()))));
  if (groups.empty() || dice.chance(0.4)) groups.push_back(add_chatters(dice, world));
  SimDuration after{};
  const QueueId id{world.queues.size()};
  for (const std::size_t g : groups) {
    RouteStep& step = queue.route.emplace_back(RouteStep{GroupId{g}, after});
    if (dice.chance(0.3)) step.reserve = dice.whole(0, 2);
    if (dice.chance(0.2)) step.min_queue = dice.whole(1, 3);
    if (dice.chance(0.2)) step.level = dice.whole(1, 2);
    if (dice.chance(0.2)) {
      Condition& calls = step.when.emplace_back();
      calls.queue = QueueId{dice.below(id.index())};
      calls.sense = Sense::kAtMost;
      calls.value = static_cast<double>(dice.whole(0, 2));
    }
    if (dice.chance(0.5)) after += from_seconds(dice.between(1, 40));
    AgentGroup& group = world.groups[g];
    if (!group.takes.empty())
      group.takes.insert(
          group.takes.begin() + static_cast<std::ptrdiff_t>(dice.below(group.takes.size() + 1)),
          id);
    if (!group.chat && dice.chance(0.8)) group.chat = chatting(dice);
  }
}

CallerType chat_type(Dice& dice, const World& world, std::string name) {
  CallerType type =
      callers(std::move(name), profile(dice, world.day, 0, 40, false), world.queues.size() - 1);
  type.channel = Channel::kChat;
  type.trunks = {};
  type.priority = static_cast<std::int32_t>(dice.whole(0, 2));
  type.talk = ExponentialLaw{dice.between(10, 300)};
  if (dice.chance(0.5)) type.wrap = duration(dice, 40);
  if (dice.chance(0.7)) type.patience = duration(dice, 120);
  if (dice.chance(0.3)) type.balk = Probability{dice.between(0, 0.3)};
  if (dice.chance(0.4))
    type.redial.after_abandon = {Probability{dice.uniform()}, duration(dice, 300),
                                 static_cast<std::uint32_t>(dice.whole(1, 3))};
  if (dice.chance(0.4))
    type.redial.after_block = {Probability{dice.uniform()}, duration(dice, 300), 2};
  if (dice.chance(0.4)) {
    type.resolution.emplace().first_contact = Probability{dice.uniform()};
    type.resolution->returns = {Probability{dice.uniform()}, duration(dice, 600), 2};
  }
  return type;
}

// Callers of other channels than voice.
std::vector<std::size_t> other_channels(const World& world) {
  std::vector<std::size_t> types;
  for (std::size_t t = 0; t < world.caller_types.size(); ++t)
    if (world.caller_types[t].channel != Channel::kVoice) types.push_back(t);
  return types;
}

void add_deflections(Dice& dice, World& world) {
  const std::vector<std::size_t> others = other_channels(world);
  const auto other = [&] { return CallerTypeId{others[dice.below(others.size())]}; };
  for (const std::size_t q : call_queues(world)) {
    Queue& queue = world.queues[q];
    if (dice.chance(0.5)) {
      queue.deflect = Deflection{other(), 0s, Probability{dice.uniform()}};
      if (dice.chance(0.5)) queue.deflect->when_expected_wait = from_seconds(dice.between(1, 90));
    }
    const CallerTypeId to = other();
    if (queue.voicemail && world.caller_types[to.index()].channel == Channel::kMessage)
      queue.voicemail->to = to;
  }
  for (Menu& menu : world.menus)
    for (MenuOption& option : menu.options)
      if (option.to.kind == Destination::Kind::kQueue && dice.chance(0.2)) {
        option.to = Destination{};
        option.to.kind = Destination::Kind::kContact;
        option.to.type = other();
      }
}

}  // namespace

void add_chats(Dice& dice, World& world) {
  for (std::int64_t i = dice.whole(1, 2); i > 0; --i) {
    Queue queue = queue_to("chat-" + std::to_string(i), {}, from_seconds(dice.between(0, 60)));
    add_route(dice, world, queue);
    if (dice.chance(0.3)) queue.capacity = dice.whole(0, 8);
    world.queues.push_back(std::move(queue));
    for (std::int64_t k = dice.whole(1, 2); k > 0; --k)
      world.caller_types.push_back(
          chat_type(dice, world, "visitors-" + std::to_string(i) + std::to_string(k)));
  }
  add_deflections(dice, world);
}

}  // namespace callmill::test
