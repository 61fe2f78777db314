#pragma once
// A goal's measure against staff, by interval: Erlang A at a rate that stands for the interval.
// Internal to the room.

#include <cstdint>
#include <vector>

#include "models/staffing/day_staff.h"
#include "models/transient/approximate.h"

namespace callmill::staffing {

bool is_met(const Goal& goal, double value);
// Of an interval of the exact day; a measure with has_transient.
double measure_of(Measure measure, const TransientInterval& t);

// A measure as a ratio, so that intervals add up to a day.
struct Ratio {
  double part = 0, of = 0;
  Ratio& operator+=(const Ratio& more) {
    part += more.part;
    of += more.of;
    return *this;
  }
};
Ratio ratio_of(Measure measure, const TransientInterval& t, const TransientPiece& piece);
// By how much the ratio is better than the goal (< 0: worse), in the unit of `part`: adds up.
double surplus(const Goal& goal, const Ratio& ratio);

class Curve {
 public:
  Curve(const DayStaffInput& in, Approximation how);

  // The measure at whole or fractional agents > 0; 0 agents serve nobody.
  double value(std::size_t piece, const Goal& goal, double agents) const;
  // Fractional; NaN where none meets the goal.
  double least(std::size_t piece, const Goal& goal) const;
  // The same measure as a ratio of the interval's calls, or of its agents' time.
  Ratio ratio(std::size_t piece, const Goal& goal, double agents) const;
  // |change| of the measure by one agent more.
  double slope(std::size_t piece, const Goal& goal, std::int64_t agents) const;

 private:
  QueueInput queue(std::size_t piece) const;

  const DayStaffInput& in_;
  std::vector<double> rates_;
};

bool is_stopped(const DayStaffInput& in);

// The rate that stands for the interval; the exact day's searches go by the offered load.
Approximation approximation_of(RequirementMethod method);

// Roughly what one solve of the exact day costs, at the staff given.
double state_updates(const DayStaffInput& in, const std::vector<std::int64_t>& agents);

}  // namespace callmill::staffing
