// The spreadsheet's cover: shift by shift, the one that covers most for its cost.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>

#include "models/staffing/spreadsheet.h"

namespace callmill {
namespace {

constexpr std::int64_t kNoLimit = std::int64_t{1} << 40;

// One shift type and start of the problem.
struct Way {
  std::size_t shift = 0;
  int start = 0;
  double cost = 0;
  std::vector<std::size_t> work, duty;  // slots; duty with the breaks
  std::vector<int> breaks;              // start of each, a slot of the day
};

std::vector<Way> ways_of(const CoverProblem& problem) {
  std::vector<Way> ways;
  for (std::size_t s = 0; s < problem.shifts.size(); ++s) {
    const CoverShift& shift = problem.shifts[s];
    for (std::size_t k = 0; k < shift.starts.size(); ++k) {
      Way way{s, shift.starts[k], shift.cost[k], {}, {}, {}};
      std::vector<bool> rests(static_cast<std::size_t>(shift.length), false);
      for (const CoverBreak& rest : shift.breaks) {
        const int begin = (rest.earliest + rest.latest) / 2;
        std::fill_n(rests.begin() + begin, rest.length, true);
        way.breaks.push_back((way.start + begin) % problem.slots);
      }
      for (int i = 0; i < shift.length; ++i) {
        if (i >= shift.gap_start && i < shift.gap_start + shift.gap_length) continue;
        const auto slot = static_cast<std::size_t>((way.start + i) % problem.slots);
        way.duty.push_back(slot);
        if (!rests[static_cast<std::size_t>(i)]) way.work.push_back(slot);
      }
      ways.push_back(std::move(way));
    }
  }
  return ways;
}

class Greedy {
 public:
  explicit Greedy(const CoverProblem& problem)
      : problem_{problem},
        ways_{ways_of(problem)},
        agents_(ways_.size(), 0),
        heads_(problem.limits.size(), 0),
        on_duty_(problem.requirement.size(), 0) {
    for (std::size_t s = 0; s < problem.requirement.size(); ++s) {
      double wanted = std::max(0.0, std::ceil(problem.requirement[s] - 1e-9));
      for (const CoverPresence& presence : problem.presence)
        if (!presence.on_duty) wanted = std::max(wanted, static_cast<double>(presence.at_least[s]));
      wanted_.push_back(static_cast<std::int64_t>(wanted));
    }
    lacks_ = wanted_;
    for (const CoverShift& shift : problem.shifts)
      left_.push_back(shift.max_agents < 0 ? kNoLimit : shift.max_agents);
    for (const CoverLimit& limit : problem.limits) {
      std::vector<bool>& counted = counted_.emplace_back(problem.shifts.size(), false);
      for (const int s : limit.shifts) counted[static_cast<std::size_t>(s)] = true;
    }
  }

