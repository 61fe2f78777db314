#pragma once
// Queues with rules: limited room, reserved agents, help only for long queues, a caller's own
// agent.
//
//   joins --> the queue is full and nobody takes a call --> refused (redials as if blocked)
//     |
//     +--> waits for one agent --(answered)                the agent of the last talk, or one asked
//     for |          | hold is over, or the agent leaves |          v
//     +--> waits for all, in the place of its joining time --> answered, or abandoned
//
// A call that joins, or to which a further group opens, makes the queue look once along its route:
// the first step that may take a call takes the call that comes first in the queue, which need not
// be the one that joined. An agent who becomes free looks once along the group's sources. Both ask
// the same rules: more than `reserve` of the group idle (the agent included), `min_queue` waiting
// (the call included), the conditions of `when`. A step that is `once` is tried for the call to
// which it opens, at that moment, and no agent of the group looks at the queue for it. Conditions
// may come true without an event of the queue: who has waited there for the delay of such a step
// asks every kRecheck.

#include <algorithm>

#include "engine/centre/flow.h"

namespace callmill {

// Without those who wait for one agent.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::waiting_for_all(std::uint32_t queue) const {
  std::uint32_t waiting = 0;
  const std::uint32_t first = queue * plan_.priority_classes;
  for (std::uint32_t i = 0; i < plan_.priority_classes; ++i) waiting += c_.waiting[first + i].size;
  return waiting;
}

// How long the first of the queue has waited, of those who wait for all; below 0: nobody waits.
template <class O, Parts kParts>
SimDuration Flow<O, kParts>::oldest_wait(std::uint32_t queue) const {
  SimTime first = SimTime::max();
  for (std::uint32_t k = 0; k < plan_.priority_classes; ++k)
    if (const auto head = c_.waiting[queue * plan_.priority_classes + k].head; head != kNobody)
      first = std::min(first, c_.calls[head].joined);
  return c_.now - first;
}

// Whether the call would have found the queue full; `joined`: it waits there already.
template <class O, Parts kParts>
bool Flow<O, kParts>::is_full(std::uint32_t queue, bool joined) const {
  const std::uint32_t self = joined ? 1 : 0;
  const auto waiting_in = [&](std::uint32_t q) {
    return waiting_for_all(q) - c_.queues[q].in_place + (plan_.asks_agents ? c_.held_calls[q] : 0);
  };
  if (waiting_in(queue) - self >= plan_.queues[queue].capacity) return true;
  if (plan_.max_waiting == kNoLimit) return false;
  std::uint32_t all = 0;
  for (std::uint32_t q = 0; q < plan_.queues.size(); ++q) all += waiting_in(q);
  return all - self >= plan_.max_waiting;
}

// Whether a group with `idle` idle agents may take a call of the queue by this step, delay apart.
template <class O, Parts kParts>
bool Flow<O, kParts>::may_take(std::uint32_t queue, std::uint32_t step, std::uint32_t idle) const {
  const QueuePlan& plan = plan_.queues[queue];
  if (plan_.floor.routes && step_closed(queue, step)) return false;
  if (!plan.special) return idle > 0;
  const RouteRule& rule = plan.rules[step];
  return idle > rule.reserve && (rule.min_queue <= 1 || waiting_for_all(queue) >= rule.min_queue) &&
         std::all_of(rule.when.begin(), rule.when.end(),
                     [&](const ConditionPlan& condition) { return holds(condition); });
}

