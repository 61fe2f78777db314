#pragma once
// The weeks of a group's people: which days of it each works, and the rules that hold over them.

#include <cstdint>
#include <optional>

#include "base/time.h"

namespace callmill {

// A tour: the week of one person, which repeats. Days on which the centre is closed are days off.
// Hours are paid time; the labour rules of a week (pay.h) hold beside these.
struct Tours {
  std::int64_t days = 5;                            // worked a week, at the most
  std::optional<std::int64_t> min_days;             // at least; none: exactly `days`
  std::int64_t min_days_off_in_a_row = 1;           // each stretch of days off is at least so long
  std::optional<std::int64_t> max_days_in_a_row;    // of work; the week follows upon itself
  std::optional<SimDuration> min_hours, max_hours;  // of a week
  std::optional<std::int64_t> max_nights;           // of a week; nights: is_night()
  // Of the people, those who are off on Saturday and Sunday are at least this share.
  double weekends_off = 0;

  std::int64_t fewest_days() const { return min_days.value_or(days); }
};

// A shift that is on duty at any time from 0:00 to 5:00 is a night. Times after midnight of the day
// on which it begins.
bool is_night(SimDuration from, SimDuration to);

}  // namespace callmill
