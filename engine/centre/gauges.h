#pragma once
// What the centre knows of itself while it runs, and whether a condition holds. Levels read the
// state; rates read GaugeCounts. O(wait lists) at the most; nothing is changed.

#include <limits>

#include "engine/centre/flow.h"

namespace callmill {

// NaN when there is nothing to divide by: nobody answered yet, no agent on duty. No condition holds
// then.
template <class O, Parts kParts>
double Flow<O, kParts>::indicator(const ConditionPlan& condition) const {
  switch (condition.indicator) {
    case Indicator::kWaiting:
      return waiting_now(condition.of);
    case Indicator::kBacklog:  // no message, no lists
      if (!plan_.has_messages) return 0;
      return sum_of(condition.of, c_.backlog.size(),
                    [&](std::uint32_t q) { return c_.backlog[q].size; });
    case Indicator::kLongestWait:
      return longest_wait_s(condition.of);
    case Indicator::kExpectedWait:
      return expected_wait_s(condition.of == kOfAll ? 0 : condition.of);
    case Indicator::kIdleAgents:
      return sum_of(condition.of, c_.idle.size(), [&](std::uint32_t g) { return c_.idle[g].size; });
    case Indicator::kLinesInUse:
    case Indicator::kLineShare: {
      const auto trunks = c_.trunks.size();
      const double used =
          sum_of(condition.of, trunks, [&](std::uint32_t t) { return c_.trunks[t].in_use; });
      if (condition.indicator == Indicator::kLinesInUse) return used;
      return used /
             sum_of(condition.of, trunks, [&](std::uint32_t t) { return c_.trunks[t].in_service; });
    }
    case Indicator::kBusyShare: {
      const auto busy = [&](std::uint32_t g) { return c_.gauges.busy(g); };
      const auto open = [&](std::uint32_t g) {
        return (c_.gauges.busy(g) + c_.gauges.available(g));
      };
      return sum_of(condition.of, c_.idle.size(), busy) /
             sum_of(condition.of, c_.idle.size(), open);
    }
    default:
      return rate(condition);
  }
}

template <class O, Parts kParts>
bool Flow<O, kParts>::holds(const ConditionPlan& condition) const {
  const double x = indicator(condition);
  return condition.sense == Sense::kAtLeast ? x >= condition.value : x <= condition.value;
}

template <class O, Parts kParts>
template <class F>
double Flow<O, kParts>::sum_of(std::uint32_t index, std::size_t all, F&& value) const {
  if (index != kOfAll) return static_cast<double>(value(index));
  double sum = 0;
  for (std::uint32_t i = 0; i < all; ++i) sum += static_cast<double>(value(i));
  return sum;
}

template <class O, Parts kParts>
double Flow<O, kParts>::waiting_now(std::uint32_t queue) const {
  return sum_of(queue, plan_.queues.size(), [&](std::uint32_t q) {
    double waiting = 0;
    for (std::uint32_t k = 0; k < plan_.priority_classes; ++k)
      waiting += c_.waiting[q * plan_.priority_classes + k].size;
    return waiting;
  });
}

template <class O, Parts kParts>
double Flow<O, kParts>::longest_wait_s(std::uint32_t queue) const {
  SimTime first = c_.now;
  const std::uint32_t classes = plan_.priority_classes;
  const std::uint32_t from = queue == kOfAll ? 0 : queue * classes;
  const std::uint32_t to = queue == kOfAll ? plan_.wait_lists() : from + classes;
  for (std::uint32_t list = from; list < to; ++list)
    if (const std::uint32_t head = c_.waiting[list].head; head != kNobody)
      first = std::min(first, c_.calls[head].joined);
  return to_seconds(c_.now - first);
}

template <class O, Parts kParts>
double Flow<O, kParts>::rate(const ConditionPlan& condition) const {
  using OfQueue = GaugeCounts::OfQueue;
  using OfLines = GaugeCounts::OfLines;
  using OfGroup = GaugeCounts::OfGroup;
  const auto sum = [&](auto what, std::size_t all) {
    return sum_of(condition.of, all, [&](std::uint32_t i) {
      return c_.gauges.over(c_.gauges.series(what, i), condition.minutes, c_.now);
    });
  };
  const std::size_t queues = plan_.queues.size(), trunks = c_.trunks.size(),
                    groups = c_.idle.size();
  switch (condition.indicator) {
    case Indicator::kServiceLevel:
      return sum(OfQueue::kAnsweredWithin, queues) /
             (sum(OfQueue::kAnswered, queues) + sum(OfQueue::kAbandoned, queues));
    case Indicator::kAnswerRate:
      return sum(OfQueue::kAnswered, queues) /
             (sum(OfQueue::kAnswered, queues) + sum(OfQueue::kAbandoned, queues));
    case Indicator::kAbandonRate:
      return sum(OfQueue::kAbandoned, queues) /
             (sum(OfQueue::kAnswered, queues) + sum(OfQueue::kAbandoned, queues));
    case Indicator::kLossRate:
      return sum(OfLines::kBlocked, trunks) / sum(OfLines::kAttempts, trunks);
    case Indicator::kOccupancy:
      return sum(OfGroup::kBusyTime, groups) / sum(OfGroup::kOpenTime, groups);
    case Indicator::kArrivals:
      return sum(OfQueue::kOffered, queues);
    default:
      CALLMILL_CHECK(false, "a level is no rate");
  }
  return 0;
}

}  // namespace callmill
