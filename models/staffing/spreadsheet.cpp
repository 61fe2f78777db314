#include "models/staffing/spreadsheet.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "models/queueing/erlang.h"
#include "models/staffing/load.h"
#include "models/staffing/pool.h"

namespace callmill {
namespace {

using staffing::Ask;
using staffing::Pool;

const Ask kUsual{{Measure::kServiceLevelAccepted, true, 0.8}, 20, "service_level >= 80% in 20s"};

bool is_of_a_wait(const Ask& ask) {
  return ask.goal.measure == Measure::kServiceLevelAccepted ||
         ask.goal.measure == Measure::kMeanWaitServed;
}

// Calls of all types as if nobody hung up.
Stream calls_of(const World& world, const Load& load, const Pool& pool, std::size_t interval) {
  const std::vector<double> nobody(world.queues.size(), 0.0);
  Stream calls;
  for (std::size_t c = 0; c < load.types(); ++c) {
    const Attempts attempts = load.attempts(c, interval, nobody);
    for (const std::size_t q : pool.queues) calls += load.stream(c, q, interval, attempts);
  }
  return calls;
}

std::int64_t agents_for_calls(const Stream& calls, const std::vector<Ask>& asks) {
  if (calls.load() <= 0) return 0;
  QueueInput in;
  in.arrival_rate = calls.per_hour / 3600;
  in.service_rate = 1 / calls.handle_s();
  auto most = static_cast<std::int64_t>(calls.load()) + 1;  // or the queue grows without limit
  for (const Ask& ask : asks) {
    in.within = ask.within_s;
    most = std::max(most, agents_for(in, ask.goal));  // -1: no number of agents
  }
  return most;
}

}  // namespace

std::vector<SpreadsheetStaff> spreadsheet_staff(const World& world) {
  const Load load{world};
  std::vector<SpreadsheetStaff> result;
  for (const Pool& pool : staffing::pools_of(world)) {
    SpreadsheetStaff staff;
    staff.group = pool.group;
    std::vector<Ask> asks;
    for (const Ask& ask : pool.asks)
      if (is_of_a_wait(ask) || ask.goal.measure == Measure::kOccupancy) asks.push_back(ask);
    staff.assumed = std::none_of(asks.begin(), asks.end(), is_of_a_wait);
    if (staff.assumed) asks.push_back(kUsual);
    for (const Ask& ask : asks) staff.goal += (staff.goal.empty() ? "" : ", ") + ask.text;
    for (std::size_t i = 0; i < world.intervals(); ++i)
      staff.agents.push_back(agents_for_calls(calls_of(world, load, pool, i), asks));
    result.push_back(std::move(staff));
  }
  return result;
}

std::int64_t spreadsheet_lines(const World& world, TrunkGroupId trunks) {
  const Load load{world};
  const std::vector<double> nobody(world.queues.size(), 0.0);
  std::int64_t most = 1;
  for (std::size_t i = 0; i < world.intervals(); ++i) {
    double erlang = 0;
    for (std::size_t c = 0; c < load.types(); ++c) {
      if (world.caller_types[c].trunks != trunks) continue;
      const Attempts attempts = load.attempts(c, i, nobody);
      erlang += load.fresh_per_hour(c, i) * attempts.through * load.outcome(c).mean_menu_s / 3600;
      for (std::size_t q = 0; q < world.queues.size(); ++q)
        erlang += load.stream(c, q, i, attempts).talk_hours;
    }
    if (erlang <= 0) continue;
    const std::int64_t lines =
        lines_for_erlang_b(erlang, staffing::loss_target(world, trunks.index()));
    if (lines < 0) return -1;
    most = std::max(most, lines);
  }
  return most;
}

}  // namespace callmill
