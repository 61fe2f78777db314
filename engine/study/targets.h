#pragma once
// Do the simulated indicators meet the scenario's targets? A target is met when its whole interval
// lies on the right side: the simulation confirms it, not its mean alone.

#include <span>
#include <string>
#include <vector>

#include "engine/kpi/kpi_table.h"
#include "engine/study/watch.h"
#include "models/world/world.h"

namespace callmill {

struct TargetResult {
  Target target;
  Estimate estimate;           // of the run, or of the worst interval, day or week
  std::uint32_t interval = 0;  // period of `estimate`, as in KpiLayout
  bool met = false;
  // Intervals, or days (weeks, months) of a longer run, in which the target is not met; empty when
  // it is about the whole.
  std::vector<std::uint32_t> missed_intervals;

  // Points (asa: seconds) by which its means miss it, day by day: of a week or a run each open day
  // of it counts. Not of intervals.
  double missed_points = 0;

  // Of a target with a price, for what its means miss: money of the day, or of all days.
  double penalty() const { return target.price.value_or(0) * missed_points; }
};

// The scope whose indicator the target is about.
Scope scope_of(const Target& target);
// One result a target, in the World's order. An interval (or day) without a single call meets every
// target.
std::vector<TargetResult> evaluate_targets(const World& world, const KpiTable& kpis);
// The indicators of those about the whole run, in their order, to be watched: their intervals then
// know all that the study knows of its days.
std::vector<Watched> watch_targets(const World& world, const KpiLayout& layout);
// Likewise with `figures` of watch_targets, one each, in the place of the table's.
std::vector<TargetResult> evaluate_targets(const World& world, const KpiTable& kpis,
                                           std::span<const WatchedFigure> figures);
// All that must be; those with a price need not.
bool all_met(const std::vector<TargetResult>& results);
double penalties_of(const std::vector<TargetResult>& results);

}  // namespace callmill
