#pragma once
// The searches behind "how many agents", "how much load": one for every queue that is monotone in
// what is asked for.

#include <cstdint>
#include <functional>

#include "models/queueing/erlang.h"

namespace callmill {

bool meets(double value, const Goal& goal);

// The value of x in base * [1e-9, 1e9] at which the goal starts or ceases to be met, searched
// outward from base; NaN when it does not. Returned on the side where the goal is met; relative
// accuracy 1e-13.
double crossing(const std::function<double(double)>& value, const Goal& goal, double base);

// Where `excess` is 0 between a and b, at which its signs differ (an infinite end is first moved in
// by bisection); on the side of b.
double root_towards(const std::function<double(double)>& excess, double a, double b);

// Smallest whole n in [1, limit] with met(n), which once true stays so; -1 when none. `load` says
// where to look first.
std::int64_t fewest_agents(const std::function<bool(std::int64_t)>& met, double load,
                           std::int64_t limit);

// The same for real n > 0, where `value` is smooth; never below `least`. NaN when none. The goal
// holds at the answer, to a relative accuracy of 1e-12.
double fewest_agents_fractional(const std::function<double(double)>& value, const Goal& goal,
                                double load, double least, double limit);

}  // namespace callmill
