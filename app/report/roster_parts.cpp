#include "app/report/roster_parts.h"

#include <algorithm>
#include <set>

namespace callmill {

PersonTotals totals_of(const RosterProblem& problem, const Roster& roster, int person) {
  const auto who = static_cast<std::size_t>(person);
  PersonTotals t;
  double week = 0;
  bool weekend = false;
  const auto normal = problem.people[who].rules.normal_week;
  for (int day = 0; day < problem.days; ++day) {
    const int which = weekday(problem, day);
    const int kind = roster[who][static_cast<std::size_t>(day)];
    if (which == 5) weekend = false;
    if (kind != kDayOff) {
      const RosterKind& of = problem.kinds[static_cast<std::size_t>(kind)];
      ++t.shifts;
      t.hours += of.minutes / 60.0;
      week += of.minutes / 60.0;
      t.nights += of.night ? 1 : 0;
      if (which >= 5 && !weekend) {
        ++t.weekends;
        weekend = true;
      }
    }
    if (which != 6 && day + 1 < problem.days) continue;
    if (normal) t.overtime += std::max(0.0, week - *normal / 60.0);
    week = 0;
  }
  for (const RosterWish& wish : problem.people[who].wishes) {
    const int kind = roster[who][static_cast<std::size_t>(wish.day)];
    const bool hit = wish.kind == kAnyShift ? kind != kDayOff : kind == wish.kind;
    ++t.wishes;
    t.granted += hit == wish.on ? 1 : 0;
  }
  return t;
}

int heads_at(const Roster& roster, int day, int kind) {
  return static_cast<int>(std::count_if(roster.begin(), roster.end(), [&](const auto& row) {
    return row[static_cast<std::size_t>(day)] == kind;
  }));
}

std::string roster_day(const RosterFacts& facts, int day) {
  if (!facts.first_day) return std::to_string(day + 1);
  return in_words(*facts.first_day + std::chrono::days{day});
}

std::vector<std::string> short_names(const RosterProblem& problem) {
  // By code points, so that no character is cut.
  const auto beginning = [](const std::string& name, std::size_t letters) {
    std::size_t end = 0;
    while (end < name.size() && letters > 0) {
      ++end;
      while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) ++end;
      --letters;
    }
    return name.substr(0, end);
  };
  for (std::size_t letters = 1; letters < 40; ++letters) {
    std::vector<std::string> names;
    for (const RosterKind& kind : problem.kinds) names.push_back(beginning(kind.name, letters));
    if (std::set<std::string>(names.begin(), names.end()).size() == names.size()) return names;
  }
  std::vector<std::string> whole;
  for (const RosterKind& kind : problem.kinds) whole.push_back(kind.name);
  return whole;
}

}  // namespace callmill
