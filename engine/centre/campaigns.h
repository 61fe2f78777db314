#pragma once
// Campaigns: numbers of a list are dialled, and parties who answer become contacts of a queue.
//
//   number:  on the list --> dialled --> live: an agent talks --> done
//              |  (filtered)   |  \-> no agent: waits --> dropped, or hung up --+
//              v               v                                                |
//             done  <-- cause (busy, no answer ...) --> to be tried again <-----+
//
// A dial in flight is a contact in the state kDialled, on a line if the campaign has lines. Its
// outcome is a draw of (number, dial), read when it is needed, so numbers need no record of their
// own. After every event the dialler (dialler.h) tops dials up to the pace; dials in flight are
// never called off. A party who answers is offered to the groups of the campaign's queue, where
// callers may wait too, and waits there no longer than `drop_after`. A party has waited since he
// lifted the receiver, so the time in which the dialler looks for machines counts.

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/centre/flow.h"

namespace callmill {

// Of Later::serial, beside the dials of today: the number's party has been talked with.
inline constexpr std::uint32_t kNumberReached = std::uint32_t{1} << 31;

// Numbers to be tried again come before new ones.
template <class O, Parts kParts>
bool Flow<O, kParts>::numbers_left(std::uint32_t campaign) const {
  const CampaignState& state = c_.campaigns[campaign];
  return !state.due.empty() || state.next < plan_.campaigns[campaign].numbers;
}

template <class O, Parts kParts>
bool Flow<O, kParts>::next_number(std::uint32_t campaign, DueNumber& number) {
  const CampaignPlan& p = plan_.campaigns[campaign];
  CampaignState& state = c_.campaigns[campaign];
  if (state.first_due < state.due.size()) {
    number = state.due[state.first_due++];
    if (state.first_due == state.due.size()) {
      state.due.clear();
      state.first_due = 0;
    }
    return true;
  }
  while (state.next < p.numbers) {
    number = {state.next++, 0, 0, false};
    if (p.filter_finds == 0) return true;
    const OwnerKey key = number_key(campaign, number.number, 0);
    const bool found = is_invalid(campaign, number.number) &&
                       key.uniform(Purpose::kNumberFiltered) < p.filter_finds;
    if (!found) return true;
    ++state.ended[static_cast<std::size_t>(DialCause::kFiltered)];
    observer_.number_filtered(campaign, c_.interval);
  }
  return false;
}

template <class O, Parts kParts>
OwnerKey Flow<O, kParts>::number_key(std::uint32_t campaign, std::uint32_t number,
                                     std::uint32_t dial) const {
  return c_.key.owner(Owner::kNumber, plan_.campaigns[campaign].key, number, dial);
}

template <class O, Parts kParts>
bool Flow<O, kParts>::is_invalid(std::uint32_t campaign, std::uint32_t number) const {
  return number_key(campaign, number, 0).uniform(Purpose::kNumberInvalid) <
         plan_.campaigns[campaign].invalid;
}

template <class O, Parts kParts>
DialCause Flow<O, kParts>::dial_outcome(const Call& dial) const {
  const std::uint32_t campaign = plan_.types[dial.type].stands_for;
  const CampaignPlan& p = plan_.campaigns[campaign];
  if (is_invalid(campaign, dial.caller)) return DialCause::kInvalid;
  auto step = static_cast<std::size_t>((dial.arrived - kStart) / p.outcome_step);
  if (step >= p.outcome.size())  // a later day
    step =
        static_cast<std::size_t>((dial.arrived - kStart) % std::chrono::hours{24} / p.outcome_step);
  const auto& cumulative = p.outcome[std::min(step, p.outcome.size() - 1)];
  const double u = dial.key.uniform(Purpose::kDialOutcome);
  for (std::size_t cause = 0; cause < cumulative.size(); ++cause)
    if (u < cumulative[cause]) return static_cast<DialCause>(cause);
  return DialCause::kLive;
}

// The contact of the next dial, its outcome yet to come; kNobody when no number is left.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::begin_dial(std::uint32_t campaign) {
  const CampaignPlan& p = plan_.campaigns[campaign];
  DueNumber next;
  if (!next_number(campaign, next)) return kNobody;
  const std::uint32_t contact = p.has_lines ? seize_line(p.trunks) : take_contact();
  Call& dial = c_.calls[contact];
  dial.key = number_key(campaign, next.number, next.dials);
  dial.arrived = dial.joined = c_.now;
  dial.gives_up = SimTime::max();
  dial.caller = next.number;
  dial.attempt = next.dials;
  dial.type = p.party_type;
  dial.interval = static_cast<std::uint16_t>(c_.interval);
  dial.queue = static_cast<std::uint16_t>(p.queue);
  dial.menu_steps = 0;
  dial.route_step = 0;
  dial.marks = 0;
  set(dial, Mark::kCampaign);
  if (next.reached) set(dial, Mark::kRepeat);
  c_.files[contact].tries = static_cast<std::uint16_t>(next.today + 1);
  std::vector<WeekOfDials>& week = c_.campaigns[campaign].week;
  if (!week.empty()) week[next.number].add(day_of(campaign, c_.now));
  c_.files[contact].held_for = kNobody;
  c_.files[contact].carried_on = true;  // no caller's story
  enter(dial, CallState::kDialled);
  observer_.campaign_dialled(campaign, dial);
  return contact;
}

