#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "base/random/stream.h"
#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

struct Served {
  std::uint32_t queue, step;
  SimDuration after;
  std::int64_t level;
};

// The steps that lead to the group, by queue.
std::vector<Served> steps_to(const World& world, std::size_t group) {
  std::vector<Served> served;
  for (std::size_t q = 0; q < world.queues.size(); ++q) {
    const std::vector<RouteStep>& route = world.queues[q].route;
    for (std::size_t i = 0; i < route.size(); ++i)
      if (route[i].group.index() == group)
        served.push_back({static_cast<std::uint32_t>(q), static_cast<std::uint32_t>(i),
                          route[i].after, route[i].level});
  }
  return served;
}

// Collects sources, a rank at a time.
class Ranks {
 public:
  Ranks(const Blueprint& plan, std::vector<Served> served)
      : plan_{plan}, served_{std::move(served)} {}

  std::set<std::int64_t> levels() const {
    std::set<std::int64_t> levels;
    for (const Served& s : served_) levels.insert(s.level);
    return levels;
  }
  // One rank for the classes [first, last) of all queues of the level that are wanted.
  template <class Wanted>
  void add(std::int64_t level, std::uint32_t first, std::uint32_t last, Wanted&& wanted) {
    const std::size_t begin = sources_.size();
    for (const Served& s : served_)
      for (std::uint32_t c = first; c < last; ++c)
        if (s.level == level && wanted(s.queue))
          sources_.push_back({s.queue * plan_.priority_classes + c, false,
                              static_cast<std::uint16_t>(s.step), s.after});
    if (sources_.size() > begin) sources_.back().last_of_rank = true;
  }
  // A rank for each priority.
  template <class Wanted>
  void add_by_priority(std::int64_t level, Wanted&& wanted) {
    const std::vector<std::int32_t>& priority = plan_.priority_of_class;
    for (std::uint32_t c = 0, end = 0; c < priority.size(); c = end) {
      while (end < priority.size() && priority[end] == priority[c]) ++end;
      add(level, c, end, wanted);
    }
  }
  std::vector<Source> take() { return std::move(sources_); }

 private:
  const Blueprint& plan_;
  std::vector<Served> served_;
  std::vector<Source> sources_;
};

// Where a free agent of the group looks, level by level: for policies that compare all queues one
// rank; else the queues of `takes` in order, or all queues routed to it, priority first.
std::vector<Source> make_sources(const World& world, std::size_t group, const Blueprint& plan) {
  Ranks ranks{plan, steps_to(world, group)};
  const std::vector<QueueId>& takes = world.groups[group].takes;
  const auto all = [](std::uint32_t) { return true; };
  const auto only = [](QueueId id) {
    return [id](std::uint32_t queue) { return queue == id.index(); };
  };
  for (const std::int64_t level : ranks.levels()) {
    switch (world.groups[group].pick_call) {
      case PickCall::kByRank:
        if (takes.empty()) ranks.add_by_priority(level, all);
        for (const QueueId id : takes) ranks.add_by_priority(level, only(id));
        break;
      case PickCall::kOwnFirst: {
        const QueueId own = takes.front();
        ranks.add_by_priority(level, only(own));
        ranks.add_by_priority(level, [own](std::uint32_t queue) { return queue != own.index(); });
        break;
      }
      case PickCall::kAgeing:
      case PickCall::kQueueRatio:
      case PickCall::kLongestQueue:
        ranks.add(level, 0, plan.priority_classes, all);
        break;
    }
  }
  return ranks.take();
}

// A group is special when its policy is, or when one of its queues is.
bool is_special(const World& world, std::size_t group, const Blueprint& plan) {
  const PickCall pick = world.groups[group].pick_call;
  if (plan.asks_agents || (pick != PickCall::kByRank && pick != PickCall::kOwnFirst)) return true;
  for (std::size_t q = 0; q < world.queues.size(); ++q)
    if (plan.queues[q].special)
      for (const RouteStep& step : world.queues[q].route)
        if (step.group.index() == group) return true;
  return false;
}

void add_handling(const World& world, std::size_t group, Blueprint& plan) {
  for (const Handling& handling : world.groups[group].handling) {
    const auto type = static_cast<std::size_t>(
        std::find_if(world.caller_types.begin(), world.caller_types.end(),
                     [&](const CallerType& t) { return t.name == handling.callers; }) -
        world.caller_types.begin());
    const CallerType& of = world.caller_types[type];
    CallerTypePlan& p = plan.types[type];
    p.handling_of.resize(world.groups.size(), kNoLimit);
    p.handling_of[group] = static_cast<std::uint32_t>(plan.handlings.size());
    const Law wrap = handling.wrap.value_or(of.wrap);
    p.plain_talk = false;
    p.wrap_varies = true;
    p.has_wrap = p.has_wrap || mean(wrap) * handling.wrap_factor > 0;
    plan.handlings.push_back({Sampler{handling.talk.value_or(of.talk)}, Sampler{wrap},
                              handling.talk_factor, handling.wrap_factor});
  }
}

