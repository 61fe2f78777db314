#pragma once
// A caller who has to wait, followed backward from the end of the service-level window. Internal to
// the room.
//
//   G_j(u) = P(answered within u | j callers before)   G_j' = (n mu + j theta)(G_{j-1} - G_j) -
//   theta G_j, G_{-1} = 1, G_j(0) = 0
//   B_j(u) = P(gave up within u | j before)            B_j' = (n mu + j theta)(B_{j-1} - B_j) +
//   theta (1 - B_j), B_{-1} = 0
//
// kPooled has a row for each number of leavers L > 0: the first L endings answer nobody. Callers
// who come later do not matter, so lambda and K do not either.

#include <cstdint>
#include <vector>

#include "models/transient/march.h"

namespace callmill::transient {

// By leavers (row) and callers before (column).
struct Tagged {
  std::vector<std::vector<double>> answered, abandoned;
  double left_out = 0;  // probability that the series have cut
};

// A stretch of the window with the same rates and staff; staff changes between stretches.
struct Stretch {
  double length = 0;
  Rates rates;
};

// For `rows` x `columns` states at the arrival. `stretches`: from the arrival to the end of the
// window, at least one. Cost: ticks of the window x states.
Tagged follow(const std::vector<Stretch>& stretches, std::size_t rows, std::size_t columns,
              double tolerance);

}  // namespace callmill::transient
