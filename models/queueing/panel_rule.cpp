#include "models/queueing/panel_rule.h"

#include <boost/math/quadrature/gauss.hpp>

namespace callmill {
namespace {

// P_0..P_20 at x.
std::array<double, kPanelNodes + 1> legendre(double x) {
  std::array<double, kPanelNodes + 1> p{1, x};
  for (std::size_t k = 1; k < kPanelNodes; ++k) {
    const double n = static_cast<double>(k);
    p[k + 1] = ((2 * n + 1) * x * p[k] - n * p[k - 1]) / (n + 1);
  }
  return p;
}

// The interpolant's basis is l_j(x) = w_j sum_k (k + 1/2) P_k(x_j) P_k(x), and the integral of
// (2k + 1) P_k from -1 to x is P_{k+1}(x) - P_{k-1}(x).
PanelRule make_rule() {
  using Gauss = boost::math::quadrature::gauss<double, static_cast<unsigned>(kPanelNodes)>;
  constexpr std::size_t kHalf = kPanelNodes / 2;
  PanelRule rule{};
  PanelValues x{};
  for (std::size_t i = 0; i < kHalf; ++i) {
    const double at = Gauss::abscissa()[i];
    const double weight = Gauss::weights()[i];
    x[kHalf + i] = at;
    x[kHalf - 1 - i] = -at;
    rule.weight[kHalf + i] = rule.weight[kHalf - 1 - i] = 0.5 * weight;
  }
  std::array<std::array<double, kPanelNodes + 1>, kPanelNodes> p{};
  for (std::size_t i = 0; i < kPanelNodes; ++i) {
    rule.node[i] = 0.5 * (1 + x[i]);
    p[i] = legendre(x[i]);
  }
  for (std::size_t j = 0; j < kPanelNodes; ++j) {
    for (std::size_t i = 0; i < kPanelNodes; ++i) {
      double sum = 1 + x[i];
      for (std::size_t k = 1; k < kPanelNodes; ++k) sum += (p[i][k + 1] - p[i][k - 1]) * p[j][k];
      rule.up_to[j][i] = 0.5 * rule.weight[j] * sum;
    }
  }
  // By symmetry, without the rounding of a difference.
  for (std::size_t j = 0; j < kPanelNodes; ++j)
    for (std::size_t i = 0; i < kPanelNodes; ++i)
      rule.from[j][i] = rule.up_to[kPanelNodes - 1 - j][kPanelNodes - 1 - i];
  return rule;
}

}  // namespace

const PanelRule& panel_rule() {
  static const PanelRule rule = make_rule();
  return rule;
}

}  // namespace callmill
