#pragma once
// Runs replications of one blueprint on all cores. Replication r depends on (seed, r) only, its
// counts are added in the order of r, and stopping is decided on complete prefixes: the same bytes
// for any number of threads.

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/centre/centre.h"
#include "engine/kpi/kpi_table.h"
#include "engine/kpi/recorder.h"
#include "engine/study/watch.h"

namespace callmill {

// A replication as it was just before a time of the run: the centre, and what was counted so far.
struct Snapshot {
  Centre centre;
  Recorder recorder;
  std::int64_t replication = 0;
};
// Cost: a replication up to then. Its days are independent ones (DayDesign).
Snapshot take_snapshot(const Blueprint& plan, std::uint64_t seed, std::int64_t replication,
                       SimTime at);

struct ReplicateOptions {
  std::uint64_t seed = 1;
  std::int64_t replications = 50;  // exactly so many; where a precision is wanted, at the most
  std::int64_t first = 0;          // number of the first one: other numbers, other days
  double confidence = 0.95;
  int threads = 0;  // 0 = all cores
  // Looked at closely. Where some of them have a wanted precision, the study ends at the first look
  // (watch.h) at which all that have one are that precise.
  std::vector<Watched> watched;
  VarianceReduction reduction;
  const LuckPlan* luck = nullptr;  // of the same plan; must outlive the call
  // Of the same plan; must outlive the call. Replication r is then its r-th future: the snapshot
  // with callers of r's own from there on (Flow::renew_callers), the same for every plan; it counts
  // all from the beginning. Nothing is known of futures beforehand: no `reduction`.
  const Snapshot* from = nullptr;
  // Instead of `from`: makes the r-th future's beginning itself, callers to come included
  // (engine/live/seed.h). Called on all threads at once.
  std::function<Snapshot(std::int64_t replication)> begin;
};

struct Progress {
  std::int64_t done = 0;  // replications added
  std::int64_t wanted = 0;
  WatchBook::State precision;  // as of the last look; NaN at first
};

struct ReplicateResult {
  KpiTable kpis;
  std::vector<WatchedFigure> watched;  // as in the options
  std::uint64_t events = 0;
  bool interrupted = false;  // `stop` was set; what was complete by then is kept
  bool precise = true;       // what was wanted was reached
};

// `progress` is called on the calling thread after each added replication, `taken` before it with
// the replication's counts and number of events; `stop` may be set from a signal handler.
ReplicateResult replicate(
    const Blueprint& plan, const ReplicateOptions& options,
    const std::function<void(const Progress&)>& progress = {},
    const std::atomic<bool>* stop = nullptr,
    const std::function<void(const ReplicationCounts&, std::uint64_t events)>& taken = {});

// How many threads take the replications: `threads`, 0 = all cores, but no more than there are.
int thread_count(int threads, std::int64_t replications);

// One replication into `recorder` (reset first). Returns the number of events.
std::uint64_t run_day(const Blueprint& plan, std::uint64_t seed, std::uint64_t replication,
                      Recorder& recorder, DayDesign design = DayDesign::kIndependent);

}  // namespace callmill
