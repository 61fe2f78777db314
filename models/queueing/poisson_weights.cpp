#include "models/queueing/poisson_weights.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace callmill {
namespace {

// Sum from both ends towards the mode, small to large.
double sum_towards(const std::vector<double>& v, std::size_t mode) {
  double below = 0, above = 0;
  for (std::size_t i = 0; i < mode; ++i) below += v[i];
  for (std::size_t i = v.size(); i-- > mode + 1;) above += v[i];
  return below + above + v[mode];
}

}  // namespace

PoissonWeights poisson_weights(double mean, double tolerance) {
  CALLMILL_CHECK(mean >= 0 && mean <= 1e12, "a step has a finite number of ticks");
  CALLMILL_CHECK(tolerance > 0 && tolerance < 1, "a tolerance is a share");
  PoissonWeights result;
  const auto mode = static_cast<std::int64_t>(std::floor(mean));
  // Relative to the mode, whose own probability is at most 1 / sqrt(mean + 1): what is left out on
  // one side is a geometric sum of at most term * ratio / (1 - ratio), to be half a tolerance.
  const double enough = tolerance * 0.5 * std::sqrt(mean + 1);
  std::vector<double> below;  // from the mode down, without it
  double left_out = 0;
  double term = 1;
  for (std::int64_t k = mode; k > 0; --k) {
    const double ratio = static_cast<double>(k) / mean;
    term *= ratio;
    const double next = static_cast<double>(k - 1) / mean;  // of the term after this one
    below.push_back(term);
    if (next < 1 && term * next < enough * (1 - next)) {
      left_out += term * next / (1 - next);
      break;
    }
  }
  result.first = mode - static_cast<std::int64_t>(below.size());
  result.weight.assign(below.rbegin(), below.rend());
  const std::size_t at_mode = result.weight.size();
  result.weight.push_back(1);
  term = 1;
  for (std::int64_t k = mode + 1;; ++k) {
    term *= mean / static_cast<double>(k);
    const double next = mean / static_cast<double>(k + 1);
    if (term < enough * (1 - next)) {
      left_out += term / (1 - next);
      break;
    }
    result.weight.push_back(term);
  }
  const double sum = sum_towards(result.weight, at_mode);
  for (double& w : result.weight) w /= sum;
  result.cut = left_out / sum;
  result.beyond.assign(result.weight.size(), 0.0);
  for (std::size_t i = result.weight.size() - 1; i-- > 0;)
    result.beyond[i] = result.beyond[i + 1] + result.weight[i + 1];
  return result;
}

}  // namespace callmill
