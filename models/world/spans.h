#pragma once
// Weeks and months of a run, of those that its targets ask for.

#include <cstdint>
#include <vector>

#include "models/world/days.h"
#include "models/world/targets.h"

namespace callmill {

struct World;

// Open days `first` to before `end`, by their order.
struct DaySpan {
  Per per = Per::kWeek;
  std::uint32_t first = 0, end = 0;
  std::uint32_t days() const { return end - first; }
};

// Weeks of the run, from its first day, where a target is per week; then calendar months. Of each
// only where there are several: the one week of a run is the run. None without an open day.
std::vector<DaySpan> target_spans(const World& world);

// The run's days are whole weeks, or whole months of the calendar.
bool is_whole_weeks(const Days& days);
bool is_whole_months(const Days& days);

}  // namespace callmill
