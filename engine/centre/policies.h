#pragma once
// The policies of routing, by name; docs/models/routing.md has them in one table.
//
// A call picks among the idle agents of a step (QueuePlan::pick_agent):
//   longest_idle      idle longest
//   least_occupied    smallest share of the signed-in time spent on calls and dials
//   random            every idle agent is as likely; the caller's own draw
//   most_idle_group   idle longest, of the group with most idle agents
//   fewest_contacts   answered fewest calls
// An agent picks among the waiting calls (GroupPlan::pick_call):
//   by_rank           first rank of GroupPlan::sources with a call, longest waiting
//   own_first         the same; the ranks begin with the group's own queue
//   ageing            greatest priority + ageing * wait
//   queue_ratio       of the queue most above its share of the waiting: the
//   queue-and-idleness-ratio
//                     rule of Gurvich and Whitt (2009), Mathematics of Operations Research 34(2),
//                     363-396
//   longest_queue     of the queue in which most wait
// Ties: higher priority, then longer wait; among agents idle longest, then first group of the step.
// Cost: longest_idle and by_rank look at the heads of lists; random, least_occupied and
// fewest_contacts walk the idle agents of the step.

#include "engine/centre/flow.h"

namespace callmill {

template <class O, Parts kParts>
void Flow<O, kParts>::keep_agent_book(std::uint32_t agent, AgentState to) {
  AgentFile& file = c_.agent_files[agent];
  const AgentState from = c_.agents[agent].state;
  const SimDuration spent = c_.now - file.since;
  constexpr unsigned kOccupied = states::bit(AgentState::kTalk) |
                                 states::bit(AgentState::kDialling) |
                                 states::bit(AgentState::kWrap) | states::bit(AgentState::kChat);
  file.occupied += (states::bit(from) & kOccupied) != 0 ? spent : SimDuration{0};
  file.signed_in += from != AgentState::kOff ? spent : SimDuration{0};
  file.since = c_.now;
  file.contacts += to == AgentState::kTalk ? 1u : 0u;
}

// The least comes first. The agent is idle.
template <class O, Parts kParts>
double Flow<O, kParts>::agent_score(PickAgent policy, std::uint32_t agent) const {
  const AgentFile& file = c_.agent_files[agent];
  switch (policy) {
    case PickAgent::kLeastOccupied: {
      const auto signed_in = static_cast<double>((file.signed_in + (c_.now - file.since)).count());
      return signed_in > 0 ? static_cast<double>(file.occupied.count()) / signed_in : 0;
    }
    case PickAgent::kFewestContacts:
      return file.contacts;
    case PickAgent::kLongestIdle:
    case PickAgent::kRandom:
    case PickAgent::kMostIdleGroup:
      break;
  }
  return static_cast<double>(file.since.time_since_epoch().count());
}

// Among the steps [first, last) of the call's queue, which are one to the caller.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::pick_agent(const Call& call, std::uint32_t first,
                                          std::uint32_t last) const {
  const QueuePlan& queue = plan_.queues[call.queue];
  const bool by_list =
      queue.pick_agent == PickAgent::kMostIdleGroup || queue.pick_agent == PickAgent::kLongestIdle;
  if (by_list && last - first == 1) {
    const FifoList& idle = c_.idle[queue.route_group[first]];
    return idle.size > 0 && may_take(call.queue, first, idle.size) ? idle.head : kNobody;
  }
  const auto open_group = [&](std::uint32_t step) -> const FifoList* {
    const FifoList& idle = c_.idle[queue.route_group[step]];
    return may_take(call.queue, step, idle.size) ? &idle : nullptr;
  };
  const FifoList* only = nullptr;
  std::uint32_t groups = 0, agents = 0;
  for (std::uint32_t step = first; step < last; ++step) {
    const FifoList* idle = open_group(step);
    if (idle == nullptr) continue;
    ++groups;
    agents += idle->size;
    if (only == nullptr ||
        (queue.pick_agent == PickAgent::kMostIdleGroup && idle->size > only->size))
      only = idle;
  }
  if (groups == 0) return kNobody;
  const bool by_head = queue.pick_agent == PickAgent::kMostIdleGroup ||
                       (queue.pick_agent == PickAgent::kLongestIdle && groups == 1);
  if (by_head) return only->head;
  if (queue.pick_agent == PickAgent::kRandom) {
    const double u = call.key.uniform(Purpose::kPickAgent);
    auto left = static_cast<std::uint32_t>(u * agents);
    for (std::uint32_t step = first; step < last; ++step) {
      const FifoList* idle = open_group(step);
      if (idle == nullptr) continue;
      if (left >= idle->size) {
        left -= idle->size;
        continue;
      }
      std::uint32_t agent = idle->head;
      while (left-- > 0) agent = c_.agents[agent].next;
      return agent;
    }
  }
  std::uint32_t best = kNobody;
  double least = 0;
  for (std::uint32_t step = first; step < last; ++step) {
    const FifoList* idle = open_group(step);
    if (idle == nullptr) continue;
    for (std::uint32_t agent = idle->head; agent != kNobody; agent = c_.agents[agent].next) {
      const double score = agent_score(queue.pick_agent, agent);
      if (best != kNobody && score >= least) continue;
      best = agent;
      least = score;
      if (queue.pick_agent == PickAgent::kLongestIdle) break;  // the rest came later
    }
  }
  return best;
}

