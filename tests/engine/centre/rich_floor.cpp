// What strikes the centre, and what the floor does about it.

#include <utility>

#include "tests/engine/centre/rich_world.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

Notice notice(Dice& dice, const World& world) {
  Notice n;
  const std::vector<std::size_t> queues = call_queues(world);
  if (dice.chance(0.5)) n.queue = QueueId{queues[dice.below(queues.size())]};
  n.deflect = Probability{dice.between(0.01, 0.6)};
  n.length = from_seconds(dice.between(0, 30));
  n.hang_up = Probability{dice.between(0, 0.6)};
  return n;
}

Condition condition(Dice& dice, const World& world) {
  Condition c;
  c.indicator = static_cast<Indicator>(dice.below(14));
  c.sense = dice.chance(0.7) ? Sense::kAtLeast : Sense::kAtMost;
  const std::vector<std::size_t> queues = call_queues(world);
  const bool named = dice.chance(0.6);
  switch (c.indicator) {
    case Indicator::kIdleAgents:
    case Indicator::kBusyShare:
    case Indicator::kOccupancy:
      if (named) c.group = GroupId{dice.below(world.groups.size())};
      break;
    case Indicator::kLinesInUse:
    case Indicator::kLineShare:
    case Indicator::kLossRate:
      if (named) c.trunks = TrunkGroupId{dice.below(world.trunks.size())};
      break;
    default:
      if (named || c.indicator == Indicator::kExpectedWait)
        c.queue = QueueId{queues[dice.below(queues.size())]};
  }
  switch (c.indicator) {
    case Indicator::kWaiting:
    case Indicator::kIdleAgents:
    case Indicator::kLinesInUse:
    case Indicator::kBacklog:
    case Indicator::kArrivals:
      c.value = static_cast<double>(dice.whole(0, 6));
      break;
    case Indicator::kLongestWait:
    case Indicator::kExpectedWait:
      c.value = dice.between(0, 90);
      break;
    default:
      c.value = dice.uniform();
  }
  if (is_rate(c.indicator) && dice.chance(0.6)) c.over = 1min * dice.whole(1, 20);
  if (dice.chance(0.3)) c.lasting = from_seconds(dice.between(0, 300));
  return c;
}

// Some step of some route.
void name_step(Dice& dice, const World& world, Action& action) {
  const std::vector<std::size_t> queues = call_queues(world);
  action.queue = QueueId{queues[dice.below(queues.size())]};
  const std::vector<RouteStep>& route = world.queues[action.queue.index()].route;
  action.group = route[dice.below(route.size())].group;
}

Action action(Dice& dice, const World& world) {
  Action a;
  a.kind = static_cast<Action::Kind>(dice.below(12));
  a.group = GroupId{dice.below(world.groups.size())};
  a.to = GroupId{(a.group.index() + 1 + dice.below(world.groups.size())) % world.groups.size()};
  a.share = Probability{dice.uniform()};
  a.by = from_seconds(dice.between(10, 2400));
  a.cost_per_hour = dice.between(0, 50);
  const AgentGroup& group = world.groups[a.group.index()];
  const bool dials =
      a.kind == Action::Kind::kStopDialling || a.kind == Action::Kind::kStartDialling;
  if ((a.kind == Action::Kind::kMoveAgents && a.to == a.group) || (dials && !group.dialling) ||
      (a.kind == Action::Kind::kCallIn && !group.call_in))
    a.kind = Action::Kind::kEndBreaks;
  if (a.kind == Action::Kind::kMoveAgents)
    a.agents = dice.whole(1, 4);
  else if (dice.chance(0.5))
    a.agents = dice.whole(0, 3);
  if (a.kind == Action::Kind::kOpenStep || a.kind == Action::Kind::kCloseStep)
    name_step(dice, world, a);
  if (a.kind == Action::Kind::kRaiseQueue) {
    const std::vector<std::size_t> queues = call_queues(world);
    a.queue = QueueId{queues[dice.below(queues.size())]};
  }
  if (a.kind == Action::Kind::kNotice) a.notice = notice(dice, world);
  if (dice.chance(0.5)) a.types = {CallerTypeId{dice.below(world.caller_types.size())}};
  return a;
}

}  // namespace

void add_events(Dice& dice, World& world) {
  for (std::int64_t i = dice.whole(1, 4); i > 0; --i) {
    Event e;
    e.name = "event-" + std::to_string(i);
    e.kind = static_cast<Event::Kind>(dice.below(5));
    e.at = world.day.opens + from_seconds(to_seconds(world.day.length()) * dice.between(0, 0.95));
    e.length = from_seconds(dice.between(60, 7200));
    if (dice.chance(0.5)) e.types = {CallerTypeId{dice.below(world.caller_types.size())}};
    if (dice.chance(0.5)) e.groups = {GroupId{dice.below(world.groups.size())}};
    e.factor = dice.between(0.3, 4);
    e.talk = dice.between(0.5, 2);
    e.wrap = dice.between(0.5, 2);
    e.share = Probability{dice.uniform()};
    e.cut = dice.chance(0.6);
    const std::vector<std::size_t> queues = call_queues(world);
    if (dice.chance(0.5)) e.queue = QueueId{queues[dice.below(queues.size())]};
    if (e.kind == Event::Kind::kNotice) e.notice = notice(dice, world);
    world.events.push_back(std::move(e));
  }
}

void add_rules(Dice& dice, World& world) {
  for (AgentGroup& group : world.groups)
    if (dice.chance(0.4)) {
      group.call_in = CallIn{dice.whole(1, 3), duration(dice, 300), {}, dice.between(0, 40)};
      if (dice.chance(0.5)) group.call_in->stays = from_seconds(dice.between(60, 3600));
    }
  for (std::int64_t i = dice.whole(1, 4); i > 0; --i) {
    Rule rule;
    rule.name = "rule-" + std::to_string(i);
    rule.when.push_back(condition(dice, world));
    if (dice.chance(0.3)) rule.when.push_back(condition(dice, world));
    if (dice.chance(0.5)) rule.until.push_back(condition(dice, world));
    for (std::int64_t k = dice.whole(1, 3); k > 0; --k) rule.then.push_back(action(dice, world));
    if (dice.chance(0.4)) rule.lasts = from_seconds(dice.between(30, 1800));
    rule.every = dice.chance(0.5) ? SimDuration{1min} : from_seconds(dice.between(5, 300));
    if (dice.chance(0.4)) rule.cooldown = from_seconds(dice.between(0, 900));
    if (dice.chance(0.3)) rule.at_most = static_cast<std::uint32_t>(dice.whole(1, 3));
    world.rules.push_back(std::move(rule));
  }
}

}  // namespace callmill::test