// Until the dial is answered or given up.
template <class O, Parts kParts>
SimDuration Flow<O, kParts>::ring_time(const Call& dial) const {
  const CampaignPlan& p = plan_.campaigns[plan_.types[dial.type].stands_for];
  const double u = dial.key.uniform(Purpose::kDialRing);
  const DialCause outcome = dial_outcome(dial);
  if (outcome < DialCause::kMachine) return p.ring_unanswered.draw(u);
  return p.ring_answered.draw(u) + detection_time(dial, outcome);
}

// From lifting the receiver on; for ever: SimDuration::max().
template <class O, Parts kParts>
SimDuration Flow<O, kParts>::party_patience(const Call& party) const {
  const CampaignPlan& p = plan_.campaigns[plan_.types[party.type].stands_for];
  return p.has_patience ? p.patience.draw(party.key.uniform(Purpose::kPatience))
                        : SimDuration::max();
}

// An agent who has dialled himself is on the line, and the party hears somebody.
template <class O, Parts kParts>
bool Flow<O, kParts>::hangs_up_in_detection(const Call& party) const {
  const CampaignPlan& p = plan_.campaigns[plan_.types[party.type].stands_for];
  return p.detection_takes > SimDuration{} && p.mode != DialMode::kPreview &&
         party_patience(party) < p.detection_takes;
}

// Of a dial that is answered: until the dialler knows, or a person has hung up.
template <class O, Parts kParts>
SimDuration Flow<O, kParts>::detection_time(const Call& dial, DialCause outcome) const {
  const SimDuration takes = plan_.campaigns[plan_.types[dial.type].stands_for].detection_takes;
  return outcome == DialCause::kLive && hangs_up_in_detection(dial) ? party_patience(dial) : takes;
}

// False when no number is left.
template <class O, Parts kParts>
bool Flow<O, kParts>::dial_next_number(std::uint32_t campaign) {
  const std::uint32_t contact = begin_dial(campaign);
  if (contact == kNobody) return false;
  ++c_.campaigns[campaign].dialled;
  const SimDuration ring = ring_time(c_.calls[contact]);
  if (ring > SimDuration{})
    set_timer(contact, c_.now + ring);
  else
    dial_over(contact);
  return true;
}

template <class O, Parts kParts>
void Flow<O, kParts>::preview_numbers(std::uint32_t campaign) {
  const CampaignPlan& p = plan_.campaigns[campaign];
  const QueuePlan& queue = plan_.queues[p.queue];
  for (std::size_t i = 0; i < queue.route_group.size(); ++i) {
    FifoList& idle = c_.idle[queue.route_group[i]];
    while (queue.route_after[i] == SimDuration{} && idle_for_campaign(campaign) > p.reserve &&
           idle.size > 0 && line_for_dial(campaign)) {
      const std::uint32_t contact = begin_dial(campaign);
      if (contact == kNobody) return;
      const std::uint32_t agent = idle.head;
      unlink(idle, c_.agents, agent);
      enter(agent, AgentState::kDialling);
      c_.agents[agent].line = contact;
      const Call& dial = c_.calls[contact];
      const SimDuration look = p.preview.draw(dial.key.uniform(Purpose::kDialPreview));
      c_.calendar.schedule(plan_.agent_slot(agent), c_.now + look + ring_time(dial));
    }
  }
}

