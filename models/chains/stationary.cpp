#include "models/chains/stationary.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace callmill {
namespace {

using Columns = Eigen::SparseMatrix<double, Eigen::ColMajor>;
using Rows = Eigen::SparseMatrix<double, Eigen::RowMajor>;
using Index = Eigen::Index;

// Eliminates states from the last to the second; what is left of the flows into each state gives
// the shares, from the first state on. A state without a way to earlier ones is one of the closed
// class that the first states are not in: its share is pinned there instead.
Vector eliminate(const Generator& g) {
  Eigen::MatrixXd a = Eigen::MatrixXd(g.rates);
  const Index n = g.size();
  Index first = 0;
  for (Index k = n - 1; k > 0; --k) {
    const double down = a.row(k).head(k).sum();
    if (down == 0) {
      first = k;
      break;
    }
    a.col(k).head(k) /= down;
    a.topLeftCorner(k, k) += a.col(k).head(k) * a.row(k).head(k);
    a.topLeftCorner(k, k).diagonal().setZero();
  }
  Vector p = Vector::Zero(n);
  p[first] = 1;
  for (Index k = first + 1; k < n; ++k)
    p[k] = p.segment(first, k - first).dot(a.col(k).segment(first, k - first));
  return p / p.sum();
}

Index likeliest(const Vector& p) {
  Index at = 0;
  p.maxCoeff(&at);
  return at;
}

// A likely state: where the chain is after enough jumps from its first state (it stays with chance
// 1/2, so that it has no period). Enough: the likeliest state has been the same for a while.
Index likely_state(const Generator& g, const Rows& into) {
  constexpr int kSteps = 5000, kLook = 25, kSameFor = 4;
  Vector p = Vector::Zero(g.size());
  p[0] = 1;
  const Vector stay = g.out.unaryExpr([](double out) { return out > 0 ? 1 / out : 0.0; });
  Index at = 0;
  int same = 0;
  for (int step = 1; step <= kSteps && same < kSameFor; ++step) {
    const Vector time = p.cwiseProduct(stay);
    p = 0.5 * (p + into * time);
    if (step % kLook != 0) continue;
    const Index now = likeliest(time);
    same = now == at ? same + 1 : 0;
    at = now;
  }
  return at;
}

// Q' without the row and the column of `pinned`: column by column diagonally dominant, so that the
// diagonal is the pivot of its column and nothing grows.
Columns without(const Generator& g, Index pinned) {
  std::vector<Eigen::Triplet<double>> cells;
  cells.reserve(static_cast<std::size_t>(g.rates.nonZeros() + g.size()));
  const auto place = [&](Index i) { return static_cast<int>(i < pinned ? i : i - 1); };
  for (Index i = 0; i < g.size(); ++i) {
    if (i == pinned) continue;
    cells.emplace_back(place(i), place(i), g.out[i]);
    for (Rows::InnerIterator m(g.rates, i); m; ++m)
      if (m.col() != pinned) cells.emplace_back(place(m.col()), place(i), -m.value());
  }
  Columns a(g.size() - 1, g.size() - 1);
  a.setFromTriplets(cells.begin(), cells.end());
  return a;
}

Vector pin_and_solve(const Generator& g, Index pinned) {
  Vector b = Vector::Zero(g.size() - 1);
  for (Rows::InnerIterator m(g.rates, pinned); m; ++m)
    b[m.col() < pinned ? m.col() : m.col() - 1] = m.value();
  ChainSolver solver{without(g, pinned)};
  const Vector x = solver.solve(b);
  CALLMILL_CHECK(solver.ok(), "the chain has one closed class of states");
  Vector p(g.size());
  p << x.head(pinned), 1.0, x.tail(g.size() - 1 - pinned);
  return p.cwiseMax(0.0);
}

// Gauss-Seidel, there and back, until no share changes by more than rounding of its own size.
void sweep(const Generator& g, const Rows& into, Vector& p) {
  constexpr int kSweeps = 500;
  constexpr double kRest = 4e-15;
  const auto update = [&](Index i) {
    if (g.out[i] == 0) return 0.0;
    double flow = 0;
    for (Rows::InnerIterator m(into, i); m; ++m) flow += m.value() * p[m.col()];
    const double before = p[i];
    p[i] = flow / g.out[i];
    return p[i] > 0 ? std::abs(p[i] - before) / p[i] : 0.0;
  };
  for (int k = 0; k < kSweeps; ++k) {
    double change = 0;
    for (Index i = 0; i < p.size(); ++i) change = std::max(change, update(i));
    for (Index i = p.size() - 1; i >= 0; --i) change = std::max(change, update(i));
    if (change < kRest) break;
  }
  p /= p.sum();
}

Columns minus_q(const Generator& g) {
  Columns a = -Columns(g.rates);
  std::vector<Eigen::Triplet<double>> diagonal;
  for (Index i = 0; i < g.size(); ++i)
    diagonal.emplace_back(static_cast<int>(i), static_cast<int>(i), g.out[i]);
  Columns d(g.size(), g.size());
  d.setFromTriplets(diagonal.begin(), diagonal.end());
  return a + d;
}

}  // namespace

Stationary stationary(const Generator& g) {
  CALLMILL_CHECK(g.size() > 0, "a chain has states");
  Stationary result;
  const Rows into = g.rates.transpose();
  if (g.size() <= kDense) {
    result.p = eliminate(g);
  } else {
    constexpr int kPins = 4;
    Index pinned = likely_state(g, into);
    for (int pin = 0; pin < kPins; ++pin) {
      result.p = pin_and_solve(g, pinned);
      const Index best = likeliest(result.p);
      if (result.p[best] < 1e3) break;
      pinned = best;
    }
    result.p /= result.p.sum();
    sweep(g, into, result.p);
  }
  const Vector flow = result.p.cwiseProduct(g.out);
  const double most = flow.maxCoeff();
  if (most > 0) result.residual = (into * result.p - flow).cwiseAbs().maxCoeff() / most;
  return result;
}

UntilLeft::UntilLeft(const Generator& g) : solver_{minus_q(g)} {}

Vector UntilLeft::operator()(const Vector& reward) {
  Vector x = solver_.solve(reward);
  CALLMILL_CHECK(solver_.ok(), "the chain is left from everywhere");
  return x;
}

}  // namespace callmill
