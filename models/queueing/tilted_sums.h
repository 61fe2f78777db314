#pragma once
// The inner loop of sweep_agents: weights that are multiplied by a factor a node and summed against
// six functions.
//
// Eight partial sums a function in a fixed order, so that two, four or eight lanes of a vector unit
// give the same bits; one copy of the loop is compiled for AVX2 and taken where the machine has it.

#include <array>
#include <cstddef>
#include <vector>

namespace callmill {

inline constexpr std::size_t kTiltedFunctions = 6;
using TiltedTotals = std::array<double, kTiltedFunctions>;

struct TiltedNodes {
  std::vector<double> weight, factor;  // of equal length, a multiple of 8: see pad()
  std::array<std::vector<double>, kTiltedFunctions> function;
  void add(double w, double f, const std::array<double, kTiltedFunctions>& values);
  void pad();
  bool empty() const { return weight.empty(); }
};

// Sums of weight * function; then every weight is multiplied by its factor.
TiltedTotals sum_and_tilt(TiltedNodes& nodes);
// The two copies, for the test that holds them to each other. `wide` only where has_wide_unit().
bool has_wide_unit();
TiltedTotals sum_and_tilt(TiltedNodes& nodes, bool wide);

}  // namespace callmill
