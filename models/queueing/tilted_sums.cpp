#include "models/queueing/tilted_sums.h"

namespace callmill {
namespace {

constexpr std::size_t kLanes = 8;

// Always inlined, so that each caller's instruction set is used.
[[gnu::always_inline]] inline void run(TiltedNodes& nodes, TiltedTotals& totals) {
  double lane[kTiltedFunctions][kLanes] = {};
  double* weight = nodes.weight.data();
  const double* factor = nodes.factor.data();
  const double* f[kTiltedFunctions];
  for (std::size_t k = 0; k < kTiltedFunctions; ++k) f[k] = nodes.function[k].data();
  const std::size_t size = nodes.weight.size();
  for (std::size_t i = 0; i < size; i += kLanes) {
    for (std::size_t j = 0; j < kLanes; ++j) {
      const double w = weight[i + j];
      lane[0][j] += w * f[0][i + j];
      lane[1][j] += w * f[1][i + j];
      lane[2][j] += w * f[2][i + j];
      lane[3][j] += w * f[3][i + j];
      lane[4][j] += w * f[4][i + j];
      lane[5][j] += w * f[5][i + j];
      weight[i + j] = w * factor[i + j];
    }
  }
  for (std::size_t k = 0; k < kTiltedFunctions; ++k) {
    totals[k] = 0;
    for (std::size_t j = 0; j < kLanes; ++j) totals[k] += lane[k][j];
  }
}

TiltedTotals narrow(TiltedNodes& nodes) {
  TiltedTotals totals{};
  run(nodes, totals);
  return totals;
}

[[gnu::target("avx2")]] TiltedTotals wide_unit(TiltedNodes& nodes) {
  TiltedTotals totals{};
  run(nodes, totals);
  return totals;
}

}  // namespace

void TiltedNodes::add(double w, double f, const std::array<double, kTiltedFunctions>& values) {
  weight.push_back(w);
  factor.push_back(f);
  for (std::size_t k = 0; k < kTiltedFunctions; ++k) function[k].push_back(values[k]);
}

void TiltedNodes::pad() {
  while (weight.size() % kLanes != 0) add(0, 1, {});
}

bool has_wide_unit() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

TiltedTotals sum_and_tilt(TiltedNodes& nodes, bool wide) {
  return wide ? wide_unit(nodes) : narrow(nodes);
}

TiltedTotals sum_and_tilt(TiltedNodes& nodes) {
  return sum_and_tilt(nodes, has_wide_unit());
}

}  // namespace callmill
