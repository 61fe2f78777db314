#include "base/stats/share.h"

#include <boost/math/special_functions/beta.hpp>
#include <limits>

#include "base/check.h"

namespace callmill {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

double quantile_of_beta(std::int64_t a, std::int64_t b, double p) {
  return boost::math::ibeta_inv(static_cast<double>(a), static_cast<double>(b), p, Policy{});
}

}  // namespace

Estimate share_estimate(std::int64_t held, std::int64_t trials, double confidence) {
  CALLMILL_CHECK(held >= 0 && held <= trials, "no more successes than trials");
  CALLMILL_CHECK(confidence > 0 && confidence < 1, "a confidence lies in (0, 1)");
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  if (trials == 0) return {kNaN, kNaN, kNaN, 0};
  const double tail = (1 - confidence) / 2;
  Estimate e{static_cast<double>(held) / static_cast<double>(trials), 0, 1, trials};
  if (held > 0) e.ci_low = quantile_of_beta(held, trials - held + 1, tail);
  if (held < trials) e.ci_high = quantile_of_beta(held + 1, trials - held, 1 - tail);
  return e;
}

std::int64_t least_to_show(double share, std::int64_t trials, double confidence) {
  std::int64_t low = 0, high = trials + 1;  // the answer lies in [low, high]
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (share_estimate(middle, trials, confidence).ci_low >= share)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

}  // namespace callmill
