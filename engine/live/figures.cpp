#include "engine/live/figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "engine/kpi/counts_now.h"
#include "engine/study/targets.h"

namespace callmill::live {
namespace {

// The first interval of the run, or of the week or month of that day.
std::uint32_t first_of(const Blueprint& plan, Per per, Span day) {
  const std::uint32_t number = day.first / plan.days.intervals_a_day;
  std::uint32_t first = plan.first_counted;
  for (const DaySpan& span : plan.days.spans)
    if (span.per == per && number >= span.first && number < span.end)
      first = std::max(first, span.first * plan.days.intervals_a_day);
  return first;
}

}  // namespace

double figure(const Recorder& recorder, const Metric& metric, Scope scope, Span span, SimTime now) {
  return value_of(metric, counts_now(recorder, metric.family, scope, span.first, span.end, now));
}

Figures figures(const Recorder& recorder, Scope scope, Span span, SimTime now) {
  const auto counts_of = [&](Family family) {
    return counts_now(recorder, family, scope, span.first, span.end, now);
  };
  const bool group = scope.kind == ScopeKind::kGroup;
  const std::vector<double> calls = group ? std::vector<double>{} : counts_of(Family::kCalls);
  const std::vector<double> agents =
      scope.kind == ScopeKind::kQueue ? std::vector<double>{} : counts_of(Family::kAgents);
  const auto value = [&](const char* key) {
    const Metric* metric = find_metric(key, scope.kind);
    if (metric == nullptr) return std::numeric_limits<double>::quiet_NaN();
    return value_of(*metric, metric->family == Family::kAgents ? agents : calls);
  };
  Figures f;
  f.offered = value("offered");
  f.answered = group ? agents[at(AgentCount::kAnswered)] : value("answered");
  f.abandoned = value("abandoned");
  f.blocked = value("blocked");
  f.attempts = value("attempts");
  f.service_level = value("service_level");
  f.answer_rate = value("answer_rate");
  f.loss_rate = value("loss_rate");
  f.abandon_rate = value("abandon_rate");
  f.asa_s = value("asa");
  f.aht_s = value("aht");
  f.occupancy = value("occupancy");
  return f;
}

std::vector<double> agent_time(const Recorder& recorder, std::uint32_t group, Span span,
                               SimTime now) {
  return counts_now(recorder, Family::kAgents, {ScopeKind::kGroup, group}, span.first, span.end,
                    now);
}

Span day_at(const Blueprint& plan, const Centre& centre) {
  const std::uint32_t a_day = plan.days.intervals_a_day;
  std::uint32_t day = 0;
  while (day + 1 < plan.days.days() && plan.days.day_opens[day + 1] <= centre.now) ++day;
  return {day * a_day, (day + 1) * a_day};
}

Span interval_at(const Blueprint& plan, const Centre& centre) {
  if (centre.interval >= plan.intervals) return {};
  return {centre.interval, centre.interval + 1};
}

TargetNow target_now(const Recorder& recorder, const Target& target, Span day, SimTime now) {
  const Scope scope = scope_of(target);
  const Metric* metric = find_metric(target.metric, scope.kind);
  CALLMILL_CHECK(metric != nullptr, "a target names a metric that its scope has");
  const auto misses = [&](double value) {  // by how much; negative: met
    return target.sense == Sense::kAtLeast ? target.value - value : value - target.value;
  };
  TargetNow worst{std::numeric_limits<double>::quiet_NaN(), true};
  const auto judge = [&](Span span) {
    const double value = figure(recorder, *metric, scope, span, now);
    if (std::isnan(value) || (!std::isnan(worst.value) && misses(value) <= misses(worst.value)))
      return;
    worst = {value, misses(value) <= 0};
  };
  if (target.per == Per::kRun || target.per == Per::kWeek || target.per == Per::kMonth) {
    judge({first_of(recorder.plan(), target.per, day), day.end});
  } else if (target.per == Per::kDay) {
    judge(day);
  } else {
    for (std::uint32_t i = day.first; i < day.end; ++i) judge({i, i + 1});
  }
  return worst;
}

}  // namespace callmill::live
