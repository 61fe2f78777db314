#pragma once
// Stage 4: agents. Talk, wrap-up, the next caller; dialling out when idle; coming, breaks and
// going.

#include "engine/centre/flow.h"

namespace callmill {

// `agent` is in no idle list.
template <class O, Parts kParts>
void Flow<O, kParts>::answer(std::uint32_t line, std::uint32_t agent) {
  const Call& call = c_.calls[line];
  if (more(call.type >= plan_.plain_types)) [[unlikely]] {
    if (answered_otherwise(line, agent)) return;
  }
  const bool personal = more(plan_.groups[group_of(agent)].personal) || has(call, Mark::kAgain);
  if (personal && rings_first(line, agent)) [[unlikely]]
    return;
  talk(line, agent, personal);
}

// Chats, and whom the centre rings.
template <class O, Parts kParts>
bool Flow<O, kParts>::answered_otherwise(std::uint32_t line, std::uint32_t agent) {
  const Call& call = c_.calls[line];
  if (call.type >= plan_.caller_types) {
    outbound_turn(line, agent);
    return true;
  }
  if (plan_.types[call.type].channel != Channel::kChat) return false;
  begin_chat(line, agent);
  fill_up(agent);
  return true;
}

// Agent and contact talk.
template <class O, Parts kParts>
void Flow<O, kParts>::talk(std::uint32_t line, std::uint32_t agent, bool personal) {
  const Call& call = c_.calls[line];
  const CallerTypePlan& p = plan_.types[call.type];
  SimDuration length{};
  if (!p.plain_talk)
    length = special_talk(line, agent);
  else
    length = kParts == Parts::kCore ? c_.talks[line] : plain_talk(call.type, call.key);
  length = todays_talk(c_, length, call.queue);
  if (more(plan_.floor.active)) [[unlikely]]
    length = slowed(length, c_.floor.levers.talk, call.type, group_of(agent));
  if (more(plan_.transfers)) [[unlikely]]
    length = talk_with_transfers(line, agent, length);
  if (personal) [[unlikely]]
    begin_talk(line, agent, length);
  else
    begin_plain_talk(line, agent, length);
  if (more(plan_.measures_handling)) [[unlikely]]
    begin_handling(call, agent);
  if (more(plan_.transfers) && c_.files[line].opening == SimDuration{0}) [[unlikely]]
    release_first(line);
  if (more(plan_.asks_agents)) [[unlikely]]
    c_.files[line].story.last_agent = agent;
}

template <class O, Parts kParts>
void Flow<O, kParts>::begin_plain_talk(std::uint32_t line, std::uint32_t agent, SimDuration talk) {
  Call& call = c_.calls[line];
  enter(call, CallState::kTalking);
  enter(agent, AgentState::kTalk);
  c_.agents[agent].line = line;
  tell_answered(call, group_of(agent), c_.now - call.joined, talk);
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + talk);
}

template <class O, Parts kParts>
void Flow<O, kParts>::tell_answered(const Call& call, std::uint32_t group, SimDuration wait,
                                    SimDuration talk) {
  observer_.answered(call, group, wait, talk);
  if (more(plan_.remembers_waits)) [[unlikely]]
    remember_wait(call, wait);
  if (more(plan_.gauges.kept) && call.type < plan_.caller_types) [[unlikely]] {
    gauge(GaugeCounts::OfQueue::kAnswered, call.queue);
    if (wait <= plan_.queues[call.queue].answer_within)
      gauge(GaugeCounts::OfQueue::kAnsweredWithin, call.queue);
  }
}

// What changes the talk of a type that has no plain one; and when a caller with a story was
// reached.
template <class O, Parts kParts>
SimDuration Flow<O, kParts>::special_talk(std::uint32_t line, std::uint32_t agent) {
  const Call& call = c_.calls[line];
  if (plan_.types[call.type].keeps_story) {
    CallFile& file = c_.files[line];
    if (!has(call, Mark::kSentBack)) file.answered = c_.now;
    file.story.reached = std::min(file.story.reached, c_.now);
  }
  return talk_time(agent, call);
}

template <class O, Parts kParts>
void Flow<O, kParts>::agent_timer(std::uint32_t agent) {
  switch (c_.agents[agent].state) {
    case AgentState::kTalk:
      talk_ends(agent);
      return;
    case AgentState::kWrap:
      wrap_ends(agent);
      return;
    case AgentState::kDialling:
      dial_ends(agent);
      return;
    case AgentState::kAvailable:
      dial(agent);
      return;
    case AgentState::kRinging:
      ring_ends(agent);
      return;
    case AgentState::kDesk:
      work_ends(agent);
      return;
    case AgentState::kChat:
      chat_due(agent);
      return;
    case AgentState::kAux:
      rested(agent);
      return;
    case AgentState::kOff:
      break;
  }
  CALLMILL_CHECK(false, "an agent off the floor has a timer");
}

