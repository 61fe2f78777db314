#include "models/chains/centre_window.h"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

namespace callmill {
namespace {

Within at_once(const WatchedPiece& w, double t) {
  return {w.alone->backward(w.chain.served, t).integral,
          w.alone->backward(w.chain.lost, t).integral};
}

// Within t from the beginning of piece i, as seen from the end of the one before.
Within landed(const Pieces& pieces, std::size_t i, std::size_t c, double t);

// Within t from a time in piece i that has `left` of it to come.
Within from(const Pieces& pieces, std::size_t i, std::size_t c, double t, double left) {
  const WatchedPiece& w = *pieces(i).watched[c];
  if (t <= left) return at_once(w, t);
  Within result = at_once(w, left);
  const Within then = landed(pieces, i + 1, c, t - left);
  result.served += w.alone->backward(then.served, left).end;
  result.lost += w.alone->backward(then.lost, left).end;
  return result;
}

Within landed(const Pieces& pieces, std::size_t i, std::size_t c, double t) {
  const Within here = from(pieces, i, c, t, pieces(i).length);
  const WatchedPiece& w = *pieces(i).watched[c];
  const auto n = static_cast<Eigen::Index>(w.landings.size());
  Within result{Vector::Zero(n), Vector::Zero(n)};
  for (Eigen::Index s = 0; s < n; ++s) {
    const auto k = static_cast<std::size_t>(s);
    if (w.landings[k].how == Landing::How::kTaken) result.served[s] = 1;
    if (w.landings[k].how != Landing::How::kGoesOn) continue;
    result.served[s] = here.served[w.landed[k]];
    result.lost[s] = here.lost[w.landed[k]];
  }
  return result;
}

// Where the integrand is not smooth: the window's end meets a change of staff.
std::vector<double> edges(const Pieces& pieces, std::size_t i, double t, double span) {
  std::vector<double> at{0, span};  // left of the piece
  double beyond = 0;
  for (std::size_t j = i + 1; beyond < t; ++j) {
    if (t - beyond > 0 && t - beyond < span) at.push_back(t - beyond);
    if (std::isinf(pieces(j).length)) break;
    beyond += pieces(j).length;
  }
  std::sort(at.begin(), at.end());
  return at;
}

}  // namespace

Window window_of(const Pieces& pieces, std::size_t i, std::size_t c, double t) {
  using Gauss = boost::math::quadrature::gauss<double, 30>;
  const CentrePiece& piece = pieces(i);
  const double span = std::min(t, piece.length);
  Window window;
  window.last = piece.length - span;
  if (window.last > 0) window.before = at_once(*piece.watched[c], t);
  double fastest = piece.watched[c]->flow->ticks_per_time(), beyond = 0;
  for (std::size_t j = i + 1; beyond < t && !std::isinf(pieces(j - 1).length); ++j) {
    fastest = std::max(fastest, pieces(j).watched[c]->flow->ticks_per_time());
    beyond += pieces(j).length;
  }
  const std::vector<double> at = edges(pieces, i, t, span);
  for (std::size_t e = at.size() - 1; e-- > 0;) {
    const double width = at[e + 1] - at[e];
    const auto panels = static_cast<int>(std::ceil(width * 6 * fastest / 49));
    for (int k = panels; k-- > 0;) {
      const double half = width / panels / 2, middle = at[e] + (2 * k + 1) * half;
      const auto add = [&](double x, double weight) {
        const double left = middle - half * x;
        window.nodes.push_back({piece.length - left, half * weight, from(pieces, i, c, t, left)});
      };
      const auto& x = Gauss::abscissa();
      for (std::size_t n = x.size(); n-- > 0;) add(-x[n], Gauss::weights()[n]);
      for (std::size_t n = 0; n < x.size(); ++n) add(x[n], Gauss::weights()[n]);
    }
  }
  return window;
}

}  // namespace callmill
