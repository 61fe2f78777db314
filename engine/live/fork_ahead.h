#pragma once
// The rest of the day, many times over: copies of a live centre run on with callers of their own to
// the end of the day, without and with commands that somebody thinks of. Path i meets the same
// callers in every alternative, so that what commands change is told from what luck does.
//
// docs/models/live.md has the statistics. Results do not depend on the number of threads.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kpi/metric.h"
#include "engine/live/live_centre.h"
#include "engine/live/seed.h"

namespace callmill::live {

struct ForkOptions {
  std::optional<SimTime> until;  // none: the end of the day (or spell) at hand
  std::int64_t paths = 200;      // >= 2
  std::uint64_t seed = 1;        // of the callers to come
  int threads = 0;               // 0 = all cores
  double confidence = 0.95;
  // Futures of a real centre, which the live centre shows at their moment: path i is future i.
  // nullptr: of the live centre itself.
  const Seeds* seeds = nullptr;
};

// Means of the paths, and where their middle four fifths lie.
struct Band {
  std::string_view metric;             // key of engine/kpi
  double mean = 0, low = 0, high = 0;  // confidence interval of the mean
  double p10 = 0, p90 = 0;
};

// By time; NaN where no path has a value.
struct Fan {
  std::vector<double> p10, p50, p90;
};

struct Bands {
  SimTime made_at, until;
  std::int64_t paths = 0;
  std::vector<SimTime> times;  // ends of intervals from now to `until`
  // Of the interval that ends then; `waiting`: at that moment.
  Fan service_level, answer_rate, loss_rate, waiting, occupancy;
  std::vector<Band> day;              // of the day, what has happened included
  std::vector<double> target_chance;  // by World::targets: the share of paths that meet it
};

// `with` less `without`, path by path.
struct Difference {
  std::string_view metric;
  Scope scope;
  double mean = 0, low = 0, high = 0;
};

struct Alternative {
  std::vector<Command> commands;     // carried out one after the other at the fork
  std::vector<CommandError> errors;  // not empty: it was not run
  Bands bands;
  std::vector<Difference> differences;
};

struct Futures {
  Bands without;
  std::vector<Alternative> with;
  bool cancelled = false;  // then nothing else is filled in
};

// `progress` (0 .. 1) is called on the calling thread. The centre is not changed.
Futures fork_ahead(const LiveCentre& centre, const std::vector<std::vector<Command>>& alternatives,
                   const ForkOptions& options, const std::atomic<bool>* cancel = nullptr,
                   const std::function<void(double)>& progress = {});

}  // namespace callmill::live
