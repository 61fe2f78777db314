#pragma once
// Phones that ring before they are answered: groups with PeoplePlan::rings.
//
//   waiting, or just arrived --> ringing --> talking
//                                   |---> waiting again, before all who joined later; the agent
//                                   |     is not available for a while (redirect on no answer)
//                                   +---> free: patience went on while it rang
//
// Whether and when a call is picked up is drawn from the call and how often it has rung, so it does
// not depend on what others do.

#include "engine/centre/flow.h"

namespace callmill {

template <class O, Parts kParts>
void Flow<O, kParts>::mark_again(std::uint32_t line) {
  Call& call = c_.calls[line];
  if (has(call, Mark::kAgain)) return;
  set(call, Mark::kAgain);
  c_.files[line].rings = c_.files[line].sent_back = 0;
  c_.files[line].left = 1;
}

// True when the phone rings now; false when the call is to be talked with at once.
template <class O, Parts kParts>
bool Flow<O, kParts>::rings_first(std::uint32_t line, std::uint32_t agent) {
  if (!plan_.groups[group_of(agent)].people.rings || c_.calls[line].state == CallState::kRinging)
    return false;
  ring(line, agent);
  return true;
}

template <class O, Parts kParts>
void Flow<O, kParts>::ring(std::uint32_t line, std::uint32_t agent) {
  Call& call = c_.calls[line];
  const PeoplePlan& p = plan_.groups[group_of(agent)].people;
  mark_again(line);
  CallFile& file = c_.files[line];
  if (call.state != CallState::kWaiting || call.gives_up == kNotDrawn) waits_no_longer(line);
  enter(call, CallState::kRinging);
  call.next = agent;
  if (call.gives_up < kStart + kLongestHorizon)
    set_timer(line, call.gives_up);
  else
    clear_timer(line);
  file.rang = c_.now;
  const std::uint32_t n = file.rings++;
  const double u = call.key.uniform(Purpose::kRingTime, n);
  const bool picked_up = call.key.uniform(Purpose::kNoAnswer, n) >= p.no_answer;
  enter(agent, AgentState::kRinging);
  c_.agents[agent].line = line;
  observer_.rang(call, group_of(agent), c_.now);
  c_.calendar.schedule(plan_.agent_slot(agent),
                       c_.now + (picked_up ? p.ring_time : p.gives_up).draw(u));
}

template <class O, Parts kParts>
void Flow<O, kParts>::ring_ends(std::uint32_t agent) {
  const std::uint32_t line = std::exchange(c_.agents[agent].line, kNobody);
  const Call& call = c_.calls[line];
  const std::uint32_t group = group_of(agent);
  const PeoplePlan& p = plan_.groups[group].people;
  const std::uint32_t n = c_.files[line].rings - 1u;
  if (call.key.uniform(Purpose::kNoAnswer, n) >= p.no_answer) {
    answer(line, agent);
    return;
  }
  observer_.not_picked_up(call, group, c_.now);
  c_.agents[agent].aux = p.rest_code;
  enter(agent, AgentState::kAux);
  c_.calendar.schedule(plan_.agent_slot(agent),
                       c_.now + p.rest.draw(call.key.uniform(Purpose::kRingRest, n)));
  // Who has to leave does so at once.
  if (c_.agents[agent].duty != Duty::kWork) may_go(agent);
  if (plan_.asks_agents) release_all_held(agent);
  back_to_queue(line);
}

// Before all who joined later. Agents who are idle by now are tried from the first group on.
template <class O, Parts kParts>
void Flow<O, kParts>::back_to_queue(std::uint32_t line) {
  Call& call = c_.calls[line];
  enter(call, CallState::kWaiting);
  insert_before(wait_list(call), c_.calls, line,
                [&](const Call& other) { return other.joined >= call.joined; });
  note_waiting(call);
  if (plan_.queues[call.queue].special) {
    if (!offer_special(line)) wait_on(line);
    return;
  }
  call.route_step = 0;
  if (!offer_open_groups(line)) wait_on(line);
}

// The agent cannot answer any more and has a duty that is not work.
template <class O, Parts kParts>
void Flow<O, kParts>::stop_ringing(std::uint32_t agent) {
  const std::uint32_t line = std::exchange(c_.agents[agent].line, kNobody);
  may_go(agent);
  back_to_queue(line);
}

template <class O, Parts kParts>
void Flow<O, kParts>::hangs_up_ringing(std::uint32_t line) {
  const std::uint32_t agent = c_.calls[line].next;
  clear_timer(line);
  has(c_.calls[line], Mark::kLeavesMessage) ? speak_to_machine(line) : gone(line);
  c_.agents[agent].line = kNobody;
  free_agent(agent);
}

// The rest after a phone that was not picked up is over.
template <class O, Parts kParts>
void Flow<O, kParts>::rested(std::uint32_t agent) {
  c_.calendar.cancel(plan_.agent_slot(agent));
  free_agent(agent);
}

}  // namespace callmill
