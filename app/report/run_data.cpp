#include "app/report/run_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "app/report/actual_report.h"
#include "app/report/format.h"
#include "app/report/target_report.h"

namespace callmill {
namespace {

// Every metric in every scope that it has: the intervals, the total, and the days of a longer run.
void for_each_kpi(const KpiTable& kpis,
                  const std::function<void(const Metric&, Scope, std::uint32_t)>& visit) {
  for (const KpiLayout::Row& row : kpis.layout().rows())
    for (const Metric& metric : metrics()) {
      if (metric.family != row.family || std::find(metric.scopes.begin(), metric.scopes.end(),
                                                   row.scope.kind) == metric.scopes.end())
        continue;
      const std::uint32_t all = kpis.layout().intervals();
      if (!metric.day_only)
        for (std::uint32_t i = 0; i < all; ++i) visit(metric, row.scope, i);
      visit(metric, row.scope, all);
      if (!metric.day_only)
        for (std::uint32_t i = all + 1; i < kpis.layout().periods(); ++i)
          visit(metric, row.scope, i);
    }
}

std::string_view unit_name(Unit unit, const World& world) {
  switch (unit) {
    case Unit::kCount:
      return "count_per_day";
    case Unit::kShare:
      return "share";
    case Unit::kSeconds:
      return "s";
    case Unit::kPerHour:
      return "per_h";
    case Unit::kAgents:
      return "agents";
    case Unit::kLines:
      return "lines";
    case Unit::kNumber:
      return "number";
    case Unit::kMoney:
      return world.currency;
  }
  return "";
}

void write_actual(const World& world, const KpiTable& kpis, double confidence, JsonWriter& json) {
  json.array();
  for (const ActualSeries& series : world.actual)
    json.object()
        .field("metric", series.metric)
        .field("rms_difference", rms_difference(series, kpis, confidence))
        .end();
  json.end();
}

}  // namespace

void write_manifest(const World& world, const KpiTable& kpis, const RunFacts& facts,
                    JsonWriter& json) {
  json.object()
      .field("schema", 1)
      .field("version", CALLMILL_VERSION)
      .field("scenario", world.name)
      .field("scenario_hash", facts.scenario_hash);
  if (facts.exact_states > 0)
    json.field("method", "exact")
        .field("exact", facts.exact_by_day ? "day" : "steady state")
        .field("states", facts.exact_states);
  else
    json.field("seed", facts.seed)
        .field("replications", kpis.replications())
        .field("confidence", facts.confidence);
  if (facts.from) write_futures(*facts.from, json);
  const std::string reduction = reduction_name(facts.reduction);
  if (reduction != "none") json.field("variance_reduction", reduction);
  json.field("currency", world.currency).end();
}

void write_kpis(const World& world, const KpiTable& kpis, double confidence, JsonWriter& json) {
  json.array(JsonWriter::Layout::kRows);
  for_each_kpi(kpis, [&](const Metric& metric, Scope scope, std::uint32_t interval) {
    const Estimate e = kpis.estimate(metric, scope, interval, confidence);
    json.object()
        .field("metric", metric.key)
        .field("scope", scope_name(world, scope))
        .field("interval", interval_name(world, interval))
        .field("value", e.value)
        .field("ci_low", e.ci_low)
        .field("ci_high", e.ci_high)
        .end();
  });
  json.end();
}

std::vector<TargetResult> judged_targets(const World& world, const KpiTable& kpis,
                                         const RunFacts& facts) {
  return facts.targets.empty() ? evaluate_targets(world, kpis)
                               : evaluate_targets(world, kpis, facts.targets);
}

std::string run_json(const World& world, const KpiTable& kpis, const RunFacts& facts) {
  JsonWriter json;
  json.object().key("manifest");
  write_manifest(world, kpis, facts, json);
  json.line().key("targets");
  write_targets(world, judged_targets(world, kpis, facts), json);
  json.line().key("actual");
  write_actual(world, kpis, facts.confidence, json);
  if (!facts.watched.empty()) {
    json.line().key("watched");
    write_precision(facts.watched, json);
  }
  if (facts.from) {
    json.line().key("snapshot");
    write_snapshot(world, *facts.from, json);
  }
  json.line().key("kpis");
  write_kpis(world, kpis, facts.confidence, json);
  return json.end().take() + "\n";
}

std::string run_csv(const World& world, const KpiTable& kpis, const RunFacts& facts) {
  std::string out = "scenario,scope,interval,metric,formula,unit,value,ci_low,ci_high,n\n";
  for_each_kpi(kpis, [&](const Metric& metric, Scope scope, std::uint32_t interval) {
    const Estimate e = kpis.estimate(metric, scope, interval, facts.confidence);
    out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", csv_text(world.name),
                       csv_text(scope_name(world, scope)), interval_name(world, interval),
                       metric.key, csv_text(metric.formula), unit_name(metric.unit, world),
                       csv_number(e.value), csv_number(e.ci_low), csv_number(e.ci_high), e.n);
  });
  for (const WatchedRow& row : facts.watched) {
    const Estimate& e = row.figure.estimate;
    out += fmt::format("{},,,{},{},{},{},{},{},{}\n", csv_text(world.name), csv_text(row.name),
                       csv_text("looked at closely"),
                       row.what.metric == nullptr ? "s" : unit_name(row.what.metric->unit, world),
                       csv_number(e.value), csv_number(e.ci_low), csv_number(e.ci_high), e.n);
  }
  return out;
}

}  // namespace callmill