struct Agenda {
  std::vector<DutyPeriod> periods;  // of one agent
};

// Agents of a group: those of the staff profile first, then those of the roster by their number.
std::vector<Agenda> make_agendas(const World& world, std::size_t group) {
  std::vector<Agenda> agendas;
  const auto add = [&](const std::vector<DutyPeriod>& periods) {
    const std::size_t base = agendas.size();
    for (const DutyPeriod& period : periods) {
      if (period.group.index() != group) continue;
      agendas.resize(std::max(agendas.size(), base + period.agent + 1));
      agendas[base + period.agent].periods.push_back(period);
    }
  };
  if (world.groups[group].staff)
    add(roster_from_profile(GroupId{group}, *world.groups[group].staff, world.day, world.days));
  add(world.roster);
  return agendas;
}

// A change at each start, and at each end that no other period follows at once. Staff exists in
// open hours: whoever is on duty at a closing serves the last callers, and is then sent home by the
// centre (flow.h), or stays when it was the last closing.
void add_spell(const std::vector<DutyPeriod>& periods, std::uint32_t agent, const OpenSpell& spell,
               std::vector<DutyChange>& changes) {
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const DutyPeriod& period = periods[i];
    if (period.to <= spell.from || period.from >= spell.to) continue;
    const bool followed = i + 1 < periods.size() && periods[i + 1].from == period.to;
    const Duty duty = period.kind == DutyPeriod::Kind::kWork ? Duty::kWork : Duty::kBreak;
    changes.push_back({std::max(period.from, spell.from), agent, duty});
    if (period.to < spell.to && !followed) changes.push_back({period.to, agent, Duty::kOff});
  }
}

void add_changes(Agenda agenda, std::uint32_t agent, const Horizon& days,
                 std::vector<DutyChange>& changes) {
  std::sort(agenda.periods.begin(), agenda.periods.end(),
            [](const DutyPeriod& a, const DutyPeriod& b) { return a.from < b.from; });
  for (const OpenSpell& spell : days.spells) add_spell(agenda.periods, agent, spell, changes);
}

// Agents are numbered in the order of their groups' names: what happens at one instant must not
// depend on the order of the file.
std::vector<std::size_t> groups_by_name(const World& world) {
  std::vector<std::size_t> order(world.groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return world.groups[a].name < world.groups[b].name;
  });
  return order;
}

}  // namespace

void build_groups(const World& world, Blueprint& plan) {
  plan.groups.resize(world.groups.size());
  for (const std::size_t g : groups_by_name(world)) {
    const AgentGroup& group = world.groups[g];
    GroupPlan& p = plan.groups[g];
    p.key = name_key(group.name);
    p.first_agent = plan.agents();
    p.sources = make_sources(world, g, plan);
    p.pick_call = group.pick_call;
    p.special = is_special(world, g, plan);
    add_handling(world, g, plan);
    if (group.dialling) {
      p.dials = true;
      p.reached = group.dialling->reached.value();
      p.pause = Sampler{group.dialling->pause};
      p.dials_at_once = mean(group.dialling->pause) <= 0;
      p.dial_reserve = static_cast<std::uint32_t>(group.dialling->reserve);
      p.dial_talk = Sampler{group.dialling->talk};
      p.dial_wrap = Sampler{group.dialling->wrap};
    }
    for (Agenda& agenda : make_agendas(world, g)) {
      add_changes(std::move(agenda), plan.agents(), plan.days, plan.changes);
      plan.group_of_agent.push_back(static_cast<std::uint32_t>(g));
    }
    CallInPlan call_in;
    if (group.call_in) {
      call_in.first_agent = plan.agents();
      call_in.agents = static_cast<std::uint32_t>(group.call_in->agents);
      call_in.delay = Sampler{group.call_in->delay};
      call_in.stays = group.call_in->stays;
      call_in.cost_per_hour = group.call_in->cost_per_hour;
      plan.group_of_agent.insert(plan.group_of_agent.end(), call_in.agents,
                                 static_cast<std::uint32_t>(g));
    }
    plan.floor.call_in.push_back(std::move(call_in));
    p.agents = plan.agents() - p.first_agent;
  }
  std::stable_sort(plan.changes.begin(), plan.changes.end(),
                   [](const DutyChange& a, const DutyChange& b) {
                     return a.at != b.at ? a.at < b.at : a.agent < b.agent;
                   });
}

}  // namespace callmill
