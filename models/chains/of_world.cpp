#include "models/chains/of_world.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "models/chains/ranks.h"

namespace callmill {
namespace {

// Rank of a queue in `takes`; 0 for all without it.
std::size_t place_of(const AgentGroup& group, QueueId queue) {
  const auto at = std::find(group.takes.begin(), group.takes.end(), queue);
  return static_cast<std::size_t>(at - group.takes.begin());
}

bool routes_to(const Queue& queue, std::size_t group) {
  return std::any_of(queue.route.begin(), queue.route.end(),
                     [&](const RouteStep& step) { return step.group == GroupId{group}; });
}

double rate_of(const Profile& volume) {
  return volume.values.empty() ? 0 : volume.values.front() / to_seconds(volume.step);
}

double first_value(const std::optional<Profile>& factor) {
  return factor && !factor->values.empty() ? factor->values.front() : 1;
}

CentreSpec::Skill skill_of(const AgentGroup& group, const CallerType& type, const RouteStep& step) {
  double talk_s = mean(type.talk), factor = first_value(type.talk_factor);
  for (const Handling& h : group.handling) {
    if (h.callers != type.name) continue;
    if (h.talk) talk_s = mean(*h.talk);
    factor *= h.talk_factor;
  }
  return {1 / (talk_s * factor), static_cast<int>(step.reserve), static_cast<int>(step.min_queue)};
}

void through_menu(const World& world, const CallerType& type, CentreSpec::Class& k) {
  const Menu& menu = world.menus[type.enters.menu.index()];
  k.menu_rate = 1 / mean(menu.prompt);
  k.p_agent = 0;
  const double stay = 1 - menu.hang_up.value();
  for (const MenuOption& option : menu.options) {
    const double share = stay * option.share.value();
    if (option.to.kind == Destination::Kind::kQueue) k.p_agent += share;
    if (option.to.kind == Destination::Kind::kSelfService)
      k.p_self_served += share * option.to.served.value();
  }
}

CentreSpec::Class class_of(const World& world, const CallerType& type) {
  CentreSpec::Class k;
  k.rate = rate_of(type.volume);
  if (type.patience)
    k.patience_rate = 1 / (mean(*type.patience) * first_value(type.patience_factor));
  k.balk = type.balk.value();
  k.lines = type.trunks.index();
  if (type.enters.kind == Destination::Kind::kMenu) through_menu(world, type, k);
  const CallAgain &blocked = type.redial.after_block, &abandoned = type.redial.after_abandon;
  k.again_blocked = blocked.share.value();
  k.again_abandoned = abandoned.share.value();
  if (k.again_blocked > 0 || k.again_abandoned > 0)
    k.again_rate = 1 / mean(k.again_blocked > 0 ? blocked.delay : abandoned.delay);
  return k;
}

CentreSpec::Group group_of(const World& world, std::size_t g) {
  const AgentGroup& from = world.groups[g];
  CentreSpec::Group group;
  group.agents = from.staff ? static_cast<int>(from.staff->values.front()) : 0;
  for (const RankedType& ranked : ranked_types(world, g)) group.take.push_back(ranked.type);
  if (!from.dialling) return group;
  const double pause_s = mean(from.dialling->pause);
  group.outbound = {1 / mean(from.dialling->talk), pause_s > 0 ? 1 / pause_s : 0,
                    static_cast<int>(from.dialling->reserve), pause_s == 0};
  return group;
}

}  // namespace

std::optional<QueueId> queue_of(const World& world, const CallerType& type) {
  if (type.enters.kind == Destination::Kind::kQueue) return type.enters.queue;
  if (type.enters.kind != Destination::Kind::kMenu) return {};
  for (const MenuOption& option : world.menus[type.enters.menu.index()].options)
    if (option.to.kind == Destination::Kind::kQueue) return option.to.queue;
  return {};
}

std::vector<RankedType> ranked_types(const World& world, std::size_t group) {
  const AgentGroup& from = world.groups[group];
  const auto rank = [&](std::size_t t) {
    const QueueId queue = *queue_of(world, world.caller_types[t]);
    return std::pair{from.takes.empty() ? 0 : place_of(from, queue),
                     -world.caller_types[t].priority};
  };
  std::vector<RankedType> order;
  for (std::size_t t = 0; t < world.caller_types.size(); ++t) {
    const std::optional<QueueId> queue = queue_of(world, world.caller_types[t]);
    if (!queue || !routes_to(world.queues[queue->index()], group)) continue;
    if (!from.takes.empty() && place_of(from, *queue) == from.takes.size()) continue;
    order.push_back({t, false});
  }
  std::stable_sort(order.begin(), order.end(), [&](const RankedType& a, const RankedType& b) {
    return rank(a.type) < rank(b.type);
  });
  for (std::size_t i = 1; i < order.size(); ++i)
    order[i].ties = rank(order[i].type) == rank(order[i - 1].type);
  return order;
}

CentreSpec centre_of(const World& world) {
  CALLMILL_CHECK(not_markov(world).empty(), "the World has an exact chain");
  CentreSpec spec;
  for (const TrunkGroup& t : world.trunks)
    spec.lines.push_back(static_cast<int>(t.lines.value_or(0)));
  if (world.ivr.ports) spec.ports = static_cast<int>(*world.ivr.ports);
  if (world.max_waiting) spec.most_waiting = static_cast<int>(*world.max_waiting);
  for (const Queue& q : world.queues)
    spec.queues.push_back(q.capacity ? static_cast<int>(*q.capacity) : kNoBound);
  for (std::size_t g = 0; g < world.groups.size(); ++g) spec.groups.push_back(group_of(world, g));
  for (const CallerType& type : world.caller_types) {
    CentreSpec::Class k = class_of(world, type);
    std::vector<CentreSpec::Skill> skills(world.groups.size());
    if (const std::optional<QueueId> queue = queue_of(world, type)) {
      k.queue = queue->index();
      for (const RouteStep& step : world.queues[k.queue].route) {
        k.prefer.push_back(step.group.index());
        skills[step.group.index()] = skill_of(world.groups[step.group.index()], type, step);
      }
    }
    spec.classes.push_back(std::move(k));
    spec.skills.push_back(std::move(skills));
  }
  return spec;
}

}  // namespace callmill
