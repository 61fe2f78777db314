#include "models/queueing/repeat_calls.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// So near to the most first calls the repeats are more than the numbers can tell.
constexpr double kNearLimit = 1e-9;

QueueInput at_rate(const RepeatInput& in, double rate) {
  QueueInput queue = in.queue;
  queue.arrival_rate = rate;
  return queue;
}

// h(lambda).
double leave_for_good(const RepeatInput& in, double rate, const QueueResult& q) {
  return rate * (q.p_served * (1 - (1 - in.fcr) * in.r_unresolved) +
                 q.p_abandon * (1 - in.r_abandon) + q.p_block * (1 - in.r_block));
}

bool is_share(double x) {
  return x >= 0 && x <= 1;
}

// Root of ln h(e^x) = ln lambda0 in x: h is near to a straight line through 0, so this is near to
// one too.
double root(const RepeatInput& in, double low, double f_low, double high, double f_high) {
  const auto f = [&](double x) {
    const double rate = std::exp(x);
    return std::log(leave_for_good(in, rate, solve_queue(at_rate(in, rate))) /
                    in.queue.arrival_rate);
  };
  constexpr int kSteps = 200;
  int side = 0;
  for (int step = 0; step < kSteps; ++step) {
    double x = (low * f_high - high * f_low) / (f_high - f_low);
    if (!(x > low && x < high)) x = (low + high) / 2;
    const double fx = f(x);
    if (std::abs(fx) < 4e-16 || high - low < 4e-16 * (1 + std::abs(x))) return x;
    if (fx < 0) {
      low = x;
      f_low = fx;
      if (side == -1) f_high /= 2;
      side = -1;
    } else {
      high = x;
      f_high = fx;
      if (side == 1) f_low /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
}

}  // namespace

double most_first_calls(const RepeatInput& in) {
  const double served =
      in.queue.agents * in.queue.service_rate * (1 - (1 - in.fcr) * in.r_unresolved);
  if (in.queue.lines > 0) {
    if (in.r_block < 1) return kInfinity;
    const double waiting = static_cast<double>(in.queue.lines) - in.queue.agents;
    return served + waiting * in.queue.patience_rate * (1 - in.r_abandon);
  }
  return in.queue.patience_rate > 0 && in.r_abandon < 1 ? kInfinity : served;
}

RepeatResult solve_repeat_calls(const RepeatInput& in) {
  CALLMILL_CHECK(is_share(in.fcr) && is_share(in.r_unresolved) && is_share(in.r_abandon) &&
                     is_share(in.r_block),
                 "shares lie in 0..1");
  RepeatResult result{};
  const double first = in.queue.arrival_rate;
  if (first >= most_first_calls(in) * (1 - kNearLimit)) {
    result.total_rate = result.inflation = result.repeat_share = result.resolved_share = kNaN;
    return result;
  }
  const auto excess = [&](double rate) {
    return std::log(leave_for_good(in, rate, solve_queue(at_rate(in, rate))) / first);
  };
  double low = first, f_low = excess(first), high = first, f_high = f_low;
  while (f_high < 0) {
    low = high;
    f_low = f_high;
    high *= 2;
    f_high = excess(high);
  }
  // Not below the first calls, which rounding alone could bring about.
  const double rate = std::max(
      first, f_high == 0 ? high : std::exp(root(in, std::log(low), f_low, std::log(high), f_high)));
  result.roots = 1;
  result.queue = solve_queue(at_rate(in, rate));
  result.total_rate = rate;
  result.inflation = rate / first;
  result.repeat_share = 1 - first / rate;
  result.resolved_share = result.inflation * result.queue.p_served * in.fcr;
  result.residual = std::abs(leave_for_good(in, rate, result.queue) / first - 1);
  return result;
}

}  // namespace callmill
