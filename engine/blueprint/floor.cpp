#include "engine/blueprint/floor.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

template <class Ids>
std::vector<char> marked(const Ids& ids, std::size_t all) {
  std::vector<char> marks(all, ids.empty() ? 1 : 0);
  for (const auto id : ids) marks[id.index()] = 1;
  return marks;
}

NoticePlan make_notice(const Notice& notice, Blueprint& plan) {
  NoticePlan p;
  if (notice.queue) p.queue = notice.queue->index();
  p.deflect = notice.deflect.value();
  p.hang_up = notice.hang_up.value();
  plan.self_service.push_back({Sampler{ConstantLaw{to_seconds(notice.length)}}, 1.0, {}, true});
  p.recording = static_cast<std::uint32_t>(plan.self_service.size() - 1);
  return p;
}

ActionPlan make_action(const Action& action, const World& world, Blueprint& plan) {
  ActionPlan p;
  p.kind = action.kind;
  p.agents = action.agents == 0 ? std::numeric_limits<std::uint32_t>::max()
                                : static_cast<std::uint32_t>(action.agents);
  if (action.group.valid()) p.group = action.group.index();
  if (action.to.valid()) p.to = action.to.index();
  if (action.queue.valid()) p.queue = action.queue.index();
  if (action.kind == Action::Kind::kOpenStep || action.kind == Action::Kind::kCloseStep) {
    const std::vector<std::uint32_t>& route = plan.queues[p.queue].route_group;
    p.step =
        static_cast<std::uint32_t>(std::find(route.begin(), route.end(), p.group) - route.begin());
  }
  p.types = marked(action.types, world.caller_types.size());
  p.share = action.share.value();
  p.by = action.by;
  if (action.kind == Action::Kind::kOvertime)
    p.cost_per_hour =
        action.cost_per_hour.value_or(world.groups[action.group.index()].wage_per_hour);
  if (action.kind == Action::Kind::kNotice) p.notice = make_notice(action.notice, plan);
  return p;
}

std::uint32_t add_conditions(const std::vector<Condition>& conditions, Blueprint& plan) {
  for (const Condition& condition : conditions)
    plan.floor.conditions.push_back(make_condition(condition, plan));
  return static_cast<std::uint32_t>(plan.floor.conditions.size());
}

void add_rule(const Rule& rule, const World& world, Blueprint& plan) {
  RulePlan p;
  p.first_when = static_cast<std::uint32_t>(plan.floor.conditions.size());
  p.first_until = add_conditions(rule.when, plan);
  p.last_until = add_conditions(rule.until, plan);
  p.lasts = rule.lasts;
  p.every = rule.every;
  p.cooldown = rule.cooldown;
  p.at_most = rule.at_most;
  for (const Action& action : rule.then) p.then.push_back(make_action(action, world, plan));
  plan.floor.rules.push_back(std::move(p));
}

void add_rules_by_hand(const Room& room, Blueprint& plan) {
  FloorPlan& floor = plan.floor;
  floor.first_by_hand = static_cast<std::uint32_t>(floor.rules.size());
  if (room.hand_rules == 0) return;
  RulePlan p;
  p.first_when = p.first_until = p.last_until = static_cast<std::uint32_t>(floor.conditions.size());
  p.by_hand = true;
  floor.rules.insert(floor.rules.end(), room.hand_rules, p);
  floor.agents = true;
  plan.self_service.push_back({Sampler{ConstantLaw{to_seconds(Notice{}.length)}}, 1.0, {}, true});
  floor.recording = static_cast<std::uint32_t>(plan.self_service.size() - 1);
}

}  // namespace

std::vector<EventSpan> spans_of(const Event& event, const World& world) {
  std::vector<EventSpan> spans;
  for (const OpenDay& day : world.open_days()) {
    if (!event.day.empty() && !is_such_a_day(event.day, day)) continue;
    const SimTime from = day.opens + (event.at - world.day.opens), to = from + event.length;
    if (!spans.empty() && from <= spans.back().to)
      spans.back().to = to;
    else
      spans.push_back({from, to});
  }
  return spans;
}

