#include "engine/robust/robust_days.h"

#include <cmath>
#include <vector>

#include "engine/study/targets.h"

namespace callmill {
namespace {

DayRatio ratio_in(const Metric& metric, const KpiLayout::Row& row, std::uint32_t period,
                  const ReplicationCounts& counts) {
  const auto sum = [&](const std::vector<LinearTerm>& terms) {
    double s = 0;
    for (const LinearTerm& term : terms)
      s += term.weight * counts[row.offset + period * row.width + term.index];
    return s;
  };
  return {sum(metric.numerator), metric.denominator.empty() ? 1 : sum(metric.denominator)};
}

const Metric& metric_of(const Target& target) {
  const Metric* metric = find_metric(target.metric, scope_of(target).kind);
  CALLMILL_CHECK(metric != nullptr, "a target names a metric that its scope has");
  return *metric;
}

const KpiLayout::Row& row_of(const Target& target, const KpiLayout& layout) {
  return layout.rows()[layout.find(metric_of(target).family, scope_of(target))];
}

bool holds(const Target& target, const KpiLayout& layout, const ReplicationCounts& counts) {
  const Metric& metric = metric_of(target);
  const KpiLayout::Row& row = row_of(target, layout);
  const auto is_right = [&](std::uint32_t period) {
    const DayRatio ratio = ratio_in(metric, row, period, counts);
    if (!(ratio.of > 0)) return true;
    const double value = ratio.part / ratio.of;
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
    if (group.shrinkage) group.shrinkage->unplanned = {};  // or they would be missing twice
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

DayRatio day_ratio(const Target& target, const KpiLayout& layout, const ReplicationCounts& counts) {
  return ratio_in(metric_of(target), row_of(target, layout), layout.intervals(), counts);
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
