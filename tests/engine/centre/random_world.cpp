#include "tests/engine/centre/random_world.h"

#include <algorithm>
#include <string>
#include <utility>

#include "tests/engine/centre/dice.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

constexpr std::uint64_t kFirstWithRules = 180;  // earlier worlds are plain

// A menu and, below it, further ones down to `depth`; the sub-menus lie behind it in the vector.
std::size_t add_menu(Dice& dice, World& world, int depth) {
  const std::size_t index = world.menus.size();
  world.menus.emplace_back();
  Menu menu;
  menu.name = "menu-" + std::to_string(index);
  menu.prompt = duration(dice, 8);
  menu.hang_up = Probability{dice.chance(0.5) ? dice.between(0, 0.2) : 0};
  const auto options = static_cast<std::size_t>(dice.whole(1, 4));
  double left = 1;
  for (std::size_t i = 0; i < options; ++i) {
    const double share = i + 1 == options ? left : left * dice.uniform();
    left -= share;
    Destination to = to_queue(dice.below(world.queues.size()));
    if (dice.chance(0.25))
      to = to_self_service(duration(dice, 40));
    else if (dice.chance(0.1))
      to = Destination{};
    else if (depth > 1 && dice.chance(0.4))
      to = to_menu(add_menu(dice, world, depth - 1));
    menu.options.push_back({std::to_string(i + 1), Probability{share}, to});
  }
  world.menus[index] = std::move(menu);
  return index;
}

void add_group(Dice& dice, World& world) {
  const GroupId id{world.groups.size()};
  AgentGroup group;
  group.name = "group-" + std::to_string(id.index());
  // Outbound groups answer no calls; the first group always does.
  group.kind = static_cast<GroupKind>(dice.below(id.index() == 0 ? 2 : 3));
  if (group.kind != GroupKind::kInbound) {
    group.dialling = Dialling{duration(dice, 20), Probability{dice.between(0.2, 1)},
                              duration(dice, 90), ConstantLaw{0}};
    if (dice.chance(0.5)) group.dialling->wrap = duration(dice, 20);
  }
  if (dice.chance(0.7)) group.staff = profile(dice, world.day, 0, 8, true);
  const bool by_roster = !group.staff || dice.chance(0.4);
  world.groups.push_back(std::move(group));
  if (!by_roster) return;
  const auto people = static_cast<std::uint32_t>(dice.whole(1, 5));
  for (std::uint32_t agent = 0; agent < people; ++agent) {
    // Periods side by side and apart; the last may end after closing time.
    SimTime at = kStart + hours(dice.between(0, 0.25));
    const auto periods = dice.whole(1, 6);
    for (std::int64_t i = 0; i < periods && at < kStart + world.day.length(); ++i) {
      const SimTime to = at + hours(dice.between(0.05, 1));
      const auto kind = dice.chance(0.3) ? DutyPeriod::Kind::kBreak : DutyPeriod::Kind::kWork;
      world.roster.push_back({id, agent, at, to, kind});
      at = dice.chance(0.6) ? to : to + hours(dice.between(0.05, 0.4));
    }
  }
}

void add_queue_routes(Dice& dice, World& world) {
  for (Queue& queue : world.queues) {
    std::vector<std::size_t> order;
    for (std::size_t g = 0; g < world.groups.size(); ++g)
      if (world.groups[g].kind != GroupKind::kOutbound) order.push_back(g);
    for (std::size_t g = order.size(); g > 1; --g) std::swap(order[g - 1], order[dice.below(g)]);
    order.resize(static_cast<std::size_t>(dice.whole(1, static_cast<std::int64_t>(order.size()))));
    SimDuration after = dice.chance(0.15) ? SimDuration{5s} : SimDuration{0};
    for (const std::size_t g : order) {
      queue.route.push_back({GroupId{g}, after});
      if (dice.chance(0.6)) after += from_seconds(dice.between(1, 40));
    }
  }
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    if (!dice.chance(0.5)) continue;  // else by priority, then longest waiting
    std::vector<QueueId> takes;
    for (std::size_t q = 0; q < world.queues.size(); ++q)
      for (const RouteStep& step : world.queues[q].route)
        if (step.group.index() == g) takes.push_back(QueueId{q});
    for (std::size_t i = takes.size(); i > 1; --i) std::swap(takes[i - 1], takes[dice.below(i)]);
    world.groups[g].takes = takes;
  }
}

// What follows contacts: repeats and a survey.
void add_aftermath(CallerType& type) {
  type.resolution.emplace();
  type.resolution->first_contact = Probability{0.6};
  type.resolution->self_service = Probability{0.7};
  type.resolution->repeat_talk_factor = 1.2;
  type.resolution->returns = {Probability{0.8}, ExponentialLaw{600}, 2};
  type.resolution->agent_code.emplace();
  type.survey.emplace();
  type.survey->length = UniformLaw{5, 40};
}

