#pragma once
// Simulated time: integer microseconds since the start of the horizon.
//
// SimClock has no now(), so nothing below app/ can read a wall clock by accident, and integer time
// makes the order of events exact and equal on every machine (docs/adr/0001-integer-time.md).
// Range: 47 bits, about 4.4 years (engine/calendar packs a time and a slot into 64 bits).

#include <chrono>
#include <cstdint>

namespace callmill {

struct SimClock {
  using duration = std::chrono::duration<std::int64_t, std::micro>;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<SimClock>;
  static constexpr bool is_steady = true;
};

using SimDuration = SimClock::duration;  // a length of simulated time, µs
using SimTime = SimClock::time_point;    // µs since the start of the horizon

inline constexpr SimTime kStart{};
inline constexpr SimDuration kLongestHorizon{(std::int64_t{1} << 46) - 1};

// Nearest microsecond; `seconds` must be within ±kLongestHorizon.
constexpr SimDuration from_seconds(double seconds) {
  return SimDuration{static_cast<std::int64_t>(seconds * 1e6 + (seconds < 0 ? -0.5 : 0.5))};
}
constexpr double to_seconds(SimDuration d) {
  return static_cast<double>(d.count()) * 1e-6;
}
constexpr double to_hours(SimDuration d) {
  return to_seconds(d) / 3600.0;
}

}  // namespace callmill
