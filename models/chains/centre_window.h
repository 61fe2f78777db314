#pragma once
// Within T of joining the queue, across changes of staff. Internal to the room.
//
// F(t), by watched state: the chance of being answered (or of giving up) within T of a time t in
// the piece. It does not depend on t until T before the piece's end. From there on, with r left of
// the piece, F = G(r) + e^{Qr} R F', where G(r) = integral_0^r e^{Qy} rates dy, R is the change of
// staff, and F' the same within T - r from the beginning of the next piece. Counts are the integral
// of (rate of joining at t) F(t), there by Gauss-Legendre: with all rates below L, derivative n of
// the integrand is below (6 L)^n times its bound, so that panels of 49 / (6 L) leave 1e-16.

#include <functional>
#include <vector>

#include "models/chains/centre_piece.h"

namespace callmill {

// Chances by watched state.
struct Within {
  Vector served, lost;
};

struct WindowNode {
  double at = 0;      // since the beginning of the piece
  double weight = 0;  // of the integral over the piece's last T
  Within within;
};

struct Window {
  double last = 0;  // from here on nodes; min(T, length) before the end
  Within before;    // until then; no vectors where last is 0
  std::vector<WindowNode> nodes;
};

// Pieces by number, built when first asked for; the one after closing is the last.
using Pieces = std::function<const CentrePiece&(std::size_t)>;

// Of class c in piece i, T > 0.
Window window_of(const Pieces& pieces, std::size_t i, std::size_t c, double t);

}  // namespace callmill
