#pragma once
// Orders that do not come from the order of the scenario file. A map of a file has no order, and in
// the roster, in outages, in breakdowns and in events none is meant; yet sums round, and people
// have numbers. Whatever adds up or numbers such entries takes them in these orders, so that a file
// with its entries elsewhere gives the same bytes. Each is O(n log n).

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "models/world/world.h"

namespace callmill {

// Numbers of the entries of a vector, in the order of their names.
template <class T>
std::vector<std::uint32_t> by_name(const std::vector<T>& entries) {
  std::vector<std::uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return entries[a].name < entries[b].name; });
  return order;
}

// Numbers of the options, as their keys stand on a telephone: 1 to 9, *, 0, #; words after them.
std::vector<std::uint32_t> options_in_order(const Menu& menu);
// Entries of World::team that are of the group: who has no name first, larger ones first, then by
// their hours and days. Equal ones are exchangeable.
std::vector<RosterEntry> team_in_order(const World& world, GroupId group);
// By all that they say.
std::vector<LineOutage> in_order(std::vector<LineOutage> outages);
// Laws by their mean, then by their lower quartile.
std::vector<LineBreakdown> in_order(std::vector<LineBreakdown> breakdowns);
// By name, then by time and strength.
std::vector<Event> in_order(std::vector<Event> events);

}  // namespace callmill
