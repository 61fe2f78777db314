#pragma once
// Simulated time against the wall clock, as plain arithmetic: whoever has a clock asks here where
// the simulation should be. Nothing is added up, so nothing drifts.

#include <chrono>
#include <optional>

#include "base/time.h"

namespace callmill::live {

using WallTime = std::chrono::nanoseconds;  // since any fixed moment of a steady clock

inline constexpr double kSlowest = 0.1, kFastest = 10000;

class Pace {
 public:
  // From `wall` on the simulation, which is at `sim`, goes `speed` times as fast as the wall clock;
  // speed in [kSlowest, kFastest], or none: as fast as it can. Call it again at each change of
  // speed, pause, jump.
  void set(SimTime sim, WallTime wall, std::optional<double> speed, bool paused);
  std::optional<double> speed() const { return speed_; }
  bool paused() const { return paused_; }
  // Where the simulation should be at `wall`: from where it was while paused, SimTime::max() where
  // it goes as fast as it can.
  SimTime due(WallTime wall) const;
  // When `at` will be due; WallTime::max() while paused, the past where it is due already.
  WallTime when(SimTime at) const;
  // How far the simulation, which is at `reached`, is behind in wall time; never negative.
  std::chrono::nanoseconds lag(SimTime reached, WallTime wall) const;

 private:
  SimTime from_ = kStart;
  WallTime since_{};
  std::optional<double> speed_ = 1;
  bool paused_ = true;
};

}  // namespace callmill::live
