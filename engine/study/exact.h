#pragma once
// The indicators of a small centre, computed instead of simulated: the judge of the simulator, and
// an answer without intervals for small teams. Through the day from the empty centre to the last
// call, or in steady state.

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/kpi/kpi_table.h"
#include "models/world/world.h"

namespace callmill {

// Of a chain: some seconds and some hundred MB.
inline constexpr std::size_t kMostExactStates = 200'000;

struct ExactResult {
  // One "replication" of expected counts: values without intervals. NaN where a chain does not say:
  // longest waits and quantiles of waits, peaks of lines, callers' whole stories, costs; talk times
  // where calls are sent back.
  KpiTable kpis;
  bool by_day = false;  // else every interval of the day has the steady state's
  std::size_t states = 0;
  double residual = 0;  // of the balance equations, see models/chains/stationary.h; a day has none
  double cut = 0;       // share of attempts that met the cut of an unlimited queue or orbit
};

// What stands against an exact answer, see models/chains/of_world.h; a fault of a plain run
// (faults(world)) is not repeated here.
std::vector<Fault> refused_exactly(const World& world);

// Whether the scenario asks for its day: volumes or staff change, or nothing is left out as warm-up
// so that the empty start counts.
bool exact_by_day(const World& world);

// Why there is no answer: "too-large", with size and limit and what to make smaller; "unstable",
// callers who will ring again grow without limit and there is no steady state; "interrupted".
struct ExactRefusal {
  std::string code, message;
};

// Who looks on: told the share of a day that is over, 0 to 1; and may end a day or a steady state,
// which end within a second or so (a factorisation of a large sparse chain is not left half-way).
struct ExactWatch {
  const std::atomic<bool>* stop = nullptr;
  std::function<void(double share)> passed;
};

// All need refused_exactly(world) and faults(world) to be empty. Nothing when a chain has more than
// `limit` states, or a day takes too many steps. Queues and orbits without a limit are cut where
// fewer than 1e-12 of the attempts meet the cut. Cost: 10 ms to some seconds; a day up to a minute.
std::optional<ExactResult> exact_steady(const World& world, const Blueprint& plan,
                                        ExactRefusal& why, std::size_t limit = kMostExactStates,
                                        const ExactWatch& watch = {});
std::optional<ExactResult> exact_day(const World& world, const Blueprint& plan, ExactRefusal& why,
                                     std::size_t limit = kMostExactStates,
                                     const ExactWatch& watch = {});
// By exact_by_day.
std::optional<ExactResult> exact_answer(const World& world, const Blueprint& plan,
                                        ExactRefusal& why, const ExactWatch& watch = {});

}  // namespace callmill
