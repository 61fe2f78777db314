#include "models/chains/stationary.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"

namespace callmill {
namespace {

using Columns = Eigen::SparseMatrix<double, Eigen::ColMajor>;
using Rows = Eigen::SparseMatrix<double, Eigen::RowMajor>;
using Index = Eigen::Index;

constexpr double kMostSteps = 5e9, kMostCells = 2e7;  // of an elimination in a band: 3 s, 160 MB
constexpr double kHuge = 1e200;

// Neighbours near each other: the order in which a search from the first state finds them,
// whichever way they can be passed.
std::vector<Index> found_in_order(const Generator& g, const Rows& into) {
  std::vector<Index> place(static_cast<std::size_t>(g.size()), -1), order{0};
  place[0] = 0;
  const auto visit = [&](Index state) {
    if (place[static_cast<std::size_t>(state)] >= 0) return;
    place[static_cast<std::size_t>(state)] = static_cast<Index>(order.size());
    order.push_back(state);
  };
  for (std::size_t at = 0; at < order.size(); ++at) {
    for (Rows::InnerIterator m(g.rates, order[at]); m; ++m) visit(m.col());
    for (Rows::InnerIterator m(into, order[at]); m; ++m) visit(m.col());
  }
  return order.size() == place.size() ? place : std::vector<Index>{};
}

// Eliminates states from the last to the second, within a band about the diagonal that elimination
// does not leave; what is left of the flows into each state gives the shares, from the first state
// on. Nothing is subtracted, so that each share is right to rounding of its own size, however
// slowly the chain mixes. A state without a way to earlier ones is one of the closed class that the
// first states are not in: its share is pinned there instead. Empty where the band is too wide, or
// stopped.
Vector eliminate_in_band(const Generator& g, const Rows& into, StopFlag stop) {
  const std::vector<Index> place = found_in_order(g, into);
  if (place.empty()) return {};
  const Index n = g.size();
  Index band = 0;
  const auto at = [&](Index state) { return place[static_cast<std::size_t>(state)]; };
  for (Index i = 0; i < n; ++i)
    for (Rows::InnerIterator m(g.rates, i); m; ++m)
      band = std::max(band, std::abs(at(i) - at(m.col())));
  const double wide = static_cast<double>(band), long_by = static_cast<double>(n);
  if (long_by * wide * wide > kMostSteps || long_by * (2 * wide + 1) > kMostCells) return {};
  // Row i holds the flows to i - band .. i + band.
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(2 * band + 1, n);
  const auto cell = [&](Index from, Index to) -> double& { return a(to - from + band, from); };
  for (Index i = 0; i < n; ++i)
    for (Rows::InnerIterator m(g.rates, i); m; ++m) cell(at(i), at(m.col())) += m.value();
  Index first = 0;
  for (Index k = n - 1; k > 0; --k) {
    if (is_set(stop)) return {};
    const Index from = std::max<Index>(0, k - band), width = k - from;
    const auto out = a.col(k).segment(from - k + band, width);
    const double down = out.sum();
    if (down == 0) {
      first = k;
      break;
    }
    for (Index i = from; i < k; ++i) {
      double& up = cell(i, k);
      if (up == 0) continue;
      up /= down;
      a.col(i).segment(from - i + band, width) += up * out;
    }
  }
  Vector p = Vector::Zero(n);
  p[first] = 1;
  for (Index k = first + 1; k < n; ++k) {
    for (Index i = std::max(first, k - band); i < k; ++i) p[k] += p[i] * cell(i, k);
    if (p[k] > kHuge) p.segment(first, k - first + 1) /= kHuge;
  }
  Vector in_own_order(n);
  for (Index i = 0; i < n; ++i) in_own_order[i] = p[at(i)];
  return in_own_order / in_own_order.sum();
}

// A state is likely enough to be pinned if none is so many times as likely.
constexpr double kAsLikely = 1.5;

Index likeliest(const Vector& p) {
  Index at = 0;
  p.maxCoeff(&at);
  return at;
}

// A likely state: where the chain is after enough jumps from its first state (it stays with chance
// 1/2, so that it has no period). Enough: the likeliest state has been the same for a while.
Index likely_state(const Generator& g, const Rows& into, StopFlag stop) {
  constexpr int kSteps = 5000, kLook = 25, kSameFor = 4;
  Vector p = Vector::Zero(g.size());
  p[0] = 1;
  const Vector stay = g.out.unaryExpr([](double out) { return out > 0 ? 1 / out : 0.0; });
  Index at = 0;
  int same = 0;
  for (int step = 1; step <= kSteps && same < kSameFor && !is_set(stop); ++step) {
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

Vector pin_and_solve(const Generator& g, Index pinned, StopFlag stop) {
  Vector b = Vector::Zero(g.size() - 1);
  for (Rows::InnerIterator m(g.rates, pinned); m; ++m)
    b[m.col() < pinned ? m.col() : m.col() - 1] = m.value();
  ChainSolver solver{without(g, pinned), stop};
  const Vector x = solver.solve(b);
  CALLMILL_CHECK(solver.ok() || is_set(stop), "the chain has one closed class of states");
  Vector p(g.size());
  p << x.head(pinned), 1.0, x.tail(g.size() - 1 - pinned);
  return p.cwiseMax(0.0);
}

// Gauss-Seidel, there and back, until no share changes by more than rounding of its own size.
void sweep(const Generator& g, const Rows& into, StopFlag stop, Vector& p) {
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
  for (int k = 0; k < kSweeps && !is_set(stop); ++k) {
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

Stationary stationary(const Generator& g, StopFlag stop) {
  CALLMILL_CHECK(g.size() > 0, "a chain has states");
  Stationary result;
  const Rows into = g.rates.transpose();
  if (result.p = eliminate_in_band(g, into, stop); result.p.size() == 0) {
    // A chain that mixes slowly hides a wrong answer behind a small residual, if an unlikely state
    // is pinned: so the likeliest is pinned, however many solves it takes to find it.
    constexpr int kPins = 16;
    Index pinned = likely_state(g, into, stop);
    for (int pin = 0; pin < kPins && !is_set(stop); ++pin) {
      result.p = pin_and_solve(g, pinned, stop);
      const Index best = likeliest(result.p);
      if (result.p[best] < kAsLikely) break;
      pinned = best;
    }
    if (is_set(stop)) return {};
    result.p /= result.p.sum();
    sweep(g, into, stop, result.p);
  }
  if (is_set(stop)) return {};
  const Vector flow = result.p.cwiseProduct(g.out);
  const double most = flow.maxCoeff();
  if (most > 0) result.residual = (into * result.p - flow).cwiseAbs().maxCoeff() / most;
  return result;
}

UntilLeft::UntilLeft(const Generator& g, StopFlag stop) : stop_{stop}, solver_{minus_q(g), stop} {}

Vector UntilLeft::operator()(const Vector& reward) {
  Vector x = solver_.solve(reward);
  CALLMILL_CHECK(solver_.ok() || is_set(stop_), "the chain is left from everywhere");
  return x;
}

}  // namespace callmill
