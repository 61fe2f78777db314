#pragma once
// The indicators of a small centre in steady state, computed instead of simulated: the judge of the
// simulator, and an answer without intervals for small teams.

#include <optional>
#include <string>
#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/kpi/kpi_table.h"
#include "models/world/world.h"

namespace callmill {

struct ExactResult {
  // One "replication" of expected counts: values without intervals. Every interval of the day has
  // the steady state's. NaN where a chain does not say: longest waits and quantiles of waits, peaks
  // of lines, callers' whole stories, costs.
  KpiTable kpis;
  std::size_t states = 0;
  double residual = 0;  // of the balance equations, see models/chains/stationary.h
  double cut = 0;       // share of attempts that met the cut of an unlimited queue or orbit
};

// What stands against an exact answer, see models/chains/of_world.h; a fault of a plain run
// (faults(world)) is not repeated here.
std::vector<Fault> refused_exactly(const World& world);

// Needs refused_exactly(world) and faults(world) to be empty. Nothing when the chain has more than
// `limit` states; `too_large` then says so, and what to make smaller. Queues and orbits without a
// limit are cut where fewer than 1e-12 of the attempts meet the cut. Cost: 10 ms to some seconds.
std::optional<ExactResult> exact_steady(const World& world, const Blueprint& plan,
                                        std::string& too_large, std::size_t limit = 200'000);

}  // namespace callmill
