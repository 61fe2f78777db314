#pragma once
// Expected counts of a chain as those of a replication.

#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/kpi/kpi_table.h"

namespace callmill {

struct CentreCounts;  // models/chains/centre_spec.h
struct CentreSpec;

// Of each interval of the day; NaN for what a chain does not say (exact.h). `spec`: any piece's.
ReplicationCounts expected_counts(const std::vector<CentreCounts>& intervals,
                                  const CentreSpec& spec, const Blueprint& plan,
                                  const KpiLayout& layout);

// Share of the attempts that met the cut of an unlimited queue or orbit.
double cut_share(const std::vector<CentreCounts>& intervals);

}  // namespace callmill
