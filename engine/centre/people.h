#pragma once
// What personal groups add to stage 4 (GroupPlan::personal): factors of the agent on talk and wrap,
// wrap-up that is capped or cut short. Also the calls that are there before the day opens.
//
// Work is added to AgentFile::busy when it begins, to its planned end, and taken back when it is
// cut short.

#include <algorithm>

#include "engine/centre/flow.h"

namespace callmill {

// Experience of a day is that of its morning: the days worked before it. Shifts over midnight are
// of the day on which they begin; who is absent learns nothing.
template <class O, Parts kParts>
void Flow<O, kParts>::comes_to_work(std::uint32_t agent) {
  const std::vector<SimTime>& opens = plan_.days.day_opens;
  const auto next = std::upper_bound(opens.begin(), opens.end(), c_.now);
  const auto day = static_cast<std::uint32_t>(next - opens.begin() - 1);
  Tenure& tenure = c_.tenure[agent];
  if (tenure.day == day) return;
  if (tenure.day != Tenure::kNever) ++tenure.worked;
  tenure.day = day;
}

// 1, plus what the work since the last break adds.
template <class O, Parts kParts>
double Flow<O, kParts>::tiredness(std::uint32_t agent) const {
  const PeoplePlan& p = plan_.groups[group_of(agent)].people;
  const auto worked = static_cast<double>(c_.agent_files[agent].since_break.count());
  return 1 + std::min(p.fatigue_per_us * worked, p.fatigue_most);
}

template <class O, Parts kParts>
void Flow<O, kParts>::give(std::uint32_t agent, SimDuration work) {
  AgentFile& file = c_.agent_files[agent];
  file.busy += work;
  file.since_break += work;
}

// The second half of answer(). `talk` is that of a veteran who is rested, from its beginning; of a
// call that was sent back as much of it as is left.
template <class O, Parts kParts>
void Flow<O, kParts>::begin_talk(std::uint32_t line, std::uint32_t agent, SimDuration talk) {
  Call& call = c_.calls[line];
  const std::uint32_t group = group_of(agent);
  const bool again = has(call, Mark::kSentBack);
  if (again) talk = scaled(talk, c_.files[line].left);
  talk = scaled(talk, traits_of(agent).talk * tiredness(agent));
  give(agent, talk);
  c_.files[line].began = c_.now;
  if (call.state == CallState::kRinging) clear_timer(line);
  enter(call, CallState::kTalking);
  enter(agent, AgentState::kTalk);
  c_.agents[agent].line = line;
  if (again)
    observer_.resumed(call, group, talk);
  else
    tell_answered(call, group, reported_wait(line, agent), talk);
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + talk);
}

template <class O, Parts kParts>
SimDuration Flow<O, kParts>::reported_wait(std::uint32_t line, std::uint32_t agent) const {
  const PeoplePlan& p = plan_.groups[group_of(agent)].people;
  const SimTime end = p.rings && p.wait_ends_at_ring && has(c_.calls[line], Mark::kAgain)
                          ? c_.files[line].rang
                          : c_.now;
  return end - c_.calls[line].joined;
}

template <class O, Parts kParts>
SimDuration Flow<O, kParts>::person_wrap(const Call& call, std::uint32_t agent, SimDuration wrap) {
  const PeoplePlan& p = plan_.groups[group_of(agent)].people;
  AgentFile& file = c_.agent_files[agent];
  file.wrap_type = call.type;
  file.wrap_queue = call.queue;
  file.wrap_interval = call.interval;
  return std::min(scaled(wrap, traits_of(agent).wrap * tiredness(agent)), p.wrap_cap);
}

// `wrap` of the call just ended; what is left of an earlier one follows it.
template <class O, Parts kParts>
void Flow<O, kParts>::begin_wrap(std::uint32_t agent, SimDuration wrap) {
  const std::uint32_t group = group_of(agent);
  give(agent, wrap);
  wrap += std::exchange(c_.agent_files[agent].wrap_left, SimDuration{0});
  enter(agent, AgentState::kWrap);
  c_.agent_files[agent].wraps = true;
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + wrap);
  if (!plan_.groups[group].people.interrupts) return;
  c_.agent_files[agent].listed = true;
  c_.agent_files[agent].wrap_group = static_cast<std::uint16_t>(group);
  push_back(c_.wrapping[group], c_.agents, agent);
  call_away_all(group);
}

