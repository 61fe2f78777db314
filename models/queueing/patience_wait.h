#pragma once
// The law of the offered wait V of those who wait in M/M/n/K+G, as positive integrals: the density
// is v(x) ~ e^{l(x)} with
//
//   l(x) = -n mu x + ln sum_{k<r} h^k / k!,   h = lambda H(x),   r = K - n places
//   l'(x) = lambda S(x) (1 - B(r-1, h)) - n mu,   which falls: l is concave
//
// and the weight of a full room w_r = n mu integral e^{-n mu x} h^r / r! dx beside it. Panels walk
// from the mode (or from T) to both sides. Inside a panel only the density of patience and l' are
// taken at the nodes; S, P(R <= x), E[R; R <= x] and l are their running integrals from the panel's
// ends, so that no difference of large numbers is formed.

#include "models/queueing/patience_curve.h"

namespace callmill {

struct PatienceWaitLaw {
  double arrival_rate;  // lambda
  double drain_rate;    // n mu
  double spare_rate;    // n mu - lambda, rounded once
  double room;          // r >= 1 waiting places; infinity = no limit
  double power = 1;     // the density is e^{power l}: general_service.h; 1 is exact
};

// Integrals of e^{l - log_scale} over one side of T, times the weight named.
struct PatienceIntegrals {
  double mass = 0;         // 1
  double served = 0;       // S(x)
  double gone = 0;         // P(R <= x)
  double gone_since = 0;   // P(T < R <= x)
  double wait = 0;         // E min(x, R)
  double served_wait = 0;  // x S(x)
  double early = 0;        // E[R; R <= x]
  double offered = 0;      // x
  double offered_sq = 0;   // x^2
  double queue = 0;        // E[Q | x] - centre
  double queue_sq = 0;     // E[(Q - centre)^2 | x]
};
struct PatienceSides {
  PatienceIntegrals left, right;       // [0, T], [T, infinity)
  double log_left = 0, log_right = 0;  // relative to the mode
  double log_mode = 0;                 // l at the mode
  double centre = 0;                   // E[Q | x = mode]
};
PatienceSides integrate_patience_wait(const PatienceCurve& curve, const PatienceWaitLaw& law,
                                      double within);
// ln w_r, relative to state n; -infinity where nobody waits.
double log_full_room(const PatienceCurve& curve, const PatienceWaitLaw& law);

}  // namespace callmill
