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

Estimate stratified_quantile(std::vector<Weighed> values, double share, double confidence) {
  CALLMILL_CHECK(share > 0 && share < 1, "a quantile needs a share in (0, 1)");
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  constexpr double kRounding = 1e-12;  // of a sum of weights
  Estimate e{kNaN, kNaN, kNaN, static_cast<std::int64_t>(values.size())};
  if (values.empty()) return e;
  struct Stratum {
    double members = 0, weight = 0, below = 0;
  };
  std::vector<Stratum> strata;
  double all = 0;
  for (const Weighed& one : values) {
    if (strata.size() <= one.stratum) strata.resize(one.stratum + std::size_t{1});
    ++strata[one.stratum].members;
    strata[one.stratum].weight += one.weight;
    all += one.weight;
  }
  std::stable_sort(values.begin(), values.end(),
                   [](const Weighed& a, const Weighed& b) { return a.value < b.value; });
  std::vector<double> up_to;  // F at each value
  double so_far = 0;
  for (const Weighed& one : values) up_to.push_back(so_far += one.weight / all);
  const auto first = [&](double least) {
    const auto found = std::lower_bound(up_to.begin(), up_to.end(), least - kRounding);
    return found - up_to.begin();
  };
  const auto end = static_cast<std::ptrdiff_t>(values.size());
  const auto at = [&](std::ptrdiff_t i) { return values[static_cast<std::size_t>(i)].value; };
  const std::ptrdiff_t here = std::min(first(share), end - 1);
  e.value = at(here);
  const double dof = static_cast<double>(values.size() - strata.size());
  if (dof < 1) return e;
  for (std::ptrdiff_t i = 0; i <= here; ++i)
    ++strata[values[static_cast<std::size_t>(i)].stratum].below;
  double variance = 0;  // of F there
  for (const Stratum& s : strata)
    if (s.members > 1)
      variance += s.weight * s.weight * (s.below / s.members) * (1 - s.below / s.members) /
                  ((s.members - 1) * all * all);
  // Where the edge of a stratum is the quantile nothing varies; one value is as fine as it gets.
  const double least = values[static_cast<std::size_t>(here)].weight / all;
  const double half = std::max(student_t(confidence, dof) * std::sqrt(variance), least);
  if (half < share) e.ci_low = at(first(share - half));
  if (share + half < 1 && first(share + half) < end) e.ci_high = at(first(share + half));
  return e;
}

}  // namespace callmill
