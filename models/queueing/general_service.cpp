#include "models/queueing/general_service.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/queueing/goal_search.h"
#include "models/queueing/patience_queue.h"
#include "models/queueing/patience_wait.h"

namespace callmill {
namespace {

PatienceQueueInput exponential_service(const ServiceQueueInput& in) {
  return {in.agents, in.arrival_rate, 1 / mean(in.handle), in.patience, in.lines, in.within};
}

// The same callers' fates where another share of the calls gets a line.
void let_in(QueueResult& r, double share) {
  const double factor = r.p_block < 1 ? share / (1 - r.p_block) : 0;
  for (double QueueResult::*of :
       {&QueueResult::p_wait, &QueueResult::p_nowait, &QueueResult::p_abandon,
        &QueueResult::p_served, &QueueResult::mean_busy, &QueueResult::occupancy,
        &QueueResult::mean_queue, &QueueResult::mean_wait_offered, &QueueResult::p_offered_wait_gt,
        &QueueResult::p_wait_gt, &QueueResult::p_served_gt, &QueueResult::p_abandon_gt,
        &QueueResult::p_served_le, &QueueResult::p_abandon_le, &QueueResult::sl_offered,
        &QueueResult::p_balk})
    r.*of *= factor;
  r.log10_wait += std::log10(factor);
  r.p_block = 1 - share;
}

HandleSpread spread_of(const ServiceQueueInput& in, const PatienceSolution& first) {
  HandleSpread s;
  s.wait_variance = first.wait_variance;
  if (!(first.wait_variance > 0) || std::isinf(first.wait_variance)) return s;
  // The offered wait forgets as fast as a diffusion of its variance and noise 2 / (n mu).
  s.forget_rate = mean(in.handle) / (in.agents * first.wait_variance);
  s.variability = std::max(0.0, completion_variability(in.handle, s.forget_rate));
  s.power = 2 / (1 + s.variability);
  return s;
}

}  // namespace

double completion_variability(const Law& handle, double rate) {
  const double service_mean = mean(handle);
  const double long_run = variance(handle) / (service_mean * service_mean);
  if (rate * service_mean < 1e-6) return long_run;
  // 1 - f = rate * integral of e^{-rate x} P(handle time > x): a wait law without arrivals.
  const PatienceWaitLaw discount{.arrival_rate = 0,
                                 .drain_rate = rate,
                                 .spare_rate = rate,
                                 .room = std::numeric_limits<double>::infinity()};
  const PatienceSides sides = integrate_patience_wait(PatienceCurve({handle, 0, 0}), discount, 0);
  const double ending = rate * sides.right.served;
  return 1 + 2 * ((1 - ending) / ending - 1 / (rate * service_mean));
}

QueueResult approximate_queue(const ServiceQueueInput& in) {
  const PatienceQueueInput same_means = exponential_service(in);
  const PatienceCurve curve(in.patience);
  const PatienceSolution first = solve_with_power(same_means, curve, 1);
  const HandleSpread spread = spread_of(in, first);
  if (spread.forget_rate == 0) return first.queue;
  QueueResult r = solve_with_power(same_means, curve, spread.power).queue;
  if (in.lines > 0) let_in(r, 1 - first.queue.p_block);
  return r;
}

HandleSpread handle_spread(const ServiceQueueInput& in) {
  return spread_of(in, solve_with_power(exponential_service(in), PatienceCurve(in.patience), 1));
}

std::int64_t agents_for(ServiceQueueInput in, Goal goal, std::int64_t limit) {
  if (in.lines > 0) limit = std::min(limit, in.lines);
  return fewest_agents(
      [&](std::int64_t n) {
        in.agents = static_cast<double>(n);
        return !grows_without_limit(exponential_service(in)) &&
               meets(value_of(goal.measure, approximate_queue(in)), goal);
      },
      in.arrival_rate * mean(in.handle), limit);
}

double agents_for_fractional(ServiceQueueInput in, Goal goal, double limit) {
  CALLMILL_CHECK(in.lines == 0, "fractional agents have no finite lines");
  const double load = in.arrival_rate * mean(in.handle);
  const double least = load * PatienceCurve(in.patience).forever() * (1 + 1e-9);
  return fewest_agents_fractional(
      [&](double n) {
        in.agents = n;
        return value_of(goal.measure, approximate_queue(in));
      },
      goal, load, least, limit);
}

}  // namespace callmill
