#include "models/queueing/queue_parts.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// A share that rounding has carried past 1.
double share(double value) {
  return std::min(value, 1.0);
}

void fill_service_levels(QueueResult& r) {
  const double accepted = r.p_nowait + r.p_wait;
  r.sl_offered = r.p_served_le;
  r.sl_accepted = share(r.p_served_le / accepted);
  r.sl_answered = r.p_served > 0 ? share(r.p_served_le / r.p_served) : kNaN;
  const double long_way = r.p_served + r.p_abandon_gt;
  r.sl_excl_short_abandon = long_way > 0 ? share(r.p_served_le / long_way) : kNaN;
  r.sl_abandon_ok = share((r.p_served_le + r.p_abandon_le) / accepted);
}

}  // namespace

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

Waiters no_waiters() {
  return {.wait = kNaN};
}

QueueResult assemble(const QueueLoad& load, const Shares& shares, const Waiters& w) {
  const bool queues = shares.log_wait > -kInfinity;
  QueueResult r{};
  r.p_block = shares.block;
  r.p_wait = shares.wait;
  r.p_nowait = shares.free;
  r.log10_wait = shares.log_wait / std::numbers::ln10;
  r.p_served = share(r.p_nowait + r.p_wait * w.served);
  r.mean_wait_offered = queues ? r.p_wait * w.wait : 0;
  r.p_abandon = share(r.p_wait * w.abandoned);
  r.mean_queue = load.arrival_rate * r.mean_wait_offered;
  r.mean_busy = load.arrival_rate / load.service_rate * r.p_served;
  r.occupancy = share(r.mean_busy / load.agents);
  r.mean_wait_served = r.p_served > 0 ? r.p_wait * w.served_wait / r.p_served : kNaN;
  r.mean_wait_abandoned = w.abandoned > 0 && queues ? w.abandon_wait / w.abandoned : kNaN;
  r.mean_wait_waiters = w.wait;
  r.p_abandon_given_wait = queues ? w.abandoned : kNaN;
  // Blocked callers see a full queue; those who find an agent free see none.
  const double mean = r.mean_queue;
  const double off = w.queue - mean;
  r.var_queue = r.p_nowait * mean * mean + r.p_wait * (w.queue_var + off * off);
  if (r.p_block > 0) r.var_queue += r.p_block * (load.room - mean) * (load.room - mean);
  r.p_offered_wait_gt = std::exp(shares.log_wait + w.log_v_gt);
  r.p_wait_gt = std::exp(shares.log_wait + w.log_v_gt + w.log_stay);
  r.p_served_gt = r.p_wait_gt * w.served_gt;
  r.p_abandon_gt = r.p_wait_gt * w.abandoned_gt;
  const double v_le = std::exp(shares.log_wait + w.log_v_le);
  r.p_served_le = share(r.p_nowait + v_le * w.served_le);
  r.p_abandon_le = v_le * w.abandoned_le + r.p_offered_wait_gt * w.gone;
  fill_service_levels(r);
  return r;
}

QueueResult unstable_queue(double agents) {
  QueueResult r{};
  r.p_wait = r.p_served = r.p_offered_wait_gt = r.p_wait_gt = r.p_served_gt = 1;
  r.mean_queue = r.var_queue = kInfinity;
  r.mean_busy = agents;
  r.occupancy = 1;
  r.mean_wait_offered = r.mean_wait_served = r.mean_wait_waiters = kInfinity;
  r.mean_wait_abandoned = kNaN;
  return r;
}

}  // namespace callmill
