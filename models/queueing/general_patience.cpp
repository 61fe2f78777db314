#include "models/queueing/general_patience.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/queueing/goal_search.h"
#include "models/queueing/patience_wait.h"
#include "models/queueing/queue_parts.h"
#include "models/queueing/special.h"

namespace callmill {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Waiters waiters_of(const PatienceCurve& curve, const PatienceWaitLaw& law, double within) {
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
  w.log_total = sides.log_mode + std::log(law.drain_rate * mass);
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
  return w;
}

// ln (e^a + e^b).
double log_sum(double a, double b) {
  const double high = std::max(a, b);
  return high == -kInfinity ? high : high + std::log1p(std::exp(std::min(a, b) - high));
}

bool never_clears(const PatienceCurve& curve, const PatienceQueueInput& in, double slack) {
  return in.lines == 0 &&
         in.arrival_rate * curve.forever() >= in.agents * in.service_rate * (1 - slack);
}

}  // namespace

bool grows_without_limit(const PatienceQueueInput& in) {
  return never_clears(PatienceCurve(in.patience), in, 1e-12);
}

QueueResult solve_patience_queue(const PatienceQueueInput& in) {
  CALLMILL_CHECK(in.agents > 0 && in.arrival_rate > 0 && in.service_rate > 0 && in.within >= 0,
                 "a queue needs agents, arrivals and a service rate above 0");
  const bool finite = in.lines > 0;
  const QueueLoad load{in.agents, in.arrival_rate, in.service_rate,
                       finite ? static_cast<double>(in.lines) - in.agents : kInfinity};
  CALLMILL_CHECK(!finite || (load.room >= 0 && in.agents == std::floor(in.agents)),
                 "with lines, agents are whole and not more than lines");
  const PatienceCurve curve(in.patience);
  if (never_clears(curve, in, 1e-15)) {
    QueueResult r = unstable_queue(in.agents);
    r.p_served = curve.forever();
    r.p_served_gt = r.p_wait_gt = r.p_served;
    r.p_abandon = 1 - curve.forever();
    r.p_abandon_le = curve.at(in.within).gone;
    return r;
  }
  const CutPoisson b = cut_poisson(in.agents, in.arrival_rate / in.service_rate);
  const double log_free = std::log(b.one_minus) - b.log_cut;
  const PatienceWaitLaw law{.arrival_rate = in.arrival_rate,
                            .drain_rate = in.agents * in.service_rate,
                            .spare_rate = std::fma(in.agents, in.service_rate, -in.arrival_rate),
                            .room = load.room};
  if (load.room == 0) return assemble(load, share_out(log_free, -kInfinity, b.cut), no_waiters());
  const Waiters w = waiters_of(curve, law, in.within);
  double block = 0;
  if (finite) {
    const double log_full = log_full_room(curve, law);
    const double log_let_in = log_sum(log_free, w.log_total);
    block = std::exp(log_full - log_sum(log_full, log_let_in));
  }
  QueueResult r = assemble(load, share_out(log_free, w.log_total, block), w);
  r.p_balk = r.p_wait * curve.at(0).gone;
  return r;
}

std::int64_t agents_for(PatienceQueueInput in, Goal goal, std::int64_t limit) {
  if (in.lines > 0) limit = std::min(limit, in.lines);
  return fewest_agents(
      [&](std::int64_t n) {
        in.agents = static_cast<double>(n);
        return !grows_without_limit(in) &&
               meets(value_of(goal.measure, solve_patience_queue(in)), goal);
      },
      in.arrival_rate / in.service_rate, limit);
}

double agents_for_fractional(PatienceQueueInput in, Goal goal, double limit) {
  CALLMILL_CHECK(in.lines == 0, "fractional agents have no finite lines");
  const double load = in.arrival_rate / in.service_rate;
  // Those who never leave need spare capacity, whatever the goal.
  const double least = load * PatienceCurve(in.patience).forever() * (1 + 1e-9);
  return fewest_agents_fractional(
      [&](double n) {
        in.agents = n;
        return value_of(goal.measure, solve_patience_queue(in));
      },
      goal, load, least, limit);
}

double arrival_rate_for(PatienceQueueInput in, Goal goal) {
  return crossing(
      [&](double rate) {
        in.arrival_rate = rate;
        return value_of(goal.measure, solve_patience_queue(in));
      },
      goal, in.agents * in.service_rate);
}

double handle_time_for(PatienceQueueInput in, Goal goal) {
  return crossing(
      [&](double time) {
        in.service_rate = 1 / time;
        return value_of(goal.measure, solve_patience_queue(in));
      },
      goal, in.agents / in.arrival_rate);
}

}  // namespace callmill
