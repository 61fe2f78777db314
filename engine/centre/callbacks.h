#pragma once
// Callbacks, offered to callers who find no agent (routing.h asks).
//
// A caller who accepts leaves queue and line; the callback is a contact of its own, of a type of
// its own (Blueprint::types), with the caller's key: it draws the talk time that the call would
// have drawn. It is planned, due in the queue's list, or in the caller's place in the queue; an
// agent dials it, and it is made when the caller answers, tried again, or failed. The talk is a
// contact as any other: the caller's story goes on with it.
//
// Where callbacks go out on lines, one that has no line waits for it in the list: an agent who is
// free when a line is takes it then, whichever of the two comes last.

#include <utility>

#include "engine/centre/flow.h"

namespace callmill {

// In a group that is open to new calls.
template <class O, Parts kParts>
bool Flow<O, kParts>::agent_is_idle(std::uint32_t queue) const {
  const QueuePlan& p = plan_.queues[queue];
  for (std::size_t i = 0; i < p.route_group.size() && p.route_after[i] == SimDuration{}; ++i)
    if (c_.idle[p.route_group[i]].size > 0) return true;
  return false;
}

// The call waits, and has found no agent. The queue before it counts, callbacks left out.
template <class O, Parts kParts>
bool Flow<O, kParts>::wants_callback(std::uint32_t line) {
  const Call& call = c_.calls[line];
  if (call.type >= plan_.caller_types) return false;  // whom the centre rings itself
  const CallbackPlan& p = *plan_.queues[call.queue].callback;
  const QueueState& state = c_.queues[call.queue];
  if (waiting_for_all(call.queue) - 1 - state.in_place < p.when_waiting) return false;
  if (state.open_callbacks >= p.capacity) return false;
  if (p.when_expected_wait > SimDuration{} &&
      expected_wait(call.queue, waiting_before(line)) < p.when_expected_wait)
    return false;
  observer_.callback_offered(call);
  return call.key.uniform(Purpose::kCallbackAccept) < p.accept;
}

// The call waits; it leaves.
template <class O, Parts kParts>
void Flow<O, kParts>::accept_callback(std::uint32_t line) {
  leave_wait_list(line);
  const std::uint32_t contact = take_contact();
  Call& call = c_.calls[line];
  const CallbackPlan& p = *plan_.queues[call.queue].callback;
  observer_.callback_accepted(call);
  Call& callback = c_.calls[contact];
  callback = call;
  callback.state = CallState::kFree;
  callback.type = p.type_of[call.type];
  callback.gives_up = SimTime::max();
  set(callback, Mark::kCallback);
  CallFile& file = c_.files[contact];
  file.story = c_.files[line].story;
  file.transfers = c_.files[line].transfers;
  file.caller_type = c_.files[line].caller_type;
  // Of a call that was passed on: whoever stayed with it is free as it ends, and talks along no
  // more.
  const bool stays = c_.files[line].first_agent != kNobody;
  file.opening = stays ? SimDuration{0} : c_.files[line].opening;
  file.first_agent = kNobody;
  file.accepted = c_.now;
  file.tries = 0;
  file.held_for = kNobody;
  file.carried_on = std::exchange(c_.files[line].carried_on, true);  // by the callback
  ++c_.queues[callback.queue].open_callbacks;
  hang_up(line);
  if (p.mode == Callback::Mode::kAppointment) {
    plan_callback(contact, p.appointment.draw(callback.key.uniform(Purpose::kCallbackTime)));
  } else {
    callback_due(contact);
  }
}

// Who would be rung when the centre is closed is rung at the next opening; after the last one the
// callback stays planned.
template <class O, Parts kParts>
void Flow<O, kParts>::plan_callback(std::uint32_t contact, SimDuration after) {
  enter(c_.calls[contact], CallState::kPlanned);
  const SimTime due = plan_.days.open_from(c_.now + after);
  due < SimTime::max() ? set_timer(contact, due) : clear_timer(contact);
}

// To the end of the list, or of the queue. An agent who idles takes it, from the list only if the
// reserve allows it.
template <class O, Parts kParts>
void Flow<O, kParts>::callback_due(std::uint32_t contact) {
  Call& callback = c_.calls[contact];
  const QueuePlan& queue = plan_.queues[callback.queue];
  const CallbackPlan& p = *queue.callback;
  callback.joined = c_.now;
  callback.route_step = 0;
  if (p.mode == Callback::Mode::kVirtualQueue) {
    enter(callback, CallState::kWaiting);
    enter_wait_list(callback, contact);
    ++c_.queues[callback.queue].in_place;
    if (!offer_special(contact)) wait_on(contact);
    return;
  }
  enter(callback, CallState::kListed);
  push_back(c_.queues[callback.queue].callbacks, c_.calls, contact);
  if (c_.files[contact].tries == 0 && p.mode == Callback::Mode::kList) return;  // all are busy
  idle_agent_calls_back(callback.queue);
}

// The first of the queue's list, by an idle agent beyond the reserve. False when there is no such
// agent, no callback or no line.
template <class O, Parts kParts>
bool Flow<O, kParts>::idle_agent_calls_back(std::uint32_t queue) {
  for (const std::uint32_t group : plan_.queues[queue].route_group) {
    const std::uint32_t agent = c_.idle[group].head;
    if (agent == kNobody || is_reserved(queue, c_.idle[group].size)) continue;
    const std::uint32_t first = take_due_callback(queue);
    if (first == kNobody) return false;
    unlink(c_.idle[group], c_.agents, agent);
    try_callback(first, agent);
    return true;
  }
  return false;
}

// Lines have become free: for the queues in the order of their names.
template <class O, Parts kParts>
void Flow<O, kParts>::lines_for_callbacks() {
  c_.line_freed = false;
  for (const std::uint32_t queue : plan_.callbacks_on_lines)
    while (idle_agent_calls_back(queue)) continue;
}

// Whether `idle` agents of a group are kept for calls; after closing time nobody is.
template <class O, Parts kParts>
bool Flow<O, kParts>::is_reserved(std::uint32_t queue, std::uint32_t idle) const {
  return idle <= plan_.queues[queue].callback->reserve && !closed();
}

// Before waiting calls, where so many callbacks are due, or where those that are due had kept a
// place in the queue.
template <class O, Parts kParts>
bool Flow<O, kParts>::due_callbacks_first(std::uint32_t agent) {
  for (const std::uint32_t queue : plan_.groups[plan_.group_of_agent[agent]].callback_queues) {
    const CallbackPlan& p = *plan_.queues[queue].callback;
    const std::uint32_t from = p.mode == Callback::Mode::kVirtualQueue ? 1 : p.priority_from;
    if (from == 0 || c_.queues[queue].callbacks.size < from) continue;
    const std::uint32_t contact = take_due_callback(queue);
    if (contact == kNobody) continue;
    try_callback(contact, agent);
    return true;
  }
  return false;
}

// Instead of becoming available.
template <class O, Parts kParts>
bool Flow<O, kParts>::callbacks_when_idle(std::uint32_t agent) {
  const std::uint32_t group = plan_.group_of_agent[agent];
  for (const std::uint32_t queue : plan_.groups[group].callback_queues) {
    if (is_reserved(queue, c_.idle[group].size + 1)) continue;
    const std::uint32_t contact = take_due_callback(queue);
    if (contact == kNobody) continue;
    try_callback(contact, agent);
    return true;
  }
  return false;
}

// Off the list; kNobody when it is empty, or when no line is free to call.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::take_due_callback(std::uint32_t queue) {
  const CallbackPlan& p = *plan_.queues[queue].callback;
  FifoList& due = c_.queues[queue].callbacks;
  if (due.head == kNobody || (p.has_lines && !line_is_free(p.trunks))) return kNobody;
  const std::uint32_t contact = due.head;
  unlink(due, c_.calls, contact);
  return contact;
}

