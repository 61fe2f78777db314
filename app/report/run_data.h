#pragma once
// A run for programs: JSON and CSV; stable contract, docs/reference/cli.md. Nothing in it depends
// on threads or the time of day.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/report/json.h"
#include "app/report/precision_report.h"
#include "app/report/snapshot_report.h"
#include "engine/kpi/kpi_table.h"
#include "engine/study/targets.h"
#include "models/world/world.h"

namespace callmill {

struct RunFacts {
  std::uint64_t seed = 0;
  std::string scenario_hash;
  double confidence = 0.95;
  std::size_t exact_states = 0;  // of the chain that was solved instead of simulating; 0: simulated
  bool exact_by_day = false;     // through the day, else in steady state
  VarianceReduction reduction = {};  // as everything below only of runs that look closely
  std::vector<WatchedRow> watched = {};
  std::vector<WatchedFigure> targets = {};  // of watch_targets; empty: the table judges them
  std::optional<SnapshotFacts> from = {};   // of a run of the futures of one day
};

// {"manifest": {...}, "targets": [...], "actual": [...], "watched": [...], "kpis": [{metric, scope,
// interval, value, ci_low, ci_high}]}; "watched" where something was looked at closely
// (precision_report.h), "snapshot" of futures (snapshot_report.h)
std::string run_json(const World& world, const KpiTable& kpis, const RunFacts& facts);
// Tidy long CSV: scenario,scope,interval,metric,formula,unit,value,ci_low,ci_high,n
std::string run_csv(const World& world, const KpiTable& kpis, const RunFacts& facts);

// The targets by `facts.targets`, or the table.
std::vector<TargetResult> judged_targets(const World& world, const KpiTable& kpis,
                                         const RunFacts& facts);

// Pieces that plan_report shares.
void write_manifest(const World& world, const KpiTable& kpis, const RunFacts& facts,
                    JsonWriter& json);
void write_kpis(const World& world, const KpiTable& kpis, double confidence, JsonWriter& json);

}  // namespace callmill
