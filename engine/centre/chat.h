#pragma once
// Chats: contacts without a line that wait in a queue as calls do, until the first reply. An agent
// may hold several; each of k chats at an agent goes on at the rate 1 / s(k)
// (GroupPlan::slow_down).
//
//   comes --> waiting --> at an agent: talk --> after-work --> gone
//                 \--> gone (abandoned, refused, disconnected at closing)
//
// A chat goes to the first open group of the route with room: to the agent there who is idle
// longest, else, of those at chat, to the one with fewest chats, of these who has had so many for
// longest. An agent at chat with room takes the next chat that the group may take, in the order of
// its sources, and no call before the last chat is over; then calls and chats are looked at in the
// group's order. After-work is done in the place of its chat, slowed down as chats are. An agent
// who is to leave, or to work in another group, takes no further chats and finishes those in hand.
//
// The work left of every chat is kept up to ChatDesk::since, and brought up to now when the number
// of chats changes: O(chats of the agent). Exact to 1 µs of work at each change.

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/centre/flow.h"

namespace callmill {

// A contact that holds no line, in no queue yet.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::new_contact(std::uint16_t type, const Origin& origin) {
  const std::uint32_t contact = take_contact();
  Call& call = c_.calls[contact];
  call = Call{};
  call.key = origin.key;
  call.arrived = call.joined = c_.now;
  call.type = type;
  call.caller = origin.number;
  call.attempt = origin.attempt;
  call.interval = origin.interval;
  call.queue = static_cast<std::uint16_t>(plan_.types[type].enters.index);
  open_file(contact, origin.story);
  CallFile& file = c_.files[contact];
  file.carried_on = !origin.tells_story;
  file.first_agent = file.held_for = kNobody;
  return contact;
}

// A fresh contact of a type that makes no calls, or one that tries again.
template <class O, Parts kParts>
void Flow<O, kParts>::contact_comes(std::uint16_t type, std::uint32_t number, std::uint16_t attempt,
                                    std::uint32_t draws, const Story& story) {
  const Origin origin{c_.sources[type].family.owner(number, draws),
                      number,
                      attempt,
                      static_cast<std::uint16_t>(counting_interval()),
                      plan_.types[type].channel == Channel::kChat,
                      story};
  begin_contact(type, origin);
}

template <class O, Parts kParts>
void Flow<O, kParts>::begin_contact(std::uint16_t type, const Origin& origin) {
  if (plan_.types[type].channel == Channel::kMessage) {
    message_comes(type, origin);
    return;
  }
  observer_.chat_came(type, origin.interval, origin.attempt);
  join_chat_queue(new_contact(type, origin));
}

template <class O, Parts kParts>
void Flow<O, kParts>::join_chat_queue(std::uint32_t contact) {
  Call& call = c_.calls[contact];
  const bool full = is_full(call.queue, false);
  enter(call, CallState::kWaiting);
  enter_wait_list(call, contact);
  open_steps(call);
  const Match match = find_chat_match(contact);
  if (match.agent == kNobody && full) {
    leave_wait_list(contact);
    refuse(contact);
    return;
  }
  tell_offered(call);
  if (match.agent != kNobody) take_chat(match.line, match.agent);
  if (call.state == CallState::kWaiting) begin_waiting(contact);
}

// The first open step that may take a chat of the queue, and the chat that comes first there.
template <class O, Parts kParts>
typename Flow<O, kParts>::Match Flow<O, kParts>::find_chat_match(std::uint32_t contact) {
  const Call& call = c_.calls[contact];
  const QueuePlan& queue = plan_.queues[call.queue];
  for (std::uint32_t step = 0; step < call.route_step; ++step) {
    const std::uint32_t agent = agent_for_chat(call.queue, step);
    if (agent == kNobody) continue;
    for (std::uint32_t k = 0; k < plan_.priority_classes; ++k) {
      const std::uint32_t head = c_.waiting[call.queue * plan_.priority_classes + k].head;
      if (head != kNobody && c_.now - c_.calls[head].joined >= queue.route_after[step])
        return {head, agent};
    }
  }
  return {};
}

// Idle, or at chat with room, or at a message that may be interrupted, who counts as idle then; the
// message is put aside.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::agent_for_chat(std::uint32_t queue, std::uint32_t step) {
  const std::uint32_t group = plan_.queues[queue].route_group[step];
  if (may_take(queue, step, c_.idle[group].size)) return c_.idle[group].head;
  if (!may_take(queue, step, kNoLimit)) return kNobody;
  for (std::uint32_t k = 1; k < plan_.groups[group].chats_at_once; ++k)
    for (std::uint32_t a = chat_room(group, k).head; a != kNobody; a = c_.agents[a].next)
      if (takes_chats(a)) return a;
  const bool interrupts = plan_.groups[group].interruptible && c_.at_desk[group].size > 0;
  return interrupts && may_take(queue, step, c_.idle[group].size + 1) ? interrupt_work(group)
                                                                      : kNobody;
}

