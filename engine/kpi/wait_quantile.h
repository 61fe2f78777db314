#pragma once
// A quantile of all waits of a study, with its interval.
//
// With F(t) the share of waits up to t, over all replications together (a ratio of expectations, as
// every indicator), the quantile of p is where F(t) = p. Its interval is that of F turned round
// (Woodruff 1952): all t at which p lies in the interval of F(t),
//
//   F(t) -+ t(n - 1) s(t) / sqrt(n),   s^2(t) from z_r = (c_r(t) - F(t) w_r) / mean(w)
//
// c_r(t) the waits up to t of replication r, w_r all of it. Between the edges of a bucket of the
// histogram (2.2 % apart, base of wait_histogram.h) both are straight lines. In designs that spread
// the days (day_design.h) the interval is on the safe side: it takes days for independent.

#include <cstddef>
#include <vector>

#include "base/stats/interval.h"
#include "engine/kpi/wait_histogram.h"

namespace callmill {

// Memory: three doubles a bucket, 33 kB.
class WaitQuantiles {
 public:
  WaitQuantiles();
  // One replication, which stands for `weight` of them. O(buckets).
  void add(const WaitHistogram& waits, double weight = 1);
  // Seconds. share in (0, 1). NaN where nobody waited or came, and an interval with fewer than two
  // replications; an end that no wait reaches is the longest wait there was.
  Estimate quantile(double share, double confidence) const;

 private:
  // F, and the half-width of its interval, at the upper edge of a bucket.
  struct Share {
    double value, half;
  };
  Share share_at(std::size_t bucket, double student) const;

  double replications_ = 0, waits_ = 0, waits_squared_ = 0;
  std::vector<double> up_to_, squared_, with_waits_;  // sums of c, c^2, c w
};

}  // namespace callmill