void add_callers(Dice& dice, World& world) {
  CallerType type =
      callers("callers-" + std::to_string(world.caller_types.size()),
              profile(dice, world.day, 5, 60, false), dice.below(world.queues.size()));
  if (dice.chance(0.6)) type.enters = to_menu(add_menu(dice, world, 3));
  type.trunks = TrunkGroupId{dice.below(world.trunks.size())};
  type.priority = static_cast<std::int32_t>(dice.whole(0, 2));
  if (dice.chance(0.8)) type.patience = duration(dice, 90);
  if (dice.chance(0.1)) type.patience = HazardLaw{{0, 20}, {0.02, 0}};  // some never hang up
  if (dice.chance(0.4)) type.balk = Probability{dice.between(0, 0.3)};
  type.talk = duration(dice, 150);
  if (dice.chance(0.6)) type.wrap = duration(dice, 30);
  if (dice.chance(0.3)) type.talk_factor = profile(dice, world.day, 0.7, 1.4, false);
  if (type.talk_factor)
    for (double& factor : type.talk_factor->values) factor = std::max(factor, 0.5);
  if (dice.chance(0.6)) {
    type.redial.after_block.share = Probability{dice.uniform()};
    type.redial.after_abandon.share = Probability{dice.uniform()};
    type.redial.after_block.delay = duration(dice, 200);
    type.redial.after_block.limit = static_cast<std::uint32_t>(dice.whole(1, 5));
    type.redial.after_abandon.delay = type.redial.after_block.delay;
    type.redial.after_abandon.limit = 1 + type.redial.after_block.limit / 2;
    type.redial.keeps_patience = world.caller_types.size() == 1;
  }
  if (world.caller_types.size() == 2) add_aftermath(type);  // a third type: no throw of the dice
  world.caller_types.push_back(std::move(type));
}

}  // namespace

void add_routing_rules(Dice& dice, World& world) {
  if (dice.chance(0.2)) world.max_waiting = dice.whole(0, 12);
  for (Queue& queue : world.queues) {
    if (dice.chance(0.4)) queue.capacity = dice.whole(0, 8);
    queue.pick_agent = static_cast<PickAgent>(dice.below(5));
    queue.ratio = dice.between(0.5, 3);
    for (std::size_t i = 0; i < queue.route.size(); ++i) {
      RouteStep& step = queue.route[i];
      if (dice.chance(0.3)) step.reserve = dice.whole(0, 2);
      if (dice.chance(0.3)) step.min_queue = dice.whole(1, 3);
      if (dice.chance(0.3)) step.level = dice.whole(1, 2);
      if (dice.chance(0.15)) {
        Condition condition;
        if (dice.chance(0.7)) condition.queue = QueueId{dice.below(world.queues.size())};
        condition.sense = dice.chance(0.5) ? Sense::kAtLeast : Sense::kAtMost;
        condition.value = static_cast<double>(dice.whole(1, 4));
        step.when.push_back(condition);
      }
      step.with_previous = i > 0 && !queue.route[i - 1].once &&
                           step.after == queue.route[i - 1].after && dice.chance(0.6);
      step.once = i > 0 && !step.with_previous && dice.chance(0.15);
    }
  }
  for (CallerType& type : world.caller_types)
    if (dice.chance(0.5)) type.ageing = dice.between(0, 2);
  for (AgentGroup& group : world.groups) {
    if (group.takes.empty())
      group.pick_call = static_cast<PickCall>(dice.below(4));
    else if (dice.chance(0.5))
      group.pick_call = PickCall::kOwnFirst;
    if (group.dialling && dice.chance(0.5)) group.dialling->reserve = dice.whole(0, 2);
    if (group.dialling && dice.chance(0.3)) group.dialling->pause = ConstantLaw{0};
    for (const CallerType& type : world.caller_types)
      if (dice.chance(0.3))
        group.handling.push_back({type.name, duration(dice, 120), std::nullopt,
                                  dice.between(0.7, 1.3), dice.between(0, 1.3)});
  }
}

namespace {

World throw_world(Dice dice, bool with_rules) {
  World world;
  world.name = "random";
  world.day.opens = 8h;
  world.day.interval = dice.chance(0.5) ? 15min : 30min;
  world.day.closes = world.day.opens + world.day.interval * dice.whole(2, 8);
  if (dice.chance(0.3)) world.day.warm_up = world.day.interval;
  if (dice.chance(0.5)) world.busyness_cv = dice.between(0.05, 0.4);
  const auto count = [&](std::int64_t most) {
    return static_cast<std::size_t>(dice.whole(1, most));
  };
  for (std::size_t i = count(3); i > 0; --i)
    world.trunks.push_back(lines("lines-" + std::to_string(i), dice.whole(2, 40)));
  for (std::size_t i = count(4); i > 0; --i)
    world.queues.push_back(
        queue_to("queue-" + std::to_string(i), {}, from_seconds(dice.between(0, 40))));
  for (std::size_t i = count(4); i > 0; --i) add_group(dice, world);
  add_queue_routes(dice, world);
  for (std::size_t i = count(4); i > 0; --i) add_callers(dice, world);
  if (with_rules) add_routing_rules(dice, world);
  return world;
}

}  // namespace

World random_world(std::uint64_t number) {
  World world = throw_world(Dice{number}, number >= kFirstWithRules);
  world.name += " " + std::to_string(number);
  return world;
}

World random_world(const std::vector<std::uint16_t>& tape) {
  return throw_world(Dice{tape}, false);
}

}  // namespace callmill::test
