#include "engine/live/pace.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace callmill::live {
namespace {

using std::chrono::nanoseconds;

}  // namespace

void Pace::set(SimTime sim, WallTime wall, std::optional<double> speed, bool paused) {
  CALLMILL_CHECK(!speed || (*speed >= kSlowest && *speed <= kFastest), "a speed within its range");
  from_ = sim;
  since_ = wall;
  speed_ = speed;
  paused_ = paused;
}

SimTime Pace::due(WallTime wall) const {
  if (paused_) return from_;
  if (!speed_) return SimTime::max();
  const double us = static_cast<double>((wall - since_).count()) * 1e-3 * *speed_;
  const auto most = static_cast<double>((kLongestHorizon - (from_ - kStart)).count());
  return from_ + SimDuration{std::llround(std::clamp(us, 0.0, most))};
}

WallTime Pace::when(SimTime at) const {
  if (paused_) return WallTime::max();
  if (!speed_) return since_;
  constexpr double kFar = 4e18;  // ns: over a century
  const double ns = static_cast<double>((at - from_).count()) * 1e3 / *speed_;
  return since_ + nanoseconds{std::llround(std::clamp(ns, -kFar, kFar))};
}

nanoseconds Pace::lag(SimTime reached, WallTime wall) const {
  if (paused_ || !speed_ || reached >= due(wall)) return nanoseconds{0};
  return std::max(nanoseconds{0}, wall - when(reached));
}

}  // namespace callmill::live
