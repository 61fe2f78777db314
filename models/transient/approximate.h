#pragma once
// Quick answers for a day whose calls change: each piece in the steady state of some rate, which is
// the piece's own (pointwise), that of a mean handle time earlier (lagged), or that of the load an
// unlimited staff would carry (modified offered load). docs/models/time-varying.md has the error of
// each against the exact transient.

#include <cstdint>
#include <vector>

#include "models/queueing/erlang.h"
#include "models/transient/transient.h"

namespace callmill {

enum class Approximation : std::uint8_t {
  kPointwise,    // SIPP, PSA: lambda_i; Green & Kolesar 1991
  kLagged,       // mean of lambda over the piece, 1/mu earlier; Green, Kolesar & Soares 2001
  kOfferedLoad,  // mu times the mean of m over the piece, m' = lambda - mu m; Jagerman 1975,
                 // Jennings, Mandelbaum, Massey & Whitt 1996
};

// The rate whose steady state stands for each piece. Before the day: the first piece's rate where
// `steady_start`, else no calls (and m = calls_at_start). Exact integrals; O(pieces).
std::vector<double> effective_rates(const TransientInput& in, Approximation how);

// Erlang A (or with K lines) of each piece at its effective rate: shares of QueueResult, to be
// weighted by the piece's own calls. A piece without calls serves all at once; without agents,
// nobody: then p_wait = p_abandon = 1 and every service level is 0. About 0.1 ms a piece.
std::vector<QueueResult> approximate_day(const TransientInput& in, Approximation how);

}  // namespace callmill
