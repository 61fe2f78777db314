#pragma once
// Indicators over replications: each scope's counts, interval by interval and for the day, with
// their co-moments.

#include <cstdint>
#include <string>
#include <vector>

#include "base/stats/moments.h"
#include "engine/kpi/metric.h"
#include "engine/kpi/recorder.h"

namespace callmill {

// The counts of one replication, as doubles (times in seconds), in the layout of KpiTable.
using ReplicationCounts = std::vector<double>;

// Which rows there are. `interval` runs over the day's intervals; intervals() means the whole
// counted day.
class KpiLayout {
 public:
  KpiLayout() = default;
  explicit KpiLayout(const Blueprint& plan);

  struct Row {
    Family family;
    Scope scope;
    std::size_t
        offset;  // of interval 0 in ReplicationCounts; `width` values an interval, the day last
    std::size_t width;
  };
  const std::vector<Row>& rows() const { return rows_; }
  std::uint32_t intervals() const { return intervals_; }
  std::size_t size() const { return size_; }  // of ReplicationCounts
  // Index into rows(); rows().size() when there is no such row.
  std::size_t find(Family family, Scope scope) const;

 private:
  void add(Family family, ScopeKind kind, std::size_t count, std::size_t width);
  std::vector<Row> rows_;
  std::uint32_t intervals_ = 0;
  std::size_t size_ = 0;
};

// Sums the recorder's cells into `out` (resized): warm-up intervals are left out of the day.
void export_counts(const Recorder& recorder, const KpiLayout& layout, ReplicationCounts& out);

class KpiTable {
 public:
  KpiTable() = default;
  explicit KpiTable(const Blueprint& plan);

  void add(const ReplicationCounts& counts);  // in replication order
  const KpiLayout& layout() const { return layout_; }
  std::int64_t replications() const { return replications_; }

  // interval == layout().intervals() is the day. value is NaN where the denominator is 0 or the
  // scope has no such row.
  Estimate estimate(const Metric& metric, Scope scope, std::uint32_t interval,
                    double confidence) const;
  Estimate day(std::string_view key, Scope scope, double confidence) const;

 private:
  KpiLayout layout_;
  std::vector<Moments> moments_;  // row by row, interval by interval
  std::int64_t replications_ = 0;
};

}  // namespace callmill
