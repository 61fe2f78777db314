#pragma once
// Random rules of a day, and the same day written out: every way in which a person can work it, one
// column each, with a wage of its own that is counted in steps of a quarter of an hour. Shares with
// the code under test only what a scenario says, and the port to the solver.

#include <vector>

#include "models/mip/mip.h"
#include "models/world/world.h"
#include "tests/draw.h"

namespace callmill::test {

// A day in whole hours and half hours (round the clock, or 6 to 9 h) of one group: kinds of shift
// with breaks, hours off, extensions, least and most agents; pay and labour rules; limits.
World random_rules_of(Draw& draw);
// Agents needed in each half hour, 0 to 3 with a fraction or none.
std::vector<double> random_need(Draw& draw, const World& world);

// One person's day.
struct Pattern {
  std::size_t kind = 0;
  double cost = 0;
  std::vector<bool> duty, work;  // by half hour of the open hours
};
std::vector<Pattern> patterns_of(const World& world);

// The least cost over whole numbers of people in each pattern.
MipResult solve_written_out(const World& world, const std::vector<Pattern>& patterns,
                            const std::vector<double>& need);

}  // namespace callmill::test
