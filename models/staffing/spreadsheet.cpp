#include "models/staffing/spreadsheet.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>

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

// One shift type and start of the problem.
struct Way {
  std::size_t shift = 0;
  int start = 0;
  double cost = 0;
  std::vector<std::size_t> work;  // slots
  std::vector<int> breaks;        // start of each, a slot of the day
};

std::vector<Way> ways_of(const CoverProblem& problem) {
  std::vector<Way> ways;
  for (std::size_t s = 0; s < problem.shifts.size(); ++s) {
    const CoverShift& shift = problem.shifts[s];
    for (std::size_t k = 0; k < shift.starts.size(); ++k) {
      Way way{s, shift.starts[k], shift.cost[k], {}, {}};
      std::vector<bool> rests(static_cast<std::size_t>(shift.length), false);
      for (const CoverBreak& rest : shift.breaks) {
        const int begin = (rest.earliest + rest.latest) / 2;
        std::fill_n(rests.begin() + begin, rest.length, true);
        way.breaks.push_back((way.start + begin) % problem.slots);
      }
      for (int i = 0; i < shift.length; ++i) {
        const int slot = (way.start + i) % problem.slots;
        if (!rests[static_cast<std::size_t>(i)]) way.work.push_back(static_cast<std::size_t>(slot));
      }
      ways.push_back(std::move(way));
    }
  }
  return ways;
}

class Greedy {
 public:
  explicit Greedy(const CoverProblem& problem)
      : problem_{problem}, ways_{ways_of(problem)}, agents_(ways_.size(), 0) {
    for (const double wanted : problem.requirement)
      lacks_.push_back(
          std::max<std::int64_t>(0, static_cast<std::int64_t>(std::ceil(wanted - 1e-9))));
    for (const CoverShift& shift : problem.shifts)
      left_.push_back(shift.max_agents < 0 ? std::int64_t{1} << 40 : shift.max_agents);
  }

  CoverResult run() {
    while (const std::optional<std::size_t> best = best_way()) add(*best);
    const bool all = std::all_of(lacks_.begin(), lacks_.end(), [](auto lack) { return lack <= 0; });
    take_out();
    CoverResult result;
    result.status = all ? CoverStatus::kGap : CoverStatus::kNoPlanFound;
    for (std::size_t s = 0; s < lacks_.size(); ++s) {
      const auto wanted = static_cast<std::int64_t>(std::ceil(problem_.requirement[s] - 1e-9));
      result.present.push_back(std::max<std::int64_t>(0, wanted) - lacks_[s]);
      result.wanted.push_back(problem_.requirement[s]);
    }
    for (std::size_t w = 0; w < ways_.size(); ++w) {
      if (agents_[w] == 0) continue;
      const Way& way = ways_[w];
      result.choices.push_back({static_cast<int>(way.shift),
                                way.start,
                                agents_[w],
                                {static_cast<std::size_t>(agents_[w]), way.breaks}});
      result.cost += way.cost * static_cast<double>(agents_[w]);
    }
    return result;
  }

 private:
  // Most uncovered slots for its cost. A shift that costs nothing is best of all.
  std::optional<std::size_t> best_way() const {
    std::optional<std::size_t> best;
    double best_gain = 0;
    for (std::size_t w = 0; w < ways_.size(); ++w) {
      if (left_[ways_[w].shift] <= 0) continue;
      const auto gain =
          static_cast<double>(std::count_if(ways_[w].work.begin(), ways_[w].work.end(),
                                            [&](std::size_t slot) { return lacks_[slot] > 0; }));
      if (gain > 0 && (!best || gain * ways_[*best].cost > best_gain * ways_[w].cost)) {
        best = w;
        best_gain = gain;
      }
    }
    return best;
  }

  // As many agents as would be chosen one after the other: until a slot is covered, all ways cover
  // what they did before.
  void add(std::size_t w) {
    const Way& way = ways_[w];
    std::int64_t agents = left_[way.shift];
    for (const std::size_t slot : way.work)
      if (lacks_[slot] > 0) agents = std::min(agents, lacks_[slot]);
    agents_[w] += agents;
    left_[way.shift] -= agents;
    for (const std::size_t slot : way.work) lacks_[slot] -= agents;
  }

  void take_out() {
    std::vector<std::size_t> order(ways_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return ways_[a].cost > ways_[b].cost; });
    for (const std::size_t w : order) {
      std::int64_t spare = agents_[w];
      for (const std::size_t slot : ways_[w].work)
        spare = std::min(spare, std::max<std::int64_t>(0, -lacks_[slot]));
      agents_[w] -= spare;
      for (const std::size_t slot : ways_[w].work) lacks_[slot] += spare;
    }
  }

  const CoverProblem& problem_;
  std::vector<Way> ways_;
  std::vector<std::int64_t> agents_;  // by way
  std::vector<std::int64_t> lacks_;   // by slot; below 0: so many too many
  std::vector<std::int64_t> left_;    // by shift, of its max_agents
};

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

CoverResult cover_greedily(const CoverProblem& problem) {
  return Greedy{problem}.run();
}

}  // namespace callmill
