#pragma once
// A small centre through a day, exactly: calls and staff that change from piece to piece, from the
// empty centre to the end of the last call.
//
//   opens, empty --> [piece 0] --staff changes--> [piece 1] --> ... --closes--> [those who are
//   left]
//
// Distribution of states by uniformisation (transient.h), piece by piece. Who calls is followed as
// a measure over watched states (centre_wait.h) until served or gone, by the interval of the
// arrival.

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/chains/centre_spec.h"
#include "models/chains/size.h"

namespace callmill {

struct CentreDay {
  struct Piece {
    double length = 0;         // > 0
    std::size_t interval = 0;  // of the day; not decreasing
    CentreSpec spec;           // all pieces differ in rates of calls, agents and bands alone
  };
  std::vector<Piece> pieces;  // at least one
  bool clears = false;        // at the end those who wait are sent away, else they are served
};

struct CentreDayCounts {
  std::vector<CentreCounts> intervals;  // agents and lines by when the time passed
  std::size_t states = 0;               // of the largest chain, watched callers included
  // Expected calls whose end was not followed (the wait had a chance < 1e-15), or on whose wait the
  // two rules of the integral over the time of joining do not agree.
  double left_out = 0;
  double steps = 0;  // products of two numbers, a column of a block counted as a quarter
};

// Products of two numbers that a day may take: about a minute.
inline constexpr double kMostSteps = 3e10;

// Who looks on: told the share of the day that is over, piece by piece, and may end the walk.
struct DayWatch {
  const std::atomic<bool>* stop = nullptr;
  std::function<void(double share)> passed;
  double most_steps = kMostSteps;
};

// Nothing where a chain has more than `limit` states or the day takes more than `most_steps`, times
// of the service level included; `why` then says so: as soon as that can be told, and at the latest
// when so many are spent. Nothing with an empty `why` once `watch` has stopped it. `within`: as for
// steady_state. Cost: (ticks of the day: sum of all rates x length) x (states x 10) x 3 a class,
// and a few times as much for T of an hour and more; a team of three with ten lines takes 0.1 s for
// ten hours.
std::optional<CentreDayCounts> solve_day(const CentreDay& day,
                                         const std::vector<std::vector<double>>& within,
                                         std::string& why, std::size_t limit = kMostStates,
                                         const DayWatch& watch = {});

}  // namespace callmill
