#pragma once
// Cells of a Recorder as indicators need them: added up over a scope, in seconds where they are
// times. For kpi_table.cpp and counts_now.cpp.

#include <algorithm>
#include <span>

#include "engine/kpi/metric.h"
#include "engine/kpi/recorder.h"

namespace callmill {

constexpr bool is_time(CallCount c) {
  return c == CallCount::kWaitAnswered || c == CallCount::kWaitAbandoned || c == CallCount::kTalk ||
         c == CallCount::kHold || c == CallCount::kWrap || c == CallCount::kMaxWait;
}
constexpr bool is_time(AgentCount c) {
  return c <= AgentCount::kChatTime || c == AgentCount::kElapsed;
}
constexpr bool is_time(CampaignCount c) {
  return c == CampaignCount::kWait || c == CampaignCount::kFilterCost;  // kept in millionths
}
constexpr bool is_time(CallbackCount c) {
  return c == CallbackCount::kTime;
}
constexpr bool is_time(LineCount c) {
  return c == LineCount::kBusy || c == LineCount::kLineTime || c == LineCount::kElapsed;
}
constexpr bool is_time(FloorCount c) {  // cost is in millionths too
  return c == FloorCount::kTimeOn || c == FloorCount::kExtraTime || c == FloorCount::kCost ||
         c == FloorCount::kExtraWage;
}
constexpr bool is_time(PeopleCount c) {
  return c >= PeopleCount::kScheduled && c <= PeopleCount::kOther;
}

// How two cells become one: across scopes (queues of a centre, groups), and across the intervals of
// the day.
template <class Count>
constexpr bool by_maximum(Count) {
  return false;
}
constexpr bool by_maximum(CallCount c) {
  return c == CallCount::kMaxWait;
}
constexpr bool by_maximum(LineCount c) {
  return c == LineCount::kPeak;
}

template <class Count>
void combine(Cell<Count>& into, const Cell<Count>& cell) {
  for (std::size_t i = 0; i < cell.size(); ++i)
    into[i] = by_maximum(static_cast<Count>(i)) ? std::max(into[i], cell[i]) : into[i] + cell[i];
}

template <class Count>
void write(const Cell<Count>& cell, std::span<double> out) {
  for (std::size_t i = 0; i < cell.size(); ++i)
    out[i] = static_cast<double>(cell[i]) * (is_time(static_cast<Count>(i)) ? 1e-6 : 1.0);
}

inline Cell<CallCount> call_cell(const Recorder& r, Scope scope, std::uint32_t interval) {
  Cell<CallCount> sum{};
  for (std::uint32_t type = 0; type < r.plan().caller_types; ++type) {
    if (scope.kind == ScopeKind::kCallerType && scope.index != type) continue;
    if (scope.kind == ScopeKind::kTotal && r.plan().types[type].channel == Channel::kChat) continue;
    for (std::uint32_t queue = 0; queue <= r.queues(); ++queue) {
      if (scope.kind == ScopeKind::kQueue && scope.index != queue) continue;
      combine<CallCount>(sum, r.calls(type, queue, interval));
    }
  }
  return sum;
}

inline Cell<AgentCount> agent_cell(const Recorder& r, Scope scope, std::uint32_t interval) {
  if (scope.kind == ScopeKind::kGroup) return r.agents(scope.index, interval);
  Cell<AgentCount> sum{};
  for (std::uint32_t g = 0; g < r.plan().groups.size(); ++g) {
    combine<AgentCount>(sum, r.agents(g, interval));
    sum[at(AgentCount::kElapsed)] = r.agents(g, interval)[at(AgentCount::kElapsed)];
  }
  return sum;
}

inline Cell<PeopleCount> people_cell(const Recorder& r, Scope scope, std::uint32_t interval) {
  if (scope.kind == ScopeKind::kGroup) return r.people().cell(scope.index, interval);
  Cell<PeopleCount> sum{};
  for (std::uint32_t g = 0; g < r.plan().groups.size(); ++g)
    combine<PeopleCount>(sum, r.people().cell(g, interval));
  return sum;
}

inline Cell<LineCount> line_cell(const Recorder& r, Scope scope, std::uint32_t interval) {
  if (scope.kind == ScopeKind::kTrunks) return r.lines(scope.index, interval);
  Cell<LineCount> sum{};
  for (std::uint32_t t = 0; t + 1 < r.plan().first_line.size(); ++t) {
    combine<LineCount>(sum, r.lines(t, interval));
    sum[at(LineCount::kElapsed)] = r.lines(t, interval)[at(LineCount::kElapsed)];
  }
  return sum;
}

inline Cell<FloorCount> floor_cell(const Recorder& r, Scope scope, std::uint32_t interval) {
  if (scope.kind == ScopeKind::kRule) return r.floor().cell(scope.index, interval);
  Cell<FloorCount> sum{};
  for (std::uint32_t rule = 0; rule < r.floor().rules(); ++rule)
    combine<FloorCount>(sum, r.floor().cell(rule, interval));
  return sum;
}

inline Cell<CallbackCount> callback_cell(const Recorder& r, Scope scope, std::uint32_t interval) {
  if (scope.kind == ScopeKind::kQueue) return r.callbacks().cell(scope.index, interval);
  Cell<CallbackCount> sum{};
  for (std::uint32_t q = 0; q < r.queues(); ++q)
    combine<CallbackCount>(sum, r.callbacks().cell(q, interval));
  return sum;
}

inline Cell<CampaignCount> campaign_cell(const Recorder& r, Scope scope, std::uint32_t interval) {
  if (scope.kind == ScopeKind::kCampaign) return r.campaigns().cell(scope.index, interval);
  Cell<CampaignCount> sum{};
  for (std::uint32_t k = 0; k < r.plan().campaigns.size(); ++k)
    combine<CampaignCount>(sum, r.campaigns().cell(k, interval));
  return sum;
}

}  // namespace callmill
