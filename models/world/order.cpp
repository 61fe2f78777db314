#include "models/world/order.h"

#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace callmill {
namespace {

using BreakKey = std::tuple<SimDuration, SimDuration, AuxCode>;
using ShiftKey =
    std::tuple<SimDuration, SimDuration, std::vector<std::string>, std::vector<BreakKey>>;
using EntryKey = std::tuple<std::string, std::int64_t, std::vector<ShiftKey>, double>;

EntryKey key_of_entry(const RosterEntry& entry) {
  std::vector<ShiftKey> shifts;
  for (const RosterShift& shift : entry.shifts) {
    std::vector<std::string> on = shift.on;
    std::sort(on.begin(), on.end());
    std::vector<BreakKey> breaks;
    for (const RosterBreak& rest : shift.breaks) breaks.emplace_back(rest.from, rest.to, rest.code);
    shifts.emplace_back(shift.from, shift.to, std::move(on), std::move(breaks));
  }
  return {entry.name, -std::int64_t{entry.agents}, std::move(shifts),
          entry.days.value_or(std::numeric_limits<double>::infinity())};
}

template <class T, class KeyOf>
std::vector<T> sorted(std::vector<T> all, KeyOf&& key) {
  std::stable_sort(all.begin(), all.end(), [&](const T& a, const T& b) { return key(a) < key(b); });
  return all;
}

// As the keys stand on a telephone; words come after them.
std::pair<std::size_t, std::string> place_of_key(const std::string& key) {
  constexpr std::string_view kPad = "123456789*0#";
  const std::size_t place = key.size() == 1 ? kPad.find(key[0]) : std::string_view::npos;
  return {std::min(place, kPad.size()), key};
}

double lower_quartile(const Law& law) {
  return quantile(law, 0.25, 0.75);
}

}  // namespace

std::vector<std::uint32_t> options_in_order(const Menu& menu) {
  std::vector<std::uint32_t> order(menu.options.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return place_of_key(menu.options[a].key) < place_of_key(menu.options[b].key);
  });
  return order;
}

std::vector<RosterEntry> team_in_order(const World& world, GroupId group) {
  std::vector<RosterEntry> team;
  for (const RosterEntry& entry : world.team)
    if (entry.group == group) team.push_back(entry);
  return sorted(std::move(team), key_of_entry);
}

std::vector<LineOutage> in_order(std::vector<LineOutage> outages) {
  return sorted(std::move(outages), [](const LineOutage& o) {
    return std::tuple(o.from, o.to, o.lines.value_or(0), o.share.value_or(0), o.cuts);
  });
}

std::vector<LineBreakdown> in_order(std::vector<LineBreakdown> breakdowns) {
  return sorted(std::move(breakdowns), [](const LineBreakdown& b) {
    return std::tuple(b.lines, b.cuts, mean(b.time_to_failure), mean(b.time_to_repair),
                      lower_quartile(b.time_to_failure), lower_quartile(b.time_to_repair));
  });
}

std::vector<Event> in_order(std::vector<Event> events) {
  return sorted(std::move(events), [](const Event& e) {
    return std::tuple(e.name, e.kind, e.at, e.length, e.day, e.factor, e.talk, e.wrap,
                      e.share.value(), e.cut, e.notice.deflect.value(), e.notice.hang_up.value());
  });
}

}  // namespace callmill
