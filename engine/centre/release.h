#pragma once
// Who leaves when the roster says so, and who when only a number is wanted (StaffRelease).

#include "engine/centre/flow.h"

namespace callmill {

// `agent` has nothing in hand and is not simply at work. True when off the floor or on a break from
// now on.
template <class O>
bool Flow<O>::may_go(std::uint32_t agent) {
  Agent& a = c_.agents[agent];
  if (a.duty == Duty::kSurplus) {
    std::uint32_t& owed = c_.owed[group_of(agent)];
    a.duty = owed > 0 ? Duty::kOff : Duty::kWork;
    if (owed == 0) return false;
    --owed;
  }
  if (a.duty == Duty::kBreak) a.aux = a.wanted;
  enter(agent, a.duty == Duty::kBreak ? AgentState::kAux : AgentState::kOff);
  if (!c_.person_files.empty()) c_.person_files[agent].since_break = SimDuration{0};
  c_.calendar.cancel(plan_.agent_slot(agent));
  if (plan_.asks_agents) release_all_held(agent);
  return true;
}

// One agent of the group more, or one fewer, whoever it is.
template <class O>
void Flow<O>::release_step(std::uint32_t group, Duty duty) {
  if (duty == Duty::kWork) {
    bring_in(group);
    return;
  }
  if (send_idle_home(group)) return;
  const StaffRelease release = plan_.groups[group].people.release;
  if (release == StaffRelease::kIdleThenBusy && send_busy_home_when_done(group)) return;
  if (release == StaffRelease::kPreempt && send_busy_home(group)) return;
  ++c_.owed[group];
  for (Agent& agent : c_.agents)
    if (agent.group == group && agent.state != AgentState::kOff) agent.duty = Duty::kSurplus;
}

// Someone who was about to leave stays, else someone comes.
template <class O>
void Flow<O>::bring_in(std::uint32_t group) {
  if (c_.owed[group] > 0) {
    --c_.owed[group];
    return;
  }
  const GroupPlan& g = plan_.groups[group];
  for (std::uint32_t agent = g.first_agent; agent < g.first_agent + g.agents; ++agent) {
    if (c_.agents[agent].state != AgentState::kOff) continue;
    change_duty(agent, Duty::kWork, AuxCode::kBreak);
    return;
  }
  // All are on the floor: one who is to leave when done stays.
  for (std::uint32_t agent = g.first_agent; agent < g.first_agent + g.agents; ++agent) {
    if (c_.agents[agent].duty != Duty::kOff) continue;
    change_duty(agent, Duty::kWork, AuxCode::kBreak);
    return;
  }
}

template <class O>
bool Flow<O>::send_idle_home(std::uint32_t group) {
  std::uint32_t agent = c_.idle[group].head;
  if (agent == kNobody) {  // or one who rests from a phone that was not picked up
    agent = 0;
    while (agent < c_.agents.size() &&
           (c_.agents[agent].group != group || c_.agents[agent].state != AgentState::kAux))
      ++agent;
    if (agent == c_.agents.size()) return false;
  }
  change_duty(agent, Duty::kOff, AuxCode::kBreak);
  return true;
}

// The last of the group who is busy and not yet about to leave. False when there is none.
template <class O>
bool Flow<O>::send_busy_home_when_done(std::uint32_t group) {
  const GroupPlan& g = plan_.groups[group];
  for (std::uint32_t agent = g.first_agent + g.agents; agent-- > g.first_agent;) {
    if (c_.agents[agent].state == AgentState::kOff || c_.agents[agent].duty != Duty::kWork)
      continue;
    change_duty(agent, Duty::kOff, AuxCode::kBreak);
    return true;
  }
  return false;
}

// The last of the group who is in wrap-up, else the last who talks; the call goes back to the head
// of its queue. (Not the one with the most left to do: nobody knows how long a talk will last.)
// False when all are dialling or have a phone that rings.
template <class O>
bool Flow<O>::send_busy_home(std::uint32_t group) {
  const auto rank = [&](std::uint32_t agent) {
    if (group_of(agent) != group) return 0;
    const AgentState s = c_.agents[agent].state;
    if (s == AgentState::kTalk && c_.calls[c_.agents[agent].line].type >= plan_.caller_types)
      return 0;  // whom the centre has rung, it does not send back to wait
    return s == AgentState::kWrap ? 2 : s == AgentState::kTalk ? 1 : 0;
  };
  std::uint32_t best = kNobody;
  for (std::uint32_t a = 0; a < c_.agents.size(); ++a) {
    if (rank(a) == 0) continue;
    if (best == kNobody || rank(a) >= rank(best)) best = a;
  }
  if (best == kNobody) return false;
  Agent& agent = c_.agents[best];
  const SimDuration rest = c_.calendar.time_of(plan_.agent_slot(best)) - c_.now;
  give(best, -rest);
  agent.duty = Duty::kOff;
  const std::uint32_t line = std::exchange(agent.line, kNobody);
  if (agent.state == AgentState::kWrap) {
    const PersonFile& file = c_.person_files[best];
    if (file.wraps) observer_.wrap_cut(file.wrap_type, file.wrap_queue, file.wrap_interval, rest);
    leave_wrapping(best);
    may_go(best);
    return true;
  }
  Call& call = c_.calls[line];
  mark_again(line);
  observer_.sent_back(call, group, rest);
  may_go(best);
  ++c_.files[line].sent_back;
  call.gives_up = end_of_patience(call, c_.files[line].sent_back);
  back_to_queue(line);
  return true;
}

}  // namespace callmill
