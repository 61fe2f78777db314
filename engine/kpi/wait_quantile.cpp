#include "engine/kpi/wait_quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace callmill {

WaitQuantiles::WaitQuantiles()
    : up_to_(WaitHistogram::buckets()),
      squared_(WaitHistogram::buckets()),
      with_waits_(WaitHistogram::buckets()) {}

void WaitQuantiles::add(const WaitHistogram& waits, double weight) {
  const double all = weight * static_cast<double>(waits.count());
  ++replications_;
  waits_ += all;
  waits_squared_ += all * all;
  double so_far = 0;
  for (std::size_t i = 0; i < up_to_.size(); ++i) {
    so_far += weight * static_cast<double>(waits.in_bucket(i));
    up_to_[i] += so_far;
    squared_[i] += so_far * so_far;
    with_waits_[i] += so_far * all;
  }
}

WaitQuantiles::Share WaitQuantiles::share_at(std::size_t bucket, double student) const {
  const double share = up_to_[bucket] / waits_;
  const double squares = squared_[bucket] - 2 * share * with_waits_[bucket] +
                         share * share * waits_squared_;  // of c - F w, which adds up to 0
  const double mean = waits_ / replications_;
  const double variance = std::max(0.0, squares) / (replications_ - 1) / (mean * mean);
  return {share, student * std::sqrt(variance / replications_)};
}

Estimate WaitQuantiles::quantile(double share, double confidence) const {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  Estimate e{kNaN, kNaN, kNaN, static_cast<std::int64_t>(replications_)};
  if (waits_ <= 0) return e;
  const bool has_interval = replications_ >= 2;
  const double student = has_interval ? student_t(confidence, replications_ - 1) : 0;
  // The first t at which F(t) + side * half reaches the share, by bucket and within it.
  const auto crossing = [&](double side) {
    double before = 0;
    for (std::size_t i = 0; i < up_to_.size(); ++i) {
      const Share at = share_at(i, has_interval ? student : 0);
      const double here = has_interval ? at.value + side * at.half : at.value;
      const double low = to_seconds(WaitHistogram::lower_edge(i));
      const double high = to_seconds(WaitHistogram::lower_edge(i + 1));
      if (here >= share)
        return i == 0 || here <= before
                   ? low
                   : low + (high - low) * std::clamp((share - before) / (here - before), 0.0, 1.0);
      if (at.value >= 1) return high;  // nobody waited longer
      before = here;
    }
    return to_seconds(WaitHistogram::lower_edge(up_to_.size()));
  };
  e.value = crossing(0);
  if (!has_interval) return e;
  e.ci_low = crossing(1);
  e.ci_high = crossing(-1);
  return e;
}

}  // namespace callmill
