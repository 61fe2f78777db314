#pragma once
// What a plan must reach, and what really happened.

#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "models/world/conditions.h"
#include "models/world/day.h"

namespace callmill {

// kDay and kInterval: in each of them; kRun: over all days together. A run of one day is its day.
enum class Per : std::uint8_t { kDay, kInterval, kRun };

struct Target {
  std::string
      metric;  // a KPI key: answer_rate, service_level, abandon_rate, loss_rate, asa, occupancy
  Sense sense = Sense::kAtLeast;
  double value = 0;  // shares as 0..1, durations in seconds
  Per per = Per::kDay;
  std::optional<QueueId> queue;        // none = the whole centre
  std::optional<TrunkGroupId> trunks;  // loss_rate only
  // None: it must be met. Else what each point (asa: second) costs a day by which the mean misses
  // it: a plan misses it where that is cheaper. Of the day or the run only.
  std::optional<double> price;
};

// What really happened, to print beside what is simulated: a metric of the whole centre by the
// day's interval, in the unit of the metric (shares 0..1, seconds).
struct ActualSeries {
  std::string metric;
  Profile values;  // one a reporting interval
};

}  // namespace callmill
