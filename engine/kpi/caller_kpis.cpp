// Indicators of callers: who was served in the end, after how many attempts, after how long.

#include <utility>

#include "engine/kpi/kpi_parts.h"

namespace callmill {
namespace {

using C = CallerCount;

std::vector<LinearTerm> sum(std::initializer_list<C> counts) {
  std::vector<LinearTerm> terms;
  for (const C c : counts) terms.push_back({at(c), 1.0});
  return terms;
}

Cell<C> cell_of(const Recorder& r, Scope scope, std::uint32_t interval) {
  if (scope.kind == ScopeKind::kCallerType) return r.callers(scope.index, interval);
  Cell<C> total{};
  for (std::uint32_t type = 0; type < r.plan().caller_types; ++type)
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += r.callers(type, interval)[i];
  return total;
}

}  // namespace

void add_caller_metrics(std::vector<Metric>& m) {
  const std::vector<ScopeKind> scopes = {ScopeKind::kTotal, ScopeKind::kCallerType};
  const auto add = [&](std::string_view key, std::string_view en, std::string_view zh,
                       std::string_view formula, Unit unit, std::vector<LinearTerm> numerator,
                       std::vector<LinearTerm> denominator) {
    m.push_back({key, en, zh, formula, unit, Family::kCallers, scopes, std::move(numerator),
                 std::move(denominator)});
  };
  const std::vector<LinearTerm> all = sum({C::kCallers}), served = sum({C::kServed});
  add("callers", "Callers", "来电人数", "P", Unit::kCount, all, {});
  add("served_in_the_end", "Served in the end", "最终接通率(按人)", "Ps / P", Unit::kShare, served,
      all);
  add("gave_up", "Gave up for good", "最终放弃率(按人)",
      "P never served, blocked, abandoned or cut off at last, who call no more / P", Unit::kShare,
      sum({C::kGaveUp}), all);
  add("unresolved_in_the_end", "Unresolved in the end", "最终未解决率(按人)",
      "P who were served, whose matter is open and who call no more / P", Unit::kShare,
      sum({C::kUnresolved}), all);
  add("left_in_menu", "Left in the menu", "菜单离开率(按人)",
      "P who hung up in the menu, never served / P", Unit::kShare, sum({C::kLeftMenu}), all);
  add("another_day", "Call another day", "改日再拨率(按人)",
      "P whose next call lies after the end of the run / P", Unit::kShare, sum({C::kAnotherDay}),
      all);
  add("left_message_in_the_end", "Left a message (callers)", "留言率(按人)",
      "P who left a message that nobody works off, never served / P", Unit::kShare,
      sum({C::kLeftMessage}), all);
  add("open_at_the_end", "Open at the end of the run", "运行结束时未了结率(按人)",
      "P who still wait, or for a callback or the answer to a message, when the run is over / P",
      Unit::kShare, sum({C::kOpen}), all);
  add("attempts_per_caller", "Attempts per caller", "人均拨打次数",
      "attempts of P, by call or chat / P", Unit::kNumber, sum({C::kAttempts}), all);
  add("time_to_answer", "Time to first answer", "首拨至接通时长",
      "time from first ring to first answer / Ps", Unit::kSeconds, sum({C::kTimeToAnswer}), served);
}

void write_callers(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                   ReplicationCounts& out) {
  const Blueprint& plan = recorder.plan();
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const Cell<C> cell = cell_of(recorder, row.scope, i);
    for (std::size_t k = 0; k < cell.size(); ++k) {
      const double scale = static_cast<C>(k) == C::kTimeToAnswer ? 1e-6 : 1.0;
      add_to_periods(plan, layout, row, i, k, static_cast<double>(cell[k]) * scale, out);
    }
  }
}

}  // namespace callmill
