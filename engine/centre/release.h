#pragma once
// Who leaves when the roster says so, and who when only a number is wanted (StaffRelease).

#include "engine/centre/flow.h"

namespace callmill {

// `agent` has nothing in hand and is not simply at work. True when off the floor or on a break from
// now on.
template <class O, Parts kParts>
bool Flow<O, kParts>::may_go(std::uint32_t agent) {
  Agent& a = c_.agents[agent];
  if (a.duty == Duty::kSurplus) a.duty = pays_debt(agent) ? Duty::kOff : Duty::kWork;
  if (a.duty == Duty::kWork) return false;
  if (a.duty == Duty::kBreak) a.aux = a.wanted;
  enter(agent, a.duty == Duty::kBreak ? AgentState::kAux : AgentState::kOff);
  if (more(plan_.has_personal)) c_.agent_files[agent].since_break = SimDuration{0};
  c_.calendar.cancel(plan_.agent_slot(agent));
  if (more(plan_.asks_agents)) release_all_held(agent);
  return true;
}

// True when the agent's own group owes someone's leaving, which is then this agent's.
template <class O, Parts kParts>
bool Flow<O, kParts>::pays_debt(std::uint32_t agent) {
  std::uint32_t& owed = c_.owed[plan_.group_of_agent[agent]];
  if (owed == 0) return false;
  --owed;
  return true;
}

// Of the group's staff, wherever the floor has lent them; not people who were called in.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::end_of_staff(std::uint32_t group) const {
  const GroupPlan& g = plan_.groups[group];
  return g.first_agent + g.agents - g.spare - plan_.floor.call_in[group].agents;
}

// One agent of the group more, or one fewer, whoever it is.
template <class O, Parts kParts>
void Flow<O, kParts>::release_step(std::uint32_t group, Duty duty) {
  if (duty == Duty::kWork) {
    bring_in(group);
    return;
  }
  if (send_idle_home(group)) return;
  const StaffRelease release = plan_.groups[group].people.release;
  if (release == StaffRelease::kIdleThenBusy && send_busy_home_when_done(group)) return;
  if (release == StaffRelease::kPreempt && send_busy_home(group)) return;
  ++c_.owed[group];
  for (std::uint32_t a = plan_.groups[group].first_agent; a < end_of_staff(group); ++a)
    if (c_.agents[a].state != AgentState::kOff && !is_out(a)) c_.agents[a].duty = Duty::kSurplus;
}

// Someone who was about to leave stays, else someone comes; not to a site that is out.
template <class O, Parts kParts>
void Flow<O, kParts>::bring_in(std::uint32_t group) {
  if (c_.owed[group] > 0) {
    --c_.owed[group];
    return;
  }
  for (std::uint32_t a = plan_.groups[group].first_agent; a < end_of_staff(group); ++a) {
    if (c_.agents[a].state != AgentState::kOff || is_out(a)) continue;
    change_duty(a, Duty::kWork, AuxCode::kBreak);
    return;
  }
  // All are on the floor: one who is to leave when done stays.
  for (std::uint32_t a = plan_.groups[group].first_agent; a < end_of_staff(group); ++a) {
    if (c_.agents[a].duty != Duty::kOff || c_.agents[a].state == AgentState::kOff) continue;
    change_duty(a, Duty::kWork, AuxCode::kBreak);
    return;
  }
  for (std::uint32_t a = plan_.groups[group].first_agent; a < end_of_staff(group); ++a) {
    if (!is_out(a) || c_.floor.agents[a].roster != Duty::kOff) continue;
    c_.floor.agents[a].roster = Duty::kWork;  // comes when the site is back
    return;
  }
}

// The one idle longest, then who is lent and idle, or rests from a phone that was not picked up.
template <class O, Parts kParts>
bool Flow<O, kParts>::send_idle_home(std::uint32_t group) {
  const std::uint32_t first = plan_.groups[group].first_agent, end = end_of_staff(group);
  std::uint32_t agent = c_.idle[group].head;
  while (agent != kNobody && (agent < first || agent >= end)) agent = c_.agents[agent].next;
  for (std::uint32_t a = first; agent == kNobody && a < end; ++a)
    if (c_.agents[a].state == AgentState::kAvailable || c_.agents[a].state == AgentState::kAux)
      agent = a;
  if (agent == kNobody) return false;
  change_duty(agent, Duty::kOff, AuxCode::kBreak);
  return true;
}

// The last of the staff who is busy and not yet about to leave. False when there is none.
template <class O, Parts kParts>
bool Flow<O, kParts>::send_busy_home_when_done(std::uint32_t group) {
  for (std::uint32_t a = end_of_staff(group); a-- > plan_.groups[group].first_agent;) {
    if (c_.agents[a].state == AgentState::kOff || c_.agents[a].duty != Duty::kWork || is_out(a))
      continue;
    change_duty(a, Duty::kOff, AuxCode::kBreak);
    return true;
  }
  return false;
}

// The last of the staff who is in wrap-up, else the last who talks; the call goes back to the head
// of its queue. (Not the one with the most left to do: nobody knows how long a talk will last.)
// Nobody is taken from the phone who has passed the call on and stays for now, nor whom the
// centre has rung. False when nobody else works.
template <class O, Parts kParts>
bool Flow<O, kParts>::send_busy_home(std::uint32_t group) {
  const auto rank = [&](std::uint32_t a) {
    const AgentState s = c_.agents[a].state;
    if (s == AgentState::kWrap && !is_out(a)) return 2;
    if (s != AgentState::kTalk || is_out(a)) return 0;
    const std::uint32_t line = c_.agents[a].line;
    if (c_.calls[line].type >= plan_.caller_types) return 0;
    return more(plan_.transfers) && c_.files[line].first_agent == a ? 0 : 1;
  };
  std::uint32_t best = kNobody;
  for (std::uint32_t a = plan_.groups[group].first_agent; a < end_of_staff(group); ++a) {
    if (rank(a) == 0) continue;
    if (best == kNobody || rank(a) >= rank(best)) best = a;
  }
  if (best == kNobody) return false;
  Agent& agent = c_.agents[best];
  const SimDuration rest = c_.calendar.time_of(plan_.agent_slot(best)) - c_.now;
  agent.duty = Duty::kOff;
  if (agent.state == AgentState::kWrap) {
    const AgentFile& file = c_.agent_files[best];
    if (file.wraps) {
      give(best, -rest);
      observer_.wrap_cut(file.wrap_type, file.wrap_queue, file.wrap_interval, rest);
    }
    leave_wrapping(best);
    may_go(best);
    return true;
  }
  give(best, -rest);
  send_call_back(best, rest);
  return true;
}

// What is left of the talk is kept as a share: the next agent may be slower, or of a group that
// handles such calls by another law.
template <class O, Parts kParts>
void Flow<O, kParts>::send_call_back(std::uint32_t agent, SimDuration rest) {
  const std::uint32_t line = std::exchange(c_.agents[agent].line, kNobody);
  Call& call = c_.calls[line];
  CallFile& file = c_.files[line];
  mark_again(line);
  set(call, Mark::kSentBack);
  clear(call, Mark::kLeavesMessage);
  const SimDuration talked = c_.now - file.began;
  if (rest > SimDuration{0})
    file.left *= static_cast<double>(rest.count()) / static_cast<double>((rest + talked).count());
  observer_.sent_back(call, group_of(agent), rest);
  may_go(agent);
  ++file.sent_back;
  call.gives_up = end_of_patience(call, file.sent_back);
  back_to_queue(line);
}

}  // namespace callmill
