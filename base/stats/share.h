#pragma once
// The share of independent trials that succeed, with its exact interval.

#include <cstdint>

#include "base/stats/interval.h"

namespace callmill {

// `held` of `trials` succeeded, 0 <= held <= trials. Clopper & Pearson (1934): from the share of
// which so many or more would be seen with chance a/2, to that of which so many or fewer would,
// a = 1 - confidence in (0, 1). The true share lies within at least as often as the confidence
// says. Without trials all is NaN. Cost: two inverse incomplete beta functions.
Estimate share_estimate(std::int64_t held, std::int64_t trials, double confidence);

// The least number of successes whose interval begins at `share` or above; trials + 1 where even
// all of them would not show it. O(log trials).
std::int64_t least_to_show(double share, std::int64_t trials, double confidence);

}  // namespace callmill