// An agent who has dialled himself talks with whoever answers.
template <class O, Parts kParts>
void Flow<O, kParts>::preview_over(std::uint32_t agent) {
  const std::uint32_t contact = std::exchange(c_.agents[agent].line, kNobody);
  const DialCause outcome = judge_dial(contact);
  if (outcome == DialCause::kLive || outcome == DialCause::kMachine) {
    c_.calls[contact].joined = c_.now;  // who looks and dials is there: nobody waits
    party_connected(contact);
    talk_outbound(contact, agent);
    return;
  }
  hang_up(contact);
  free_agent(agent);
}

// A dial in flight has been answered or given up.
template <class O, Parts kParts>
void Flow<O, kParts>::dial_over(std::uint32_t contact) {
  if (contact < c_.lines) clear_timer(contact);
  const std::uint32_t campaign = plan_.types[c_.calls[contact].type].stands_for;
  --c_.campaigns[campaign].dialled;
  wake_dialler(campaign);
  const DialCause outcome = judge_dial(contact);
  if (outcome == DialCause::kLive || outcome == DialCause::kMachine)
    offer_party(contact);
  else
    hang_up(contact);
}

// What the dial came to, counted, with the number's next step if it goes to no agent. kLive and
// kMachine are returned for those who go to one.
template <class O, Parts kParts>
DialCause Flow<O, kParts>::judge_dial(std::uint32_t contact) {
  Call& dial = c_.calls[contact];
  const std::uint32_t campaign = plan_.types[dial.type].stands_for;
  const CampaignPlan& p = plan_.campaigns[campaign];
  const DialCause outcome = dial_outcome(dial);
  observer_.campaign_outcome(campaign, dial, outcome);
  CampaignState& state = c_.campaigns[campaign];
  if (outcome == DialCause::kLive) {
    ++state.live;
    state.recent_live += 1;
    if (hangs_up_in_detection(dial)) {
      party_lost(contact, DialCause::kHungUp);
      return DialCause::kHungUp;
    }
    if (!p.detects || dial.key.uniform(Purpose::kDetection) >= p.detection_mistakes) return outcome;
    party_lost(contact, DialCause::kDropped);
    return DialCause::kDropped;
  }
  if (outcome == DialCause::kMachine) {
    dial.type = p.machine_type;
    if (!p.detects || dial.key.uniform(Purpose::kDetection) >= p.detection_finds) return outcome;
  }
  try_again_or_end(contact, outcome);
  return DialCause::kFiltered;  // to nobody
}

// A party who has answered: an agent, a place in the queue, or dropped.
template <class O, Parts kParts>
void Flow<O, kParts>::offer_party(std::uint32_t contact) {
  Call& party = c_.calls[contact];
  const std::uint32_t campaign = plan_.types[party.type].stands_for;
  const CampaignPlan& p = plan_.campaigns[campaign];
  party.joined = c_.now - p.detection_takes;
  observer_.offered(party);
  enter(party, CallState::kWaiting);
  if (p.detection_takes == SimDuration{}) {
    enter_wait_list(party, contact);
  } else {  // before who joined meanwhile
    insert_before(wait_list(party), c_.calls, contact,
                  [&](const Call& other) { return other.joined > party.joined; });
    note_waiting(party);
  }
  ++c_.campaigns[campaign].waiting;
  const bool answered =
      plan_.queues[p.queue].special ? offer_special(contact) : offer_open_groups(contact);
  if (answered) return;
  party.gives_up = party.joined + std::min(party_patience(party), p.drop_after);
  const bool too_late = p.detection_takes > SimDuration{} && party.gives_up <= c_.now;
  if (too_late || c_.campaigns[campaign].waiting > p.most_waiting) {
    party.gives_up = c_.now;
    abandon(contact);
    return;
  }
  wait_on(contact);
}

