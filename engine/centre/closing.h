#pragma once
// The end of an open spell: whoever waits is disconnected or served out, then the agents go home.
// Only in runs of several days, and where the queues are cleared.

#include <algorithm>

#include "engine/centre/flow.h"

namespace callmill {

// Agents look every minute whether somebody is still to be served.
inline constexpr SimDuration kLastCallersCheck = std::chrono::minutes{1};

template <class O, Parts kParts>
void Flow<O, kParts>::plan_closing(std::uint32_t spell) {
  if (spell + 1 >= plan_.days.spells.size() && !plan_.days.clears) return;
  Later later;
  later.at = plan_.days.spells[spell].to;
  later.what = Later::What::kCentreCloses;
  plan_later(later);
}

template <class O, Parts kParts>
void Flow<O, kParts>::centre_closes() {
  const std::vector<OpenSpell>& spells = plan_.days.spells;
  if (plan_.days.clears && c_.now == spells[c_.spell].to) disconnect_waiting();
  if (c_.spell + 1 >= spells.size()) return;  // the run ends: staff serves the last callers
  const SimTime next = c_.now + kLastCallersCheck;
  if (next < spells[c_.spell + 1].from && callers_inside()) {
    Later later;
    later.at = next;
    later.what = Later::What::kCentreCloses;
    plan_later(later);
    return;
  }
  for (std::uint32_t agent = 0; agent < plan_.agents(); ++agent)
    if (c_.agents[agent].duty != Duty::kOff) change_duty(agent, Duty::kOff, AuxCode::kBreak);
  for (OnFloor& agent : c_.floor.agents) agent.roster = Duty::kOff;  // also who is out
  std::fill(c_.owed.begin(), c_.owed.end(), 0u);
  plan_closing(c_.spell + 1);
}

template <class O, Parts kParts>
void Flow<O, kParts>::disconnect_waiting() {
  for (std::uint32_t contact = 0; contact < c_.calls.size(); ++contact) {
    Call& call = c_.calls[contact];
    if (call.state != CallState::kWaiting || has(call, Mark::kCallback)) continue;
    if (has(call, Mark::kCampaign)) {
      abandon(contact);
      continue;
    }
    leave_wait_list(contact);
    if (has(call, Mark::kSentBack))
      observer_.lost_again(call, c_.now - call.joined);
    else
      observer_.disconnected(call, c_.now - call.joined);
    hang_up(contact);
  }
}

// Somebody who may still want an agent.
template <class O, Parts kParts>
bool Flow<O, kParts>::callers_inside() const {
  return std::any_of(c_.calls.begin(), c_.calls.end(), [](const Call& call) {
    return call.state != CallState::kFree && call.state != CallState::kTalking &&
           call.state != CallState::kAfterChat && call.state != CallState::kBacklog &&
           call.state != CallState::kPlanned;
  });
}

}  // namespace callmill
