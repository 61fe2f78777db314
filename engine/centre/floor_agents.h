#pragma once
// Agents who are not where the roster has them: lent to another group, called in, on overtime, back
// early from a break or late into one, or out with their site.
//
// Whoever is busy follows when the call in hand is done. Changes of duty that are to come carry the
// agent's serial; a newer decision makes the older ones void.

#include <algorithm>

#include "engine/centre/flow.h"

namespace callmill {

// ---- lent to another group

template <class O, Parts kParts>
void Flow<O, kParts>::move_agents(std::uint32_t rule, const ActionPlan& action) {
  std::uint32_t left = action.agents;
  while (left > 0 && c_.idle[action.group].head != kNobody) {
    lend(c_.idle[action.group].head, rule, action.to);
    --left;
  }
  for (std::uint32_t a = 0; left > 0 && a < c_.agents.size(); ++a) {
    const Agent& agent = c_.agents[a];
    const bool works = agent.duty == Duty::kWork && agent.state != AgentState::kOff &&
                       agent.state != AgentState::kAux;
    if (agent.group != action.group || !works || c_.floor.agents[a].lent_by != kNoRule) continue;
    lend(a, rule, action.to);
    --left;
  }
}

template <class O, Parts kParts>
void Flow<O, kParts>::lend(std::uint32_t agent, std::uint32_t rule, std::uint32_t group) {
  c_.floor.agents[agent].lent_by = static_cast<std::uint16_t>(rule);
  observer_.agent_lent(rule, c_.now);
  send_to(agent, group);
}

template <class O, Parts kParts>
void Flow<O, kParts>::send_to(std::uint32_t agent, std::uint32_t group) {
  c_.floor.agents[agent].wants = static_cast<std::uint16_t>(group);
  switch (c_.agents[agent].state) {
    case AgentState::kAvailable: {
      unlink(c_.idle[group_of(agent)], c_.agents, agent);
      regroup(agent);
      const std::uint32_t line = call_for(agent);
      if (line == kNobody) {
        wait_for_work(agent);
        return;
      }
      leave_wait_list(line);
      answer(line, agent);
      return;
    }
    case AgentState::kOff:
    case AgentState::kAux:
      regroup(agent);
      return;
    default:
      return;  // free_agent() asks
  }
}

// To the group that is wanted; in no idle list.
template <class O, Parts kParts>
void Flow<O, kParts>::regroup(std::uint32_t agent) {
  Agent& a = c_.agents[agent];
  const std::uint16_t to = c_.floor.agents[agent].wants;
  if (a.group == to) return;
  c_.moved_groups |= group_bit(a.group) | group_bit(to);
  observer_.regrouped(a.group, to, a.state, c_.now);
  if (plan_.gauges.kept) {
    c_.gauges.leaves(a.group, a.state, c_.now);
    c_.gauges.comes(to, a.state, c_.now);
  }
  a.group = to;
}

// ---- the end of a rule

template <class O, Parts kParts>
void Flow<O, kParts>::send_back(std::uint32_t rule) {
  for (std::uint32_t a = 0; a < c_.agents.size(); ++a) {
    OnFloor& agent = c_.floor.agents[a];
    if (agent.lent_by == rule) {
      agent.lent_by = kNoRule;
      send_to(a, plan_.group_of_agent[a]);
    }
    if (agent.called_by == rule &&
        plan_.floor.call_in[plan_.group_of_agent[a]].stays == SimDuration{0}) {
      ++agent.serial;  // who is on the way turns back
      agent.called_by = kNoRule;
      if (agent.paid_by != kNoRule) {
        pay_extra(a, false, rule);
        take_duty(a, Duty::kOff);
      }
    }
  }
}

// ---- changes of duty

// What the roster says; the floor may have it later.
template <class O, Parts kParts>
void Flow<O, kParts>::roster_says(std::uint32_t agent, Duty duty) {
  OnFloor& a = c_.floor.agents[agent];
  const std::uint32_t home = plan_.group_of_agent[agent];
  const Levers& levers = c_.floor.levers;
  if (a.paid_by != kNoRule) {  // the next shift begins during overtime
    ++a.serial;
    pay_extra(agent, false, a.paid_by);
  }
  if (duty == Duty::kBreak && levers.break_delay[home] > SimDuration{0}) {
    a.late = levers.break_delay[home];
    ++a.serial;
    plan_duty(agent, duty, a.late);
    return;
  }
  if (duty == Duty::kWork && a.late > SimDuration{0}) {
    plan_duty(agent, duty, std::exchange(a.late, SimDuration{0}));
    return;
  }
  ++a.serial;
  a.late = SimDuration{0};
  const std::uint16_t rule = levers.overtime_by[home];
  if (duty == Duty::kOff && rule != kNoRule && c_.floor.overtime_left[rule] > 0 && a.down == 0) {
    --c_.floor.overtime_left[rule];
    pay_extra(agent, true, rule);
    plan_duty(agent, duty, levers.overtime[home]);
    return;
  }
  take_duty(agent, duty);
}

template <class O, Parts kParts>
void Flow<O, kParts>::plan_duty(std::uint32_t agent, Duty duty, SimDuration after) {
  if (c_.now + after >= kStart + plan_.horizon) return;  // as the roster's own changes
  Later later;
  later.at = c_.now + after;
  later.what = Later::What::kLateDuty;
  later.who = agent;
  later.attempt = static_cast<std::uint16_t>(duty);
  later.serial = c_.floor.agents[agent].serial;
  plan_later(later);
}

template <class O, Parts kParts>
void Flow<O, kParts>::late_duty(std::uint32_t agent, Duty duty) {
  OnFloor& a = c_.floor.agents[agent];
  if (duty == Duty::kWork && a.called_by != kNoRule) {  // arrives
    pay_extra(agent, true, a.called_by);
    const SimDuration stays = plan_.floor.call_in[plan_.group_of_agent[agent]].stays;
    if (stays > SimDuration{0}) plan_duty(agent, Duty::kOff, stays);
  }
  if (duty == Duty::kOff && a.paid_by != kNoRule) {
    pay_extra(agent, false, a.paid_by);
    a.called_by = kNoRule;
  }
  take_duty(agent, duty);
}

template <class O, Parts kParts>
void Flow<O, kParts>::take_duty(std::uint32_t agent, Duty duty) {
  OnFloor& a = c_.floor.agents[agent];
  a.roster = duty;
  if (a.down == 0) change_duty(agent, duty);
}

// ---- breaks, call-in, overtime

template <class O, Parts kParts>
void Flow<O, kParts>::end_breaks(std::uint32_t rule, std::uint32_t group) {
  for (std::uint32_t a = 0; a < c_.agents.size(); ++a) {
    if (plan_.group_of_agent[a] != group || c_.agents[a].duty != Duty::kBreak) continue;
    observer_.break_ended(rule, c_.now);
    take_duty(a, Duty::kWork);
  }
}

template <class O, Parts kParts>
void Flow<O, kParts>::call_in(std::uint32_t rule, const ActionPlan& action) {
  const CallInPlan& p = plan_.floor.call_in[action.group];
  std::uint32_t left = action.agents;
  for (std::uint32_t a = p.first_agent; left > 0 && a < p.first_agent + p.agents; ++a) {
    OnFloor& person = c_.floor.agents[a];
    if (person.called_by != kNoRule) continue;
    person.called_by = static_cast<std::uint16_t>(rule);
    ++person.serial;
    observer_.called_in(rule, c_.now);
    plan_duty(a, Duty::kWork,
              p.delay.draw(agent_key(a).uniform(Purpose::kCallInDelay, person.calls_in++)));
    --left;
  }
}

// Extra time begins or ends, at the price of a person called in or of overtime.
template <class O, Parts kParts>
void Flow<O, kParts>::pay_extra(std::uint32_t agent, bool begins, std::uint32_t rule) {
  OnFloor& a = c_.floor.agents[agent];
  const std::uint32_t home = plan_.group_of_agent[agent];
  const CallInPlan& people = plan_.floor.call_in[home];
  double cost = 0;
  if (agent >= people.first_agent && agent < people.first_agent + people.agents) {
    cost = people.cost_per_hour;
  } else {
    for (const ActionPlan& action : plan_.floor.rules[rule].then)
      if (action.kind == Action::Kind::kOvertime && action.group == home)
        cost = action.cost_per_hour;
  }
  a.paid_by = begins ? static_cast<std::uint16_t>(rule) : kNoRule;
  observer_.extra_paid(rule, begins, home, cost, c_.now);
}

// ---- out with the site

template <class O, Parts kParts>
void Flow<O, kParts>::drop_out(std::uint32_t agent, bool cut) {
  if (c_.floor.agents[agent].down++ > 0) return;
  Agent& a = c_.agents[agent];
  c_.floor.agents[agent].roster = a.duty;
  const bool busy = a.state == AgentState::kTalk || a.state == AgentState::kWrap ||
                    a.state == AgentState::kDialling || a.state == AgentState::kDesk ||
                    a.state == AgentState::kChat;
  change_duty(agent, Duty::kOff);
  if (a.state == AgentState::kRinging) {
    stop_ringing(agent);
    return;
  }
  if (!cut || !busy) return;
  if (plan_.has_personal) leave_wrapping(agent);
  if (a.state == AgentState::kTalk) cut_talk(agent);
  if (a.state == AgentState::kChat) cut_chats(agent);
  if (a.state == AgentState::kDialling && a.line != kNobody) cut_dial(agent);
  if (a.state == AgentState::kDesk) put_aside(agent);
  free_agent(agent);
}

// Nobody has been reached. A number of a list is dealt with as when the network fails.
template <class O, Parts kParts>
void Flow<O, kParts>::cut_dial(std::uint32_t agent) {
  const std::uint32_t contact = std::exchange(c_.agents[agent].line, kNobody);
  const Call& dial = c_.calls[contact];
  if (!has(dial, Mark::kCampaign)) {
    callback_missed(contact);
    return;
  }
  observer_.campaign_outcome(plan_.types[dial.type].stands_for, dial, DialCause::kNetwork);
  try_again_or_end(contact, DialCause::kNetwork);
  hang_up(contact);
}

// The caller hears nothing any more, as when a line fails.
template <class O, Parts kParts>
void Flow<O, kParts>::cut_talk(std::uint32_t agent) {
  const std::uint32_t line = std::exchange(c_.agents[agent].line, kNobody);
  if (plan_.transfers && c_.files[line].first_agent == agent) {  // has passed the call on
    first_agent_leaves(line);
    return;
  }
  const Call& call = c_.calls[line];
  observer_.broken_off(call, c_.calendar.time_of(plan_.agent_slot(agent)) - c_.now);
  if (plan_.types[call.type].keeps_story) talk_cut_short(line);
  hang_up(line);
}

template <class O, Parts kParts>
void Flow<O, kParts>::come_back(std::uint32_t agent) {
  OnFloor& a = c_.floor.agents[agent];
  if (--a.down > 0) return;
  const std::uint32_t home = plan_.group_of_agent[agent];
  if (a.roster != Duty::kOff && plan_.groups[home].people.release != StaffRelease::kNamed) {
    // Staff may have fallen meanwhile, and nobody was there to leave.
    a.roster = agent < end_of_staff(home) && pays_debt(agent) ? Duty::kOff : Duty::kWork;
  }
  change_duty(agent, a.roster);
}

}  // namespace callmill
