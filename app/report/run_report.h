#pragma once
// What `callmill run` prints: tables for people, JSON and CSV for scripts.

#include <cstdint>
#include <string>

#include "app/report/lang.h"
#include "engine/kpi/kpi_table.h"
#include "engine/study/targets.h"
#include "models/world/world.h"

namespace callmill {

struct RunFacts {
  std::uint64_t seed = 0;
  std::string scenario_hash;
  double confidence = 0.95;
};

// Key indicators of the day (of the run, then of each of its days), by queue, group and trunk
// group, targets, and the day by interval when `by_interval`.
std::string run_text(const World& world, const KpiTable& kpis, const RunFacts& facts,
                     bool by_interval, Lang lang, bool with_targets = true);
// {"manifest": {...}, "targets": [...], "actual": [...], "kpis": [{metric, scope, interval, value,
// ci_low, ci_high}]}; stable contract, docs/reference/cli.md. Nothing in it depends on threads or
// the time of day.
std::string run_json(const World& world, const KpiTable& kpis, const RunFacts& facts);
// Tidy long CSV: scenario,scope,interval,metric,formula,unit,value,ci_low,ci_high,n
std::string run_csv(const World& world, const KpiTable& kpis, const RunFacts& facts);

// The scenario's actual figures beside the simulated, interval by interval, and the root mean
// square of the differences; empty when the scenario has none.
std::string actual_text(const World& world, const KpiTable& kpis, double confidence, Lang lang);

// Pieces that plan_report shares.
std::string manifest_json(const World& world, const KpiTable& kpis, const RunFacts& facts);
std::string targets_json(const World& world, const std::vector<TargetResult>& targets);
std::string targets_text(const World& world, const std::vector<TargetResult>& targets, Lang lang);
std::string kpis_json(const World& world, const KpiTable& kpis, double confidence);
// A target in a planner's words: "service_level queue:general >= 80.00% per day".
std::string target_text(const World& world, const Target& target);

}  // namespace callmill
