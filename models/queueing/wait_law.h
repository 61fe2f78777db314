#pragma once
// The law of the offered wait V of those who wait in M/M/n/K+M, as positive integrals.
//
// A caller who finds k waiting sees V with density  n mu e^{-n mu t} H(t)^k / k!  up to the state's
// weight, where H(t) = lambda (1 - e^{-theta t}) / theta is the mean number of later arrivals still
// patient. Summed over k < r places:
//
//   v(t) ~ e^{l(t)},  l(t) = -n mu t + ln sum_{k<r} H(t)^k / k! = H(t) - n mu t + ln
//   P(Poisson(H(t)) < r)
//
// (r = infinity: Baccelli & Hebuterne 1981). l is concave, since l' = lambda e^{-theta t} (1 -
// B(r-1, H)) - n mu falls. So a walk from the mode to both sides with Gauss-Legendre panels, each a
// few nats tall, gives every moment and both tails to a relative accuracy near 1e-13, at a cost
// that depends neither on n nor on r. theta = 0 is no special case, nor are fractional n.

namespace callmill {

struct WaitLaw {
  double arrival_rate;   // lambda
  double drain_rate;     // n mu
  double spare_rate;     // n mu - lambda, rounded once
  double patience_rate;  // theta >= 0
  double room;           // r >= 1 waiting places; infinity = no limit
};

// Integrals of e^{l(t) - log_scale} over one range of t, times the weight named.
struct WaitIntegrals {
  double mass = 0;          // 1
  double served = 0;        // e^{-theta (t - from)}
  double abandoned = 0;     // 1 - e^{-theta (t - from)}
  double wait = 0;          // (1 - e^{-theta t}) / theta = E min(t, R)
  double served_wait = 0;   // t e^{-theta t} = E[t; R > t]
  double abandon_wait = 0;  // E[R; R <= t]
  double queue = 0;         // E[Q | t] - centre
  double queue_sq = 0;      // E[(Q - centre)^2 | t]
};

// Both sides of `within`, on one scale: left = [0, within] with from = 0, right = [within,
// infinity) with from = within. Each side carries its own factor e^{log_left}, e^{log_right}, so
// that the smaller one never underflows.
struct WaitSides {
  WaitIntegrals left, right;
  double log_left = 0, log_right = 0;  // relative to the mode
  double log_mode = 0;                 // l at the mode
  double centre = 0;                   // E[Q | t = mode]
};
WaitSides integrate_wait(const WaitLaw& law, double within);

}  // namespace callmill
