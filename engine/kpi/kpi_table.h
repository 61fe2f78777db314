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

// Which rows there are, and which periods each has: `interval` runs over the day's intervals;
// intervals() means all that is counted, the day or the run. A run of several days has the mean of
// its open days (warm-up left out) by the time of day, and then its days: period
// intervals() + 1 + k is open day k, whole; behind them the weeks and months that targets are
// about, their warm-up left out.
class KpiLayout {
 public:
  KpiLayout() = default;
  explicit KpiLayout(const Blueprint& plan);

  struct Row {
    Family family;
    Scope scope;
    std::size_t offset;  // of interval 0 in ReplicationCounts; `width` values a period
    std::size_t width;
  };
  const std::vector<Row>& rows() const { return rows_; }
  std::uint32_t intervals() const { return intervals_; }
  std::uint32_t days() const { return days_; }  // 0 when the run is a single day
  std::uint32_t end_of_days() const { return intervals_ + 1 + days_; }
  // Of period end_of_days() + k.
  const std::vector<DaySpan>& spans() const { return spans_; }
  std::uint32_t periods() const {
    return end_of_days() + static_cast<std::uint32_t>(spans_.size());
  }
  // Of the intervals, the first that is not warm-up throughout.
  std::uint32_t first_counted() const { return first_counted_; }
  std::size_t size() const { return size_; }  // of ReplicationCounts
  // Of it, what was counted. Behind it lie the contacts' expectations, zero where nobody keeps them
  // (Recorder::keep_given).
  std::size_t counted() const { return counted_; }
  // Index into rows(); rows().size() when there is no such row.
  std::size_t find(Family family, Scope scope) const;

 private:
  void add(Family family, ScopeKind kind, std::size_t count, std::size_t width);
  std::vector<Row> rows_;
  std::uint32_t intervals_ = 0, days_ = 0, first_counted_ = 0;
  std::vector<DaySpan> spans_;
  std::size_t size_ = 0, counted_ = 0;
};

// Sums the recorder's cells into `out` (resized): warm-up intervals are left out of the total.
void export_counts(const Recorder& recorder, const KpiLayout& layout, ReplicationCounts& out);

// Adds `value` of an interval of the run to count `k` of all periods that it belongs to: its time
// of day, the total, its day. For counts that are sums.
void add_to_periods(const Blueprint& plan, const KpiLayout& layout, const KpiLayout::Row& row,
                    std::uint32_t interval, std::size_t k, double value, ReplicationCounts& out);

// The delta method does not know where an indicator ends: a share's interval within [0, 1], a
// time's from 0 on; not where the value itself lies beyond (conformance may). NaN stays NaN.
void keep_in_range(const Metric& metric, Estimate& estimate);

class KpiTable {
 public:
  KpiTable() = default;
  explicit KpiTable(const Blueprint& plan);

  void add(const ReplicationCounts& counts);  // in replication order
  // Likewise of a replication in a stratum, which stands for `weight` of them (day_design.h);
  // weights are 1 on average. Not together with add(counts).
  void add(const ReplicationCounts& counts, std::uint32_t stratum, double weight);
  const KpiLayout& layout() const { return layout_; }
  std::int64_t replications() const { return replications_; }

  // interval == layout().intervals() is the day, or the whole run. value is NaN where the
  // denominator is 0 or the scope has no such row.
  Estimate estimate(const Metric& metric, Scope scope, std::uint32_t interval,
                    double confidence) const;
  Estimate day(std::string_view key, Scope scope, double confidence) const;

 private:
  KpiLayout layout_;
  std::vector<Moments> moments_;  // row by row, interval by interval
  std::int64_t replications_ = 0;
  double weights_ = 0;                        // of them all
  std::vector<ReplicationCounts> unmatched_;  // by stratum: weighed, waits for its twin, or empty
};

}  // namespace callmill
