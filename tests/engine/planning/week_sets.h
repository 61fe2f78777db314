#pragma once
// Random rules of a week, and the same week written out: every set of days that a person may work,
// judged day by day, and every time of a break. Shares with the code under test only what a
// scenario says, and the port to the solver.

#include <vector>

#include "models/mip/mip.h"
#include "models/world/world.h"
#include "tests/draw.h"

namespace callmill::test {

// Seven days of 6 h of one group: one or two kinds of shift, tours, labour rules of a week, pay of
// days, limits, closed days.
World random_week_of(Draw& draw);
// Agents needed in each half hour of the week, 0 to 3 with a fraction or none; on open days only.
std::vector<double> random_need_of_week(Draw& draw, const World& world);

// The least cost over whole numbers of people.
MipResult solve_week_written_out(const World& world, const std::vector<double>& need);

}  // namespace callmill::test
