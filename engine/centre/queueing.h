#pragma once
// Stage 3: the queue. A call is offered to its route's groups as they open to it, and waits until
// an agent comes or patience ends.

#include "engine/centre/flow.h"

namespace callmill {

template <class O, Parts kParts>
void Flow<O, kParts>::join_queue(std::uint32_t line, std::uint32_t queue) {
  Call& call = c_.calls[line];
  call.queue = static_cast<std::uint16_t>(queue);
  call.joined = c_.now;
  call.route_step = 0;
  if (more(plan_.queues[queue].special)) [[unlikely]] {
    join_special_queue(line);
    return;
  }
  tell_offered(call);
  if (!offer_open_groups(line)) wait_in_queue(line);
}

// Groups whose delay has passed, in the order of the route; true when an idle agent took the call.
template <class O, Parts kParts>
bool Flow<O, kParts>::offer_open_groups(std::uint32_t line) {
  Call& call = c_.calls[line];
  const QueuePlan& queue = plan_.queues[call.queue];
  const SimDuration waited = c_.now - call.joined;
  while (call.route_step < queue.route_after.size() &&
         queue.route_after[call.route_step] <= waited) {
    const std::uint32_t step = call.route_step++;
    const std::uint32_t group = queue.route_group[step];
    if (more(plan_.floor.routes) && step_closed(call.queue, step)) [[unlikely]]
      continue;
    std::uint32_t agent = c_.idle[group].head;
    if (agent != kNobody) {
      unlink(c_.idle[group], c_.agents, agent);
    } else {
      if (!more(plan_.groups[group].interruptible)) [[likely]]
        continue;
      agent = interrupt_work(group);
      if (agent == kNobody) continue;
    }
    if (call.state == CallState::kWaiting) leave_wait_list(line);
    answer(line, agent);
    return true;
  }
  return false;
}

template <class O, Parts kParts>
void Flow<O, kParts>::wait_in_queue(std::uint32_t line) {
  Call& call = c_.calls[line];
  enter(call, CallState::kWaiting);
  enter_wait_list(call, line);
  begin_waiting(line);
}

template <class O, Parts kParts>
void Flow<O, kParts>::begin_waiting(std::uint32_t line) {
  Call& call = c_.calls[line];
  const CallerTypePlan& p = plan_.types[call.type];
  double balk = p.balk;
  if (more(plan_.floor.active)) [[unlikely]]
    balk = 1 - (1 - balk) * (1 - c_.floor.levers.hang_up[call.queue]);
  if (balk > 0 && call.key.uniform(Purpose::kBalk) < balk) {
    abandon(line);
    return;
  }
  const QueuePlan& queue = plan_.queues[call.queue];
  waits_no_longer(line);
  if (more(queue.announces) && !announce(line, 0)) [[unlikely]]
    return;
  wait_on(line);
}

// Who is in wrap-up may be called away for it.
template <class O, Parts kParts>
void Flow<O, kParts>::wait_on(std::uint32_t line) {
  schedule_wait(line);
  const std::uint32_t queue = c_.calls[line].queue;
  if (more(plan_.queues[queue].interrupts)) [[unlikely]]
    call_away_from_wrap(queue);
}

// Patience begins; at its end, or when the queue wants it before, the caller goes.
template <class O, Parts kParts>
void Flow<O, kParts>::waits_no_longer(std::uint32_t line) {
  Call& call = c_.calls[line];
  call.gives_up = end_of_patience(call);
  const QueuePlan& queue = plan_.queues[call.queue];
  if (!more(queue.voicemail) || call.joined + queue.voicemail_after >= call.gives_up) [[likely]]
    return;
  call.gives_up = call.joined + queue.voicemail_after;
  set(call, Mark::kLeavesMessage);
}

// From now on. Calls draw it once, but for those that an agent has sent back: `draw` tells them
// apart.
template <class O, Parts kParts>
SimTime Flow<O, kParts>::end_of_patience(const Call& call, std::uint32_t draw) const {
  const CallerTypePlan& p = plan_.types[call.type];
  if (!p.has_patience) return SimTime::max();
  const double u = call.key.uniform(Purpose::kPatience, draw);
  if (p.plain_patience) [[likely]]
    return c_.now + p.patience.draw(u);
  if (p.never_hangs_up > 0 && call.key.uniform(Purpose::kNeverHangsUp) < p.never_hangs_up)
    return SimTime::max();
  if (p.patience_factor.empty()) return c_.now + p.patience.draw(u);
  return c_.now + p.patience.draw(u, p.patience_factor.at(call.arrived));
}

// The line's timer: the next group opening to the call or the end of patience, whichever comes
// first.
template <class O, Parts kParts>
void Flow<O, kParts>::schedule_wait(std::uint32_t line) {
  const Call& call = c_.calls[line];
  const QueuePlan& queue = plan_.queues[call.queue];
  SimTime next = call.gives_up;
  if (call.route_step < queue.route_after.size())
    next = std::min(next, call.joined + queue.route_after[call.route_step]);
  if (more(queue.rechecks) && c_.now < kStart + plan_.horizon + kLastRecheck) [[unlikely]]
    next = std::min(next, next_recheck(call));
  if (more(queue.repeats) && c_.now < kStart + plan_.horizon + kLastRecheck) [[unlikely]] {
    const SimDuration every = queue.announcement->every;
    next = std::min(next, call.joined + every * ((c_.now - call.joined) / every + 1));
  }
  if (more(queue.interrupts)) [[unlikely]]
    next = next_call_away(call, next);
  if (more(has(call, Mark::kHeld))) [[unlikely]]
    next = std::min(call.gives_up, c_.files[line].held_until);
  if (next < kStart + kLongestHorizon)
    set_timer(line, next);
  else
    clear_timer(line);
}

// Counted from the call's joining, so that nothing else that happens to it shifts them.
template <class O, Parts kParts>
SimTime Flow<O, kParts>::next_recheck(const Call& call) const {
  const SimTime from = call.joined + plan_.queues[call.queue].recheck_from;
  return c_.now < from ? from + kRecheck : from + kRecheck * ((c_.now - from) / kRecheck + 1);
}

template <class O, Parts kParts>
void Flow<O, kParts>::wait_timer(std::uint32_t line) {
  if (c_.now >= c_.calls[line].gives_up) {
    has(c_.calls[line], Mark::kLeavesMessage) ? leave_voicemail(line) : abandon(line);
    return;
  }
  if (more(plan_.queues[c_.calls[line].queue].repeats) && !announce_again(line)) [[unlikely]]
    return;
  if (more(plan_.queues[c_.calls[line].queue].special)) [[unlikely]] {
    if (has(c_.calls[line], Mark::kHeld)) {
      release_held(line);
      return;
    }
    if (!offer_special(line)) wait_on(line);
    return;
  }
  if (!offer_open_groups(line)) wait_on(line);
}

template <class O, Parts kParts>
void Flow<O, kParts>::abandon(std::uint32_t line) {
  leave_wait_list(line);
  gone(line);
}

// The caller hangs up, and may ring again.
template <class O, Parts kParts>
void Flow<O, kParts>::gone(std::uint32_t line) {
  Call& call = c_.calls[line];
  if (has(call, Mark::kSentBack)) [[unlikely]]
    observer_.lost_again(call, c_.now - call.joined);
  else
    observer_.abandoned(call, c_.now - call.joined);
  if (more(has(call, Mark::kCampaign))) [[unlikely]]
    party_gone(line);
  else
    gauge(GaugeCounts::OfQueue::kAbandoned, call.queue);
  if (plan_.types[call.type].keeps_story) abandoned_story(line);
  hang_up(line);
}

template <class O, Parts kParts>
void Flow<O, kParts>::leave_wait_list(std::uint32_t line) {
  Call& call = c_.calls[line];
  if (more(has(call, Mark::kHeld))) [[unlikely]]
    leave_held_list(line);
  else
    unlink_waiting(call, line);
  clear_timer(line);
}

// The call that a free agent of a plain group takes: first rank with a call that the group may take
// now, longest waiting.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::longest_waiting(std::uint32_t group) const {
  if (more(plan_.floor.routes)) [[unlikely]]
    return longest_waiting_by_levers(group);
  std::uint32_t best = kNobody;
  for (const Source& source : plan_.groups[group].sources) {
    const std::uint32_t line = c_.waiting[source.wait_list].head;
    if (line != kNobody && c_.now - c_.calls[line].joined >= source.after &&
        (best == kNobody || c_.calls[line].joined < c_.calls[best].joined))
      best = line;
    if (best != kNobody && source.last_of_rank) break;
  }
  return best;
}

}  // namespace callmill
