#pragma once
// What people order while the centre runs: rules of their own, agents, lines, and a plan that says
// something else from now on. Each order is carried out between two events, at the centre's now.
//
// Included by those who give orders (engine/live), after flow.h.

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/centre/flow.h"

namespace callmill {

// ---- another plan

// The Flow's plan follows `before`, by which the centre has run up to now; both have one shape
// (engine/live/shape.h). Who is inside keeps what was drawn. The next caller of each type has spent
// part of the gap at the rates of before and spends the rest at those of now.
template <class O, Parts kParts>
void Flow<O, kParts>::take_over(const Blueprint& before) {
  for (std::uint32_t type = 0; type < plan_.caller_types; ++type)
    reschedule_fresh_caller(type, before.types[type].rate);
  for (QueueState& queue : c_.queues) queue.erlang = {};
  for (CampaignState& campaign : c_.campaigns) campaign.hours_change = c_.now;
  look_around();
  if (plan_.floor.active) {
    take_events_over(before);
    levers_changed();
    schedule_floor();
  }
  ask_again(before);
  settle();
}

// Arrivals at the time `at` and their gap, both in the type's own unit: calls expected at the
// rates.
template <class O, Parts kParts>
void Flow<O, kParts>::reschedule_fresh_caller(std::uint32_t type,
                                              const std::vector<RateSegment>& before) {
  ArrivalSource& source = c_.sources[type];
  const std::vector<RateSegment>& rate = plan_.types[type].rate;
  const auto same = [](const RateSegment& a, const RateSegment& b) {
    return a.end == b.end && a.mean_gap_us == b.mean_gap_us && a.day == b.day;
  };
  if (std::equal(rate.begin(), rate.end(), before.begin(), before.end(), same)) return;
  const auto scale_of = [&](std::uint32_t day) {
    return c_.gap_scales.empty() ? 1.0 : c_.gap_scales[day];
  };
  const auto segment_at = [](const std::vector<RateSegment>& of, SimTime t) {
    return static_cast<std::uint32_t>(
        std::upper_bound(of.begin(), of.end(), t,
                         [](SimTime x, const RateSegment& s) { return x < s.end; }) -
        of.begin());
  };
  double gap = 0;  // what is left of it, of mean 1
  const bool drawn = c_.calendar.pending(type);
  if (drawn) {
    const SimTime at = c_.calendar.time_of(type);
    SimTime from = c_.now;
    for (std::uint32_t s = segment_at(before, from); s < before.size() && from < at; ++s) {
      const SimTime to = std::min(at, before[s].end);
      gap += static_cast<double>((to - from).count()) / before[s].mean_gap_us /
             scale_of(before[s].day);
      from = to;
    }
  } else {  // nobody would have come any more; that says nothing of the rest, so it is drawn anew
    constexpr std::uint32_t kAnew = 1u << 31;
    gap = plan_.unit_exponential.seconds(
        source.gaps.uniform(Purpose::kArrival, source.callers | kAnew));
  }
  SimTime from = c_.now;
  for (source.segment = segment_at(rate, from); source.segment < rate.size(); ++source.segment) {
    const RateSegment& segment = rate[source.segment];
    source.day = segment.day;
    source.gap_scale = scale_of(segment.day);
    const double us = gap * source.gap_scale * segment.mean_gap_us;
    const double span = static_cast<double>((segment.end - from).count());
    if (us < span) {
      c_.calendar.schedule(type, from + SimDuration{std::llround(us)});
      if (!drawn) draw_ahead(type);
      return;
    }
    gap -= span / segment.mean_gap_us / source.gap_scale;
    from = segment.end;
  }
  c_.calendar.cancel(type);
  if (!drawn) return;
  --source.callers;  // does not come: as if not drawn
  source.next_gap =
      plan_.unit_exponential.seconds(source.gaps.uniform(Purpose::kArrival, source.callers));
}

// Events that the new plan has on or off now begin or end now; conditions that ask something else
// have not held yet.
template <class O, Parts kParts>
void Flow<O, kParts>::take_events_over(const Blueprint& before) {
  const auto same_turn = [](const FloorTurn& a, const FloorTurn& b) {
    return a.at == b.at && a.event == b.event && a.begins == b.begins;
  };
  const std::vector<FloorTurn>& turns = plan_.floor.turns;
  const std::vector<FloorTurn>& old = before.floor.turns;
  if (!std::equal(turns.begin(), turns.end(), old.begin(), old.end(), same_turn)) {
    std::vector<char> on(plan_.floor.events.size(), 0);
    std::uint32_t next = 0;
    for (; next < turns.size() && turns[next].at <= c_.now; ++next)
      on[turns[next].event] = turns[next].begins ? 1 : 0;
    c_.floor.next_turn = next;
    for (std::uint32_t e = 0; e < on.size(); ++e)
      if (on[e] != c_.floor.event_on[e]) take_turn({c_.now, e, on[e] != 0});
  }
  for (std::size_t i = 0; i < plan_.floor.conditions.size(); ++i) {
    const ConditionPlan &a = plan_.floor.conditions[i], &b = before.floor.conditions[i];
    if (a.indicator != b.indicator || a.sense != b.sense || a.of != b.of ||
        a.minutes != b.minutes || a.value != b.value)
      c_.floor.held_since[i] = SimTime::max();
  }
  for (std::size_t r = 0; r < plan_.floor.rules.size(); ++r) {
    const RulePlan& p = plan_.floor.rules[r];
    SimTime& next = c_.floor.rules[r].next_check;
    if (!p.by_hand && p.every != before.floor.rules[r].every)
      next = kStart + p.every * ((c_.now - kStart) / p.every + 1);
  }
}

// Where a queue's route says something else, those who wait there look along it once more, the
// longest waiting first within their list.
template <class O, Parts kParts>
void Flow<O, kParts>::ask_again(const Blueprint& before) {
  for (std::uint32_t q = 0; q < plan_.queues.size(); ++q) {
    const QueuePlan &now = plan_.queues[q], &old = before.queues[q];
    if (now.route_group == old.route_group && now.route_after == old.route_after) continue;
    std::vector<std::uint32_t> who;
    for (std::uint32_t k = 0; k < plan_.priority_classes; ++k) {
      const FifoList& list = c_.waiting[q * plan_.priority_classes + k];
      for (std::uint32_t line = list.head, i = 0; i < list.size; ++i, line = c_.calls[line].next)
        who.push_back(line);
    }
    for (const std::uint32_t line : who) {
      Call& call = c_.calls[line];
      if (call.state != CallState::kWaiting || call.queue != q || call.gives_up == kNotDrawn)
        continue;
      call.route_step = 0;
      if (now.special ? !offer_special(line) : !offer_open_groups(line)) wait_on(line);
    }
  }
}

// What take_event() does behind each event.
template <class O, Parts kParts>
void Flow<O, kParts>::settle() {
  if (c_.line_freed) lines_for_callbacks();
  if (!plan_.campaigns.empty()) dialler_turns(kNobody);
}

// ---- rules

template <class O, Parts kParts>
void Flow<O, kParts>::begin_by_hand(std::uint32_t rule) {
  const SimDuration lasts = plan_.floor.rules[rule].lasts;
  fire(rule);
  c_.floor.rules[rule].next_check = lasts > SimDuration{0} ? c_.now + lasts : SimTime::max();
  schedule_floor();
  settle();
}

template <class O, Parts kParts>
void Flow<O, kParts>::end_by_hand(std::uint32_t rule) {
  c_.floor.rules[rule].next_check = SimTime::max();
  end_rule(rule);
  schedule_floor();
  settle();
}

// ---- people

// Who was sent home comes back first, as the roster has it; then spare people come.
template <class O, Parts kParts>
void Flow<O, kParts>::agents_by_hand(std::uint32_t group, std::int64_t by) {
  for (; by > 0 && bring(group); --by) continue;
  for (; by < 0 && send_home(group); ++by) continue;
  settle();
}

template <class O, Parts kParts>
bool Flow<O, kParts>::bring(std::uint32_t group) {
  const GroupPlan& g = plan_.groups[group];
  for (std::uint32_t a = g.first_agent; a < g.first_agent + g.agents; ++a) {
    OnFloor& agent = c_.floor.agents[a];
    if (!agent.sent_home) continue;
    agent.sent_home = false;
    come_back(a);
    return true;
  }
  for (std::uint32_t a = g.first_agent + g.agents - g.spare; a < g.first_agent + g.agents; ++a) {
    if (c_.floor.agents[a].roster == Duty::kWork) continue;
    take_duty(a, Duty::kWork);
    return true;
  }
  return false;
}

// Spare people first, then staff; of each who is idle first (of the staff the one idle longest),
// then who is busy, from the last one on: they finish the contact in hand. Nobody who is lent to
// another group, on a break, or called in.
template <class O, Parts kParts>
bool Flow<O, kParts>::send_home(std::uint32_t group) {
  const GroupPlan& g = plan_.groups[group];
  const std::uint32_t end = g.first_agent + g.agents, first_spare = end - g.spare;
  const auto works_here = [&](std::uint32_t a) {
    const Agent& agent = c_.agents[a];
    return agent.group == group && agent.duty == Duty::kWork && agent.state != AgentState::kOff &&
           c_.floor.agents[a].down == 0;
  };
  const auto leaves = [&](std::uint32_t a) {
    if (a >= first_spare) {
      take_duty(a, Duty::kOff);
    } else {
      c_.floor.agents[a].sent_home = true;
      drop_out(a, false);
    }
    return true;
  };
  const auto idle = [&](std::uint32_t a) { return c_.agents[a].state == AgentState::kAvailable; };
  for (std::uint32_t a = end; a-- > first_spare;)
    if (works_here(a) && idle(a)) return leaves(a);
  for (std::uint32_t a = c_.idle[group].head; a != kNobody; a = c_.agents[a].next)
    if (a >= g.first_agent && a < end_of_staff(group) && works_here(a)) return leaves(a);
  for (std::uint32_t a = end; a-- > first_spare;)
    if (works_here(a)) return leaves(a);
  for (std::uint32_t a = end_of_staff(group); a-- > g.first_agent;)
    if (works_here(a)) return leaves(a);
  return false;
}

// Who was lent the other way by hand goes back first.
template <class O, Parts kParts>
void Flow<O, kParts>::move_by_hand(std::uint32_t rule, std::uint32_t group, std::uint32_t to,
                                   std::uint32_t agents) {
  for (std::uint32_t a = 0; agents > 0 && a < c_.agents.size(); ++a) {
    OnFloor& agent = c_.floor.agents[a];
    if (agent.lent_by != rule || plan_.group_of_agent[a] != to || agent.wants != group) continue;
    agent.lent_by = kNoRule;
    send_to(a, to);
    --agents;
  }
  if (agents > 0) {
    ActionPlan action;
    action.kind = Action::Kind::kMoveAgents;
    action.group = group;
    action.to = to;
    action.agents = agents;
    move_agents(rule, action);
  }
  settle();
}

template <class O, Parts kParts>
void Flow<O, kParts>::call_in_by_hand(std::uint32_t rule, std::uint32_t group,
                                      std::uint32_t agents) {
  ActionPlan action;
  action.kind = Action::Kind::kCallIn;
  action.group = group;
  action.agents = agents;
  call_in(rule, action);
}

template <class O, Parts kParts>
void Flow<O, kParts>::end_breaks_by_hand(std::uint32_t rule, std::uint32_t group) {
  end_breaks(rule, group);
  settle();
}

// ---- lines

// More: those out of service come first into it. Fewer: idle lines go first, and busy ones as their
// calls end.
template <class O, Parts kParts>
void Flow<O, kParts>::lines_by_hand(std::uint32_t trunks, std::int64_t by) {
  TrunkState& group = c_.trunks[trunks];
  group.failed = static_cast<std::uint32_t>(std::int64_t{group.failed} - by);
  set_in_service(trunks);
  observer_.lines_in_service(trunks, std::max(group.in_service, group.in_use), c_.now);
  if (by > 0) note_line_freed();
  settle();
}

}  // namespace callmill
