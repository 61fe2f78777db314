#include "models/chains/transient.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace callmill {

PoissonWeights poisson_weights(double mean) {
  CALLMILL_CHECK(mean >= 0 && std::isfinite(mean), "a Poisson mean is a number");
  const auto mode = static_cast<std::int64_t>(std::floor(mean));
  constexpr double kSmallest = 1e-20;  // of the mode's weight
  std::vector<double> down, up{1.0};
  double w = 1;
  for (std::int64_t k = mode; k > 0 && w > kSmallest; --k)
    down.push_back(w *= static_cast<double>(k) / mean);
  w = 1;
  for (std::int64_t k = mode + 1; w > kSmallest; ++k)
    up.push_back(w *= mean / static_cast<double>(k));
  PoissonWeights result;
  result.first = mode - static_cast<std::int64_t>(down.size());
  result.weight.assign(down.rbegin(), down.rend());
  result.weight.insert(result.weight.end(), up.begin(), up.end());
  // From both ends inwards, so that small terms are not lost beside large ones.
  double sum = 0;
  std::size_t low = 0, high = result.weight.size();
  while (low < high)
    sum +=
        result.weight[low] < result.weight[high - 1] ? result.weight[low++] : result.weight[--high];
  for (double& x : result.weight) x /= sum;
  result.beyond.resize(result.weight.size());
  double beyond = 0;
  for (std::size_t k = result.weight.size(); k-- > 0;) {
    result.beyond[k] = beyond;
    beyond += result.weight[k];
  }
  return result;
}

Uniformised::Uniformised(const Generator& g, double at_least)
    : fastest_{g.size() > 0 ? std::max(g.out.maxCoeff(), at_least) : 0} {
  if (fastest_ == 0) return;
  back_ = g.rates / fastest_;
  Eigen::SparseMatrix<double, Eigen::RowMajor> stay(g.size(), g.size());
  stay.reserve(Eigen::VectorXi::Constant(g.size(), 1));
  for (Eigen::Index i = 0; i < g.size(); ++i) stay.insert(i, i) = 1 - g.out[i] / fastest_;
  back_ += stay;
  onward_ = back_.transpose();
}

Passage Uniformised::pass(const Steps& step, Vector now, double t) const {
  if (fastest_ == 0 || t == 0) return {now, now * t};
  const PoissonWeights w = poisson_weights(fastest_ * t);
  Passage result{Vector::Zero(now.size()), Vector::Zero(now.size())};
  const std::int64_t end = w.first + static_cast<std::int64_t>(w.weight.size());
  const double size = now.size() > 0 ? now.cwiseAbs().maxCoeff() : 0;
  double spent = 0;  // of t, in the integral so far
  for (std::int64_t k = 0; k < end; ++k) {
    const auto i = static_cast<std::size_t>(std::max<std::int64_t>(k - w.first, 0));
    const double beyond = k < w.first ? 1.0 : w.beyond[i];
    if (k >= w.first) result.end += w.weight[i] * now;
    result.integral += beyond / fastest_ * now;
    spent += beyond / fastest_;
    Vector next = step * now;
    // At rest: what is left of the time and of the weights sees this vector.
    if ((next - now).cwiseAbs().maxCoeff() <= 1e-17 * size) {
      const double here = k < w.first ? 1.0 : beyond;
      result.end += here * now;
      result.integral += (t - spent) * now;
      return result;
    }
    now = std::move(next);
  }
  return result;
}

Passage Uniformised::forward(const Vector& p, double t) const {
  return pass(onward_, p, t);
}
Passage Uniformised::backward(const Vector& h, double t) const {
  return pass(back_, h, t);
}

}  // namespace callmill
