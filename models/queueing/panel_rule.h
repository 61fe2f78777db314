#pragma once
// Gauss-Legendre on [0, 1] with 20 nodes, and the integrals of the interpolant from the left end to
// each node and from each node to the right end: a function known at the nodes gives its running
// integral there, to the accuracy of the rule itself.

#include <array>
#include <cstddef>

namespace callmill {

inline constexpr std::size_t kPanelNodes = 20;
using PanelValues = std::array<double, kPanelNodes>;

struct PanelRule {
  PanelValues node, weight;  // nodes rise
  // [j][i]: share of the value at node j in the integral over [0, node i], [node i, 1].
  std::array<PanelValues, kPanelNodes> up_to, from;
};
const PanelRule& panel_rule();

// out[i] = start + width * sum_j matrix[j][i] value[j], over all nodes.
inline void running_integral(const std::array<PanelValues, kPanelNodes>& matrix,
                             const PanelValues& value, double width, double start,
                             PanelValues& out) {
  PanelValues sum{};
  for (std::size_t j = 0; j < kPanelNodes; ++j)
    for (std::size_t i = 0; i < kPanelNodes; ++i) sum[i] += matrix[j][i] * value[j];
  for (std::size_t i = 0; i < kPanelNodes; ++i) out[i] = start + width * sum[i];
}

}  // namespace callmill
