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

// The steps by which a free agent of the group may take who waits, by queue; queues of messages are
// looked at elsewhere.
std::vector<Served> steps_to(const World& world, std::size_t group, const Blueprint& plan) {
  std::vector<Served> served;
  for (std::size_t q = 0; q < world.queues.size(); ++q) {
    const std::vector<RouteStep>& route = world.queues[q].route;
    for (std::size_t i = 0; i < route.size(); ++i)
      if (route[i].group.index() == group && !route[i].once && !plan.queues[q].messages)
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
  Ranks ranks{plan, steps_to(world, group, plan)};
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

void add_message_queues(const World& world, Blueprint& plan, std::size_t group) {
  GroupPlan& p = plan.groups[group];
  for (const std::uint32_t q : by_name(world.queues)) {
    const std::vector<std::uint32_t>& route = plan.queues[q].route_group;
    if (!plan.queues[q].messages || std::find(route.begin(), route.end(), group) == route.end())
      continue;
    p.message_queues.push_back(q);
    for (const CallerType& type : world.caller_types)
      p.interruptible = p.interruptible || (type.enters.queue == QueueId{q} && type.message &&
                                            type.message->interruptible);
  }
}

struct Agenda {
  std::vector<Stretch> stretches;  // of one agent
};

Stretch make_stretch(const DutyPeriod& period) {
  const Duty duty = period.kind == DutyPeriod::Kind::kWork ? Duty::kWork : Duty::kBreak;
  return {period.from, period.to, duty, period.code};
}

// The stretches of a shift of the roster on the day that starts (00:00) at `midnight`: work, but
// for its breaks.
void add_shift(const RosterShift& shift, SimTime midnight, std::vector<Stretch>& stretches) {
  const auto at = [&](SimDuration time) { return midnight + time; };
  const auto add = [&](SimDuration from, SimDuration to, Duty duty, AuxCode code) {
    if (to > from) stretches.push_back({at(from), at(to), duty, code});
  };
  SimDuration free = shift.from;
  for (const RosterBreak& rest : shift.breaks) {
    add(free, rest.from, Duty::kWork, AuxCode::kBreak);
    add(rest.from, rest.to, Duty::kBreak, rest.code);
    free = rest.to;
  }
  add(free, shift.to, Duty::kWork, AuxCode::kBreak);
}

struct Agendas {
  std::vector<Agenda> all;
  std::uint32_t first_of_team = 0;
};

// Agents of a group: those of the staff profile first, then those of World::roster by their number,
// then those of World::team, in team_in_order().
Agendas make_agendas(const World& world, std::size_t group) {
  Agendas agendas;
  const auto add = [&](const std::vector<DutyPeriod>& periods) {
    const std::size_t base = agendas.all.size();
    for (const DutyPeriod& period : periods) {
      if (period.group.index() != group) continue;
      agendas.all.resize(std::max(agendas.all.size(), base + period.agent + 1));
      agendas.all[base + period.agent].stretches.push_back(make_stretch(period));
    }
  };
  if (world.groups[group].staff)
    add(roster_from_profile(GroupId{group}, *world.groups[group].staff, world.day, world.days));
  add(world.roster);
  agendas.first_of_team = static_cast<std::uint32_t>(agendas.all.size());
  for (const RosterEntry& entry : team_in_order(world, GroupId{group})) {
    Agenda agenda;
    for (const OpenDay& day : world.open_days())
      for (const RosterShift& shift : entry.shifts)
        if (is_one_of(shift.on, day))
          add_shift(shift, day.opens - world.day.opens, agenda.stretches);
    agendas.all.insert(agendas.all.end(), entry.agents, agenda);
  }
  return agendas;
}

// Cuts the agent's hours into shifts: stretches that follow each other at once are one.
void add_shifts(Agenda agenda, std::uint32_t agent, Blueprint& plan) {
  std::vector<Stretch>& s = agenda.stretches;
  std::sort(s.begin(), s.end(), [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
  std::uint32_t number = 0;
  for (std::size_t begin = 0; begin < s.size();) {
    std::size_t end = begin + 1;
    while (end < s.size() && s[end].from == s[end - 1].to) ++end;
    plan.shifts.push_back({agent, number++, static_cast<std::uint32_t>(plan.stretches.size()),
                           static_cast<std::uint32_t>(end - begin)});
    plan.stretches.insert(plan.stretches.end(), s.begin() + static_cast<std::ptrdiff_t>(begin),
                          s.begin() + static_cast<std::ptrdiff_t>(end));
    add_changes(agent, s.data() + begin, s.data() + end, plan.days, plan.changes);
    begin = end;
  }
}

// Agents are numbered group by group, and in this order take calls when they come at one moment:
// groups that fewer queues lead to first, for others can take what they leave; then smaller groups,
// which the same calls would fill sooner; then by name. Never by the order of the file.
std::vector<std::uint32_t> groups_in_order(const World& world) {
  std::vector<std::pair<std::size_t, std::size_t>> rank;  // queues that lead here, agents
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const auto leads_here = [g](const Queue& queue) {
      return std::any_of(queue.route.begin(), queue.route.end(),
                         [g](const RouteStep& step) { return step.group == GroupId{g}; });
    };
    rank.emplace_back(std::count_if(world.queues.begin(), world.queues.end(), leads_here),
                      make_agendas(world, g).all.size());
  }
  std::vector<std::uint32_t> order = by_name(world.groups);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; });
  return order;
}

}  // namespace