// `agent` is in no idle list, the callback in no other list; a line is free, where it needs one.
template <class O, Parts kParts>
void Flow<O, kParts>::try_callback(std::uint32_t contact, std::uint32_t agent) {
  const CallbackPlan& p = *plan_.queues[c_.calls[contact].queue].callback;
  --c_.queues[c_.calls[contact].queue].open_callbacks;
  if (p.has_lines) contact = move_to_line(contact, p.trunks);
  Call& callback = c_.calls[contact];
  const std::uint32_t tries = c_.files[contact].tries++;
  observer_.callback_tried(callback);
  if (!p.rings) {
    observer_.callback_made(callback, c_.now - c_.files[contact].accepted);
    talk_outbound(contact, agent);
    return;
  }
  enter(callback, CallState::kDialled);
  enter(agent, AgentState::kDialling);
  c_.agents[agent].line = contact;
  const SimDuration ring = p.ring.draw(callback.key.uniform(Purpose::kCallbackRing, tries));
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + ring);
}

template <class O, Parts kParts>
void Flow<O, kParts>::callback_rung(std::uint32_t agent) {
  const std::uint32_t contact = std::exchange(c_.agents[agent].line, kNobody);
  const Call& callback = c_.calls[contact];
  const CallbackPlan& p = *plan_.queues[callback.queue].callback;
  const std::uint32_t tries = c_.files[contact].tries - 1u;
  if (callback.key.uniform(Purpose::kCallbackAnswered, tries) < p.answered) {
    observer_.callback_made(callback, c_.now - c_.files[contact].accepted);
    talk_outbound(contact, agent);
    return;
  }
  callback_missed(contact);
  free_agent(agent);
}

