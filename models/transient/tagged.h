#pragma once
// Callers who have to wait, followed from their arrival until the service-level window ends.
// Internal to the room.
//
//   j callers before --(n mu + j theta)--> j - 1 before, from 0: answered (but for a caller before
//        |                                 who gives up)
//        +--(theta)--> gave up
//
// kPooled has a row for each number of leavers L > 0: the first L endings answer nobody. Callers
// who come later do not matter, so lambda and K do not either. Several crowds, of callers who come
// at different times, go side by side as lanes: each tick reads its rates once, and lanes fill the
// vector unit. Only columns that carry mass are touched; they end when all are gone.

#include <cstdint>
#include <vector>

#include "models/transient/march.h"

namespace callmill::transient {

// Mass by leavers (row), callers before (column) and lane.
struct Crowd {
  Crowd(std::size_t rows_, std::size_t columns_, std::size_t lanes_)
      : rows{rows_}, columns{columns_}, lanes{lanes_}, mass(rows * (columns + 1) * lanes, 0.0) {}

  std::size_t rows, columns, lanes;
  std::vector<double> mass;  // a column more, which stays empty

  double* at(std::size_t row, std::size_t column) {
    return mass.data() + (row * (columns + 1) + column) * lanes;
  }
  const double* at(std::size_t row, std::size_t column) const {
    return mass.data() + (row * (columns + 1) + column) * lanes;
  }
};

// A stretch of the window with the same rates and staff; staff changes between stretches.
struct Stretch {
  Rates rates;
  std::vector<double> length;  // by lane; 0 from where its window is over
};

struct Outcomes {
  std::vector<double> answered, abandoned;          // by lane
  std::vector<std::vector<double>> answered_until;  // by stretch and lane: until its end
  double left_out = 0;  // mass that series and columns have cut, all lanes
};

// lanes: 1 or kLanes. `stretches`: from the arrival to the end of the window, at least one. Cost:
// ticks of the window, or until all are gone, x columns that carry mass x lanes.
inline constexpr std::size_t kLanes = 16;
Outcomes follow(Crowd crowd, const std::vector<Stretch>& stretches, double tolerance);

// A time after which a caller who finds at most `ahead` before them, and `leavers`, waits no longer
// but for a chance of e^-40; infinite where nobody ends a call or gives up.
double longest_wait(const Rates& rates, std::int64_t ahead, std::int64_t leavers);

}  // namespace callmill::transient