template <class O, Parts kParts>
bool Flow<O, kParts>::takes_chats(std::uint32_t agent) const {
  return c_.desks[agent].chats.size < plan_.groups[group_of(agent)].chats_at_once &&
         c_.agents[agent].duty == Duty::kWork &&
         (!plan_.floor.agents || c_.floor.agents[agent].wants == group_of(agent));
}

// True when this chat has found an agent.
template <class O, Parts kParts>
bool Flow<O, kParts>::offer_chat(std::uint32_t contact) {
  open_steps(c_.calls[contact]);
  const Match match = find_chat_match(contact);
  if (match.agent == kNobody) return false;
  take_chat(match.line, match.agent);
  return c_.calls[contact].state != CallState::kWaiting;
}

template <class O, Parts kParts>
void Flow<O, kParts>::take_chat(std::uint32_t contact, std::uint32_t agent) {
  leave_wait_list(contact);
  if (c_.agents[agent].state == AgentState::kAvailable)
    unlink(c_.idle[group_of(agent)], c_.agents, agent);
  begin_chat(contact, agent);
  fill_up(agent);
}

// The first reply. Neither is in a list, but for the agent among those with room.
template <class O, Parts kParts>
void Flow<O, kParts>::begin_chat(std::uint32_t contact, std::uint32_t agent) {
  ChatDesk& desk = c_.desks[agent];
  settle_chats(agent);
  Call& call = c_.calls[contact];
  CallFile& file = c_.files[contact];
  const std::uint32_t group = group_of(agent);
  enter(call, CallState::kTalking);
  if (desk.chats.size == 0) {
    enter(agent, AgentState::kChat);
    desk.began = c_.now;
  }
  push_back(desk.chats, c_.calls, contact);
  file.answered = c_.now;
  file.story.reached = std::min(file.story.reached, c_.now);
  SimDuration work = talk_time(agent, call);
  if (plan_.floor.active) work = slowed(work, c_.floor.levers.talk, call.type, group);
  if (plan_.groups[group].personal) work = scaled(work, traits_of(agent).talk * tiredness(agent));
  file.work_left = work;
  observer_.chat_began(group, c_.now);
  tell_answered(call, group, c_.now - call.joined, SimDuration{0});
  plan_chats(agent);
}

// Work done since ChatDesk::since, at the rate of so many chats.
template <class O, Parts kParts>
void Flow<O, kParts>::settle_chats(std::uint32_t agent) {
  ChatDesk& desk = c_.desks[agent];
  const SimDuration passed = c_.now - std::exchange(desk.since, c_.now);
  if (desk.chats.size == 0 || passed == SimDuration{0}) return;
  const double slow_down = plan_.groups[group_of(agent)].slow_down[desk.chats.size - 1];
  const SimDuration done{std::llround(static_cast<double>(passed.count()) / slow_down)};
  for (std::uint32_t i = desk.chats.head; i != kNobody; i = c_.calls[i].next) {
    SimDuration& left = c_.files[i].work_left;
    left = std::max(SimDuration{0}, left - done);
  }
}

// The agent's place among those with room, and the timer. All work left is up to date.
template <class O, Parts kParts>
void Flow<O, kParts>::plan_chats(std::uint32_t agent) {
  ChatDesk& desk = c_.desks[agent];
  const std::uint32_t group = group_of(agent), chats = desk.chats.size;
  const std::uint32_t place = chats < plan_.groups[group].chats_at_once ? chats : 0;
  if (place != desk.listed) {
    if (desk.listed > 0) unlink(chat_room(group, desk.listed), c_.agents, agent);
    if (place > 0) push_back(chat_room(group, place), c_.agents, agent);
    desk.listed = place;
  }
  if (chats == 0) return;
  SimDuration least = SimDuration::max();
  for (std::uint32_t i = desk.chats.head; i != kNobody; i = c_.calls[i].next)
    least = std::min(least, c_.files[i].work_left);
  c_.calendar.schedule(plan_.agent_slot(agent),
                       c_.now + scaled(least, plan_.groups[group].slow_down[chats - 1]));
}

// The chat with the least work left comes to the end of its talk or of its after-work; of several
// the one that has been at the agent longest.
template <class O, Parts kParts>
void Flow<O, kParts>::chat_due(std::uint32_t agent) {
  settle_chats(agent);
  std::uint32_t contact = c_.desks[agent].chats.head;
  for (std::uint32_t i = contact; i != kNobody; i = c_.calls[i].next)
    if (c_.files[i].work_left < c_.files[contact].work_left) contact = i;
  Call& call = c_.calls[contact];
  CallFile& file = c_.files[contact];
  const std::uint32_t group = group_of(agent);
  if (call.state == CallState::kTalking) {
    observer_.chat_over(call, c_.now - file.answered);
    if (plan_.types[call.type].keeps_story) contact_over(contact, agent);
    SimDuration wrap{};
    if (plan_.types[call.type].has_wrap) wrap = wrap_time(agent, call);
    if (plan_.floor.active) wrap = slowed(wrap, c_.floor.levers.wrap, call.type, group);
    if (plan_.groups[group].personal) wrap = person_wrap(call, agent, wrap);
    if (wrap > SimDuration{0}) {
      enter(call, CallState::kAfterChat);
      file.answered = c_.now;
      file.work_left = wrap;
      plan_chats(agent);
      return;
    }
  } else {
    observer_.wrap_began(call, group, c_.now - file.answered);
  }
  end_chat(contact, agent);
  chats_went(agent);
}

