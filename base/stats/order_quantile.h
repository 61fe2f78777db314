#pragma once
// A quantile of independent figures, one a day say, of whatever law.

#include <cstdint>
#include <vector>

#include "base/stats/interval.h"

namespace callmill {

// The smallest of the values that `share` of them do not exceed, with the interval between two
// order statistics that holds the true quantile whatever the law: X_(l) to X_(u) with
// P(B < l) <= a/2 and P(B >= u) <= a/2, B binomial(n, share), a = 1 - confidence. As n values can
// only be counted, the confidence is at least the one asked for. An end that n values cannot give
// (n share small) is NaN, as everything of no value is. share in (0, 1). O(n log n).
Estimate order_quantile(std::vector<double> values, double share, double confidence);

// A value of a stratum; the weights of all say how much of the whole each stands for.
struct Weighed {
  double value = 0, weight = 1;
  std::uint32_t stratum = 0;
};
// The same of values laid out in strata of at least two: the smallest value that `share` of the
// weight does not exceed. Its interval is that of the share F(t) turned round (Woodruff 1952): from
// the first t at which F(t) is `share` - h to the first at which it is `share` + h, h the
// half-width of a stratified share (Cochran 1977) at the quantile, with as many degrees of freedom
// as values less strata, and no less than the share of the value there. NaN ends as above.
// O(n log n).
Estimate stratified_quantile(std::vector<Weighed> values, double share, double confidence);

}  // namespace callmill
