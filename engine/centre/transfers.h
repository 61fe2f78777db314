#pragma once
// Transfers: a call that an agent passes on.
//
//   talk, dial --cold---------> waits as another type --> talks (what it is about first)
//       |                         first agent: wrap-up
//       +------warm-----------> waits as another type --> talks
//       |                         first agent: held -------+--> wrap-up, also when the caller gives
//       up
//       +------conference-----> waits as another type --> talks, the first agent along at first
//                                 first agent: held ----------------------------+--> wrap-up
//
// The second talk is another owner of draws than the first, so that both are independent. A held
// agent is in the state of talk; CallFile::first_agent says who it is. The line stays held.

#include <algorithm>
#include <utility>

#include "engine/centre/flow.h"

namespace callmill {

// How the talk of this call with `agent` ends; null when it is not passed on. The same answer at
// each asking. The agent's factor multiplies each share, until all calls are passed on.
template <class O, Parts kParts>
const TransferPlan* Flow<O, kParts>::transfer_of(const Call& call, std::uint32_t agent) const {
  const CallerTypePlan& p = plan_.types[call.type];
  if (p.transfers.empty()) return nullptr;
  const double factor = std::min(traits_of(agent).transfer, 1 / p.transfers.back().up_to);
  const double u = call.key.uniform(Purpose::kTransfer);
  for (const TransferPlan& transfer : p.transfers)
    if (u < transfer.up_to * factor) return &transfer;
  return nullptr;
}

// The talk at hand, given what it would be without transfers. Sets the first agent of a conference
// to leave.
template <class O, Parts kParts>
SimDuration Flow<O, kParts>::talk_with_transfers(std::uint32_t line, std::uint32_t agent,
                                                 SimDuration talk) {
  const Call& call = c_.calls[line];
  if (const TransferPlan* next = transfer_of(call, agent)) {
    const auto before = static_cast<double>(talk.count()) * next->talk_before;
    talk = SimDuration{static_cast<std::int64_t>(before)} +
           next->dial.draw(call.key.uniform(Purpose::kTransferDial));
  }
  if (!has(call, Mark::kTransferred)) return talk;
  const CallFile& file = c_.files[line];
  const SimDuration together = file.opening;
  if (file.first_agent != kNobody)
    c_.calendar.schedule(plan_.agent_slot(file.first_agent), c_.now + together);
  return talk + together;
}

// The talk of `agent` has ended in a transfer.
template <class O, Parts kParts>
void Flow<O, kParts>::pass_on(std::uint32_t agent, std::uint32_t line,
                              const TransferPlan& transfer) {
  release_first(line);  // a call that is passed on twice
  Call& call = c_.calls[line];
  CallFile& file = c_.files[line];
  const CallerTypePlan& p = plan_.types[call.type];
  observer_.transferred(call, group_of(agent));
  if (!has(call, Mark::kTransferred)) file.caller_type = call.type;
  if (plan_.tracks_callers) ++file.transfers;  // and the contact goes on
  SimDuration wrap{};
  if (p.has_wrap) {
    wrap = p.wrap.draw(call.key.uniform(Purpose::kWrap));
    observer_.wrap_began(call, group_of(agent), wrap);
  }
  file.held_type = call.type;
  file.held_queue = call.queue;
  const OwnerKey next{mix64(call.key.bits() + kGolden)};
  file.opening = transfer.opening.draw(next.uniform(Purpose::kTransferOpening));
  call.key = next;
  call.type = static_cast<std::uint16_t>(transfer.as);
  set(call, Mark::kTransferred);
  clear(call, Mark::kAgain);  // another contact, with rings of its own
  clear(call, Mark::kSentBack);
  const bool held = transfer.how != Transfer::How::kCold;
  file.first_agent = held ? agent : kNobody;
  file.first_wrap = wrap;
  file.held_from = c_.now;
  if (held) {
    c_.agents[agent].line = line;
    c_.calendar.cancel(plan_.agent_slot(agent));
    join_queue(line, transfer.queue);
    return;
  }
  c_.agents[agent].line = kNobody;
  join_queue(line, transfer.queue);
  finish(agent, wrap);
}

// A talk that ends in a transfer, or the end of an agent's part in a conference. False when the
// talk ends as others do.
template <class O, Parts kParts>
bool Flow<O, kParts>::passed_on(std::uint32_t agent) {
  const std::uint32_t line = c_.agents[agent].line;
  if (c_.files[line].first_agent == agent) {
    release_first(line);
    return true;
  }
  if (has(c_.calls[line], Mark::kCut)) return false;
  const TransferPlan* transfer = transfer_of(c_.calls[line], agent);
  if (transfer != nullptr) pass_on(agent, line, *transfer);
  return transfer != nullptr;
}

// The first agent of a call that was passed on has nothing more to do with it.
template <class O, Parts kParts>
void Flow<O, kParts>::release_first_agent(std::uint32_t line) {
  const std::uint32_t agent = first_agent_leaves(line);
  c_.agents[agent].line = kNobody;
  finish(agent, c_.files[line].first_wrap);
}

// The agent, whose time with the call is over.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::first_agent_leaves(std::uint32_t line) {
  CallFile& file = c_.files[line];
  observer_.held(file.held_type, file.held_queue, c_.calls[line].interval, c_.now - file.held_from);
  return std::exchange(file.first_agent, kNobody);
}

template <class O, Parts kParts>
void Flow<O, kParts>::finish(std::uint32_t agent, SimDuration wrap) {
  if (wrap == SimDuration{0}) {
    free_agent(agent);
    return;
  }
  enter(agent, AgentState::kWrap);
  c_.calendar.schedule(plan_.agent_slot(agent), c_.now + wrap);
}

}  // namespace callmill
