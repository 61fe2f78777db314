#pragma once
// A real day's figures beside the simulated ones.

#include <string>

#include "app/report/lang.h"
#include "engine/kpi/kpi_table.h"
#include "models/world/world.h"

namespace callmill {

// Interval by interval, and the root mean square of the differences; empty when the scenario has no
// actual figures.
std::string actual_text(const World& world, const KpiTable& kpis, double confidence, Lang lang);

// Over the intervals in which calls were simulated; NaN when there are none.
double rms_difference(const ActualSeries& series, const KpiTable& kpis, double confidence);

}  // namespace callmill
