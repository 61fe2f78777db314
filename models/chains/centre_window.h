#pragma once
// Within T of joining the queue, across changes of staff. Internal to the room.
//
// Who joins so early that T is over, or nobody who joined waits any more, before the piece ends
// has chances F that do not depend on when: one passage backward. Of those who join later, at r
// before the end, the measure J(r) of who joins is passed forward through the rest of the piece,
// each change of staff and the next pieces until its T is over; what flows out of it as served and
// as given up is f(r). Counts are the integral of f by Gauss-Kronrod (7, 15), panels halved until
// both rules agree. Panels end where a window's end meets a change, so that f is smooth.

#include <functional>
#include <vector>

#include "models/chains/centre_piece.h"

namespace callmill {

// Pieces by number, built when first asked for; the one after closing is the last.
using Pieces = std::function<const CentrePiece&(std::size_t)>;

// Of class c in piece i.
struct Window {
  double t = 0;         // T
  double last = 0;      // from here on when matters
  Vector served, lost;  // F by state of those who wait, of who joins before; empty: nobody
};
// T > 0. Cost: two passages of min(T, the longest wait, length).
Window window_of(const Pieces& pieces, std::size_t i, std::size_t c, double t, Work& work);

// Callers, expected.
struct Late {
  double served = 0, lost = 0;
  double off = 0;  // the quadrature's error
};
// Of those who join from window.last on, where the piece is (p, m, a) then. Cost: some ten to
// twenty panels of fifteen columns, each until T is over or nobody waits any more.
Late join_late(const Pieces& pieces, std::size_t i, std::size_t c, const Window& window,
               const Vector& then, Work& work);

}  // namespace callmill
