#include "engine/kpi/counts_now.h"

#include <limits>

#include "engine/kpi/kpi_cells.h"

namespace callmill {
namespace {

template <class Count, class CellOf>
std::vector<double> sum_up(std::uint32_t first, std::uint32_t end, CellOf&& cell_of) {
  Cell<Count> sum{};
  for (std::uint32_t i = first; i < end; ++i) combine<Count>(sum, cell_of(i));
  std::vector<double> counts(sum.size());
  write<Count>(sum, counts);
  return counts;
}

// What is left of the interval at hand has been counted ahead for whoever is in a state now.
Cell<AgentCount> agents_so_far(const Recorder& r, Scope scope, std::uint32_t interval,
                               SimTime now) {
  if (interval != r.interval_at_hand()) return agent_cell(r, scope, interval);
  if (scope.kind == ScopeKind::kGroup) return r.agents_until(scope.index, now);
  Cell<AgentCount> sum{};
  for (std::uint32_t g = 0; g < r.plan().groups.size(); ++g) {
    const Cell<AgentCount> cell = r.agents_until(g, now);
    combine<AgentCount>(sum, cell);
    sum[at(AgentCount::kElapsed)] = cell[at(AgentCount::kElapsed)];
  }
  return sum;
}

Cell<LineCount> lines_so_far(const Recorder& r, Scope scope, std::uint32_t interval, SimTime now) {
  if (interval != r.interval_at_hand()) return line_cell(r, scope, interval);
  if (scope.kind == ScopeKind::kTrunks) return r.lines_until(scope.index, now);
  Cell<LineCount> sum{};
  for (std::uint32_t t = 0; t + 1 < r.plan().first_line.size(); ++t) {
    const Cell<LineCount> cell = r.lines_until(t, now);
    combine<LineCount>(sum, cell);
    sum[at(LineCount::kElapsed)] = cell[at(LineCount::kElapsed)];
  }
  return sum;
}

}  // namespace

std::vector<double> counts_now(const Recorder& recorder, Family family, Scope scope,
                               std::uint32_t first, std::uint32_t end, SimTime now) {
  switch (family) {
    case Family::kCalls:
      return sum_up<CallCount>(first, end,
                               [&](std::uint32_t i) { return call_cell(recorder, scope, i); });
    case Family::kAgents:
      return sum_up<AgentCount>(
          first, end, [&](std::uint32_t i) { return agents_so_far(recorder, scope, i, now); });
    case Family::kLines:
      return sum_up<LineCount>(
          first, end, [&](std::uint32_t i) { return lines_so_far(recorder, scope, i, now); });
    default:
      return {};
  }
}

double value_of(const Metric& metric, const std::vector<double>& counts) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  if (counts.empty()) return kNaN;
  double above = 0, below = 0;
  for (const LinearTerm& term : metric.numerator) above += term.weight * counts[term.index];
  if (metric.denominator.empty()) return above;
  for (const LinearTerm& term : metric.denominator) below += term.weight * counts[term.index];
  return below == 0 ? kNaN : above / below;
}

}  // namespace callmill
