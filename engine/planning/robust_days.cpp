#include "engine/planning/robust_days.h"

#include <cmath>
#include <vector>

#include "engine/study/targets.h"

namespace callmill {
namespace {

// The metric of one day's period; NaN where its denominator is 0.
double figure(const Metric& metric, const KpiLayout::Row& row, std::uint32_t period,
              const ReplicationCounts& counts) {
  const auto sum = [&](const std::vector<LinearTerm>& terms) {
    double s = 0;
    for (const LinearTerm& term : terms)
      s += term.weight * counts[row.offset + period * row.width + term.index];
    return s;
  };
  const double of = metric.denominator.empty() ? 1 : sum(metric.denominator);
  return of > 0 ? sum(metric.numerator) / of : std::nan("");
}

bool holds(const Target& target, const KpiLayout& layout, const ReplicationCounts& counts) {
  const Scope scope = scope_of(target);
  const Metric* metric = find_metric(target.metric, scope.kind);
  CALLMILL_CHECK(metric != nullptr, "a target names a metric that its scope has");
  const KpiLayout::Row& row = layout.rows()[layout.find(metric->family, scope)];
  const auto is_right = [&](std::uint32_t period) {
    const double value = figure(*metric, row, period, counts);
    if (std::isnan(value)) return true;
    return target.sense == Sense::kAtLeast ? value >= target.value : value <= target.value;
  };
  if (target.per != Per::kInterval) return is_right(layout.intervals());
  for (std::uint32_t i = layout.first_counted(); i < layout.intervals(); ++i)
    if (!is_right(i)) return false;
  return true;
}

}  // namespace

double cv_of_days(const World& world, const DaySpread& spread) {
  const double a = world.busyness_cv * world.busyness_cv;
  const double b = spread.forecast_error * spread.forecast_error;
  return std::sqrt(a + b + a * b);
}

World with_spread(const World& world, const DaySpread& spread) {
  World days = world;
  days.busyness_cv = cv_of_days(world, spread);
  if (!spread.absence) return days;
  for (const ShiftPattern& pattern : world.shifts) {
    AgentGroup& group = days.groups[pattern.group.index()];
    if (!group.attendance) group.attendance = Attendance{};
    group.attendance->absent = Probability{*spread.absence};
  }
  return days;
}

DayVerdict verdict_of(const std::vector<Target>& targets, const KpiLayout& layout,
                      const ReplicationCounts& counts) {
  bool others = true, loss = true;
  for (const Target& target : targets)
    if (!holds(target, layout, counts)) (target.metric == "loss_rate" ? loss : others) = false;
  return {others && loss, others && !loss};
}

DaysHeld days_held(const World& planned, const ReplicateOptions& options,
                   const std::atomic<bool>* stop) {
  const Blueprint plan = make_blueprint(planned);
  const KpiLayout layout{plan};
  const bool weighed = in_strata(plan, options.reduction.days);
  DaysHeld result;
  double weights = 0;
  const auto add = [&](const ReplicationCounts& counts, std::uint64_t) {
    const DayVerdict day = verdict_of(planned.targets, layout, counts);
    const auto number = static_cast<std::uint64_t>(options.first + result.days++);
    const double weight = weighed ? stratum_weight(day_stratum(options.seed, number, 0)) : 1;
    weights += weight;
    if (day.holds) {
      ++result.held;
      result.share += weight;
    }
    if (day.only_loss) result.only_loss += weight;
  };
  ReplicateResult r = replicate(plan, options, {}, stop, add);
  if (weights > 0) {
    result.share /= weights;
    result.only_loss /= weights;
  }
  result.kpis = std::move(r.kpis);
  result.events = r.events;
  result.interrupted = r.interrupted;
  return result;
}

}  // namespace callmill
