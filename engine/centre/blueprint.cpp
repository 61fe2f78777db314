#include "engine/centre/blueprint.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <set>

#include "base/check.h"

namespace callmill {
namespace {

Step make_step(const Destination& to, Blueprint& plan) {
  switch (to.kind) {
    case Destination::Kind::kQueue:
      return {to.kind, to.queue.index()};
    case Destination::Kind::kMenu:
      return {to.kind, to.menu.index()};
    case Destination::Kind::kSelfService:
      plan.self_service.emplace_back(to.self_service_time);
      return {to.kind, static_cast<std::uint32_t>(plan.self_service.size() - 1)};
    case Destination::Kind::kHangUp:
      break;
  }
  return {Destination::Kind::kHangUp, 0};
}

// Neighbouring steps of equal rate become one segment, so that a constant profile costs nothing.
std::vector<RateSegment> make_rate(const Profile& volume, SimDuration horizon) {
  std::vector<RateSegment> rate;
  for (std::size_t i = 0; i < volume.values.size(); ++i) {
    const SimTime end = kStart + std::min(horizon, volume.step * static_cast<std::int64_t>(i + 1));
    const double gap = volume.values[i] > 0
                           ? static_cast<double>(volume.step.count()) / volume.values[i]
                           : std::numeric_limits<double>::infinity();
    if (!rate.empty() && rate.back().mean_gap_us == gap)
      rate.back().end = end;
    else
      rate.push_back({end, gap});
  }
  return rate;
}

CallerTypePlan make_type(const CallerType& type, const World& world,
                         const std::vector<std::int32_t>& priorities, Blueprint& plan) {
  CallerTypePlan p;
  p.rate = make_rate(type.volume, world.day.length());
  p.trunks = type.trunks.index();
  p.enters = make_step(type.enters, plan);
  p.priority_class = static_cast<std::uint32_t>(
      std::find(priorities.begin(), priorities.end(), type.priority) - priorities.begin());
  p.has_patience = type.patience.has_value();
  if (type.patience) p.patience = Sampler{*type.patience};
  p.balk = type.balk.value();
  p.talk = Sampler{type.talk};
  p.has_wrap = mean(type.wrap) > 0;
  p.wrap = Sampler{type.wrap};
  if (type.talk_factor) {
    p.has_talk_factor = true;
    p.talk_factor_step = type.talk_factor->step;
    p.talk_factor = type.talk_factor->values;
  }
  p.redial_after_block = type.redial.after_block.value();
  p.redial_after_abandon = type.redial.after_abandon.value();
  p.max_attempts = type.redial.max_attempts;
  p.redials = p.max_attempts > 1 && (p.redial_after_block > 0 || p.redial_after_abandon > 0);
  if (p.redials) p.redial_delay = Sampler{type.redial.delay};
  return p;
}

MenuPlan make_menu(const Menu& menu, Blueprint& plan) {
  MenuPlan p;
  p.prompt = Sampler{menu.prompt};
  p.hang_up = menu.hang_up.value();
  double sum = 0;
  for (const MenuOption& option : menu.options) {
    sum += option.share.value();
    p.cumulative.push_back(sum);
    p.options.push_back(make_step(option.to, plan));
  }
  p.cumulative.back() = 1;  // shares sum to 1 up to rounding
  return p;
}

QueuePlan make_queue(const Queue& queue) {
  QueuePlan p;
  p.answer_within = queue.answer_within;
  for (const RouteStep& step : queue.route) {
    p.route_group.push_back(step.group.index());
    p.route_after.push_back(step.after);
  }
  return p;
}

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
    add(roster_from_profile(GroupId{group}, *world.groups[group].staff, world.day));
  add(world.roster);
  return agendas;
}

// A change at each start, and at each end that no other period follows at once. What lies past the
// horizon is left out: staff on duty at closing time serve the last callers.
void add_changes(Agenda agenda, std::uint32_t agent, SimTime close,
                 std::vector<DutyChange>& changes) {
  std::sort(agenda.periods.begin(), agenda.periods.end(),
            [](const DutyPeriod& a, const DutyPeriod& b) { return a.from < b.from; });
  for (std::size_t i = 0; i < agenda.periods.size(); ++i) {
    const DutyPeriod& period = agenda.periods[i];
    const bool followed = i + 1 < agenda.periods.size() && agenda.periods[i + 1].from == period.to;
    const Duty duty = period.kind == DutyPeriod::Kind::kWork ? Duty::kWork : Duty::kBreak;
    if (period.from < close) changes.push_back({std::max(period.from, kStart), agent, duty});
    if (period.to < close && !followed)
      changes.push_back({std::max(period.to, kStart), agent, Duty::kOff});
  }
}

void add_groups(const World& world, Blueprint& plan) {
  const SimTime close = kStart + plan.horizon;
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const AgentGroup& group = world.groups[g];
    GroupPlan p;
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
      add_changes(std::move(agenda), plan.agents(), close, plan.changes);
      plan.group_of_agent.push_back(static_cast<std::uint32_t>(g));
    }
    p.agents = plan.agents() - p.first_agent;
    plan.groups.push_back(std::move(p));
  }
  std::stable_sort(plan.changes.begin(), plan.changes.end(),
                   [](const DutyChange& a, const DutyChange& b) {
                     return a.at != b.at ? a.at < b.at : a.agent < b.agent;
                   });
}

}  // namespace

Blueprint make_blueprint(const World& world) {
  CALLMILL_CHECK(faults(world).empty(), "a world with faults cannot run");
  Blueprint plan;
  plan.horizon = world.day.length();
  plan.interval = world.day.interval;
  plan.intervals = static_cast<std::uint32_t>(world.intervals());
  plan.first_counted = static_cast<std::uint32_t>(
      (world.day.warm_up + world.day.interval - SimDuration{1}) / world.day.interval);
  plan.busyness_cv = world.busyness_cv;
  plan.unit_exponential = Sampler{ExponentialLaw{1.0}};

  plan.first_line.push_back(0);
  for (const TrunkGroup& trunks : world.trunks)
    plan.first_line.push_back(plan.first_line.back() +
                              static_cast<std::uint32_t>(trunks.lines.value()));

  std::set<std::int32_t, std::greater<>> distinct;
  for (const CallerType& type : world.caller_types) distinct.insert(type.priority);
  const std::vector<std::int32_t> priorities(distinct.begin(), distinct.end());
  plan.priority_classes = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(priorities.size()));

  for (const Menu& menu : world.menus) plan.menus.push_back(make_menu(menu, plan));
  for (const CallerType& type : world.caller_types)
    plan.types.push_back(make_type(type, world, priorities, plan));
  for (const Queue& queue : world.queues) plan.queues.push_back(make_queue(queue));
  add_groups(world, plan);
  plan.first_agent_slot = static_cast<Calendar::Slot>(plan.types.size() + 2);
  plan.first_line_slot = plan.first_agent_slot + plan.agents();
  CALLMILL_CHECK(plan.line_slot(plan.lines()) <= Calendar::kMaxSlots,
                 "more lines and agents than the calendar holds");
  return plan;
}

}  // namespace callmill