template <class O, Parts kParts>
void Flow<O, kParts>::join_special_queue(std::uint32_t line) {
  Call& call = c_.calls[line];
  c_.files[line].held_for = kNobody;
  const SimDuration hold = plan_.queues[call.queue].last_agent_hold;
  if (hold > SimDuration{0} && plan_.types[call.type].keeps_story) {
    const std::uint32_t agent = c_.files[line].story.last_agent;
    if (agent != kNobody && hold_for_agent(line, agent, hold)) return;
  }
  enter(call, CallState::kWaiting);
  call.gives_up = kNotDrawn;
  enter_wait_list(call, line);
  open_steps(call);
  const Match match = next_match(line);
  if (match.agent == kNobody && plan_.queues[call.queue].callback && wants_callback(line)) {
    tell_offered(call);
    accept_callback(line);
    return;
  }
  if (match.agent == kNobody && !has(call, Mark::kTransferred) && is_full(call.queue, true)) {
    leave_wait_list(line);
    refuse(line);
    return;
  }
  tell_offered(call);
  if (match.agent != kNobody) connect(match);
  if (call.state == CallState::kWaiting) begin_waiting(line);
}

// Joins the queue for one agent, who gets `hold` to become free; then for all.
template <class O, Parts kParts>
void Flow<O, kParts>::ask_for_agent(std::uint32_t line, std::uint32_t queue, std::uint32_t agent,
                                    SimDuration hold) {
  Call& call = c_.calls[line];
  call.queue = static_cast<std::uint16_t>(queue);
  call.joined = c_.now;
  call.route_step = 0;
  if (!hold_for_agent(line, agent, hold)) join_special_queue(line);  // and its last agent
}

// False when the agent is not there, or leaves after the call in hand.
template <class O, Parts kParts>
bool Flow<O, kParts>::hold_for_agent(std::uint32_t line, std::uint32_t agent, SimDuration hold) {
  Call& call = c_.calls[line];
  const Agent& a = c_.agents[agent];
  if (a.state == AgentState::kOff || a.state == AgentState::kAux || a.duty != Duty::kWork)
    return false;
  if (a.state == AgentState::kAvailable) {
    tell_offered(call);
    c_.files[line].held_for = agent;
    c_.files[line].held_until = c_.now;
    unlink(c_.idle[group_of(agent)], c_.agents, agent);
    clear_timer(line);
    answer(line, agent);
    return true;
  }
  const bool full = !has(call, Mark::kTransferred) && is_full(call.queue, false);
  enter(call, CallState::kWaiting);
  if (full) {
    refuse(line);
    return true;
  }
  tell_offered(call);
  set(call, Mark::kHeld);
  c_.files[line].held_for = agent;
  c_.files[line].held_until = c_.now + hold;
  ++c_.held_calls[call.queue];
  push_back(c_.held[agent], c_.calls, line);
  begin_waiting(line);
  return true;
}

template <class O, Parts kParts>
void Flow<O, kParts>::leave_held_list(std::uint32_t line) {
  Call& call = c_.calls[line];
  unlink(c_.held[c_.files[line].held_for], c_.calls, line);
  --c_.held_calls[call.queue];
  clear(call, Mark::kHeld);
}

// The agent has not become free in time: among the others who wait, in the place of the joining
// time.
template <class O, Parts kParts>
void Flow<O, kParts>::release_held(std::uint32_t line) {
  Call& call = c_.calls[line];
  leave_held_list(line);
  c_.files[line].held_for = kNobody;
  FifoList& list = wait_list(call);
  std::uint32_t before = list.tail;
  while (before != kNobody && c_.calls[before].joined > call.joined)
    before = c_.calls[before].previous;
  insert_after(list, c_.calls, before, line);
  note_waiting(call);
  if (!offer_special(line)) wait_on(line);
}

template <class O, Parts kParts>
void Flow<O, kParts>::release_all_held(std::uint32_t agent) {
  while (c_.held[agent].head != kNobody) release_held(c_.held[agent].head);
}

// The queue is full: the caller hears the busy tone. In no list.
template <class O, Parts kParts>
void Flow<O, kParts>::refuse(std::uint32_t line) {
  Call& call = c_.calls[line];
  clear_timer(line);
  observer_.refused(call);
  const CallerTypePlan& p = plan_.types[call.type];
  if (p.keeps_story) {
    CallFile& file = c_.files[line];
    ++file.story.blocked;
    if (!file.carried_on) file.carried_on = comes_back(line, p.after_block, file.story.blocked);
  }
  hang_up(line);
}

