#include "engine/blueprint/horizon.h"

#include <algorithm>

#include "base/check.h"

namespace callmill {

std::uint32_t Horizon::interval_at(SimTime open) const {
  const auto after = std::upper_bound(day_opens.begin(), day_opens.end(), open);
  CALLMILL_CHECK(after != day_opens.begin(), "the run begins with an open day");
  const auto day = static_cast<std::uint32_t>(after - day_opens.begin() - 1);
  return day * intervals_a_day + static_cast<std::uint32_t>((open - day_opens[day]) / interval);
}

SimTime Horizon::after_open_time(SimTime from, SimDuration d) const {
  for (const OpenSpell& spell : spells) {
    if (spell.to <= from) continue;
    const SimTime begin = std::max(from, spell.from);
    if (begin + d <= spell.to) return begin + d;
    d -= spell.to - begin;
  }
  return SimTime::max();
}

SimTime Horizon::end_of_open_day(SimTime from, std::uint32_t n) const {
  const auto next = std::upper_bound(day_opens.begin(), day_opens.end(), from);
  if (day_opens.end() - next < static_cast<std::ptrdiff_t>(n)) return SimTime::max();
  return *(next + (n - 1)) + day_length;
}

SimTime Horizon::when_open(SimTime at) const {
  const auto after = std::upper_bound(spells.begin(), spells.end(), at,
                                      [](SimTime t, const OpenSpell& s) { return t < s.from; });
  if (after == spells.begin()) return after->from;  // the run begins on a closed day
  const OpenSpell& before = *(after - 1);
  if (at < before.to) return at;
  if (after == spells.end()) return SimTime::max();
  return after->from + (at - before.to) % day_length;
}

SimTime Horizon::open_from(SimTime at) const {
  const auto open = std::upper_bound(spells.begin(), spells.end(), at,
                                     [](SimTime t, const OpenSpell& s) { return t < s.to; });
  return open == spells.end() ? SimTime::max() : std::max(at, open->from);
}

Horizon make_horizon(const World& world) {
  Horizon h;
  h.day_length = world.day.length();
  h.interval = world.day.interval;
  h.intervals_a_day = static_cast<std::uint32_t>(world.intervals());
  h.several_days = world.several_days();
  h.spans = target_spans(world);
  h.clears = world.day.at_close == AtClose::kClear;
  for (const OpenDay& day : world.open_days()) {
    if (!h.spells.empty() && h.spells.back().to == day.opens)
      h.spells.back().to += h.day_length;
    else
      h.spells.push_back({day.opens, day.opens + h.day_length, h.intervals()});
    h.day_opens.push_back(day.opens);
  }
  return h;
}

DayCurve::DayCurve(const Profile& profile, const World& world) : single_{!world.several_days()} {
  for (const OpenDay& open : world.open_days()) {
    const ProfileOfDay p = profile_on(profile, open);
    const OneDay day{open.opens - kStart, p.step, values_.size(), p.values.size()};
    values_.insert(values_.end(), p.values.begin(), p.values.end());
    // A closed day goes on as the open one before it ended.
    const auto number = static_cast<std::size_t>(open.number);
    days_.resize(number + 1, days_.empty() ? day : days_.back());
    days_[number] = day;
  }
}

}  // namespace callmill
