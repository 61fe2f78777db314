#include "models/staffing/requirement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "models/queueing/erlang.h"
#include "models/staffing/load.h"
#include "models/staffing/pool.h"

namespace callmill {
namespace {

std::optional<Measure> measure_for(const Target& target) {
  const bool at_least = target.sense == Sense::kAtLeast;
  if (target.metric == "answer_rate" && at_least) return Measure::kServed;
  if (target.metric == "service_level" && at_least) return Measure::kServiceLevelAccepted;
  if (target.metric == "abandon_rate" && !at_least) return Measure::kAbandon;
  if (target.metric == "asa" && !at_least) return Measure::kMeanWaitServed;
  if (target.metric == "occupancy" && !at_least) return Measure::kOccupancy;
  return std::nullopt;  // more agents do not help: loss_rate, or an occupancy to be reached
}

std::string text_of(const Target& target, double within_s, const World& world) {
  const bool time = target.metric == "asa";
  std::string text = target.metric + (target.sense == Sense::kAtLeast ? " >= " : " <= ");
  text += time ? fmt::format("{:g}s", target.value) : fmt::format("{:g}%", target.value * 100);
  if (target.metric == "service_level") text += fmt::format(" in {:g}s", within_s);
  if (target.queue) text += " for '" + world.queues[target.queue->index()].name + "'";
  return text;
}

}  // namespace

namespace staffing {

std::vector<Pool> pools_of(const World& world) {
  std::vector<Pool> pools;
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const bool has_shifts =
        std::any_of(world.shifts.begin(), world.shifts.end(),
                    [g](const ShiftPattern& shift) { return shift.group == GroupId{g}; });
    if (!has_shifts) continue;
    Pool pool{GroupId{g}, {}, std::numeric_limits<double>::infinity(), {}};
    for (std::size_t q = 0; q < world.queues.size(); ++q) {
      if (first_group(world.queues[q]) != GroupId{g}) continue;
      pool.queues.push_back(q);
      pool.within_s = std::min(pool.within_s, to_seconds(world.queues[q].answer_within));
    }
    if (pool.queues.empty()) pool.within_s = 0;
    for (const Target& target : world.targets) {
      const std::optional<Measure> measure = measure_for(target);
      if (!measure) continue;
      double within_s = pool.within_s;
      if (target.queue) {
        const Queue& queue = world.queues[target.queue->index()];
        if (first_group(queue) != GroupId{g}) continue;
        within_s = to_seconds(queue.answer_within);
      }
      // A cap on occupancy is for people: each interval has it. Over the day it would be cheapest
      // met by an interval that turns its callers away. The requirement is of one day, so a run is
      // asked of it as the day is.
      const bool of_day = target.per != Per::kInterval && *measure != Measure::kOccupancy;
      pool.asks.push_back({{*measure, target.sense == Sense::kAtLeast, target.value},
                           within_s,
                           text_of(target, within_s, world),
                           of_day});
    }
    pools.push_back(std::move(pool));
  }
  return pools;
}

QueueInput queue_of(const RequirementInterval& r) {
  QueueInput in;
  in.arrival_rate = r.offered_per_hour / 3600;
  in.service_rate = 1 / r.aht_s;
  in.patience_rate = std::isfinite(r.patience_s) ? 1 / r.patience_s : 0;
  return in;
}

std::ptrdiff_t choose(const Pool& pool, const std::vector<double>& asked,
                      RequirementInterval& interval) {
  // Without a target the agents at least carry the load.
  interval.agents = interval.load_erlang;
  interval.binding = "the load";
  std::ptrdiff_t chosen = -1;
  std::string out_of_reach;
  for (std::size_t a = 0; a < asked.size(); ++a) {
    if (std::isnan(asked[a])) {
      out_of_reach += "; no number of agents meets " + pool.asks[a].text;
    } else if (asked[a] > interval.agents || chosen < 0) {
      interval.agents = asked[a];
      interval.binding = pool.asks[a].text;
      chosen = static_cast<std::ptrdiff_t>(a);
    }
  }
  interval.floor = interval.agents;
  interval.binding += out_of_reach;
  if (!(interval.agents > 0)) {  // a limit lets nobody be there
    interval.answer_rate = interval.service_level = interval.occupancy = 0;
    return chosen;
  }
  QueueInput in = queue_of(interval);
  in.agents = interval.agents;
  in.within = pool.within_s;
  const QueueResult reached = solve_queue(in);
  interval.answer_rate = reached.p_served;
  interval.service_level = reached.sl_accepted;
  interval.occupancy = reached.occupancy;
  return chosen;
}

}  // namespace staffing

