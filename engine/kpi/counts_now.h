#pragma once
// Counts of a day that is still going on.

#include <cstdint>
#include <vector>

#include "engine/kpi/metric.h"
#include "engine/kpi/recorder.h"

namespace callmill {

// The scope's counts of the family over the intervals [first, end) of the run, as Metric's terms
// index them (times in seconds); of the one at hand up to `now`, no further. Empty: families other
// than calls, agents and lines. O(types * queues * intervals).
std::vector<double> counts_now(const Recorder& recorder, Family family, Scope scope,
                               std::uint32_t first, std::uint32_t end, SimTime now);

// The metric of these counts; NaN where its denominator is 0, or there are none.
double value_of(const Metric& metric, const std::vector<double>& counts);

}  // namespace callmill