template <class O, Parts kParts>
void Flow<O, kParts>::wrap_ends(std::uint32_t agent) {
  if (plan_.has_personal) [[unlikely]]
    leave_wrapping(agent);
  free_agent(agent);
}

template <class O, Parts kParts>
void Flow<O, kParts>::leave_wrapping(std::uint32_t agent) {
  AgentFile& file = c_.agent_files[agent];
  file.wraps = false;
  if (std::exchange(file.listed, false)) unlink(c_.wrapping[file.wrap_group], c_.agents, agent);
}

// How many of the source's list are open to its group, as far as `enough`: they stand in the order
// in which they joined.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::open_to(const Source& source, std::uint32_t enough) const {
  std::uint32_t open = 0, line = c_.waiting[source.wait_list].head;
  for (; open < enough && line != kNobody && c_.now - c_.calls[line].joined >= source.after; ++open)
    line = c_.calls[line].next;
  return open;
}

// So many calls wait that an agent in wrap-up may take, or one of them so long.
template <class O, Parts kParts>
bool Flow<O, kParts>::wrap_gives_way(std::uint32_t group) const {
  const GroupPlan& g = plan_.groups[group];
  if (!c_.with_waiting.any_of(g.wait_lists)) return false;
  const std::uint32_t enough = g.people.interrupt_waiting;
  std::uint32_t waiting = 0;
  for (const Source& source : g.sources) {
    const std::uint32_t first = c_.waiting[source.wait_list].head;
    if (first == kNobody || !may_take_from(source, first, c_.idle[group].size + 1, false)) continue;
    if (c_.now - c_.calls[first].joined >= g.people.interrupt_wait) return true;
    if (enough == kNoLimit) continue;  // their number is no matter
    waiting += open_to(source, enough - waiting);
    if (waiting >= enough) return true;
  }
  return false;
}

// The agent who has been in wrap-up longest takes the next call; false when there is no such agent,
// or no call. A callback that has no line steps aside instead.
template <class O, Parts kParts>
bool Flow<O, kParts>::call_away(std::uint32_t group) {
  std::uint32_t agent = c_.wrapping[group].head;
  while (agent != kNobody && c_.agents[agent].duty != Duty::kWork) agent = c_.agents[agent].next;
  const std::uint32_t line = agent == kNobody ? kNobody : next_call(agent);
  if (line == kNobody) return false;
  if (plan_.calls_back && steps_aside(line)) return true;  // no reason to cut the wrap-up short
  AgentFile& file = c_.agent_files[agent];
  const SimDuration rest = c_.calendar.time_of(plan_.agent_slot(agent)) - c_.now;
  if (plan_.groups[group].people.wrap_resumed) {
    file.wrap_left = rest;
  } else {
    give(agent, -rest);
    observer_.wrap_cut(file.wrap_type, file.wrap_queue, file.wrap_interval, rest);
  }
  leave_wrapping(agent);
  leave_wait_list(line);
  answer(line, agent);
  return true;
}

template <class O, Parts kParts>
void Flow<O, kParts>::call_away_all(std::uint32_t group) {
  while (wrap_gives_way(group) && call_away(group)) continue;
}

// A call has joined the queue or grown old there.
template <class O, Parts kParts>
void Flow<O, kParts>::call_away_from_wrap(std::uint32_t queue) {
  for (const std::uint32_t group : plan_.queues[queue].route_group)
    if (plan_.groups[group].people.interrupts) call_away_all(group);
}

// The next moment at which the call will have waited long enough for that, when it is before
// `next`.
template <class O, Parts kParts>
SimTime Flow<O, kParts>::next_call_away(const Call& call, SimTime next) const {
  for (const std::uint32_t group : plan_.queues[call.queue].route_group) {
    const SimDuration wait = plan_.groups[group].people.interrupt_wait;
    if (wait < kLongestHorizon && call.joined + wait > c_.now)
      next = std::min(next, call.joined + wait);
  }
  return next;
}

// Calls that were there before the day opened, as if all had come at that moment. Their numbers lie
// above those of all who call later.
template <class O, Parts kParts>
void Flow<O, kParts>::opening_calls() {
  for (const std::uint32_t type : plan_.types_by_name)
    for (std::uint32_t i = 0; i < plan_.types[type].opening; ++i)
      arrive(static_cast<std::uint16_t>(type), kFirstOpeningCaller + i, 0, 0, Story{c_.now});
}

}  // namespace callmill