namespace {

void add_event(const Event& event, const World& world, Blueprint& plan) {
  if (event.kind == Event::Kind::kSurge) return;  // in the rates
  EventPlan p;
  p.kind = event.kind;
  p.types = marked(event.types, world.caller_types.size());
  p.groups = marked(event.groups, world.groups.size());
  p.talk = event.talk;
  p.wrap = event.wrap;
  p.share = event.share.value();
  p.cut = event.cut;
  if (event.queue) p.queue = event.queue->index();
  if (event.kind == Event::Kind::kNotice) p.notice = make_notice(event.notice, plan);
  const auto number = static_cast<std::uint32_t>(plan.floor.events.size());
  for (const EventSpan& span : spans_of(event, world)) {
    plan.floor.turns.push_back({span.from, number, true});
    plan.floor.turns.push_back({span.to, number, false});
  }
  plan.floor.events.push_back(std::move(p));
}

// People who can be called in are the last agents of their group, and on no roster.
void note_actions(Blueprint& plan) {
  using Kind = Action::Kind;
  FloorPlan& floor = plan.floor;
  for (const RulePlan& rule : floor.rules)
    for (const ActionPlan& action : rule.then) {
      switch (action.kind) {
        case Kind::kStartDialling:
          floor.started_by_rule[action.group] = 1;
          floor.dialling = true;
          break;
        case Kind::kStopDialling:
          floor.dialling = true;
          break;
        case Kind::kOpenStep:
          floor.opened_by_rule[floor.step(action.queue, action.step)] = 1;
          floor.routes = true;
          break;
        case Kind::kCloseStep:
        case Kind::kRaiseQueue:
          floor.routes = true;
          break;
        case Kind::kMoveAgents:
        case Kind::kDelayBreaks:
        case Kind::kEndBreaks:
        case Kind::kOvertime:
        case Kind::kCallIn:
          floor.agents = true;
          break;
        case Kind::kNotice:
        case Kind::kShed:
          break;
      }
    }
  for (const EventPlan& event : floor.events)
    floor.agents = floor.agents || event.kind == Event::Kind::kSiteLoss;
}

// A segment that a surge begins or ends in becomes two.
void split_rate(std::vector<RateSegment>& rate, SimTime at) {
  for (std::size_t i = 0; i < rate.size(); ++i) {
    const SimTime begin = i == 0 ? kStart : rate[i - 1].end;
    if (begin < at && at < rate[i].end) {
      rate.insert(rate.begin() + static_cast<std::ptrdiff_t>(i),
                  {at, rate[i].mean_gap_us, rate[i].day});
      return;
    }
  }
}

}  // namespace

void surge(std::vector<RateSegment>& rate, const EventSpan& span, double factor) {
  split_rate(rate, span.from);
  split_rate(rate, span.to);
  for (std::size_t i = 0; i < rate.size(); ++i) {
    const SimTime begin = i == 0 ? kStart : rate[i - 1].end;
    if (begin >= span.from && begin < span.to) rate[i].mean_gap_us /= factor;
  }
}

void build_surges(const World& world, Blueprint& plan) {
  for (const Event& event : in_order(world.events)) {
    if (event.kind != Event::Kind::kSurge) continue;
    const std::vector<char> meant = marked(event.types, plan.types.size());
    for (std::size_t type = 0; type < plan.types.size(); ++type)
      if (meant[type] != 0)
        for (const EventSpan& span : spans_of(event, world))
          surge(plan.types[type].rate, span, event.factor);
  }
}

void build_floor(const World& world, const Room& room, Blueprint& plan) {
  FloorPlan& floor = plan.floor;
  for (const Rule& rule : world.rules) add_rule(rule, world, plan);
  for (const Event& event : in_order(world.events)) add_event(event, world, plan);
  add_rules_by_hand(room, plan);
  floor.active = !floor.rules.empty() || !floor.events.empty();
  if (!floor.active) return;
  std::uint32_t steps = 0;
  for (const QueuePlan& queue : plan.queues) {
    floor.first_step.push_back(steps);
    steps += static_cast<std::uint32_t>(queue.route_group.size());
  }
  floor.started_by_rule.assign(plan.groups.size(), 0);
  floor.opened_by_rule.assign(steps, 0);
  note_actions(plan);
  std::sort(floor.turns.begin(), floor.turns.end(), [](const FloorTurn& a, const FloorTurn& b) {
    if (a.at != b.at) return a.at < b.at;
    if (a.begins != b.begins) return b.begins;
    return a.event < b.event;
  });
}

}  // namespace callmill