// Steps of the route whose delay has passed.
template <class O, Parts kParts>
void Flow<O, kParts>::open_steps(Call& call) {
  const QueuePlan& queue = plan_.queues[call.queue];
  while (call.route_step < queue.route_after.size() &&
         queue.route_after[call.route_step] <= c_.now - call.joined)
    ++call.route_step;
}

// Who would take a call now that this one waits: the first step that may, and the call of the queue
// that comes first there.
template <class O, Parts kParts>
typename Flow<O, kParts>::Match Flow<O, kParts>::find_match(std::uint32_t line) const {
  const Call& call = c_.calls[line];
  const QueuePlan& queue = plan_.queues[call.queue];
  const auto steps = queue.late_rules ? static_cast<std::uint32_t>(queue.rules.size())
                                      : std::uint32_t{call.route_step};
  for (std::uint32_t first = 0, last = 0; first < steps; first = last) {
    // Not open to this call yet, nor to any other: nor are the steps after it.
    if (first >= call.route_step && queue.route_after[first] > oldest_wait(call.queue)) break;
    last = first + 1;
    while (last < steps && queue.rules[last].with_previous) ++last;
    if (queue.rules[first].once) {
      if (c_.now - call.joined != queue.route_after[first]) continue;
      const std::uint32_t free = pick_agent(call, first, last);
      if (free != kNobody) return {line, free};
      continue;
    }
    std::uint32_t agent = pick_agent(call, first, last);
    if (agent == kNobody && plan_.has_messages) agent = to_interrupt(call, first, last);
    if (agent == kNobody) continue;
    // Nobody else to be taken first, and the step is open to it.
    if (queue.route_after[last - 1] <= c_.now - call.joined && waiting_for_all(call.queue) == 1)
      return {line, agent};
    const std::uint32_t group = group_of(agent);
    const std::uint32_t taken = pick_call(group, std::max(c_.idle[group].size, 1u), call.queue);
    if (taken != kNobody) return {taken, agent};  // else nobody has waited long enough
  }
  return {};
}

// With nobody idle in those steps: who is longest at work that a call may interrupt. Such agents
// are no reserve.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::to_interrupt(const Call& call, std::uint32_t first,
                                            std::uint32_t last) const {
  for (std::uint32_t step = first; step < last; ++step) {
    const std::uint32_t group = plan_.queues[call.queue].route_group[step];
    if (c_.idle[group].size == 0 && c_.at_desk[group].head != kNobody &&
        may_take(call.queue, step, 1))
      return c_.at_desk[group].head;
  }
  return kNobody;
}

// The same; callbacks that come first and have no line step aside, this one perhaps.
template <class O, Parts kParts>
typename Flow<O, kParts>::Match Flow<O, kParts>::next_match(std::uint32_t line) {
  for (;;) {
    const Match match = find_match(line);
    if (match.agent == kNobody || !plan_.calls_back || !steps_aside(match.line)) return match;
    if (match.line == line) return {};
  }
}

template <class O, Parts kParts>
void Flow<O, kParts>::connect(const Match& match) {
  leave_wait_list(match.line);
  if (c_.agents[match.agent].state == AgentState::kDesk)
    interrupt_work(group_of(match.agent));
  else
    unlink(c_.idle[group_of(match.agent)], c_.agents, match.agent);
  answer(match.line, match.agent);
}

// True when the call itself waits no longer.
template <class O, Parts kParts>
bool Flow<O, kParts>::offer_special(std::uint32_t line) {
  if (plan_.queues[c_.calls[line].queue].chats) return offer_chat(line);
  Call& call = c_.calls[line];
  open_steps(call);
  const Match match = next_match(line);
  if (match.agent == kNobody) return call.state != CallState::kWaiting;
  connect(match);
  return call.state != CallState::kWaiting;
}

}  // namespace callmill