// An agent answers: the number is done with, but for machines.
template <class O, Parts kParts>
void Flow<O, kParts>::party_connected(std::uint32_t contact) {
  const Call& party = c_.calls[contact];
  const std::uint32_t campaign = plan_.types[party.type].stands_for;
  const bool machine = party.type == plan_.campaigns[campaign].machine_type;
  if (!machine) observer_.campaign_reached(campaign, party, c_.now - party.joined);
  try_again_or_end(contact, machine ? DialCause::kMachine : DialCause::kLive);
}

// A party who waited is gone, dropped by the dialler or hung up. The queue's books say abandoned.
template <class O, Parts kParts>
void Flow<O, kParts>::party_gone(std::uint32_t contact) {
  const Call& party = c_.calls[contact];
  const std::uint32_t campaign = plan_.types[party.type].stands_for;
  const CampaignPlan& p = plan_.campaigns[campaign];
  --c_.campaigns[campaign].waiting;
  wake_dialler(campaign);
  if (party.type == p.machine_type) {
    try_again_or_end(contact, DialCause::kMachine);
    return;
  }
  const SimDuration waited = c_.now - party.joined;
  const bool dropped = waited >= p.drop_after || c_.campaigns[campaign].waiting >= p.most_waiting;
  party_lost(contact, dropped ? DialCause::kDropped : DialCause::kHungUp);
}

// A person who answered and talks with nobody.
template <class O, Parts kParts>
void Flow<O, kParts>::party_lost(std::uint32_t contact, DialCause cause) {
  const std::uint32_t campaign = plan_.types[c_.calls[contact].type].stands_for;
  CampaignState& state = c_.campaigns[campaign];
  ++state.lost;
  state.recent_lost += 1;
  observer_.campaign_outcome(campaign, c_.calls[contact], cause);
  try_again_or_end(contact, cause);
}

// By the rule of the cause: in calling hours, not more often a day and a week than is allowed.
template <class O, Parts kParts>
void Flow<O, kParts>::try_again_or_end(std::uint32_t contact, DialCause cause) {
  const Call& dial = c_.calls[contact];
  const std::uint32_t campaign = plan_.types[dial.type].stands_for;
  const CampaignPlan& p = plan_.campaigns[campaign];
  CampaignState& state = c_.campaigns[campaign];
  const RetryPlan& retry = p.retry[static_cast<std::size_t>(cause)];
  const std::uint32_t dials = dial.attempt + 1u;
  if (dials >= retry.up_to) {
    ++state.ended[static_cast<std::size_t>(cause)];
    observer_.number_ended(campaign, dial, cause);
    return;
  }
  std::uint32_t today = c_.files[contact].tries;
  SimTime at = c_.now + retry.after.draw(dial.key.uniform(Purpose::kDialRetry));
  at = in_calling_hours(campaign, at);
  if (day_of(campaign, at) == day_of(campaign, c_.now) && today >= p.most_per_day)
    at = in_calling_hours(campaign, next_day(campaign, c_.now));
  if (!state.week.empty())
    while (state.week[dial.caller].up_to(day_of(campaign, at)) >= p.most_per_week)
      at = in_calling_hours(campaign, next_day(campaign, at));
  if (day_of(campaign, at) != day_of(campaign, c_.now)) today = 0;
  if (at >= kStart + plan_.horizon) {
    ++state.left;  // for another day
    return;
  }
  ++state.planned;
  Later later;
  later.at = at;
  later.what = Later::What::kNumberDue;
  later.type = static_cast<std::uint16_t>(campaign);
  later.attempt = static_cast<std::uint16_t>(dials);
  later.who = dial.caller;
  const bool reached = cause == DialCause::kLive || has(dial, Mark::kRepeat);
  later.serial = today | (reached ? kNumberReached : 0);
  plan_later(later);
}

template <class O, Parts kParts>
void Flow<O, kParts>::number_due(const Later& due) {
  CampaignState& state = c_.campaigns[due.type];
  --state.planned;
  wake_dialler(due.type);
  state.due.push_back({due.who, due.attempt,
                       static_cast<std::uint16_t>(due.serial & ~kNumberReached),
                       (due.serial & kNumberReached) != 0});
}

}  // namespace callmill
