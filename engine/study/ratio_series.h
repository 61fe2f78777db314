#pragma once
// An indicator replication by replication, and what it is over all of them. What compare.h and
// watch.h share.
//
// With x_r the counts of replication r, an indicator is R = E[a x] / E[b x]. The delta method takes
// it for the mean of
//
//   z_r = R + (a x_r - R b x_r) / mean(b x)
//
// with R and the mean estimated by the means of the study's design (base/stats/grouping.h), counts
// times the replication's weight where a design gives it one (engine/centre/day_design.h). So a
// ratio, a difference of ratios or any sum of them is a mean, which base/stats/adjusted.h gives its
// interval.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/stats/adjusted.h"
#include "base/stats/interval.h"
#include "engine/kpi/kpi_table.h"
#include "engine/kpi/metric.h"

namespace callmill {

// Numerator and denominator of one indicator, replication by replication.
struct RatioSeries {
  std::vector<double> above, below;
};

// `period` as in KpiLayout. NaN where the layout has no such row. `given`: by the expectations of
// contacts, of a metric that has_expectation().
void append(RatioSeries& series, const KpiLayout& layout, const ReplicationCounts& counts,
            const Metric& metric, Scope scope, std::uint32_t period, double weight = 1,
            bool given = false);

// Whether an indicator is one of contacts, whose draws at their end have known expectations
// (engine/kpi/contact_chances.h).
inline bool has_expectation(const Metric& metric) {
  return metric.family == Family::kContacts;
}

// What the replications say of a figure: `centre` and z_r - centre of each. NaN where the ratio's
// denominator is 0.
struct Linear {
  double centre = 0;
  std::vector<double> deviation;  // adds up to 0 by the weights of the grouping
};
Linear linear(const RatioSeries& series, const Grouping& grouping);
// Sum of weight x figure.
Linear combined(const std::vector<Linear>& figures,
                const std::vector<std::pair<std::size_t, double>>& weights);

// The variance of one replication as if all were independent: the sum of squared deviations over
// their weights (empty: all 1), the weights being in the deviations already, / (n - 1).
double plain_variance(const Linear& of, const std::vector<double>& weights);

struct Adjusted {
  Estimate estimate;
  double variance = 0;           // of the estimate
  double dof = 0, skewness = 0;  // as in AdjustedMean
};
// NaN intervals where replications do not suffice.
Adjusted adjusted(const Linear& of, const Controls& controls, const Grouping& grouping,
                  double confidence);

}  // namespace callmill