  CoverResult run() {
    for (std::size_t l = 0; l < heads_.size(); ++l)
      while (heads_[l] < problem_.limits[l].at_least) {
        const std::optional<std::size_t> best = best_way(l);
        if (!best) break;
        add(*best, 1);
      }
    while (const std::optional<std::size_t> best = best_way(std::nullopt))
      add(*best, agents_of(*best));
    const bool all = std::all_of(lacks_.begin(), lacks_.end(), [](auto lack) { return lack <= 0; });
    take_out();
    CoverResult result;
    result.status = all ? CoverStatus::kGap : CoverStatus::kNoPlanFound;
    for (std::size_t s = 0; s < lacks_.size(); ++s) {
      result.present.push_back(wanted_[s] - lacks_[s]);
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
  // Most uncovered slots for its cost. A shift that costs nothing is best of all. `of` a limit:
  // among its shifts, and the first that is allowed if none covers anything.
  std::optional<std::size_t> best_way(std::optional<std::size_t> of) const {
    std::optional<std::size_t> best;
    double best_gain = 0;
    for (std::size_t w = 0; w < ways_.size(); ++w) {
      if (of && !counted_[*of][ways_[w].shift]) continue;
      if (left_[ways_[w].shift] <= 0 || room(w) <= 0) continue;
      const auto gain =
          static_cast<double>(std::count_if(ways_[w].work.begin(), ways_[w].work.end(),
                                            [&](std::size_t slot) { return lacks_[slot] > 0; }));
      if ((gain > 0 || of) && (!best || gain * ways_[*best].cost > best_gain * ways_[w].cost)) {
        best = w;
        best_gain = gain;
      }
    }
    return best;
  }

  // How many more may work this way before a limit stands against it.
  std::int64_t room(std::size_t w) const {
    const Way& way = ways_[w];
    std::int64_t most = left_[way.shift];
    for (std::size_t l = 0; l < heads_.size(); ++l) {
      const CoverLimit& limit = problem_.limits[l];
      if (!counted_[l][way.shift]) continue;
      if (limit.at_most >= 0) most = std::min(most, limit.at_most - heads_[l]);
      // heads + k <= share (all + k)
      if (limit.most_share < 1) {
        const double spare =
            limit.most_share * static_cast<double>(all_) - static_cast<double>(heads_[l]);
        most = std::min(
            most, static_cast<std::int64_t>(std::floor(spare / (1 - limit.most_share) + 1e-9)));
      }
    }
    for (const CoverPresence& presence : problem_.presence)
      for (const std::size_t slot : presence.on_duty ? way.duty : way.work)
        if (presence.at_most[slot] >= 0)
          most = std::min(most, presence.at_most[slot] - there(presence, slot));
    return most;
  }

  std::int64_t there(const CoverPresence& presence, std::size_t slot) const {
    return presence.on_duty ? on_duty_[slot] : wanted_[slot] - lacks_[slot];
  }

  // As many agents as would be chosen one after the other: until a slot is covered, all ways cover
  // what they did before.
  std::int64_t agents_of(std::size_t w) const {
    std::int64_t agents = room(w);
    for (const std::size_t slot : ways_[w].work)
      if (lacks_[slot] > 0) agents = std::min(agents, lacks_[slot]);
    return agents;
  }

  void add(std::size_t w, std::int64_t agents) {
    const Way& way = ways_[w];
    agents_[w] += agents;
    all_ += agents;
    left_[way.shift] -= agents;
    for (std::size_t l = 0; l < heads_.size(); ++l)
      if (counted_[l][way.shift]) heads_[l] += agents;
    for (const std::size_t slot : way.work) lacks_[slot] -= agents;
    for (const std::size_t slot : way.duty) on_duty_[slot] += agents;
  }

  // How many of this way the limits can do without.
  bool is_spare(std::size_t w) const {
    const Way& way = ways_[w];
    for (std::size_t l = 0; l < heads_.size(); ++l) {
      const CoverLimit& limit = problem_.limits[l];
      const bool counted = counted_[l][way.shift];
      const auto heads = static_cast<double>(heads_[l] - (counted ? 1 : 0));
      const auto all = static_cast<double>(all_ - 1);
      if (counted && heads_[l] <= limit.at_least) return false;
      if (heads < limit.least_share * all - 1e-9 || heads > limit.most_share * all + 1e-9)
        return false;
    }
    return std::all_of(problem_.presence.begin(), problem_.presence.end(), [&](const auto& p) {
      return !p.on_duty || std::all_of(way.duty.begin(), way.duty.end(), [&](std::size_t slot) {
        return on_duty_[slot] > p.at_least[slot];
      });
    });
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
      for (; spare > 0 && is_spare(w); --spare) add(w, -1);
    }
  }

  const CoverProblem& problem_;
  std::vector<Way> ways_;
  std::vector<std::int64_t> agents_;        // by way
  std::vector<std::int64_t> wanted_;        // by slot
  std::vector<std::int64_t> lacks_;         // by slot; below 0: so many too many
  std::vector<std::int64_t> left_;          // by shift, of its max_agents
  std::vector<std::vector<bool>> counted_;  // [limit][shift]
  std::vector<std::int64_t> heads_;         // by limit
  std::vector<std::int64_t> on_duty_;       // by slot
  std::int64_t all_ = 0;
};

}  // namespace

CoverResult cover_greedily(const CoverProblem& problem) {
  return Greedy{problem}.run();
}

}  // namespace callmill
