// Goals of the day for the cover: what one agent more is worth in each slot.

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "engine/planning/plan.h"

namespace callmill {
namespace {

constexpr std::int64_t kMostBlocks = 12;  // a slot; chords lie below the curve, so are safe

// The curve at a fractional number of agents.
double at(const DayGoal& goal, std::size_t i, double agents) {
  const std::vector<double>& gain = goal.gain[i];
  const double x = std::clamp(agents - static_cast<double>(goal.from[i]), 0.0,
                              static_cast<double>(gain.size() - 1));
  const auto low = std::min(static_cast<std::size_t>(x), gain.size() - 1);
  const std::size_t high = std::min(low + 1, gain.size() - 1);
  return gain[low] + (x - static_cast<double>(low)) * (gain[high] - gain[low]);
}

// Blocks of about equal size whose worths fall: chords of the curve's least concave majorant.
std::vector<CoverWorth> blocks_of(const std::vector<double>& gain) {
  const auto last = static_cast<std::int64_t>(gain.size()) - 1;
  const std::int64_t width = std::max<std::int64_t>(1, (last + kMostBlocks - 1) / kMostBlocks);
  std::vector<CoverWorth> blocks;
  for (std::int64_t n = 0; n < last; n += width) {
    const std::int64_t to = std::min(last, n + width);
    CoverWorth next{to - n,
                    (gain[static_cast<std::size_t>(to)] - gain[static_cast<std::size_t>(n)]) /
                        static_cast<double>(to - n)};
    while (!blocks.empty() && blocks.back().each <= next.each) {
      const CoverWorth& before = blocks.back();
      const std::int64_t agents = before.agents + next.agents;
      next.each = (before.each * static_cast<double>(before.agents) +
                   next.each * static_cast<double>(next.agents)) /
                  static_cast<double>(agents);
      next.agents = agents;
      blocks.pop_back();
    }
    blocks.push_back(next);
  }
  while (!blocks.empty() && !(blocks.back().each > 0)) blocks.pop_back();
  return blocks;
}

}  // namespace

CoverGoal cover_goal(const DayGoal& goal, const std::vector<double>& factor,
                     std::int64_t slots_each) {
  CALLMILL_CHECK(factor.size() == goal.from.size(), "one factor an interval");
  CoverGoal result;
  result.least = goal.least;
  for (std::size_t i = 0; i < factor.size(); ++i) {
    const auto from =
        static_cast<std::int64_t>(std::ceil(static_cast<double>(goal.from[i]) * factor[i] - 1e-9));
    std::vector<double> gain;
    if (!goal.gain[i].empty()) {
      const double end =
          static_cast<double>(goal.from[i]) + static_cast<double>(goal.gain[i].size()) - 1;
      // To the first whole number at the curve's end or beyond, or what it comes to were cut off.
      const double last = std::ceil(end * factor[i] - 1e-9);
      for (std::int64_t n = from; gain.empty() || static_cast<double>(n) <= last; ++n)
        gain.push_back(at(goal, i, static_cast<double>(n) / factor[i]) /
                       static_cast<double>(slots_each));
      result.least -= gain.front() * static_cast<double>(slots_each);
    }
    const auto slots = static_cast<std::size_t>(slots_each);
    result.from.insert(result.from.end(), slots, from);
    result.worth.insert(result.worth.end(), slots, blocks_of(gain));
  }
  return result;
}

}  // namespace callmill
