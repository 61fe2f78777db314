#pragma once
// The curves of a day's goal, corrected by the exact day: an approximation says how a measure bends
// with staff, the exact day how steep it is at the staff there is. Internal to the room.

#include <cstdint>
#include <vector>

#include "models/staffing/day_curve.h"

namespace callmill::staffing {

// The day of `in` with these agents, as solve_transient takes it.
TransientInput exact_day(const DayStaffInput& in, const std::vector<std::int64_t>& agents);

// The exact day's surplus over in.goal: >= 0 where the goal holds.
double exact_surplus(const DayStaffInput& in, const std::vector<std::int64_t>& agents);

// By piece (or `together` pieces in a row, which count as one of the goal's), what one agent more
// adds to the surplus of in.goal over the day, with all that the
// piece hands on; in calls (of waits: seconds, of occupancy: agent-time). Cost: 3 to 6 days of
// solve_transient. Empty once stopped.
std::vector<double> exact_slopes(const DayStaffInput& in, const std::vector<std::int64_t>& agents,
                                 std::size_t together = 1);

// Scales each piece's curve so that its slope at `agents` comes nearer to the exact one: by
// (exact / curve)^weight, 0 < weight <= 1, and by a factor of 8 at the most either way, since far
// below the load and far above it both are nearly nothing and their ratio is noise. goal.least is
// left as it was. `agents`: for each of the goal's pieces as many equal parts as fit.
void correct_slopes(DayGoal& goal, const std::vector<std::int64_t>& agents,
                    const std::vector<double>& exact, double weight);

// What the curves come to with these agents (in parts likewise); those beyond a curve's end add
// nothing.
double sum_of_gains(const DayGoal& goal, const std::vector<std::int64_t>& agents);

}  // namespace callmill::staffing