void build_groups(const World& world, const Room& room, Blueprint& plan) {
  plan.groups.resize(world.groups.size());
  plan.floor.call_in.resize(world.groups.size());
  plan.floor.groups = groups_in_order(world);
  plan.learns = any_learns(world, plan.days);
  for (const std::uint32_t g : plan.floor.groups) {
    const AgentGroup& group = world.groups[g];
    GroupPlan& p = plan.groups[g];
    p.key = name_key(group.name);
    p.first_agent = plan.agents();
    p.sources = make_sources(world, g, plan);
    for (const Source& source : p.sources) p.wait_lists.add(source.wait_list);
    p.pick_call = group.pick_call;
    p.special = is_special(world, g, plan);
    add_handling(world, g, plan);
    p.resolution_factor = group.resolution_factor;
    add_message_queues(world, plan, g);
    if (group.chat) p.chats_at_once = static_cast<std::uint32_t>(group.chat->at_once);
    p.slow_down.assign(p.chats_at_once, 1.0);
    if (group.chat && !group.chat->slow_down.empty()) p.slow_down = group.chat->slow_down;
    plan.most_chats = std::max(plan.most_chats, p.chats_at_once);
    if (group.dialling) {
      p.dials = true;
      p.reached = group.dialling->reached.value();
      p.pause = Sampler{group.dialling->pause};
      p.dials_at_once = mean(group.dialling->pause) <= 0;
      p.dial_reserve = static_cast<std::uint32_t>(group.dialling->reserve);
      p.dial_talk = Sampler{group.dialling->talk};
      p.dial_wrap = Sampler{group.dialling->wrap};
    }
    p.personal = is_personal(group);
    p.people = make_people(group);
    plan.attends = plan.attends || p.people.attends;
    plan.has_personal = plan.has_personal || p.personal;
    plan.tracks_people =
        plan.tracks_people || p.people.attends || p.people.rings || has_team(world, GroupId{g});
    Agendas agendas = make_agendas(world, g);
    for (Agenda& agenda : agendas.all) {
      add_shifts(std::move(agenda), plan.agents(), plan);
      plan.group_of_agent.push_back(static_cast<std::uint32_t>(g));
    }
    CallInPlan call_in;
    if (group.call_in) {
      call_in.first_agent = plan.agents();
      call_in.agents = static_cast<std::uint32_t>(group.call_in->agents);
      call_in.delay = Sampler{group.call_in->delay};
      call_in.stays = group.call_in->stays;
      call_in.cost_per_hour = group.call_in->cost_per_hour.value_or(group.wage_per_hour);
      plan.group_of_agent.insert(plan.group_of_agent.end(), call_in.agents,
                                 static_cast<std::uint32_t>(g));
    }
    plan.floor.call_in[g] = std::move(call_in);
    add_traits(world, g, agendas.first_of_team, plan);
    p.agents = plan.agents() - p.first_agent;
    if (room.agents.empty()) continue;
    p.spare = room.agents[g];
    add_spare_traits(group, p.key, p.agents, p.spare, plan);
    plan.group_of_agent.insert(plan.group_of_agent.end(), p.spare, g);
    p.agents += p.spare;
  }
  sort_changes(plan.changes);
}

}  // namespace callmill
