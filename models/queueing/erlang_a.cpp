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
#include "models/queueing/special.h"
#include "models/queueing/wait_law.h"

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Shares of calls by what they meet; the logarithm of the waiting share lives on where the share
// underflows.
struct Shares {
  double free, wait, block;
  double log_wait;
};

// ln of the weights of "an agent is free" and "must wait", and the share of blocked calls.
Shares share_out(double log_free, double log_wait, double block) {
  Shares s{};
  const double log_ratio = log_wait - log_free;
  const double log_kept = std::log1p(-block);
  if (log_ratio > 0) {
    const double odds = std::exp(-log_ratio);
    s.free = odds / (1 + odds) * (1 - block);
    s.log_wait = log_kept - std::log1p(odds);
  } else {
    s.free = (1 - block) / (1 + std::exp(log_ratio));
    s.log_wait = log_kept + log_ratio - std::log1p(std::exp(log_ratio));
  }
  s.wait = std::exp(s.log_wait);
  s.block = block;
  return s;
}

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

// What the waiting do, given that they wait: ratios to the mass of the wait law.
struct Waiters {
  double log_total = -kInfinity;  // ln A
  double wait = 0, served_wait = 0, abandon_wait = 0;
  double served = 0, abandoned = 0;
  double log_v_gt = -kInfinity;            // ln P(V > T)
  double served_gt = 0, abandoned_gt = 0;  // of those with V > T, since T
  double log_v_le = -kInfinity;
  double served_le = 0, abandoned_le = 0;  // of those with V <= T
  double queue = 0, queue_var = 0;         // of the queue they see
};

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

// Nobody waits: as many lines as agents.
Waiters no_waiters() {
  return {.wait = kNaN};
}

// A share that rounding has carried past 1.
double share(double value) {
  return std::min(value, 1.0);
}

void fill_service_levels(QueueResult& r) {
  const double accepted = r.p_nowait + r.p_wait;
  r.sl_offered = r.p_served_le;
  r.sl_accepted = share(r.p_served_le / accepted);
  r.sl_answered = share(r.p_served_le / r.p_served);
  r.sl_excl_short_abandon = share(r.p_served_le / (r.p_served + r.p_abandon_gt));
  r.sl_abandon_ok = share((r.p_served_le + r.p_abandon_le) / accepted);
}

QueueResult assemble(const QueueInput& in, const Shares& shares, const Waiters& w, double room) {
  const double theta = in.patience_rate;
  const double gone_by_t = -std::expm1(-theta * in.within);
  const bool queues = shares.log_wait > -kInfinity;
  QueueResult r{};
  r.p_block = shares.block;
  r.p_wait = shares.wait;
  r.p_nowait = shares.free;
  r.log10_wait = shares.log_wait / std::numbers::ln10;
  r.p_served = share(r.p_nowait + r.p_wait * w.served);
  r.mean_wait_offered = queues ? r.p_wait * w.wait : 0;
  r.p_abandon = share(theta * r.mean_wait_offered);
  r.mean_queue = in.arrival_rate * r.mean_wait_offered;
  r.mean_busy = in.arrival_rate / in.service_rate * r.p_served;
  r.occupancy = share(r.mean_busy / in.agents);
  r.mean_wait_served = r.p_wait * w.served_wait / r.p_served;
  r.mean_wait_abandoned = theta > 0 && queues ? w.abandon_wait / w.abandoned : kNaN;
  r.mean_wait_waiters = w.wait;
  r.p_abandon_given_wait = queues ? w.abandoned : kNaN;
  // Blocked callers see a full queue; those who find an agent free see none.
  const double mean = r.mean_queue;
  const double off = w.queue - mean;
  r.var_queue = r.p_nowait * mean * mean + r.p_wait * (w.queue_var + off * off);
  if (r.p_block > 0) r.var_queue += r.p_block * (room - mean) * (room - mean);
  r.p_offered_wait_gt = std::exp(shares.log_wait + w.log_v_gt);
  r.p_wait_gt = std::exp(shares.log_wait + w.log_v_gt - theta * in.within);
  r.p_served_gt = r.p_wait_gt * w.served_gt;
  r.p_abandon_gt = r.p_wait_gt * w.abandoned_gt;
  const double v_le = std::exp(shares.log_wait + w.log_v_le);
  r.p_served_le = share(r.p_nowait + v_le * w.served_le);
  r.p_abandon_le = v_le * w.abandoned_le + r.p_offered_wait_gt * gone_by_t;
  fill_service_levels(r);
  return r;
}

// More calls than the agents can ever take, all of them patient, and no limit on the queue.
QueueResult unstable_queue(const QueueInput& in) {
  QueueResult r{};
  r.p_wait = r.p_served = r.p_offered_wait_gt = r.p_wait_gt = r.p_served_gt = 1;
  r.mean_queue = r.var_queue = kInfinity;
  r.mean_busy = in.agents;
  r.occupancy = 1;
  r.mean_wait_offered = r.mean_wait_served = r.mean_wait_waiters = kInfinity;
  r.mean_wait_abandoned = kNaN;
  return r;
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
  // Below this rate no caller gives up in the age of the universe, whatever the unit: the limit is
  // exact.
  const bool patient = in.patience_rate < 1e-200 * in.service_rate;
  if (patient && !finite) {
    // A load within the rounding of its inputs of the capacity is at capacity.
    if (law.spare_rate <= 1e-15 * law.drain_rate) return unstable_queue(in);
    const Waiters w = exponential_waiters(law, in.within);
    QueueInput patient_in = in;
    patient_in.patience_rate = 0;
    return assemble(patient_in, share_out(log_free, w.log_total, 0), w, room);
  }
  const double block = finite ? blocked_share(in, b.cut) : 0;
  const Waiters w = room == 0 ? no_waiters() : waiters_of(law, in.within);
  return assemble(in, share_out(log_free, w.log_total, block), w, room);
}

}  // namespace callmill
