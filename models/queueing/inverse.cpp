#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/queueing/erlang.h"
#include "models/queueing/goal_search.h"
#include "models/queueing/special.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double value_at(const QueueInput& in, Measure measure) {
  return value_of(measure, solve_queue(in));
}

}  // namespace

double value_of(Measure measure, const QueueResult& r) {
  switch (measure) {
    case Measure::kBlocking:
      return r.p_block;
    case Measure::kAbandon:
      return r.p_abandon;
    case Measure::kAbandonAccepted:
      return r.p_abandon / (r.p_nowait + r.p_wait);
    case Measure::kWait:
      return r.p_wait;
    case Measure::kMeanWaitServed:
      return r.mean_wait_served;
    case Measure::kMeanWaitOffered:
      return r.mean_wait_offered;
    case Measure::kServiceLevel:
      return r.sl_offered;
    case Measure::kServiceLevelAccepted:
      return r.sl_accepted;
    case Measure::kServiceLevelAnswered:
      return r.sl_answered;
    case Measure::kServiceLevelExclShortAbandon:
      return r.sl_excl_short_abandon;
    case Measure::kServiceLevelAbandonOk:
      return r.sl_abandon_ok;
    case Measure::kOccupancy:
      return r.occupancy;
    case Measure::kServed:
      return r.p_served;
  }
  CALLMILL_CHECK(false, "every measure has a value");
  return kNaN;
}

bool grows_without_limit(const QueueInput& in) {
  return in.patience_rate == 0 && in.lines == 0 &&
         in.arrival_rate >= in.agents * in.service_rate * (1 - 1e-12);
}

std::int64_t agents_for(QueueInput in, Goal goal, std::int64_t limit) {
  if (in.lines > 0) limit = std::min(limit, in.lines);
  const auto met = [&](std::int64_t n) {
    in.agents = static_cast<double>(n);
    return !grows_without_limit(in) && meets(value_at(in, goal.measure), goal);
  };
  return fewest_agents(met, in.arrival_rate / in.service_rate, limit);
}

double agents_for_fractional(QueueInput in, Goal goal, double limit) {
  CALLMILL_CHECK(in.lines == 0, "fractional agents have no finite lines");
  const auto value = [&](double n) {
    in.agents = n;
    return value_at(in, goal.measure);
  };
  const double load = in.arrival_rate / in.service_rate;
  // Patient callers need spare capacity, whatever the goal.
  const double least = in.patience_rate == 0 ? load * (1 + 1e-9) : 0;
  return fewest_agents_fractional(value, goal, load, least, limit);
}

std::int64_t lines_for(QueueInput in, double blocking, std::int64_t limit) {
  std::int64_t lines = static_cast<std::int64_t>(in.agents);
  CALLMILL_CHECK(lines >= 1 && in.agents == std::floor(in.agents), "with lines, agents are whole");
  const double drain = in.agents * in.service_rate;
  // Patient callers beyond capacity: the loss falls to 1 - 1/rho and no further.
  if (in.patience_rate == 0 && in.arrival_rate > drain && blocking < 1 - drain / in.arrival_rate)
    return -1;
  // The loss obeys Erlang's own recursion: one more line is one more state, with its rate of
  // leaving.
  double loss = erlang_b(lines, in.arrival_rate / in.service_rate).blocking;
  for (std::int64_t waiting = 1; lines <= limit; ++waiting, ++lines) {
    if (loss <= blocking) return lines;
    const double ratio =
        in.arrival_rate / (drain + static_cast<double>(waiting) * in.patience_rate);
    loss = ratio * loss / (1 + ratio * loss);
  }
  return -1;
}

std::int64_t lines_for_erlang_b(double load, double blocking) {
  if (blocking >= 1) return 0;
  if (!(blocking > 0)) return -1;
  const auto met = [&](std::int64_t n) { return erlang_b(n, load).blocking <= blocking; };
  std::int64_t low = 0;  // never meets it
  std::int64_t high = std::max<std::int64_t>(1, static_cast<std::int64_t>(load * (1 - blocking)));
  for (std::int64_t step = 1 + static_cast<std::int64_t>(std::sqrt(load)); !met(high); step *= 2) {
    low = high;
    high += step;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (met(middle) ? high : low) = middle;
  }
  return high;
}

double load_for_erlang_b(std::int64_t n, double blocking) {
  if (n < 1 || !(blocking > 0) || !(blocking < 1)) return kNaN;
  const double lines = static_cast<double>(n);
  // On the steeper scale of the two, so that neither a rare loss nor a rare success is rounded
  // away.
  const auto excess = [&](double load) {
    const CutPoisson cut = cut_poisson(lines, load);
    return blocking < 0.5 ? cut.log_cut - std::log(blocking)
                          : std::log1p(-blocking) - std::log(cut.one_minus);
  };
  const double high = lines / (1 - blocking) * (1 + 1e-12);  // B >= 1 - n/a
  double low = std::min(lines, high);
  while (excess(low) > 0) low *= 0.5;
  return root_towards(excess, high, low);
}

double arrival_rate_for(QueueInput in, Goal goal) {
  return crossing(
      [&](double rate) {
        in.arrival_rate = rate;
        return value_at(in, goal.measure);
      },
      goal, in.agents * in.service_rate);
}

double patience_for(QueueInput in, Goal goal) {
  return crossing(
      [&](double patience) {
        in.patience_rate = 1 / patience;
        return value_at(in, goal.measure);
      },
      goal, 1 / in.service_rate);
}

double handle_time_for(QueueInput in, Goal goal) {
  return crossing(
      [&](double time) {
        in.service_rate = 1 / time;
        return value_at(in, goal.measure);
      },
      goal, in.agents / in.arrival_rate);
}

}  // namespace callmill
