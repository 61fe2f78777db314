#pragma once
// The lines: who gets one, and what happens when they fail.
//
// Lines of a group are alike: of `in_service` lines any idle one may be seized. A cause of failures
// takes some out and later gives them back; several causes add up, to all lines at the most.
// Failing lines are drawn among those in service, so a cause that cuts hits busy and idle lines
// alike (hypergeometric); one that does not cut takes idle lines first, and busy ones as their
// calls end.

#include <algorithm>

#include "engine/centre/flow.h"

namespace callmill {

// A line of the group, held from now on; kNobody when all that are in service are taken.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::seize_line(std::uint32_t trunks) {
  TrunkState& group = c_.trunks[trunks];
  if (group.in_use >= group.in_service) return kNobody;
  const std::uint32_t line = group.free_line;
  Call& call = c_.calls[line];
  group.free_line = call.next;
  ++group.in_use;
  call.trunks = static_cast<std::uint16_t>(trunks);
  observer_.line_seized(trunks, group.in_use, c_.now);
  return line;
}

template <class O, Parts kParts>
void Flow<O, kParts>::note_blocked(std::uint16_t type, std::uint32_t trunks) {
  observer_.blocked(type, c_.interval, trunks);
  gauge(GaugeCounts::OfLines::kBlocked, trunks);
}

// Network loss, the limit on ports, and more than one line group. Says why when there is no line.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::seize_special_line(std::uint16_t type, OwnerKey key,
                                                  std::uint16_t attempt) {
  const CallerTypePlan& p = plan_.types[type];
  if (p.network_loss > 0 && key.uniform(Purpose::kNetworkLoss, attempt) < p.network_loss) {
    observer_.network_lost(type, c_.interval, p.trunks);
    return kNobody;
  }
  std::uint32_t trunks = p.trunks;
  if (p.enters.kind == Destination::Kind::kMenu && c_.ports_in_use >= plan_.ports) {
    observer_.no_port(trunks);
    note_blocked(type, trunks);
    return kNobody;
  }
  std::uint32_t line = seize_line(trunks);
  for (const std::uint32_t next : p.shared_trunks) {
    if (line != kNobody) break;
    observer_.lines_overflowed(trunks, next);
    gauge(GaugeCounts::OfLines::kAttempts, next);
    trunks = next;
    line = seize_line(trunks);
  }
  if (line == kNobody) note_blocked(type, trunks);
  return line;
}

// The caller is off the line, which is free from this moment, if it has not failed meanwhile.
template <class O, Parts kParts>
void Flow<O, kParts>::release_line(std::uint32_t line) {
  Call& call = c_.calls[line];
  TrunkState& group = c_.trunks[call.trunks];
  call.next = group.free_line;
  group.free_line = line;
  --group.in_use;
  observer_.line_released(call.trunks, c_.now);
  note_line_freed();
  if (group.in_use >= group.in_service) [[unlikely]]
    observer_.lines_in_service(call.trunks, group.in_use, c_.now);
}

// Draws of a cause of failures; callers' luck does not depend on it, nor on other causes.
template <class O, Parts kParts>
OwnerKey Flow<O, kParts>::failure_key(std::uint32_t cause) const {
  const LineFailurePlan& p = plan_.line_failures[cause];
  return c_.key.owner(Owner::kLineFailure, p.key, p.number);
}

template <class O, Parts kParts>
void Flow<O, kParts>::plan_failure(std::uint32_t cause, std::uint32_t serial) {
  const LineFailurePlan& p = plan_.line_failures[cause];
  SimTime at = p.from;
  if (p.at_random)
    at = c_.now + p.time_to_failure.draw(failure_key(cause).uniform(Purpose::kLineFailure, serial));
  if (at >= kStart + plan_.horizon) return;
  Later later;
  later.at = at;
  later.what = Later::What::kLinesFail;
  later.who = cause;
  later.serial = serial;
  plan_later(later);
}

template <class O, Parts kParts>
void Flow<O, kParts>::lines_fail(std::uint32_t cause, std::uint32_t serial) {
  const LineFailurePlan& p = plan_.line_failures[cause];
  const OwnerKey key = failure_key(cause);
  TrunkState& group = c_.trunks[p.trunks];
  const std::uint32_t before = group.in_service;
  group.failed += p.lines;
  set_in_service(p.trunks);
  if (p.cuts) cut_calls(p.trunks, before, key, serial);
  observer_.lines_in_service(p.trunks, std::max(group.in_service, group.in_use), c_.now);
  Later back;
  back.at = p.at_random ? c_.now + p.time_to_repair.draw(key.uniform(Purpose::kLineRepair, serial))
                        : p.to;
  back.what = Later::What::kLinesBack;
  back.who = cause;
  back.serial = serial;
  if (back.at < kStart + plan_.horizon) plan_later(back);
}

