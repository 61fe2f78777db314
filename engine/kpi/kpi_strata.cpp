// Replications that a design has laid out in strata (engine/centre/day_design.h), into the table.

#include <span>
#include <utility>

#include "engine/kpi/kpi_table.h"

namespace callmill {

void KpiTable::add(const ReplicationCounts& counts, std::uint32_t stratum, double weight) {
  ++replications_;
  weights_ += weight;
  if (unmatched_.size() <= stratum) unmatched_.resize(stratum + 1);
  ReplicationCounts& twin = unmatched_[stratum];
  ReplicationCounts weighed = counts;
  for (double& count : weighed) count *= weight;
  std::size_t m = 0;
  for (const KpiLayout::Row& row : layout_.rows()) {
    if (row.offset >= layout_.counted()) break;
    for (std::uint32_t i = 0; i < layout_.periods(); ++i) {
      const std::size_t from = row.offset + i * row.width;
      moments_[m++].add(std::span{weighed}.subspan(from, row.width),
                        twin.empty() ? std::span<const double>{}
                                     : std::span<const double>{twin}.subspan(from, row.width));
    }
  }
  if (twin.empty())
    twin = std::move(weighed);
  else
    twin.clear();
}

}  // namespace callmill