// How many wait for each unit of Queue::ratio, over the queues that the group serves.
template <class O, Parts kParts>
double Flow<O, kParts>::waiting_per_ratio(std::uint32_t group) const {
  double waiting = 0, ratio = 0;
  std::uint32_t last = kNobody;
  for (const Source& source : plan_.groups[group].sources) {
    const std::uint32_t queue = source.wait_list / plan_.priority_classes;
    if (queue == last) continue;  // its lists lie side by side
    last = queue;
    waiting += waiting_for_all(queue);
    ratio += plan_.queues[queue].ratio;
  }
  return waiting / ratio;
}

// The greatest comes first.
template <class O, Parts kParts>
double Flow<O, kParts>::call_score(PickCall policy, const Call& call, double ratio_unit) const {
  switch (policy) {
    case PickCall::kAgeing: {
      const CallerTypePlan& type = plan_.types[call.type];
      return type.priority +
             type.ageing_per_us * static_cast<double>((c_.now - call.joined).count());
    }
    case PickCall::kQueueRatio:
      return waiting_for_all(call.queue) - plan_.queues[call.queue].ratio * ratio_unit;
    case PickCall::kLongestQueue:
      return waiting_for_all(call.queue);
    case PickCall::kByRank:
    case PickCall::kOwnFirst:
      break;
  }
  return 0;
}

// The call that an agent of the group takes now, when `idle` of the group are idle; of `only_queue`
// unless that is kNobody. kNobody when there is none.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::pick_call(std::uint32_t group, std::uint32_t idle,
                                         std::uint32_t only_queue) const {
  if (plan_.floor.routes && c_.floor.levers.any_raised) {
    const std::uint32_t line = pick_call_of(group, idle, only_queue, true);
    if (line != kNobody) return line;
  }
  return pick_call_of(group, idle, only_queue, false);
}

// Whether `line`, the first of the source's list, is open to the group.
template <class O, Parts kParts>
bool Flow<O, kParts>::may_take_from(const Source& source, std::uint32_t line, std::uint32_t idle,
                                    bool raised_only) const {
  const Call& call = c_.calls[line];
  return (!raised_only || c_.floor.levers.raised[call.queue] != 0) &&
         c_.now - call.joined >= source.after && may_take(call.queue, source.step, idle);
}

// `raised_only`: of the queues that the floor has raised above the others.
template <class O, Parts kParts>
std::uint32_t Flow<O, kParts>::pick_call_of(std::uint32_t group, std::uint32_t idle,
                                            std::uint32_t only_queue, bool raised_only) const {
  const GroupPlan& p = plan_.groups[group];
  if (!c_.with_waiting.any_of(p.wait_lists)) return kNobody;
  const double unit = p.pick_call == PickCall::kQueueRatio ? waiting_per_ratio(group) : 0;
  // The lists of `only_queue` lie side by side.
  const std::uint32_t first_list = only_queue == kNobody ? 0 : only_queue * plan_.priority_classes;
  const std::uint32_t lists = only_queue == kNobody ? plan_.wait_lists() : plan_.priority_classes;
  std::uint32_t best = kNobody;
  double best_score = 0;
  std::int32_t best_priority = 0;
  for (const Source& source : p.sources) {
    const std::uint32_t line = c_.waiting[source.wait_list].head;
    if (line != kNobody && source.wait_list - first_list < lists &&
        may_take_from(source, line, idle, raised_only)) {
      const double score = call_score(p.pick_call, c_.calls[line], unit);
      const std::int32_t priority =
          plan_.priority_of_class[source.wait_list % plan_.priority_classes];
      const auto comes_first = [&] {
        if (best == kNobody || score != best_score) return best == kNobody || score > best_score;
        if (priority != best_priority) return priority > best_priority;
        return c_.calls[line].joined < c_.calls[best].joined;
      };
      if (comes_first()) {
        best = line;
        best_score = score;
        best_priority = priority;
      }
    }
    if (best != kNobody && source.last_of_rank) break;
  }
  return best;
}

}  // namespace callmill
