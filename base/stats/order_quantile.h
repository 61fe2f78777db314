#pragma once
// A quantile of independent figures, one a day say, of whatever law.

#include <vector>

#include "base/stats/interval.h"

namespace callmill {

// The smallest of the values that `share` of them do not exceed, with the interval between two
// order statistics that holds the true quantile whatever the law: X_(l) to X_(u) with
// P(B < l) <= a/2 and P(B >= u) <= a/2, B binomial(n, share), a = 1 - confidence. As n values can
// only be counted, the confidence is at least the one asked for. An end that n values cannot give
// (n share small) is NaN, as everything of no value is. share in (0, 1). O(n log n).
Estimate order_quantile(std::vector<double> values, double share, double confidence);

}  // namespace callmill
