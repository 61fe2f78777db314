#include "bench/fast_exponential.h"

#include <cmath>

namespace callmill::bench {
namespace {

// Where the tail begins and the area of every layer, for 256 layers under exp(-x) (Marsaglia &
// Tsang 2000, table).
constexpr double kTail = 7.69711747013104972;
constexpr double kArea = 3.949659822581572e-3;

struct Ziggurat {
  // Layer 0 holds the tail and is as wide as its area asks; layer i >= 1 lies under heights f(x[i])
  // to f(x[i + 1]).
  std::array<double, 257> x;
  std::array<double, 257> f;

  Ziggurat() : x{}, f{} {
    x[0] = kArea * std::exp(kTail);
    x[1] = kTail;
    for (std::size_t i = 2; i < 256; ++i) x[i] = -std::log(std::exp(-x[i - 1]) + kArea / x[i - 1]);
    x[256] = 0;
    for (std::size_t i = 0; i < 257; ++i) f[i] = std::exp(-x[i]);
  }
};

const Ziggurat& ziggurat() {
  static const Ziggurat table;
  return table;
}

double unit(std::uint64_t bits) {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

}  // namespace

FastExponential::FastExponential(double mean_s) : mean_us_{mean_s * 1e6}, layer_{} {
  const Ziggurat& z = ziggurat();
  for (std::size_t i = 0; i < 256; ++i) {
    layer_[i].accept_below = static_cast<std::uint64_t>(z.x[i + 1] / z.x[i] * 0x1p64);
    layer_[i].width_us = static_cast<std::uint64_t>(std::llround(z.x[i] * mean_us_));
  }
}

// Beyond the accepted part: in layer 0 the tail, which is kTail plus a fresh draw (the law has no
// memory); elsewhere the wedge under the curve, by rejection.
std::uint64_t FastExponential::slow(FastRandom& random, std::uint64_t bits) const {
  const Ziggurat& z = ziggurat();
  double start = 0;
  for (;; bits = random()) {
    const std::size_t i = bits & 255;
    const double x = unit(bits) * z.x[i];
    const bool inside = bits < layer_[i].accept_below;
    if (!inside && i == 0) {
      start += kTail;
      continue;
    }
    if (inside || z.f[i] + unit(random()) * (z.f[i + 1] - z.f[i]) < std::exp(-x))
      return static_cast<std::uint64_t>((start + x) * mean_us_);
  }
}

}  // namespace callmill::bench
