#include "models/queueing/patience_queue.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/queueing/patience_wait.h"
#include "models/queueing/queue_parts.h"
#include "models/queueing/special.h"

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Waiters waiters_of(const PatienceCurve& curve, const PatienceWaitLaw& law, double within,
                   double& variance) {
  // With r places nobody waits as long as 2 r + 10^6 services by n agents: beyond, nothing is left.
  const double longest = (2 * law.room + 1e6) / law.drain_rate;
  const PatienceSides sides = integrate_patience_wait(curve, law, std::min(within, longest));
  const PatienceIntegrals& left = sides.left;
  const PatienceIntegrals& right = sides.right;
  const double f_left = std::exp(sides.log_left);
  const double f_right = std::exp(sides.log_right);
  const double mass = f_left * left.mass + f_right * right.mass;
  const auto mean = [&](double PatienceIntegrals::*of) {
    return (f_left * (left.*of) + f_right * (right.*of)) / mass;
  };
  const PatienceAt at = curve.at(within);
  Waiters w;
  // At the edge of waiting the flux of a diffusion is continuous, not its density: hence the power.
  w.log_total = sides.log_mode + std::log(law.power * law.drain_rate * mass);
  w.wait = mean(&PatienceIntegrals::wait);
  w.served_wait = mean(&PatienceIntegrals::served_wait);
  w.abandon_wait = mean(&PatienceIntegrals::early);
  w.served = mean(&PatienceIntegrals::served);
  w.abandoned = mean(&PatienceIntegrals::gone);
  w.log_v_gt = sides.log_right + std::log(right.mass / mass);
  w.log_stay = std::log(at.stay);
  w.gone = at.gone;
  if (at.stay > 0) {
    w.served_gt = right.served / right.mass / at.stay;
    w.abandoned_gt = right.gone_since / right.mass / at.stay;
  }
  if (left.mass > 0) {
    w.log_v_le = sides.log_left + std::log(left.mass / mass);
    w.served_le = left.served / left.mass;
    w.abandoned_le = left.gone / left.mass;
  }
  const double shift = mean(&PatienceIntegrals::queue);
  w.queue = sides.centre + shift;
  w.queue_var = mean(&PatienceIntegrals::queue_sq) - shift * shift;
  const double offered = mean(&PatienceIntegrals::offered);
  variance = mean(&PatienceIntegrals::offered_sq) - offered * offered;
  return w;
}

// ln (e^a + e^b).
double log_sum(double a, double b) {
  const double high = std::max(a, b);
  return high == -kInfinity ? high : high + std::log1p(std::exp(std::min(a, b) - high));
}

// ln of blocked over waiting where the weights w_k of k callers waiting, exact at power 1, stand to
// the power p: o = (1 + w_r^p / sum_{k<r} w_k^p)^{1/p} - 1. For small o that is the flux through a
// reflecting edge, the density there times half the variance; for patient callers beyond capacity
// it is rho - 1, as it must be. ln w_k is smooth and concave in k: beyond 64 places some are taken
// and lines drawn between.
double log_blocked_to_waiting(const PatienceCurve& curve, PatienceWaitLaw law) {
  constexpr double kMostTaken = 64;
  const double p = law.power;
  const double room = law.room;
  law.power = 1;
  const double step = std::max(1.0, room / kMostTaken);
  double sum = -kInfinity;
  double before = 0;  // ln w_0^p
  double at = 0;
  while (at < room) {
    const double next = std::min(room, std::max(at + 1, std::round(at + step)));
    law.room = next;
    const double log_next = p * log_full_room(curve, law);
    const double slope = (log_next - before) / (next - at);
    for (double k = at; k < next; ++k) sum = log_sum(sum, before + slope * (k - at));
    before = log_next;
    at = next;
  }
  const double ratio = before - sum;
  return ratio < -30 ? ratio - std::log(p) : std::log(std::expm1(std::log1p(std::exp(ratio)) / p));
}

}  // namespace

bool never_clears(const PatienceQueueInput& in, const PatienceCurve& curve, double slack) {
  return in.lines == 0 &&
         in.arrival_rate * curve.forever() >= in.agents * in.service_rate * (1 - slack);
}

PatienceSolution solve_with_power(const PatienceQueueInput& in, const PatienceCurve& curve,
                                  double power) {
  CALLMILL_CHECK(in.agents > 0 && in.arrival_rate > 0 && in.service_rate > 0 && in.within >= 0,
                 "a queue needs agents, arrivals and a service rate above 0");
  const bool finite = in.lines > 0;
  const QueueLoad load{in.agents, in.arrival_rate, in.service_rate,
                       finite ? static_cast<double>(in.lines) - in.agents : kInfinity};
  CALLMILL_CHECK(!finite || (load.room >= 0 && in.agents == std::floor(in.agents)),
                 "with lines, agents are whole and not more than lines");
  if (never_clears(in, curve, 1e-15)) {
    QueueResult r = unstable_queue(in.agents);
    r.p_served = curve.forever();
    r.p_served_gt = r.p_wait_gt = r.p_served;
    r.p_abandon = 1 - curve.forever();
    r.p_abandon_le = curve.at(in.within).gone;
    return {r, kInfinity};
  }
  const CutPoisson b = cut_poisson(in.agents, in.arrival_rate / in.service_rate);
  const double log_free = std::log(b.one_minus) - b.log_cut;
  const PatienceWaitLaw law{.arrival_rate = in.arrival_rate,
                            .drain_rate = in.agents * in.service_rate,
                            .spare_rate = std::fma(in.agents, in.service_rate, -in.arrival_rate),
                            .room = load.room,
                            .power = power};
  if (load.room == 0)
    return {assemble(load, share_out(log_free, -kInfinity, b.cut), no_waiters()), 0};
  double variance = 0;
  const Waiters w = waiters_of(curve, law, in.within, variance);
  double block = 0;
  if (finite) {
    const double log_full =
        power == 1 ? log_full_room(curve, law) : w.log_total + log_blocked_to_waiting(curve, law);
    const double log_let_in = log_sum(log_free, w.log_total);
    block = std::exp(log_full - log_sum(log_full, log_let_in));
  }
  QueueResult r = assemble(load, share_out(log_free, w.log_total, block), w);
  r.p_balk = r.p_wait * curve.at(0).gone;
  return {r, variance};
}

}  // namespace callmill