template <class O, Parts kParts>
void Flow<O, kParts>::callback_missed(std::uint32_t contact) {
  const CallbackPlan& p = *plan_.queues[c_.calls[contact].queue].callback;
  const std::uint32_t tries = c_.files[contact].tries;
  if (tries > p.retries) {
    observer_.callback_failed(c_.calls[contact]);
    hang_up(contact);
    return;
  }
  if (contact < c_.lines) contact = move_off_line(contact);
  const Call& callback = c_.calls[contact];
  ++c_.queues[callback.queue].open_callbacks;
  const double u = callback.key.uniform(Purpose::kCallbackRetry, tries - 1);
  plan_callback(contact, p.retry_delay.draw(u));
}

// A callback in the caller's place whose turn comes while no line is free: it waits for one in the
// list, before the calls that came behind it. False: the contact may be answered.
template <class O, Parts kParts>
bool Flow<O, kParts>::steps_aside(std::uint32_t contact) {
  Call& call = c_.calls[contact];
  if (!has(call, Mark::kCallback)) return false;
  const CallbackPlan& p = *plan_.queues[call.queue].callback;
  if (!p.has_lines || line_is_free(p.trunks)) return false;
  leave_wait_list(contact);
  --c_.queues[call.queue].in_place;
  enter(call, CallState::kListed);
  push_back(c_.queues[call.queue].callbacks, c_.calls, contact);
  return true;
}

// A contact that the centre rings has come to the head of the queue, or found an agent: a callback
// is dialled, a party talks. No phone rings first at the agent, who is at it already.
template <class O, Parts kParts>
void Flow<O, kParts>::outbound_turn(std::uint32_t line, std::uint32_t agent) {
  const Call& call = c_.calls[line];
  if (has(call, Mark::kCallback)) {
    --c_.queues[call.queue].in_place;
    try_callback(line, agent);
    return;
  }
  const std::uint32_t campaign = plan_.types[call.type].stands_for;
  --c_.campaigns[campaign].waiting;
  wake_dialler(campaign);
  party_connected(line);
  talk_outbound(line, agent);
}

// The same contact under the number of a line that it holds from now on.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::move_to_line(std::uint32_t contact, std::uint32_t trunks) {
  const std::uint32_t line = seize_line(trunks);
  c_.calls[line] = c_.calls[contact];
  c_.calls[line].trunks = static_cast<std::uint16_t>(trunks);
  const std::uint32_t timers = c_.files[line].timers;
  c_.files[line] = c_.files[contact];
  c_.files[line].timers = timers;
  c_.calls[contact].state = CallState::kFree;
  c_.calls[contact].next = c_.free_contact;
  c_.free_contact = contact;
  return line;
}

// And back: the line is free again.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::move_off_line(std::uint32_t line) {
  const std::uint32_t contact = take_contact();
  c_.calls[contact] = c_.calls[line];
  const std::uint32_t timers = c_.files[contact].timers;
  c_.files[contact] = c_.files[line];
  c_.files[contact].timers = timers;
  c_.files[line].carried_on = true;
  hang_up(line);
  return contact;
}

}  // namespace callmill
