#include "models/queueing/general_patience.h"

#include <algorithm>

#include "base/check.h"
#include "models/queueing/goal_search.h"
#include "models/queueing/patience_queue.h"

namespace callmill {
bool grows_without_limit(const PatienceQueueInput& in) {
  return never_clears(in, PatienceCurve(in.patience), 1e-12);
}

QueueResult solve_patience_queue(const PatienceQueueInput& in) {
  return solve_with_power(in, PatienceCurve(in.patience), 1).queue;
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
