#include "models/chains/centre_window.h"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

namespace callmill {
namespace {

using Index = Eigen::Index;
using Kronrod = boost::math::quadrature::gauss_kronrod<double, 15>;
using Gauss = boost::math::quadrature::gauss<double, 7>;
constexpr int kNodes = 15;
constexpr int kDeepest = 20;
constexpr double kPrecise = 1e-13;  // of those who join in a panel
constexpr double kNobody = 1e-17;   // callers

// Of node k = 0 .. 14 in ascending order: abscissa on [-1, 1], weights of both rules.
struct Node {
  double x, fine, coarse;
};
Node node(int k) {
  const auto i = static_cast<std::size_t>(std::abs(k - kNodes / 2));
  return {(k < kNodes / 2 ? -1 : 1) * Kronrod::abscissa()[i], Kronrod::weights()[i],
          i % 2 == 0 ? Gauss::weights()[i / 2] : 0};
}

class LateWalk {
 public:
  LateWalk(const Pieces& pieces, std::size_t i, std::size_t c, double t, Work& work)
      : pieces_{pieces}, i_{i}, c_{c}, t_{t}, work_{work}, piece_{pieces(i)} {}

  // Who joins from `from` to `to` of the piece, which is `x` at `from`; `x` moves along.
  void panel(Vector& x, double from, double to, int depth) {
    const double half = (to - from) / 2;
    std::vector<double> since, left;
    for (int k = 0; k < kNodes; ++k) {
      since.push_back(half * (1 + node(k).x));
      left.push_back(piece_.length - from - since.back());
    }
    const WatchedPiece& w = *piece_.watched[c_];
    Vector end;
    const Block joins = w.flow->seen_at(x, since, w.joins, to - from, end, &work_);
    const Block fates = fates_of(joins, left);
    double joined = 0;
    Late fine, coarse;
    for (int k = 0; k < kNodes; ++k) {
      const Node at = node(k);
      joined += half * at.fine * joins.col(k).sum();
      fine.served += half * at.fine * fates(0, k);
      fine.lost += half * at.fine * fates(1, k);
      coarse.served += half * at.coarse * fates(0, k);
      coarse.lost += half * at.coarse * fates(1, k);
    }
    const double off = joined > 0 ? std::max(std::abs(fine.served - coarse.served),
                                             std::abs(fine.lost - coarse.lost)) /
                                        joined
                                  : 0;
    // The finer rule is far better than the difference says (Piessens & al. 1983, QUADPACK).
    const double error = std::min(off, std::pow(200 * off, 1.5));
    if (error > kPrecise && joined > 1e-15 && depth < kDeepest && !work_.ended()) {
      panel(x, from, (from + to) / 2, depth + 1);
      panel(x, (from + to) / 2, to, depth + 1);
      return;
    }
    sum_.served += fine.served;
    sum_.lost += fine.lost;
    sum_.off += error * joined;
    x = end;
  }

  const Late& sum() const { return sum_; }

 private:
  // Rows served, lost: of each column of callers who have `left` of the piece to come.
  Block fates_of(Block callers, std::vector<double> left) {
    Block sum = Block::Zero(2, callers.cols());
    std::vector<double> spent(left.size(), 0);
    for (std::size_t j = i_;; ++j) {
      const WatchedPiece& w = *pieces_(j).watched[c_];
      bool more = false;
      for (std::size_t k = 0; k < left.size(); ++k) {
        left[k] = std::min(left[k], t_ - spent[k]);
        spent[k] += left[k];
        more = more || spent[k] < t_;
      }
      const Passages passed = w.alone->forward_each(callers, left, w.fates, &work_);
      sum += passed.flows;
      if (!more || std::isinf(pieces_(j).length) || work_.ended()) return sum;
      callers = land(passed.ends, j + 1, spent, sum);
      if (callers.size() == 0 || callers.maxCoeff() < kNobody) return sum;
      left.assign(left.size(), pieces_(j + 1).length);
    }
  }

  // Into piece j. Who has waited T already goes no further.
  Block land(const Block& callers, std::size_t j, const std::vector<double>& spent, Block& sum) {
    const WatchedPiece& before = *pieces_(j - 1).watched[c_];
    const WatchedPiece& w = *pieces_(j).watched[c_];
    Block next = Block::Zero(static_cast<Index>(w.waiting.size()), callers.cols());
    for (Index s = 0; s < callers.rows(); ++s) {
      const std::uint32_t from = before.waiting[static_cast<std::size_t>(s)];
      const Landing::How how = w.landings[from].how;
      for (Index k = 0; k < callers.cols(); ++k) {
        if (spent[static_cast<std::size_t>(k)] >= t_) continue;
        if (how == Landing::How::kTaken)
          sum(0, k) += callers(s, k);
        else if (how == Landing::How::kGoesOn)
          next(static_cast<Index>(w.as_waiting[w.landed[from]]), k) += callers(s, k);
      }
    }
    return next;
  }

  const Pieces& pieces_;
  std::size_t i_, c_;
  double t_;
  Work& work_;
  const CentrePiece& piece_;
  Late sum_;
};

// Since the beginning of the piece, from `first` on: where a window's end meets a change of staff.
std::vector<double> edges(const Pieces& pieces, std::size_t i, double t, double first) {
  const double length = pieces(i).length;
  std::vector<double> at{first, length};
  double beyond = 0;
  for (std::size_t j = i + 1; beyond < t; ++j) {
    const double edge = length - (t - beyond), hair = 1e-9 * length;
    if (edge > first + hair && edge < length - hair) at.push_back(edge);
    if (std::isinf(pieces(j).length)) break;
    beyond += pieces(j).length;
  }
  std::sort(at.begin(), at.end());
  return at;
}

}  // namespace

Window window_of(const Pieces& pieces, std::size_t i, std::size_t c, double t, Work& work) {
  const CentrePiece& piece = pieces(i);
  const WatchedPiece& w = *piece.watched[c];
  const double most = std::min(t, piece.length);
  const Vector all = Vector::Ones(static_cast<Index>(w.waiting.size()));
  const double span = w.alone->time_to_leave(all, most, &work);
  Window window;
  window.t = t;
  window.last = piece.length - span;
  if (window.last <= 0) return window;
  window.served = w.alone->backward(w.fates.col(0), span, &work).integral;
  window.lost = w.alone->backward(w.fates.col(1), span, &work).integral;
  return window;
}

Late join_late(const Pieces& pieces, std::size_t i, std::size_t c, const Window& window,
               const Vector& then, Work& work) {
  LateWalk walk{pieces, i, c, window.t, work};
  const std::vector<double> at = edges(pieces, i, window.t, window.last);
  Vector x = then;
  for (std::size_t e = 1; e < at.size(); ++e) walk.panel(x, at[e - 1], at[e], 0);
  return walk.sum();
}

}  // namespace callmill
