#pragma once
// The parts of the one table of indicators that have a file of their own; metrics() appends them.

#include <vector>

#include "engine/kpi/metric.h"

namespace callmill {

void add_people(std::vector<Metric>& m);

}  // namespace callmill
