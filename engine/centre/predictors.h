#pragma once
// What a caller who joins now can expect to wait, and what hearing it does to him.
//
// With q contacts ahead, n agents at work in the groups of the route, mean handle time h and mean
// patience 1 / theta of the queue's callers (theta: of the stated laws). h is what an ACD measures,
// the mean time from answer to ready of agents: where only the stated laws of talk and wrap-up make
// it, their mean; else that of the queue's contacts that are over so far in the run, once there is
// one (Blueprint::measures_handling).
//
//   last_wait     wait of the contact answered last
//   mean_wait     mean wait of the last `predictor_last` answered
//   head_wait     wait so far of the contact that waits longest
//   queue_length  (q + 1) h / n
//   erlang        sum over i = 0 .. q of 1 / (n / h + i theta)
//
// These are the predictors LES, mean of LES, HOL, QL and QL_m of R. Ibrahim and W. Whitt,
// "Real-time delay estimation in overloaded multiserver queues with abandonments", Management
// Science 55(10), 2009; the last one is exact for Erlang A. With an agent idle the prediction is 0.
// With nobody at work the last two give kNobodyAtWork.
//
// Response, in the form of M. Armony, N. Shimkin and W. Whitt, "The impact of delay announcements
// in many-server queues with abandonment", Operations Research 57(1), 2009: a caller who hears w
// hangs up at once with chance B(w), a stated function; those who stay have another patience. It is
// the same caller's patience by the same draw, times a factor or by a stated law, from then on.

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "engine/centre/flow.h"
#include "engine/centre/people.h"

