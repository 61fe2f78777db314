#include <algorithm>
#include <numeric>
#include <utility>

#include "base/random/stream.h"
#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

// Where a free agent of the group looks: the queues of `takes` in order, else all queues routed to
// it; priority first.
std::vector<Source> make_sources(const World& world, std::size_t group, std::uint32_t classes) {
  std::vector<std::pair<std::uint32_t, SimDuration>> served;  // queue, after
  for (std::size_t q = 0; q < world.queues.size(); ++q)
    for (const RouteStep& step : world.queues[q].route)
      if (step.group.index() == group)
        served.emplace_back(static_cast<std::uint32_t>(q), step.after);

  std::vector<Source> sources;
  const auto add_rank = [&](auto&& wanted, std::uint32_t priority_class) {
    const std::size_t first = sources.size();
    for (const auto& [queue, after] : served)
      if (wanted(queue)) sources.push_back({queue * classes + priority_class, false, after});
    if (sources.size() > first) sources.back().last_of_rank = true;
  };
  const std::vector<QueueId>& takes = world.groups[group].takes;
  if (takes.empty()) {
    for (std::uint32_t c = 0; c < classes; ++c) add_rank([](std::uint32_t) { return true; }, c);
  }
  for (const QueueId id : takes)
    for (std::uint32_t c = 0; c < classes; ++c)
      add_rank([&](std::uint32_t queue) { return queue == id.index(); }, c);
  return sources;
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
    p.sources = make_sources(world, g, plan.priority_classes);
    if (group.dialling) {
      p.dials = true;
      p.reached = group.dialling->reached.value();
      p.pause = Sampler{group.dialling->pause};
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
