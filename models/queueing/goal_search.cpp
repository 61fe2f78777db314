#include "models/queueing/goal_search.h"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>

namespace callmill {
namespace {

constexpr double kRootAccuracy = 1e-13;
using Real = std::function<double(double)>;

}  // namespace

double root_towards(const Real& excess, double a, double b) {
  double fa = excess(a);
  double fb = excess(b);
  while ((!std::isfinite(fa) || !std::isfinite(fb)) && std::abs(b - a) > kRootAccuracy * b) {
    const double middle = 0.5 * (a + b);
    const double f = excess(middle);
    const bool like_b =
        std::isfinite(fb) ? (f > 0) == (fb > 0) && std::isfinite(f) : (f > 0) == (fb > 0);
    if (like_b) {
      b = middle;
      fb = f;
    } else {
      a = middle;
      fa = f;
    }
  }
  if (fb == 0 || fa == 0 || !std::isfinite(fa) || !std::isfinite(fb)) return fa == 0 ? a : b;
  const bool rising = b > a;
  std::uintmax_t steps = 200;
  const auto close = [](double low, double high) { return high - low <= kRootAccuracy * high; };
  const auto [low, high] = boost::math::tools::toms748_solve(
      excess, std::min(a, b), std::max(a, b), rising ? fa : fb, rising ? fb : fa, close, steps);
  return rising ? high : low;
}

bool meets(double value, const Goal& goal) {
  return goal.at_least ? value >= goal.value : value <= goal.value;
}

double crossing(const Real& value, const Goal& goal, double base) {
  const auto met = [&](double x) { return meets(value(x), goal); };
  const auto excess = [&](double x) { return value(x) - goal.value; };
  const bool at_base = met(base);
  double up = base;
  double down = base;
  for (double factor = 1.5; up < 1e9 * base; factor = std::min(factor * 1.3, 10.0)) {
    const double next_up = up * factor;
    if (met(next_up) != at_base) {
      return at_base ? root_towards(excess, next_up, up) : root_towards(excess, up, next_up);
    }
    up = next_up;
    const double next_down = down / factor;
    if (met(next_down) != at_base) {
      return at_base ? root_towards(excess, next_down, down)
                     : root_towards(excess, down, next_down);
    }
    down = next_down;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

std::int64_t fewest_agents(const std::function<bool(std::int64_t)>& met, double load,
                           std::int64_t limit) {
  if (limit < 1) return -1;
  if (met(1)) return 1;
  std::int64_t low = 1;  // never meets the goal
  std::int64_t high =
      load < static_cast<double>(limit) ? static_cast<std::int64_t>(load) + 1 : limit;
  for (std::int64_t step = 1 + static_cast<std::int64_t>(std::sqrt(load));; step *= 2) {
    high = std::clamp(high, std::min<std::int64_t>(2, limit), limit);
    if (met(high)) break;
    if (high == limit) return -1;
    low = high;
    high = step < limit - high ? high + step : limit;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (met(middle) ? high : low) = middle;
  }
  return high;
}

double fewest_agents_fractional(const Real& value, const Goal& goal, double load, double least,
                                double limit) {
  const auto met = [&](double n) { return meets(value(n), goal); };
  double high = std::min(load + std::sqrt(load), limit);
  while (!met(high)) {
    if (high >= limit) return std::numeric_limits<double>::quiet_NaN();
    high = std::min(high + 2 * std::sqrt(load) + 0.2 * high, limit);
  }
  double low = high;
  for (double step = std::sqrt(load); met(low); step *= 2) {
    high = low;
    low = low - step > 0.5 * low ? low - step : 0.5 * low;
    if (low < 1e-9 * std::min(load, 1.0)) return std::max(high, least);
  }
  return std::max(root_towards([&](double n) { return value(n) - goal.value; }, low, high), least);
}

}  // namespace callmill
