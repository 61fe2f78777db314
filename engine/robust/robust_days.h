#pragma once
// Days as they may come: more or fewer calls than forecast, people who do not come. What a plan is
// worth is the share of them on which its targets hold. docs/models/robust.md.

#include <atomic>
#include <cstdint>
#include <optional>

#include "engine/kpi/kpi_table.h"
#include "engine/study/replicate.h"
#include "models/world/world.h"

namespace callmill {

struct DaySpread {
  double forecast_error = 0;      // cv of the day's calls about their forecast, within [0, 1]
  std::optional<double> absence;  // share of shifts that nobody comes to, [0, 1); none: as the
                                  // scenario's groups say
};

// Of a factor that is the product of two independent ones of mean 1:
//   (1 + cv^2) = (1 + busyness_cv^2) (1 + forecast_error^2)
double cv_of_days(const World& world, const DaySpread& spread);

// The world whose days differ by both, as one gamma factor of that cv, and whose groups with shifts
// have that absence.
World with_spread(const World& world, const DaySpread& spread);

// Every target that holds in this day's own figures (not in their mean over days): a ratio of the
// day's counts against the target's value; per interval in each of them. What has no calls holds.
// Of one day.
struct DayVerdict {
  bool holds = true;       // all targets
  bool only_loss = false;  // none but targets of the loss is missed
};
DayVerdict verdict_of(const std::vector<Target>& targets, const KpiLayout& layout,
                      const ReplicationCounts& counts);

// The target's measure over the day as a ratio of the day's counts.
struct DayRatio {
  double part = 0, of = 0;
};
DayRatio day_ratio(const Target& target, const KpiLayout& layout, const ReplicationCounts& counts);

struct DaysHeld {
  double share = 0;      // of days on which all targets hold, each weighed as it was sampled
  double only_loss = 0;  // share of days on which nothing but the loss is missed
  std::int64_t held = 0, days = 0;  // as counted
  KpiTable kpis;
  std::uint64_t events = 0;
  bool interrupted = false;
};
// Simulates options.replications days, which may lie in strata of their busyness (kStratified).
// Deterministic; the same callers whatever the plan.
DaysHeld days_held(const World& planned, const ReplicateOptions& options,
                   const std::atomic<bool>* stop = nullptr);

}  // namespace callmill
