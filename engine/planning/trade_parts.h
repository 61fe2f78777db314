#pragma once
// What a trade asks of targets and of two plans. Internal to trade.cpp.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/planning/plan_round.h"

namespace callmill::planning {

// Which way is better.
inline double better_is(const Target& t) {
  return t.sense == Sense::kAtLeast ? 1 : -1;
}

// Targets of an interval are no cut: the requirement and the simulation hold them.
inline bool is_cut(const Target& t) {
  return t.per != Per::kInterval;
}

inline bool is_hard_cut(const Target& t) {
  return is_cut(t) && !t.price;
}

// Of the indicator's own unit.
inline double price_of_miss(const Target& t) {
  return t.metric == "asa" ? *t.price : 100 * *t.price;
}

inline bool same_plan(const Outcome& a, const Outcome& b) {
  for (std::size_t g = 0; g < a.plan.groups.size(); ++g)
    if (a.plan.groups[g].cover.present != b.plan.groups[g].cover.present ||
        a.plan.groups[g].cover.cost != b.plan.groups[g].cover.cost)
      return false;
  return a.candidate.lines == b.candidate.lines;
}

// Agents times slots that `next` has fewer than `at`.
inline double dropped(const Outcome& at, const Outcome& next) {
  double sum = 0;
  for (std::size_t g = 0; g < at.plan.groups.size(); ++g) {
    const auto &was = at.plan.groups[g].cover.present, &is = next.plan.groups[g].cover.present;
    for (std::size_t slot = 0; slot < was.size(); ++slot)
      sum += static_cast<double>(std::max<std::int64_t>(0, was[slot] - is[slot]));
  }
  return sum;
}

}  // namespace callmill::planning
