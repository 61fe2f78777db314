#pragma once
// The families of indicators that a file of their own declares and exports. metric.cpp and
// kpi_table.cpp ask each for its part.

#include "engine/kpi/kpi_table.h"

namespace callmill {

// caller_kpis.cpp
void add_caller_metrics(std::vector<Metric>& metrics);
void add_callback_metrics(std::vector<Metric>& metrics);
void add_campaign_metrics(std::vector<Metric>& metrics);
void write_callers(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                   ReplicationCounts& out);

}  // namespace callmill
