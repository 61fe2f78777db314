#pragma once
// Quantities with a meaning, checked once when they are made.

#include "base/check.h"

namespace callmill {

// A share or chance in [0, 1].
class Probability {
 public:
  constexpr Probability() = default;
  constexpr explicit Probability(double value) : value_{value} {
    CALLMILL_CHECK(value >= 0.0 && value <= 1.0, "a probability lies in [0, 1]");
  }
  constexpr double value() const { return value_; }
  friend constexpr auto operator<=>(Probability, Probability) = default;

 private:
  double value_ = 0.0;
};

}  // namespace callmill