template <class O, Parts kParts>
void Flow<O, kParts>::lines_back(std::uint32_t cause, std::uint32_t serial) {
  const LineFailurePlan& p = plan_.line_failures[cause];
  TrunkState& group = c_.trunks[p.trunks];
  group.failed -= p.lines;
  set_in_service(p.trunks);
  note_line_freed();
  observer_.lines_in_service(p.trunks, std::max(group.in_service, group.in_use), c_.now);
  if (p.at_random) plan_failure(cause, serial + 1);
}

template <class O, Parts kParts>
void Flow<O, kParts>::set_in_service(std::uint32_t trunks) {
  const std::uint32_t lines = plan_.first_line[trunks + 1] - plan_.first_line[trunks];
  c_.trunks[trunks].in_service = lines - std::min(lines, c_.trunks[trunks].failed);
}

// `before` lines were in service. One failing line after the other is any of those left; the first
// in_use of them carry calls.
template <class O, Parts kParts>
void Flow<O, kParts>::cut_calls(std::uint32_t trunks, std::uint32_t before, OwnerKey key,
                                std::uint32_t serial) {
  TrunkState& group = c_.trunks[trunks];
  std::uint32_t left = std::max(before, group.in_use);
  const std::uint32_t lost = before - group.in_service;
  for (std::uint32_t i = 0; i < lost; ++i, --left) {
    const double u = key.uniform(Purpose::kLineChosen, serial * 65536u + i);
    const auto pick = static_cast<std::uint32_t>(u * left);
    if (pick < group.in_use) cut(busy_line(trunks, pick));
  }
}

// The n-th line of the group that carries a call.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::busy_line(std::uint32_t trunks, std::uint32_t n) const {
  std::uint32_t line = plan_.first_line[trunks];
  for (;; ++line)
    if (c_.calls[line].state != CallState::kFree && n-- == 0) return line;
}

// The call ends at once, wherever it is. An agent who talked does the after-call work as usual.
template <class O, Parts kParts>
void Flow<O, kParts>::cut(std::uint32_t line) {
  Call& call = c_.calls[line];
  if (call.state == CallState::kSurvey) {  // the contact itself is over
    survey_ends(line);
    return;
  }
  if (call.state == CallState::kVoicemail) {  // so is this one: what was said is the message
    menu_timer(line);
    return;
  }
  const bool dialled = has(call, Mark::kCallback) || has(call, Mark::kCampaign);
  if (dialled && call.state != CallState::kTalking) return;  // what rings or waits, rings on
  set(call, Mark::kCut);
  std::uint32_t agent = kNobody, rung = kNobody;
  SimDuration talk_left{};
  if (call.state == CallState::kTalking) {
    agent = 0;
    while (c_.agents[agent].state != AgentState::kTalk || c_.agents[agent].line != line ||
           (more(plan_.transfers) && c_.files[line].first_agent == agent))
      ++agent;
    talk_left = c_.calendar.time_of(plan_.agent_slot(agent)) - c_.now;
  } else if (call.state == CallState::kWaiting) {
    leave_wait_list(line);
  } else if (call.state == CallState::kRinging) {
    clear_timer(line);
    rung = call.next;
  } else {
    leave_menus(line);
    clear_timer(line);
  }
  if (more(plan_.has_personal) && agent != kNobody) give(agent, -talk_left);
  observer_.cut(call, talk_left);
  const CallerTypePlan& p = plan_.types[call.type];
  if (p.keeps_story && agent != kNobody) {
    talk_cut_short(line);
  } else if (p.keeps_story) {
    CallFile& file = c_.files[line];
    ++file.story.cut;
    if (!file.carried_on)
      file.carried_on = comes_back(line, plan_.types[caller_type(line)].after_cut, file.story.cut);
  }
  agent == kNobody ? hang_up(line) : talk_ends(agent);
  if (rung == kNobody) return;
  c_.agents[rung].line = kNobody;
  free_agent(rung);
}

}  // namespace callmill