template <class O, Parts kParts>
void Flow<O, kParts>::talk_ends(std::uint32_t agent) {
  if (more(plan_.transfers)) [[unlikely]] {
    if (passed_on(agent)) return;
  }
  const std::uint32_t line = std::exchange(c_.agents[agent].line, kNobody);
  const Call& call = c_.calls[line];
  const CallerTypePlan& p = plan_.types[call.type];
  const bool stays = p.keeps_story && contact_over(line, agent);
  if (!p.has_wrap) {
    if (!stays) hang_up(line);
    free_agent(agent);
    return;
  }
  SimDuration wrap = wrap_time(agent, call);
  if (more(plan_.floor.active)) [[unlikely]]
    wrap = slowed(wrap, c_.floor.levers.wrap, call.type, group_of(agent));
  if (more(plan_.groups[group_of(agent)].personal)) [[unlikely]] {
    wrap = person_wrap(call, agent, wrap);
    observer_.wrap_began(call, group_of(agent), wrap);
    if (!stays) hang_up(line);
    begin_wrap(agent, wrap);
    return;
  }
  observer_.wrap_began(call, group_of(agent), wrap);
  if (!stays) hang_up(line);
  enter(agent, AgentState::kWrap);
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + wrap);
}

// The agent has nothing in hand: leaves if the roster says so, takes the longest waiting call, or
// becomes available.
template <class O, Parts kParts>
void Flow<O, kParts>::free_agent(std::uint32_t agent) {
  if (more(plan_.floor.agents) && c_.floor.agents[agent].wants != group_of(agent)) [[unlikely]]
    regroup(agent);
  if (c_.agents[agent].duty != Duty::kWork) [[unlikely]] {
    if (may_go(agent)) return;
  }
  const bool calls_back = more(plan_.groups[group_of(agent)].calls_back);
  if (calls_back && due_callbacks_first(agent)) [[unlikely]]
    return;
  const std::uint32_t line = call_for(agent);
  if (line == kNobody) {
    if (calls_back && callbacks_when_idle(agent)) [[unlikely]]
      return;
    become_available(agent);
    return;
  }
  leave_wait_list(line);
  answer(line, agent);
}

template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::next_call(std::uint32_t agent) const {
  const std::uint32_t group = group_of(agent);
  if (more(plan_.groups[group].special)) [[unlikely]] {
    if (more(plan_.asks_agents) && c_.held[agent].head != kNobody) return c_.held[agent].head;
    return pick_call(group, c_.idle[group].size + 1, kNobody);
  }
  return longest_waiting(group);
}

// The same; callbacks that come first and have no line step aside.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::call_for(std::uint32_t agent) {
  std::uint32_t line = next_call(agent);
  while (more(plan_.calls_back) && line != kNobody && steps_aside(line)) line = next_call(agent);
  return line;
}

template <class O, Parts kParts>
void Flow<O, kParts>::become_available(std::uint32_t agent) {
  enter(agent, AgentState::kAvailable);
  wait_for_work(agent);
}

template <class O, Parts kParts>
void Flow<O, kParts>::wait_for_work(std::uint32_t agent) {
  const std::uint32_t group = group_of(agent);
  push_back(c_.idle[group], c_.agents, agent);
  if (more(!plan_.groups[group].message_queues.empty())) [[unlikely]] {
    c_.calendar.cancel(plan_.agent_slot(agent));
    take_messages(group);
    if (c_.agents[agent].state != AgentState::kAvailable) return;
  }
  const GroupPlan& p = plan_.groups[group];
  if (!p.dials || closed() || (more(plan_.floor.dialling) && c_.floor.levers.silent[group] != 0)) {
    c_.calendar.cancel(plan_.agent_slot(agent));
    return;
  }
  if (p.dials_at_once) [[unlikely]] {
    c_.calendar.cancel(plan_.agent_slot(agent));
    if (c_.idle[group].size > p.dial_reserve) dial(c_.idle[group].head);
    return;
  }
  begin_dial_pause(agent);
}

// A draw for each pause, not for each dial: a long pause that a call has cut short must not come
// again.
template <class O, Parts kParts>
void Flow<O, kParts>::begin_dial_pause(std::uint32_t agent) {
  const double u = agent_key(agent).uniform(Purpose::kDialPause, c_.agents[agent].pauses++);
  c_.calendar.schedule(plan_.agent_slot(agent),
                       c_.now + plan_.groups[group_of(agent)].pause.draw(u));
}

