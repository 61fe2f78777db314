#include "base/stats/order_quantile.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace callmill {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

Estimate order_quantile(std::vector<double> values, double share, double confidence) {
  CALLMILL_CHECK(share > 0 && share < 1, "a quantile needs a share in (0, 1)");
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<std::int64_t>(values.size());
  Estimate e{kNaN, kNaN, kNaN, n};
  if (n == 0) return e;
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(n);
  const auto nth = [&](double number) { return values[static_cast<std::size_t>(number) - 1]; };
  e.value = nth(std::clamp(std::ceil(count * share), 1.0, count));
  const boost::math::binomial_distribution<double, Policy> below(count, share);
  const double tail = (1 - confidence) / 2;
  double low = 0, high = count + 1;
  while (low < count && cdf(below, low) <= tail) ++low;                 // P(B < low + 1)
  while (high > 1 && cdf(complement(below, high - 2)) <= tail) --high;  // P(B >= high - 1)
  if (low >= 1) e.ci_low = nth(low);
  if (high <= count) e.ci_high = nth(high);
  return e;
}

}  // namespace callmill
