#pragma once
// Whole numbers for random problems: keyed, so the same on every machine.

#include <cstdint>

#include "base/random/stream.h"

namespace callmill {

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : seed_{seed} {}
  int from(int low, int high) {
    const double u = to_uniform(mix64(seed_ * kGolden + ++drawn_));
    return low + static_cast<int>(u * (high - low + 1));
  }

 private:
  std::uint64_t seed_, drawn_ = 0;
};

}  // namespace callmill
