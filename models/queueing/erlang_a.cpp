// M/M/n, M/M/n+M and M/M/n/K+M in one place: the weights of "an agent is free", "must wait" and "no
// line" against each other in logarithms, and the wait of those who wait from
// models/queueing/wait_law.h.
//
// With weights relative to state n: free (1 - B) / B with Erlang's B, waiting A = sum_{k<r} w_k,
// w_k = prod_{i<=k} lambda / (n mu + i theta), r = K - n.

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/check.h"
#include "models/queueing/erlang.h"
#include "models/queueing/queue_parts.h"
#include "models/queueing/special.h"
#include "models/queueing/wait_law.h"

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The loss obeys Erlang's own recursion: one more line is one more state, with its rate of leaving.
// It forgets its rounding errors, which a closed form in ln Gamma would not.
double blocked_share(const QueueInput& in, double loss_without_room) {
  const double drain = in.agents * in.service_rate;
  const auto room = in.lines - static_cast<std::int64_t>(in.agents);
  double loss = loss_without_room;
  for (std::int64_t k = 1; k <= room && loss > 0; ++k) {
    const double offered =
        in.arrival_rate / (drain + static_cast<double>(k) * in.patience_rate) * loss;
    loss = offered / (1 + offered);
  }
  return loss;
}

Waiters waiters_of(const WaitLaw& law, double within) {
  // With r places nobody waits as long as 2 r + 10^6 services by n agents: that tail underflows any
  // double, and rounding would drown the law out there.
  const double longest = (2 * law.room + 1e6) / law.drain_rate;
  const WaitSides sides = integrate_wait(law, std::min(within, longest));
  const WaitIntegrals& left = sides.left;
  const WaitIntegrals& right = sides.right;
  const double f_left = std::exp(sides.log_left);
  const double f_right = std::exp(sides.log_right);
  const double mass = f_left * left.mass + f_right * right.mass;
  const double theta = law.patience_rate;
  Waiters w;
  w.log_total = sides.log_mode + std::log(law.drain_rate * mass);
  w.wait = (f_left * left.wait + f_right * right.wait) / mass;
  w.served_wait = (f_left * left.served_wait + f_right * right.served_wait) / mass;
  w.abandon_wait = (f_left * left.abandon_wait + f_right * right.abandon_wait) / mass;
  // Of those who wait beyond T, served and gone are counted from T on: one factor e^{-theta T}
  // brings them back.
  const double still = std::exp(-theta * within);
  w.served = (f_left * left.served + f_right * right.served * still) / mass;
  w.abandoned = theta * w.wait;
  w.log_v_gt = sides.log_right + std::log(right.mass / mass);
  w.log_stay = -theta * within;
  w.gone = -std::expm1(-theta * within);
  w.served_gt = right.served / right.mass;
  w.abandoned_gt = right.abandoned / right.mass;
  if (left.mass > 0) {
    w.log_v_le = sides.log_left + std::log(left.mass / mass);
    w.served_le = left.served / left.mass;
    w.abandoned_le = left.abandoned / left.mass;
  }
  const double shift = (f_left * left.queue + f_right * right.queue) / mass;
  w.queue = sides.centre + shift;
  w.queue_var = (f_left * left.queue_sq + f_right * right.queue_sq) / mass - shift * shift;
  return w;
}

// theta = 0 without a line limit: the wait is exponential with the spare rate.
Waiters exponential_waiters(const WaitLaw& law, double within) {
  const double mean = 1 / law.spare_rate;
  const double rho = law.arrival_rate / law.drain_rate;
  const double spare = law.spare_rate / law.drain_rate;
  Waiters w;
  w.log_total = -std::log(spare);
  w.wait = w.served_wait = mean;
  w.served = 1;
  w.log_v_gt = -law.spare_rate * within;
  w.served_gt = 1;
  w.log_v_le = std::log(-std::expm1(w.log_v_gt));
  w.served_le = 1;
  w.queue = rho / spare;
  w.queue_var = rho / (spare * spare);
  return w;
}

}  // namespace

QueueResult solve_queue(const QueueInput& in) {
  CALLMILL_CHECK(in.agents > 0 && in.arrival_rate > 0 && in.service_rate > 0,
                 "a queue needs agents, arrivals and a service rate above 0");
  CALLMILL_CHECK(in.patience_rate >= 0 && in.within >= 0, "patience rate and T are not negative");
  const bool finite = in.lines > 0;
  const double room = finite ? static_cast<double>(in.lines) - in.agents : kInfinity;
  CALLMILL_CHECK(!finite || (room >= 0 && in.agents == std::floor(in.agents)),
                 "with lines, agents are whole and not more than lines");
  const CutPoisson b = cut_poisson(in.agents, in.arrival_rate / in.service_rate);
  const double log_free = std::log(b.one_minus) - b.log_cut;
  const WaitLaw law{.arrival_rate = in.arrival_rate,
                    .drain_rate = in.agents * in.service_rate,
                    .spare_rate = std::fma(in.agents, in.service_rate, -in.arrival_rate),
                    .patience_rate = in.patience_rate,
                    .room = room};
  const QueueLoad load{in.agents, in.arrival_rate, in.service_rate, room};
  // Below this rate no caller gives up in the age of the universe, whatever the unit: the limit is
  // exact.
  const bool patient = in.patience_rate < 1e-200 * in.service_rate;
  if (patient && !finite) {
    // A load within the rounding of its inputs of the capacity is at capacity.
    if (law.spare_rate <= 1e-15 * law.drain_rate) return unstable_queue(in.agents);
    const Waiters w = exponential_waiters(law, in.within);
    return assemble(load, share_out(log_free, w.log_total, 0), w);
  }
  const double block = finite ? blocked_share(in, b.cut) : 0;
  const Waiters w = room == 0 ? no_waiters() : waiters_of(law, in.within);
  return assemble(load, share_out(log_free, w.log_total, block), w);
}

}  // namespace callmill
