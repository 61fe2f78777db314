#pragma once
// What a plan must reach, and what really happened.

#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "models/world/conditions.h"
#include "models/world/day.h"

namespace callmill {

// kDay, kInterval, kWeek, kMonth: in each of them; kRun: over all days together. A run of one day
// is its day. Weeks are counted from the first day; a month is that of the calendar.
enum class Per : std::uint8_t { kDay, kInterval, kRun, kWeek, kMonth };

struct Target {
  std::string
      metric;  // a KPI key: answer_rate, service_level, abandon_rate, loss_rate, asa, occupancy
  Sense sense = Sense::kAtLeast;
  double value = 0;  // shares as 0..1, durations in seconds
  Per per = Per::kDay;
  std::optional<QueueId> queue;        // none = the whole centre
  std::optional<TrunkGroupId> trunks;  // loss_rate only
  // None: it must be met. Else what each point (asa: second) costs a day by which the mean misses
  // it: a plan misses it where that is cheaper. Of a week or a run: each day. Not of intervals.
  std::optional<double> price;
};

// What really happened, to print beside what is simulated: a metric of the whole centre by the
// day's interval, in the unit of the metric (shares 0..1, seconds).
struct ActualSeries {
  std::string metric;
  Profile values;  // one a reporting interval
};

}  // namespace callmill
