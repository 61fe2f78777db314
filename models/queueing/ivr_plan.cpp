// The cheapest (lines, agents) pair for a share of blocked calls and one more target.
//
// The loss falls with lines. Measures of all calls improve with lines and agents; measures of
// requests improve with agents and worsen with lines, since more callers are let in to wait. So for
// each number of agents the fewest lines that keep the loss are also the best for either kind: more
// lines help only measures of all calls, by bisection again. As agents are added, the fewest lines
// fall to those that nobody waits on, or, where callers are less patient than calls are long, rise
// to them; once what they could still fall by costs less than one more agent, the search ends.

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/check.h"
#include "models/queueing/ivr_trunks.h"

namespace callmill {
namespace {

bool grows_with_lines(IvrMeasure measure) {
  return measure == IvrMeasure::kConnectRate || measure == IvrMeasure::kAnsweredOverOffered;
}

class Search {
 public:
  Search(const IvrTrunksInput& in, double blocking, IvrGoal goal, std::int64_t limit)
      : in_{in}, blocking_{blocking}, goal_{goal}, limit_{limit} {}

  // Fewest lines with `agents` agents for both targets; -1 when no number is right.
  std::int64_t lines(std::int64_t agents) {
    in_.agents = agents;
    const std::int64_t fewest = lines_for_ivr(in_, blocking_, limit_);
    if (fewest < 0) return -1;
    if (meets(fewest)) return fewest;
    if (!grows_with_lines(goal_.measure) || !meets(limit_)) return -1;
    std::int64_t low = fewest;  // misses the goal
    std::int64_t high = limit_;
    for (std::int64_t step = 1; low + step < limit_; step *= 2) {
      if (meets(low + step)) {
        high = low + step;
        break;
      }
      low += step;
    }
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      (meets(middle) ? high : low) = middle;
    }
    return high;
  }

  IvrTrunksResult result(std::int64_t lines, std::int64_t agents) {
    in_.lines = lines;
    in_.agents = agents;
    return solve_ivr_trunks(in_);
  }

  // Fewest agents for which some number of lines is right; -1 when none.
  std::int64_t fewest_agents() {
    std::int64_t low = 0;  // not enough
    std::int64_t high = 1;
    while (lines(high) < 0) {
      if (high >= limit_) return -1;
      low = high;
      high = std::min(limit_, 2 * high);
    }
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      (lines(middle) < 0 ? low : high) = middle;
    }
    return high;
  }

 private:
  bool meets(std::int64_t lines) {
    in_.lines = lines;
    const double value = value_of(goal_.measure, solve_ivr_trunks(in_));
    return goal_.at_least ? value >= goal_.value : value <= goal_.value;
  }

  IvrTrunksInput in_;
  double blocking_;
  IvrGoal goal_;
  std::int64_t limit_;
};

}  // namespace

IvrPlan cheapest_ivr_plan(IvrTrunksInput in, double blocking, IvrGoal goal, IvrCosts costs,
                          std::int64_t limit) {
  CALLMILL_CHECK(costs.line > 0 && costs.agent > 0, "a line and an agent cost something");
  in.agents = 1;  // set by the search, as lines
  in.lines = 1;
  Search search(in, blocking, goal, limit);
  IvrPlan best;
  const std::int64_t first = search.fewest_agents();
  if (first < 0) return best;
  // No number of agents needs fewer lines than the first, or agents without end.
  const std::int64_t floor = std::min(search.lines(first), search.lines(limit));
  for (std::int64_t agents = first; agents <= limit; ++agents) {
    const double least = costs.agent * static_cast<double>(agents) +
                         costs.line * static_cast<double>(std::max(floor, agents));
    if (best.lines >= 0 && least >= best.cost) break;
    const std::int64_t lines = search.lines(agents);
    if (lines < agents) continue;
    const double cost =
        costs.agent * static_cast<double>(agents) + costs.line * static_cast<double>(lines);
    if (best.lines < 0 || cost < best.cost) best = {lines, agents, cost, {}};
  }
  if (best.lines >= 0) best.result = search.result(best.lines, best.agents);
  return best;
}

}  // namespace callmill
