// Indicators of deferred work.

#include <algorithm>

#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

using C = MessageCount;

std::vector<LinearTerm> one(C count) {
  return {{at(count), 1.0}};
}

// A type's counts; of a queue, those of the types that enter it; or all.
MessageBook::Counts cell_of(const Recorder& recorder, Scope scope, std::uint32_t interval) {
  const Blueprint& plan = recorder.plan();
  MessageBook::Counts sum{};
  double elapsed = 0;
  for (const std::uint32_t type : plan.types_by_name) {
    const CallerTypePlan& p = plan.types[type];
    if (!p.message.used) continue;
    if (scope.kind == ScopeKind::kCallerType && scope.index != type) continue;
    if (scope.kind == ScopeKind::kQueue && scope.index != p.enters.index) continue;
    const MessageBook::Counts& cell = recorder.messages().cell(type, interval);
    for (std::size_t k = 0; k < cell.size(); ++k) sum[k] += cell[k];
    elapsed = cell[at(C::kElapsed)];
  }
  sum[at(C::kElapsed)] = elapsed;
  return sum;
}

}  // namespace

void add_message_metrics(std::vector<Metric>& m) {
  const std::vector<ScopeKind> scopes = {ScopeKind::kTotal, ScopeKind::kQueue,
                                         ScopeKind::kCallerType};
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, C numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, unit, Family::kMessages, scopes, one(numerator),
                 std::move(denominator)});
  };
  add("messages", "Messages", "工单量", "W, those open at the start of the run included",
      Unit::kCount, C::kCame, {});
  add("messages_done", "Messages done", "办结量", "Wd, of those that came in the period",
      Unit::kCount, C::kDone, {});
  add("on_time_rate", "Done in time", "按时办结率",
      "done by their deadline / W whose deadline lies within the run", Unit::kShare, C::kDoneInTime,
      one(C::kDue));
  add("time_to_done", "Time to done", "平均办结时长", "time from coming to done / Wd",
      Unit::kSeconds, C::kTimeToDone, one(C::kDone));
  add("backlog", "Backlog", "平均积压量", "open messages, mean over the open hours", Unit::kNumber,
      C::kOpenTime, one(C::kElapsed));
  add("backlog_age", "Age of the backlog", "积压平均时长", "age of an open message, mean over time",
      Unit::kSeconds, C::kAgeTime, one(C::kOpenTime));
}

void write_messages(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                    ReplicationCounts& out) {
  const Blueprint& plan = recorder.plan();
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const MessageBook::Counts cell = cell_of(recorder, row.scope, i);
    for (std::size_t k = 0; k < cell.size(); ++k)
      add_to_periods(plan, layout, row, i, k, cell[k], out);
  }
}

}  // namespace callmill