namespace callmill {

inline constexpr SimDuration kNobodyAtWork = std::chrono::hours{24};

// Straight lines between the points (x rising, at least one), level beyond the ends.
inline double line_through(const std::vector<double>& xs, const std::vector<double>& ys, double x) {
  const auto right =
      static_cast<std::size_t>(std::upper_bound(xs.begin(), xs.end(), x) - xs.begin());
  if (right == 0) return ys.front();
  if (right == xs.size()) return ys.back();
  const double share = (x - xs[right - 1]) / (xs[right] - xs[right - 1]);
  return ys[right - 1] + share * (ys[right] - ys[right - 1]);
}

// From answer to ready.
template <class O, Parts kParts>
double Flow<O, kParts>::handle_time_s(std::uint32_t queue) const {
  const QueueState& state = c_.queues[queue];
  if (state.handled == 0) return plan_.queues[queue].predictor.handle_s;
  return to_seconds(state.handled_sum) / static_cast<double>(state.handled);
}

// The agent has answered the call. Those whom the centre rings are no contacts of who waits.
template <class O, Parts kParts>
void Flow<O, kParts>::begin_handling(const Call& call, std::uint32_t agent) {
  if (call.type < plan_.caller_types) c_.handling[agent] = {c_.now, call.queue};
}

// The agent is ready for what comes next, or gone.
template <class O, Parts kParts>
void Flow<O, kParts>::end_handling(std::uint32_t agent) {
  InHand& handling = c_.handling[agent];
  const std::uint32_t queue = std::exchange(handling.queue, kNobody);
  if (queue == kNobody) return;
  ++c_.queues[queue].handled;
  c_.queues[queue].handled_sum += c_.now - handling.since;
}

// `ahead` waits before him, by the two queue-based predictors. Cost: O(ahead) by Erlang's, unless
// asked so before.
template <class O, Parts kParts>
SimDuration Flow<O, kParts>::expected_wait(std::uint32_t queue, std::uint32_t ahead) const {
  const QueuePlan& q = plan_.queues[queue];
  const PredictorPlan& p = q.predictor;
  const QueueState& state = c_.queues[queue];
  if (agent_is_idle(queue)) return {};
  if (p.kind == Predictor::kLastWait) return state.last_wait;
  if (p.kind == Predictor::kMeanWait)
    return state.recent == 0 ? SimDuration{} : state.recent_sum / state.recent;
  if (p.kind == Predictor::kHeadWait) {
    SimTime first = c_.now;
    for (std::uint32_t k = 0; k < plan_.priority_classes; ++k) {
      const std::uint32_t head = c_.waiting[queue * plan_.priority_classes + k].head;
      if (head != kNobody) first = std::min(first, c_.calls[head].joined);
    }
    return c_.now - first;
  }
  std::int64_t agents = 0;
  for (const std::uint32_t group : q.route_group)
    agents += c_.gauges.busy(group) + c_.gauges.available(group);
  const double handle_s = handle_time_s(queue);
  if (agents == 0 || handle_s <= 0) return agents == 0 ? kNobodyAtWork : SimDuration{};
  const double served = static_cast<double>(agents) / handle_s;
  double wait = 0;
  if (p.kind == Predictor::kQueueLength)
    wait = (static_cast<double>(ahead) + 1) / served;
  else
    wait = c_.queues[queue].erlang.seconds(served, p.abandon_rate_per_s, ahead);
  return std::min(from_seconds(wait), kNobodyAtWork);
}

// Who is taken before this waiting call. O(1) of the last of its list, as who has just joined is;
// else O(ahead).
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::waiting_before(std::uint32_t line) const {
  const Call& call = c_.calls[line];
  std::uint32_t ahead = 0;
  for (std::uint32_t k = 0; k < plan_.types[call.type].priority_class; ++k)
    ahead += c_.waiting[call.queue * plan_.priority_classes + k].size;
  if (call.next == kNobody && !has(call, Mark::kHeld)) return ahead + wait_list(call).size - 1;
  for (std::uint32_t i = call.previous; i != kNobody; i = c_.calls[i].previous) ++ahead;
  return ahead;
}

// The call is answered now.
template <class O, Parts kParts>
void Flow<O, kParts>::remember_wait(const Call& call, SimDuration wait) {
  if (call.type >= plan_.caller_types) return;
  const PredictorPlan& p = plan_.queues[call.queue].predictor;
  QueueState& state = c_.queues[call.queue];
  state.last_wait = wait;
  if (p.last == 0) return;
  SimDuration& oldest = c_.recent_waits[p.first_recent + state.next_recent];
  if (state.recent == p.last)
    state.recent_sum -= oldest;
  else
    ++state.recent;
  oldest = state.last_wait;
  state.recent_sum += oldest;
  state.next_recent = (state.next_recent + 1) % p.last;
}

// The waiting call hears its expected wait, for the first time or again; false when that makes it
// hang up. Predictors that know no place in the queue predict the whole wait: what has passed of it
// is taken off.
template <class O, Parts kParts>
bool Flow<O, kParts>::announce(std::uint32_t line, std::uint32_t times_before) {
  Call& call = c_.calls[line];
  const QueuePlan& queue = plan_.queues[call.queue];
  if (has(call, Mark::kCallback)) return true;
  SimDuration expected = expected_wait(call.queue, waiting_before(line));
  if (plan_.queues[call.queue].predictor.kind <= Predictor::kHeadWait)
    expected = std::max(expected - (c_.now - call.joined), SimDuration{});
  if (times_before == 0 && queue.deflection && accepts_other_channel(line, expected)) return false;
  if (!queue.announcement) return true;
  const AnnouncementPlan& p = *queue.announcement;
  if (expected < p.from) return true;
  if (!p.balk_wait_s.empty()) {
    const double share = line_through(p.balk_wait_s, p.balk_share, to_seconds(expected));
    if (call.key.uniform(Purpose::kAnnounceBalk, times_before) < share) {
      abandon(line);
      return false;
    }
  }
  if (times_before > 0) return true;
  if (p.has_patience)
    call.gives_up = c_.now + p.patience.draw(call.key.uniform(Purpose::kPatience));
  else if (call.gives_up < kStart + kLongestHorizon && p.patience_factor != 1)
    call.gives_up = c_.now + scaled(call.gives_up - c_.now, p.patience_factor);
  return true;
}

// At whole multiples of `every` since the call joined.
template <class O, Parts kParts>
bool Flow<O, kParts>::announce_again(std::uint32_t line) {
  const Call& call = c_.calls[line];
  const SimDuration every = plan_.queues[call.queue].announcement->every;
  const SimDuration waited = c_.now - call.joined;
  if (waited % every != SimDuration{} || has(call, Mark::kHeld)) return true;
  return announce(line, static_cast<std::uint32_t>(waited / every));
}

}  // namespace callmill
