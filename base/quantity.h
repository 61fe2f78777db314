#pragma once
// Quantities with a meaning, checked once when they are made.

#include "base/check.h"
#include "base/time.h"

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

// Events per hour, not negative.
class Rate {
 public:
  constexpr Rate() = default;
  static constexpr Rate per_hour(double value) { return Rate{value}; }
  static constexpr Rate per_second(double value) { return Rate{value * 3600.0}; }
  constexpr double per_hour() const { return per_hour_; }
  constexpr double per_second() const { return per_hour_ / 3600.0; }
  friend constexpr auto operator<=>(Rate, Rate) = default;

 private:
  constexpr explicit Rate(double value) : per_hour_{value} {
    CALLMILL_CHECK(value >= 0.0, "a rate is not negative");
  }
  double per_hour_ = 0.0;
};

}  // namespace callmill