// The place of the chat is free.
template <class O, Parts kParts>
void Flow<O, kParts>::end_chat(std::uint32_t contact, std::uint32_t agent) {
  unlink(c_.desks[agent].chats, c_.calls, contact);
  observer_.chat_ended(group_of(agent), c_.now);
  hang_up(contact);
}

template <class O, Parts kParts>
void Flow<O, kParts>::chats_went(std::uint32_t agent) {
  const ChatDesk& desk = c_.desks[agent];
  plan_chats(agent);
  if (desk.chats.size > 0) {
    fill_up(agent);
    return;
  }
  if (plan_.groups[group_of(agent)].personal) give(agent, c_.now - desk.began);
  free_agent(agent);
}

// An agent at chat takes what chats wait, as far as there is room.
template <class O, Parts kParts>
void Flow<O, kParts>::fill_up(std::uint32_t agent) {
  while (takes_chats(agent)) {
    const std::uint32_t contact = next_chat(group_of(agent));
    if (contact == kNobody) return;
    leave_wait_list(contact);
    begin_chat(contact, agent);
  }
}

// Of those that agents at chat may take: first rank of the group's sources, longest waiting.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::next_chat(std::uint32_t group) const {
  std::uint32_t best = kNobody;
  for (const Source& source : plan_.groups[group].sources) {
    const std::uint32_t queue = source.wait_list / plan_.priority_classes;
    const std::uint32_t head = c_.waiting[source.wait_list].head;
    if (head != kNobody && plan_.queues[queue].chats &&
        c_.now - c_.calls[head].joined >= source.after &&
        (best == kNobody || c_.calls[head].joined < c_.calls[best].joined) &&
        may_take(queue, source.step, kNoLimit))
      best = head;
    if (best != kNobody && source.last_of_rank) break;
  }
  return best;
}

// The agent is gone at once; those who chatted have been cut short.
template <class O, Parts kParts>
void Flow<O, kParts>::cut_chats(std::uint32_t agent) {
  while (c_.desks[agent].chats.head != kNobody) {
    const std::uint32_t contact = c_.desks[agent].chats.head;
    const Call& call = c_.calls[contact];
    CallFile& file = c_.files[contact];
    if (call.state == CallState::kTalking) {
      observer_.chat_over(call, c_.now - file.answered);
      observer_.broken_off(call, SimDuration{0});
      if (plan_.types[call.type].keeps_story) talk_cut_short(contact);
    } else {
      observer_.wrap_began(call, group_of(agent), c_.now - file.answered);
    }
    end_chat(contact, agent);
  }
  plan_chats(agent);
}

// ---- calls that go on by another channel

// A contact of its own for the caller on the line, who has a story to tell there if the call had.
// It is the attempt at hand that goes on. Its draws are the caller's, apart from those of the call;
// the number is for further attempts.
template <class O, Parts kParts>
void Flow<O, kParts>::go_on_elsewhere(std::uint32_t line, std::uint32_t type) {
  const Call& call = c_.calls[line];
  CallFile& file = c_.files[line];
  const OwnerKey key{mix64(call.key.bits() + kGolden)};
  const auto number = kFirstDeflected + static_cast<std::uint32_t>(key.bits() % kFirstDeflected);
  const bool tells = plan_.tracks_callers && !file.carried_on;
  const Story story = plan_.tracks_callers ? file.story : Story{c_.now};
  file.carried_on = true;
  begin_contact(static_cast<std::uint16_t>(type),
                {key, number, call.attempt, call.interval, tells, story});
}

// Offered to a caller who must wait; true when the call has ended.
template <class O, Parts kParts>
bool Flow<O, kParts>::accepts_other_channel(std::uint32_t line, SimDuration expected) {
  const Call& call = c_.calls[line];
  const DeflectionPlan& p = *plan_.queues[call.queue].deflection;
  if (call.type >= plan_.caller_types || expected < p.when_expected_wait ||
      call.key.uniform(Purpose::kDeflectAccept) >= p.accept)
    return false;
  leave_wait_list(line);
  observer_.deflected(call, c_.now - call.joined);
  go_on_elsewhere(line, p.to);
  hang_up(line);
  return true;
}

}  // namespace callmill
