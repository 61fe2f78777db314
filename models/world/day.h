#pragma once
// The simulated span, and values that change over it.

#include <chrono>
#include <vector>

#include "base/time.h"

namespace callmill {

// A value per interval of the day, constant within it. values.size() * step covers the open hours
// from day.opens.
struct Profile {
  SimDuration step{};
  std::vector<double> values;
};

// The simulated span. Times of day count from midnight; SimTime 0 is `opens`.
struct Day {
  SimDuration opens{};  // after midnight
  SimDuration closes =
      std::chrono::hours{24};  // after midnight; may exceed 24 h for longer horizons
  SimDuration interval =
      std::chrono::minutes{30};  // reporting and planning interval; divides closes - opens
  SimDuration warm_up{};         // calls that arrive before opens + warm_up are run but not counted
  SimDuration length() const { return closes - opens; }
};

}  // namespace callmill
