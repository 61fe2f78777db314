#pragma once
// Every indicator that an exact table has, in every scope, against simulations of the same World.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "engine/study/exact.h"
#include "engine/study/replicate.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {

inline constexpr double kRare = 5e-3;
inline constexpr double kFewest = 30;  // events in all replications

// Whether too few events are behind an indicator for Student's law to hold. Shares within `edge` of
// 0 or 1 are such; so are times of waits where few wait, and agents who are hardly ever there.
inline bool too_few(const Metric& metric, Scope scope, const KpiTable& exact, std::uint32_t period,
                    double value, double replications, double edge) {
  const auto events = [&](const char* key) {
    const Metric* count = find_metric(key, scope.kind);
    return exact.estimate(*count, scope, period, Ledger::kConfidence).value * replications;
  };
  if (metric.unit == Unit::kCount) return value * replications < kFewest;
  if (metric.family == Family::kCalls && events("answered") < kFewest) return true;
  if (metric.unit == Unit::kShare) return std::min(value, 1 - value) < edge;
  if (metric.unit == Unit::kAgents || metric.unit == Unit::kLines) return value < edge;
  if (metric.unit != Unit::kSeconds) return false;
  if (value < 1) return true;
  if (metric.key == "mean_time_to_abandon") return events("abandoned") < kFewest;
  if (metric.key == "asa" || metric.key == "mean_wait")
    return events("delay_share") / replications * (events("answered") + events("abandoned")) <
           kFewest;
  return false;
}

// Of a figure that hardly differs from day to day: its own interval, or rounding where no day
// differs. Agents on duty and lines held are whole but for stays so rare that n days may have seen
// none, or too few for Student's law: an event of which n days have none has a chance below 6.9 / n
// a day (e^-6.9 = 0.001) and makes one agent or line more for an interval at the most.
inline double precise_within(const Metric& metric, const Estimate& e, double value) {
  const double own = 0.5 * (e.ci_high - e.ci_low) + 1e-9 * std::abs(value);
  const bool stays = metric.unit == Unit::kAgents || metric.unit == Unit::kLines ||
                     metric.family == Family::kLines;
  if (!stays) return own;
  return own + std::min(6.9 / static_cast<double>(e.n), kRare * std::abs(value));
}

// Of the day (period layout().intervals()) or of one interval.
inline std::size_t compare_period(const std::string& name, const KpiTable& simulated,
                                  const KpiTable& exact, std::uint32_t period, double edge,
                                  Ledger& ledger) {
  std::size_t compared = 0;
  for (const KpiLayout::Row& row : simulated.layout().rows())
    for (const Metric& metric : metrics()) {
      if (metric.family != row.family || std::find(metric.scopes.begin(), metric.scopes.end(),
                                                   row.scope.kind) == metric.scopes.end())
        continue;
      const Estimate of_chain = exact.estimate(metric, row.scope, period, Ledger::kConfidence);
      const Estimate e = simulated.estimate(metric, row.scope, period, Ledger::kConfidence);
      CHECK(std::isnan(of_chain.ci_low));
      const double value = of_chain.value;
      if (std::isnan(value) || std::isnan(e.value)) continue;
      if (std::abs(value) < 1e-9 && std::abs(e.value) < 1e-9) continue;
      if (too_few(metric, row.scope, exact, period, value, static_cast<double>(e.n), edge))
        continue;
      const std::string what = name + " " + std::string{metric.key} + " row " +
                               std::to_string(row.scope.index) + " period " +
                               std::to_string(period);
      INFO(what);
      if (e.ci_high - e.ci_low < kRare * std::abs(e.value)) {
        CHECK(std::abs(e.value - value) <= precise_within(metric, e, value));
        continue;
      }
      ++compared;
      ledger.add(what, e, value);
    }
  return compared;
}

}  // namespace callmill::test
