#include "models/chains/transient.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace callmill {

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

namespace {

// A product of a block's column costs so much of one alone.
constexpr double kBlockShare = 0.25;

// The weights of one passage, by tick.
class Series {
 public:
  explicit Series(double mean) : weights_{poisson_weights(mean, kCut)} {}
  std::int64_t end() const {
    return weights_.first + static_cast<std::int64_t>(weights_.weight.size());
  }
  double weight(std::int64_t n) const {
    return n < weights_.first || n >= end() ? 0 : weights_.weight[at(n)];
  }
  double beyond(std::int64_t n) const {
    if (n < weights_.first) return 1;
    return n >= end() ? 0 : weights_.beyond[at(n)];
  }

 private:
  std::size_t at(std::int64_t n) const { return static_cast<std::size_t>(n - weights_.first); }
  PoissonWeights weights_;
};

}  // namespace

Passage Uniformised::pass(const Steps& step, Vector now, double t, Work* work) const {
  if (fastest_ == 0 || t == 0) return {now, now * t};
  const PoissonWeights w = poisson_weights(fastest_ * t, kCut);
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
    if (work != nullptr && !work->spend(static_cast<double>(step.nonZeros()))) return result;
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

Passage Uniformised::forward(const Vector& p, double t, Work* work) const {
  return pass(onward_, p, t, work);
}
Passage Uniformised::backward(const Vector& h, double t, Work* work) const {
  return pass(back_, h, t, work);
}

Passages Uniformised::forward_each(const Block& starts, const std::vector<double>& t,
                                   const Block& rates, Work* work) const {
  const Eigen::Index columns = starts.cols();
  Passages result{Block::Zero(starts.rows(), columns), Block::Zero(rates.cols(), columns)};
  if (fastest_ == 0) {
    result.ends = starts;
    const Block flows = rates.transpose() * starts;
    for (Eigen::Index k = 0; k < columns; ++k)
      result.flows.col(k) = flows.col(k) * t[static_cast<std::size_t>(k)];
    return result;
  }
  std::vector<Series> series;
  std::int64_t end = 0;
  for (const double length : t) {
    series.emplace_back(fastest_ * length);
    end = std::max(end, series.back().end());
  }
  const double size = starts.size() > 0 ? starts.cwiseAbs().maxCoeff() : 0;
  Block now = starts;
  for (std::int64_t n = 0; n < end; ++n) {
    const Block flows = rates.transpose() * now;
    bool counted = false;
    Eigen::RowVectorXd weights = Eigen::RowVectorXd::Zero(columns);
    for (Eigen::Index k = 0; k < columns; ++k) {
      const Series& own = series[static_cast<std::size_t>(k)];
      result.flows.col(k) += own.beyond(n) / fastest_ * flows.col(k);
      weights[k] = own.weight(n);
      counted = counted || weights[k] > 0;
    }
    if (counted) result.ends.array() += now.array().rowwise() * weights.array();
    if (work != nullptr &&
        !work->spend(kBlockShare * static_cast<double>(columns * onward_.nonZeros())))
      return result;
    // Gone: what is left is nothing beside what there was.
    if (n % 16 == 0 && now.cwiseAbs().maxCoeff() <= 1e-20 * size) return result;
    now = onward_ * now;
  }
  return result;
}

Block Uniformised::seen_at(const Vector& p, const std::vector<double>& t, const Steps& seen,
                           double last, Vector& end, Work* work) const {
  const auto columns = static_cast<Eigen::Index>(t.size());
  Block result = Block::Zero(seen.rows(), columns);
  std::vector<Series> series;
  for (const double length : t) series.emplace_back(fastest_ * length);
  const Series whole{fastest_ * last};
  end = Vector::Zero(p.size());
  Vector now = p;
  for (std::int64_t n = 0; n < whole.end(); ++n) {
    if (const double w = whole.weight(n); w > 0) end += w * now;
    const bool counted = std::any_of(series.begin(), series.end(),
                                     [n](const Series& own) { return own.weight(n) > 0; });
    if (counted) {
      const Vector here = seen * now;
      for (Eigen::Index k = 0; k < columns; ++k)
        if (const double w = series[static_cast<std::size_t>(k)].weight(n); w > 0)
          result.col(k) += w * here;
    }
    if (work != nullptr && !work->spend(static_cast<double>(onward_.nonZeros()))) return result;
    if (n + 1 < whole.end()) now = onward_ * now;
  }
  return result;
}

double Uniformised::time_to_leave(const Vector& where, double most, Work* work) const {
  if (fastest_ == 0 || where.size() == 0) return most;
  Vector inside = where;
  for (std::int64_t n = 0;; ++n) {
    // Fewer ticks than n in x, the mean, have a chance of e^-40 (Chernoff: (x - n)^2 >= 80 x).
    const auto ticks = static_cast<double>(n);
    const double time = (ticks + 40 + std::sqrt(1600 + 80 * ticks)) / fastest_;
    if (time >= most) return most;
    if (inside.cwiseProduct(where).maxCoeff() < 1e-17) return time;
    if (work != nullptr && !work->spend(static_cast<double>(back_.nonZeros()))) return most;
    inside = (back_ * inside).eval();
  }
}

}  // namespace callmill
