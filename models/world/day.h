#pragma once
// The simulated span, and values that change over it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace callmill {

// The values of the days of one kind, by the time of day; see Profile.
struct DayProfile {
  std::string day;  // "sunday", "workday", "weekend", a date "2026-12-31", or a kind of special day
  SimDuration step{};
  std::vector<double> values;
};

// A value per interval of the day, constant within it. values.size() * step covers the open hours
// from day.opens. Over several days each open day takes the entry of by_day that fits it best (its
// date, its kind, its weekday, workday or weekend), else `values`.
struct Profile {
  SimDuration step{};
  std::vector<double> values;
  std::vector<DayProfile> by_day{};
};

// What becomes of callers who still wait when the centre closes.
enum class AtClose : std::uint8_t {
  kServe,  // staff stays until they are served or gone
  kClear   // they are disconnected; talks go on to their end
};

// The open hours. Times of day count from midnight; SimTime 0 is `opens` of the first day.
struct Day {
  SimDuration opens{};  // after midnight
  SimDuration closes =
      std::chrono::hours{24};  // after midnight; may exceed 24 h for longer horizons
  SimDuration interval =
      std::chrono::minutes{30};  // reporting and planning interval; divides closes - opens
  SimDuration warm_up{};         // calls that arrive before opens + warm_up are run but not counted
  AtClose at_close = AtClose::kServe;
  SimDuration length() const { return closes - opens; }
};

}  // namespace callmill