namespace {

using staffing::Ask;
using staffing::Pool;

// The pool's interval, given its calls, without staff.
RequirementInterval described(const Stream& calls) {
  RequirementInterval result;
  result.offered_per_hour = calls.per_hour;
  result.aht_s = calls.handle_s();
  result.load_erlang = calls.load();
  const double patience_rate = calls.mean_patience_rate();
  result.patience_s =
      patience_rate > 0 ? 1 / patience_rate : std::numeric_limits<double>::infinity();
  result.answer_rate = result.service_level = 1;
  return result;
}

// By itself, each target's agents by Erlang A.
RequirementInterval staffed(const Pool& pool, const Stream& calls) {
  RequirementInterval result = described(calls);
  if (calls.load() <= 0) return result;
  std::vector<double> asked;
  for (const Ask& ask : pool.asks) {
    QueueInput in = staffing::queue_of(result);
    in.within = ask.within_s;
    asked.push_back(agents_for_fractional(in, ask.goal));
  }
  staffing::choose(pool, asked, result);
  return result;
}

// Redials and repeats raise the load, the load changes the agents, the agents change who abandons
// and redials: iterated from no abandonment. Targets hold abandonment nearly constant, so few
// rounds are needed.
std::vector<RequirementInterval> solve_interval(const World& world, const Load& load,
                                                const std::vector<Pool>& pools, std::size_t i) {
  constexpr int kRounds = 30;
  constexpr double kSettled = 1e-5;
  std::vector<double> abandonment(world.queues.size(), 0.0);
  std::vector<Attempts> attempts;
  for (std::size_t c = 0; c < load.types(); ++c)
    attempts.push_back(load.attempts(c, i, abandonment));
  std::vector<RequirementInterval> result(pools.size());
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t p = 0; p < pools.size(); ++p) {
      Stream calls;
      for (std::size_t c = 0; c < load.types(); ++c)
        for (const std::size_t q : pools[p].queues) calls += load.stream(c, q, i, attempts[c]);
      result[p] = staffed(pools[p], calls);
      for (const std::size_t q : pools[p].queues) abandonment[q] = 1 - result[p].answer_rate;
    }
    double moved = 0;
    for (std::size_t c = 0; c < load.types(); ++c) {
      const Attempts next = load.attempts(c, i, abandonment);
      const double change = std::abs(next.through - attempts[c].through) +
                            std::abs(next.repeats - attempts[c].repeats);
      moved = std::max(moved, change / std::max(next.through, 1e-9));
      attempts[c] = next;
    }
    if (moved < kSettled) break;
  }
  return result;
}

}  // namespace

std::vector<Requirement> staff_requirement(const World& world, const RequirementOptions& options) {
  const std::vector<Pool> pools = staffing::pools_of(world);
  const Load load{world};
  std::vector<Requirement> result;
  for (const Pool& pool : pools)
    result.push_back({pool.group, {}, RequirementMethod::kSipp, "each interval by itself"});
  for (std::size_t i = 0; i < world.intervals(); ++i) {
    std::vector<RequirementInterval> solved = solve_interval(world, load, pools, i);
    for (std::size_t p = 0; p < pools.size(); ++p)
      result[p].intervals.push_back(std::move(solved[p]));
  }
  if (options.method != RequirementMethod::kSipp || options.interval_slack > 1)
    for (std::size_t p = 0; p < pools.size(); ++p)
      staffing::staff_through_the_day(world, pools[p], options, result[p]);
  return result;
}

}  // namespace callmill