// Agents draw by (agent, dial), callers by (caller, attempt): outbound work never shifts a caller's
// luck.
template <class O, Parts kParts>
OwnerKey Flow<O, kParts>::agent_key(std::uint32_t agent) const {
  const GroupPlan& group = plan_.groups[plan_.group_of_agent[agent]];
  return c_.key.owner(Owner::kAgent, group.key, agent - group.first_agent);
}

template <class O, Parts kParts>
void Flow<O, kParts>::dial(std::uint32_t agent) {
  if (closed()) {  // the pause began before closing time
    c_.calendar.cancel(plan_.agent_slot(agent));
    return;
  }
  const std::uint32_t group = group_of(agent);
  const GroupPlan& p = plan_.groups[group];
  if (c_.idle[group].size <= p.dial_reserve) [[unlikely]] {  // kept for callers
    if (p.dials_at_once)
      c_.calendar.cancel(plan_.agent_slot(agent));
    else
      begin_dial_pause(agent);
    return;
  }
  const OwnerKey key = agent_key(agent);
  const std::uint32_t draw = c_.agents[agent].dials++;
  const bool reached = key.uniform(Purpose::kDialReach, draw) < p.reached;
  observer_.dialled(group, reached, c_.now);
  unlink(c_.idle[group], c_.agents, agent);
  enter(agent, AgentState::kDialling);
  // A party who is not reached costs the ringing, which `pause` stands for: the agent is free at
  // once.
  const SimDuration talk =
      reached ? p.dial_talk.draw(key.uniform(Purpose::kDialTalk, draw)) : SimDuration{0};
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + talk);
}

template <class O, Parts kParts>
void Flow<O, kParts>::dial_ends(std::uint32_t agent) {
  if (c_.agents[agent].line != kNobody) {
    const bool campaign = has(c_.calls[c_.agents[agent].line], Mark::kCampaign);
    campaign ? preview_over(agent) : callback_rung(agent);
    return;
  }
  const GroupPlan& p = plan_.groups[group_of(agent)];
  const std::uint32_t draw = c_.agents[agent].dials - 1;
  const OwnerKey key = agent_key(agent);
  const bool reached = key.uniform(Purpose::kDialReach, draw) < p.reached;
  const SimDuration wrap =
      reached ? p.dial_wrap.draw(key.uniform(Purpose::kDialWrap, draw)) : SimDuration{0};
  if (wrap == SimDuration{0}) {
    free_agent(agent);
    return;
  }
  enter(agent, AgentState::kWrap);
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + wrap);
}

// All changes of this instant, in the roster's order.
template <class O, Parts kParts>
void Flow<O, kParts>::duty_changes() {
  const std::vector<DutyChange>& changes = c_.own_changes ? c_.changes : plan_.changes;
  while (c_.next_change < changes.size() && changes[c_.next_change].at == c_.now) {
    const DutyChange& change = changes[c_.next_change++];
    const std::uint32_t group = plan_.group_of_agent[change.agent];
    if (more(plan_.learns) && change.comes) [[unlikely]]
      comes_to_work(change.agent);
    c_.agents[change.agent].wanted = change.code;
    if (plan_.groups[group].people.release != StaffRelease::kNamed)
      release_step(group, change.duty);
    else if (more(plan_.floor.agents)) [[unlikely]]
      roster_says(change.agent, change.duty);
    else
      change_duty(change.agent, change.duty);
  }
  if (c_.next_change < changes.size())
    c_.calendar.schedule(plan_.duty_slot(), changes[c_.next_change].at);
  else
    c_.calendar.cancel(plan_.duty_slot());
}

// A busy agent follows when the call in hand and its wrap-up are done.
template <class O, Parts kParts>
void Flow<O, kParts>::change_duty(std::uint32_t agent, Duty duty) {
  Agent& a = c_.agents[agent];
  a.duty = duty;
  switch (a.state) {
    case AgentState::kTalk:
    case AgentState::kDialling:
    case AgentState::kWrap:
    case AgentState::kRinging:
    case AgentState::kDesk:
      return;
    case AgentState::kChat:
      fill_up(agent);
      return;
    case AgentState::kAvailable:
      if (duty == Duty::kWork) return;
      unlink(c_.idle[group_of(agent)], c_.agents, agent);
      free_agent(agent);
      return;
    case AgentState::kOff:
    case AgentState::kAux:
      // Back at work, but still at rest from a phone that was not picked up.
      if (duty == Duty::kWork && c_.calendar.pending(plan_.agent_slot(agent))) return;
      if (duty == Duty::kOff && a.state == AgentState::kOff) return;
      if (duty == Duty::kBreak && a.state == AgentState::kAux && a.aux == a.wanted &&
          !c_.calendar.pending(plan_.agent_slot(agent)))
        return;
      free_agent(agent);
      return;
  }
}

}  // namespace callmill
