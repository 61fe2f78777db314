#pragma once
// Floor control: the clock at which events strike and rules are looked at, what rules do while
// they are on, and what that means for a call on its way.
//
//   rule:  off --(when holds, for `lasting`)--> on --(until holds, or `for` is over)--> off, quiet
//                                                                                for `cooldown`
//
// A rule is looked at every `every`, and where a condition is to last also at opening, to note what
// holds from then on; an event begins and ends on time. Nothing is looked at once
// the day is closed: what is on then stays on.

#include <cmath>

#include "engine/centre/flow.h"

namespace callmill {

template <class O, Parts kParts>
void Flow<O, kParts>::open_floor_clock() {
  const auto& conditions = plan_.floor.conditions;
  for (std::size_t r = 0; r < plan_.floor.rules.size(); ++r) {
    const RulePlan& p = plan_.floor.rules[r];
    if (p.by_hand) {
      c_.floor.rules[r].next_check = SimTime::max();
      continue;
    }
    const bool lasts =
        std::any_of(conditions.begin() + p.first_when, conditions.begin() + p.last_until,
                    [](const ConditionPlan& c) { return c.lasting > SimDuration{0}; });
    c_.floor.rules[r].next_check = lasts ? kStart : kStart + p.every;
  }
  schedule_floor();
}

template <class O, Parts kParts>
void Flow<O, kParts>::schedule_floor() {
  SimTime next = kStart + plan_.horizon;
  const FloorState& floor = c_.floor;
  if (floor.next_turn < plan_.floor.turns.size())
    next = std::min(next, plan_.floor.turns[floor.next_turn].at);
  for (const RuleState& rule : floor.rules) next = std::min(next, rule.next_check);
  if (next < kStart + plan_.horizon)
    c_.calendar.schedule(plan_.floor_slot(), next);
  else
    c_.calendar.cancel(plan_.floor_slot());
}

template <class O, Parts kParts>
void Flow<O, kParts>::floor_due() {
  std::uint32_t& next = c_.floor.next_turn;
  while (next < plan_.floor.turns.size() && plan_.floor.turns[next].at <= c_.now)
    take_turn(plan_.floor.turns[next++]);
  for (std::uint32_t r = 0; r < c_.floor.rules.size(); ++r)
    if (c_.floor.rules[r].next_check <= c_.now) check_rule(r);
  schedule_floor();
}

template <class O, Parts kParts>
void Flow<O, kParts>::take_turn(const FloorTurn& turn) {
  const EventPlan& event = plan_.floor.events[turn.event];
  c_.floor.event_on[turn.event] = turn.begins ? 1 : 0;
  levers_changed();
  if (event.kind != Event::Kind::kSiteLoss) return;
  for (const std::uint32_t g : plan_.floor.groups) {
    if (event.groups[g] == 0) continue;
    const GroupPlan& group = plan_.groups[g];
    const std::uint32_t on_roster = group.agents - group.spare - plan_.floor.call_in[g].agents;
    const auto struck = static_cast<std::uint32_t>(std::ceil(event.share * on_roster - 1e-9));
    for (std::uint32_t a = group.first_agent; a < group.first_agent + struck; ++a)
      turn.begins ? drop_out(a, event.cut) : come_back(a);
  }
}

template <class O, Parts kParts>
bool Flow<O, kParts>::all_hold(std::uint32_t first, std::uint32_t last) const {
  for (std::uint32_t i = first; i < last; ++i) {
    const SimTime since = c_.floor.held_since[i];
    if (since == SimTime::max() || c_.now - since < plan_.floor.conditions[i].lasting) return false;
  }
  return true;
}

template <class O, Parts kParts>
void Flow<O, kParts>::check_rule(std::uint32_t rule) {
  const RulePlan& p = plan_.floor.rules[rule];
  RuleState& state = c_.floor.rules[rule];
  if (p.by_hand) {  // its time is over
    state.next_check = SimTime::max();
    end_rule(rule);
    return;
  }
  for (std::uint32_t i = p.first_when; i < p.last_until; ++i) {
    SimTime& since = c_.floor.held_since[i];
    since = holds(plan_.floor.conditions[i]) ? std::min(since, c_.now) : SimTime::max();
  }
  state.next_check = kStart + p.every * ((c_.now - kStart) / p.every + 1);
  if (c_.now == kStart) return;  // noted
  const bool wanted = all_hold(p.first_when, p.first_until);
  if (state.on) {
    const bool limited = p.lasts > SimDuration{0};
    const bool until = p.last_until > p.first_until;
    if ((limited && c_.now >= state.since + p.lasts) ||
        (until ? all_hold(p.first_until, p.last_until) : !limited && !wanted))
      end_rule(rule);
  } else if (wanted && c_.now >= state.quiet_until && (p.at_most == 0 || state.fired < p.at_most)) {
    fire(rule);
  }
  if (state.on && p.lasts > SimDuration{0})
    state.next_check = std::min(state.next_check, state.since + p.lasts);
}

template <class O, Parts kParts>
void Flow<O, kParts>::fire(std::uint32_t rule) {
  RuleState& state = c_.floor.rules[rule];
  state.on = true;
  state.since = c_.now;
  ++state.fired;
  observer_.rule_began(rule, c_.now);
  levers_changed();
  for (const ActionPlan& action : plan_.floor.rules[rule].then) {
    switch (action.kind) {
      case Action::Kind::kMoveAgents:
        move_agents(rule, action);
        break;
      case Action::Kind::kEndBreaks:
        end_breaks(rule, action.group);
        break;
      case Action::Kind::kCallIn:
        call_in(rule, action);
        break;
      case Action::Kind::kOvertime:
        c_.floor.overtime_left[rule] = action.agents;
        break;
      default:
        break;
    }
  }
}

template <class O, Parts kParts>
void Flow<O, kParts>::end_rule(std::uint32_t rule) {
  RuleState& state = c_.floor.rules[rule];
  state.on = false;
  state.quiet_until = c_.now + plan_.floor.rules[rule].cooldown;
  observer_.rule_ended(rule, c_.now);
  levers_changed();
  if (plan_.floor.agents) send_back(rule);
}

// Dial pauses stop and start with their groups, and a step that opened or a queue that was raised
// may have callers for agents who are idle.
template <class O, Parts kParts>
void Flow<O, kParts>::levers_changed() {
  set_levers(plan_.floor, c_.floor);
  for (std::uint32_t g = 0; plan_.floor.dialling && g < plan_.groups.size(); ++g) {
    if (!plan_.groups[g].dials) continue;
    for (std::uint32_t a = c_.idle[g].head; a != kNobody; a = c_.agents[a].next) {
      const bool timed = c_.calendar.pending(plan_.agent_slot(a));
      if (c_.floor.levers.silent[g] != 0 && timed) c_.calendar.cancel(plan_.agent_slot(a));
      if (c_.floor.levers.silent[g] == 0 && !timed) begin_dial_pause(a);
    }
  }
  if (!plan_.floor.routes) return;
  for (const std::uint32_t g : plan_.floor.groups) {
    while (c_.idle[g].head != kNobody) {
      const std::uint32_t agent = c_.idle[g].head;
      const std::uint32_t line =
          plan_.groups[g].special ? pick_call(g, c_.idle[g].size, kNobody) : longest_waiting(g);
      if (line == kNobody) break;
      if (plan_.calls_back && steps_aside(line)) continue;
      unlink(c_.idle[g], c_.agents, agent);
      leave_wait_list(line);
      answer(line, agent);
    }
    if (plan_.groups[g].people.interrupts) call_away_all(g);
  }
}

// ---- a call on its way

// True when the call is refused: the busy tone, before a line is taken.
template <class O, Parts kParts>
bool Flow<O, kParts>::is_shed(const Call& call, const Story& story, std::uint32_t trunks) {
  const Levers& levers = c_.floor.levers;
  const double share = levers.shed[call.type];
  if (share <= 0 || call.key.uniform(Purpose::kShed) >= share) return false;
  observer_.shed(call.type, c_.interval, trunks, levers.shed_by[call.type]);
  if (plan_.types[call.type].keeps_story) blocked_story(call, story);
  return true;
}

// Where the call really goes: a notice may answer it before the queue, self-service may fail.
template <class O, Parts kParts>
Step Flow<O, kParts>::floor_step(const Call& call, Step step) const {
  const Levers& levers = c_.floor.levers;
  if (step.kind == Destination::Kind::kQueue) {
    const double share = levers.deflect[step.index];
    if (share > 0 && call.key.uniform(Purpose::kDeflected) < share)
      return {Destination::Kind::kSelfService, levers.recording[step.index]};
  } else if (step.kind == Destination::Kind::kSelfService && levers.self_service_fails > 0 &&
             call.key.uniform(Purpose::kSystemDown, call.menu_steps) < levers.self_service_fails) {
    if (levers.instead == kOfAll) return {};
    return {Destination::Kind::kQueue, levers.instead};
  }
  return step;
}

template <class O, Parts kParts>
bool Flow<O, kParts>::step_closed(std::uint32_t queue, std::uint32_t step) const {
  return c_.floor.levers.closed[plan_.floor.step(queue, step)] != 0;
}

// longest_waiting() where steps are closed and queues raised: raised ones first, else all; within
// each the group's own order.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::longest_waiting_by_levers(std::uint32_t group) const {
  const Levers& levers = c_.floor.levers;
  for (int raised = levers.any_raised ? 1 : 0; raised >= 0; --raised) {
    std::uint32_t best = kNobody;
    for (const Source& source : plan_.groups[group].sources) {
      const std::uint32_t queue = source.wait_list / plan_.priority_classes;
      const std::uint32_t line = c_.waiting[source.wait_list].head;
      if (line != kNobody && (raised == 0 || levers.raised[queue] != 0) &&
          !step_closed(queue, source.step) && c_.now - c_.calls[line].joined >= source.after &&
          (best == kNobody || c_.calls[line].joined < c_.calls[best].joined))
        best = line;
      if (source.last_of_rank && best != kNobody) break;
    }
    if (best != kNobody) return best;
  }
  return kNobody;
}

template <class O, Parts kParts>
SimDuration Flow<O, kParts>::slowed(SimDuration time, const std::vector<double>& factors,
                                    std::uint16_t type, std::uint32_t group) const {
  const double factor = factors[type * plan_.groups.size() + group];
  if (factor == 1) return time;
  return SimDuration{std::llround(static_cast<double>(time.count()) * factor)};
}

}  // namespace callmill
