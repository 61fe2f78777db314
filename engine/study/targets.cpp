#include "engine/study/targets.h"

#include <algorithm>
#include <cmath>

namespace callmill {
namespace {

// How far the estimate's worse bound lies on the right side; negative = missed. Without an interval
// the mean decides.
double margin(const Target& target, const Estimate& e) {
  if (std::isnan(e.value)) return 0;
  const bool has_interval = std::isfinite(e.ci_low) && std::isfinite(e.ci_high);
  if (target.sense == Sense::kAtLeast) return (has_interval ? e.ci_low : e.value) - target.value;
  return target.value - (has_interval ? e.ci_high : e.value);
}

// Else about each of its days or intervals.
bool is_about_the_whole(const Target& target, const KpiLayout& layout) {
  return target.per == Per::kRun || (target.per == Per::kDay && layout.days() == 0);
}

TargetResult evaluate(const Target& target, const World& world, const KpiTable& kpis) {
  const Scope scope = scope_of(target);
  const Metric* metric = find_metric(target.metric, scope.kind);
  CALLMILL_CHECK(metric != nullptr, "a target names a metric that its scope has");
  const std::uint32_t intervals = kpis.layout().intervals();
  const double confidence = world.study.confidence;
  TargetResult result{
      target, kpis.estimate(*metric, scope, intervals, confidence), intervals, true, {}};
  const KpiLayout& layout = kpis.layout();
  if (is_about_the_whole(target, layout)) {
    result.met = margin(target, result.estimate) >= 0;
    return result;
  }
  double worst = std::numeric_limits<double>::infinity();
  const bool by_day = target.per == Per::kDay;
  const std::uint32_t first = by_day ? intervals + 1 : layout.first_counted();
  const std::uint32_t end = by_day ? layout.periods() : intervals;
  for (std::uint32_t i = first; i < end; ++i) {
    const Estimate e = kpis.estimate(*metric, scope, i, confidence);
    const double m = margin(target, e);
    if (m < 0) result.missed_intervals.push_back(i);
    if (m < worst && !std::isnan(e.value)) {
      worst = m;
      result.estimate = e;
      result.interval = i;
    }
  }
  result.met = result.missed_intervals.empty();
  return result;
}

}  // namespace

Scope scope_of(const Target& target) {
  if (target.queue) return {ScopeKind::kQueue, target.queue->index()};
  if (target.trunks) return {ScopeKind::kTrunks, target.trunks->index()};
  return {};
}

std::vector<TargetResult> evaluate_targets(const World& world, const KpiTable& kpis) {
  std::vector<TargetResult> results;
  for (const Target& target : world.targets) results.push_back(evaluate(target, world, kpis));
  return results;
}

std::vector<Watched> watch_targets(const World& world, const KpiLayout& layout) {
  std::vector<Watched> watched;
  for (const Target& target : world.targets) {
    if (!is_about_the_whole(target, layout)) continue;
    const Scope scope = scope_of(target);
    watched.push_back({find_metric(target.metric, scope.kind), 0, scope, kWholeDay, {}});
  }
  return watched;
}

std::vector<TargetResult> evaluate_targets(const World& world, const KpiTable& kpis,
                                           std::span<const WatchedFigure> figures) {
  std::vector<TargetResult> results = evaluate_targets(world, kpis);
  std::size_t next = 0;
  for (TargetResult& r : results) {
    if (!is_about_the_whole(r.target, kpis.layout())) continue;
    r.estimate = figures[next++].estimate;
    r.met = margin(r.target, r.estimate) >= 0;
  }
  return results;
}

bool all_met(const std::vector<TargetResult>& results) {
  return std::all_of(results.begin(), results.end(),
                     [](const TargetResult& r) { return r.met || r.target.price; });
}

double TargetResult::penalty() const {
  if (!target.price || std::isnan(estimate.value)) return 0;
  const double miss = target.sense == Sense::kAtLeast ? target.value - estimate.value
                                                      : estimate.value - target.value;
  const double points = target.metric == "asa" ? miss : 100 * miss;
  return *target.price * std::max(0.0, points);
}

double penalties_of(const std::vector<TargetResult>& results) {
  double sum = 0;
  for (const TargetResult& r : results) sum += r.penalty();
  return sum;
}

}  // namespace callmill
