#pragma once
// Random inputs of fuzz tests: the same on every machine, for the engine of mt19937_64 is specified
// and the distributions are these.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>

namespace callmill::test {

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_{seed} {}
  double uniform(double low, double high) {
    const double u = static_cast<double>(engine_() >> 11) * 0x1.0p-53;
    return low + (high - low) * u;
  }
  double log_uniform(double low, double high) {
    return std::exp(uniform(std::log(low), std::log(high)));
  }
  std::int64_t whole(double low, double high) {
    return static_cast<std::int64_t>(std::floor(log_uniform(low, high)));
  }
  bool chance(double p) { return uniform(0, 1) < p; }

 private:
  std::mt19937_64 engine_;
};

// Rounds of a fuzz test: `few` in continuous integration, `few` times CALLMILL_FUZZ by ./dev fuzz.
inline int rounds(int few) {
  const char* more = std::getenv("CALLMILL_FUZZ");
  return few * (more == nullptr ? 1 : std::max(1, std::atoi(more)));
}

}  // namespace callmill::test
