#pragma once
// The open days of a run, and values that change over them, ready to run.

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "models/world/spans.h"
#include "models/world/world.h"

namespace callmill {

// A stretch of time in which the centre is open: one day, or days of 24 h in a row. Between spells
// lie nights and closed days.
struct OpenSpell {
  SimTime from, to;
  std::uint32_t first_interval = 0;
};

struct Horizon {
  std::vector<OpenSpell> spells;   // in order; at least one
  std::vector<SimTime> day_opens;  // of the open days
  SimDuration day_length{};
  SimDuration interval{};
  std::uint32_t intervals_a_day = 0;
  bool several_days = false;   // the run is reported by day and by time of day
  std::vector<DaySpan> spans;  // weeks and months that are judged
  bool clears = false;         // whoever waits at a spell's end is disconnected

  std::uint32_t days() const { return static_cast<std::uint32_t>(day_opens.size()); }
  // Intervals are numbered through the open days; the number after the last stands for closed.
  std::uint32_t intervals() const { return days() * intervals_a_day; }
  SimTime begin_of(std::uint32_t number) const {
    return day_opens[number / intervals_a_day] +
           interval * static_cast<std::int64_t>(number % intervals_a_day);
  }
  // Of a moment when the centre is open. O(log days).
  std::uint32_t interval_at(SimTime open) const;
  // The moment at which the centre will have been open for `d` since `from`; SimTime::max() when
  // that is after the last closing.
  SimTime after_open_time(SimTime from, SimDuration d) const;
  // Close of the n-th open day that begins after `from`, n >= 1; SimTime::max() after the last one.
  SimTime end_of_open_day(SimTime from, std::uint32_t n) const;
  // The moment itself when the centre is open then. Else as long after the next opening as it is
  // after the closing before it, counted round the open hours; SimTime::max() after the last
  // closing.
  SimTime when_open(SimTime at) const;
  // The moment itself when the centre is open then, else the next opening; SimTime::max() after the
  // last closing. O(log spells).
  SimTime open_from(SimTime at) const;
};

Horizon make_horizon(const World& world);

// A profile over the open days, by clock time. Nights and closed days have the last value before
// them.
class DayCurve {
 public:
  DayCurve() = default;
  DayCurve(const Profile& profile, const World& world);
  bool empty() const { return values_.empty(); }
  // O(1); must not be empty.
  double at(SimTime t) const {
    const auto since = t.time_since_epoch();
    const std::size_t number = single_ ? 0 : static_cast<std::size_t>(since / kDay);
    const OneDay& day = days_[number < days_.size() ? number : days_.size() - 1];
    const auto step = static_cast<std::size_t>((since - day.opens) / day.step);
    return values_[day.first + (step < day.size ? step : day.size - 1)];
  }

 private:
  static constexpr SimDuration kDay = std::chrono::hours{24};
  struct OneDay {
    SimDuration opens{}, step{};
    std::size_t first = 0, size = 0;
  };
  std::vector<OneDay> days_;  // by number of the day in the run
  std::vector<double> values_;
  bool single_ = true;
};

}  // namespace callmill
