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

// Periods that are judged, each by itself: first to before end.
struct Judged {
  std::uint32_t first = 0, end = 0;
  bool whole = false;  // the one of all that is counted
};

// Else about each of its days, weeks or intervals.
Judged periods_of(const Target& target, const KpiLayout& layout) {
  const std::uint32_t intervals = layout.intervals();
  if (target.per == Per::kInterval) return {layout.first_counted(), intervals};
  if (target.per == Per::kDay && layout.days() > 0) return {intervals + 1, layout.end_of_days()};
  Judged judged{layout.periods(), layout.periods()};
  for (std::uint32_t s = 0; s < layout.spans().size(); ++s)
    if (layout.spans()[s].per == target.per) {
      judged.first = std::min(judged.first, layout.end_of_days() + s);
      judged.end = layout.end_of_days() + s + 1;
    }
  return judged.first < layout.periods() ? judged : Judged{intervals, intervals + 1, true};
}

bool is_about_the_whole(const Target& target, const KpiLayout& layout) {
  return periods_of(target, layout).whole;
}

// By which the mean misses it, times the days for which it stands.
double missed_points(const Target& target, double value, const KpiLayout& layout,
                     std::uint32_t period) {
  if (std::isnan(value) || period < layout.intervals()) return 0;
  const double miss = target.sense == Sense::kAtLeast ? target.value - value : value - target.value;
  const std::uint32_t days = period == layout.intervals() ? std::max(1U, layout.days())
                             : period < layout.end_of_days()
                                 ? 1
                                 : layout.spans()[period - layout.end_of_days()].days();
  return std::max(0.0, target.metric == "asa" ? miss : 100 * miss) * days;
}

void judge_whole(TargetResult& result, const Estimate& estimate, const KpiLayout& layout) {
  result.estimate = estimate;
  result.met = margin(result.target, estimate) >= 0;
  result.missed_points = missed_points(result.target, estimate.value, layout, layout.intervals());
}

TargetResult evaluate(const Target& target, const World& world, const KpiTable& kpis) {
  const Scope scope = scope_of(target);
  const Metric* metric = find_metric(target.metric, scope.kind);
  CALLMILL_CHECK(metric != nullptr, "a target names a metric that its scope has");
  const KpiLayout& layout = kpis.layout();
  const double confidence = world.study.confidence;
  TargetResult result;
  result.target = target;
  result.interval = layout.intervals();
  result.estimate = kpis.estimate(*metric, scope, result.interval, confidence);
  const Judged judged = periods_of(target, layout);
  if (judged.whole) {
    judge_whole(result, result.estimate, layout);
    return result;
  }
  double worst = std::numeric_limits<double>::infinity();
  for (std::uint32_t i = judged.first; i < judged.end; ++i) {
    const Estimate e = kpis.estimate(*metric, scope, i, confidence);
    const double m = margin(target, e);
    if (m < 0) result.missed_intervals.push_back(i);
    result.missed_points += missed_points(target, e.value, layout, i);
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
    judge_whole(r, figures[next++].estimate, kpis.layout());
  }
  return results;
}

bool all_met(const std::vector<TargetResult>& results) {
  return std::all_of(results.begin(), results.end(),
                     [](const TargetResult& r) { return r.met || r.target.price; });
}

double penalties_of(const std::vector<TargetResult>& results) {
  double sum = 0;
  for (const TargetResult& r : results) sum += r.penalty();
  return sum;
}

}  // namespace callmill
