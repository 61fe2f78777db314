#pragma once
// What one more agent in one piece of the day is worth, with all that piece hands on: the slope of
// the day's figures with respect to staff.

#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "models/transient/transient.h"

namespace callmill {

// Calls a day more, for one agent more throughout one piece, or `together` of them in a row (who
// comes at the start and leaves at the end by the day's rule).
struct AgentWorth {
  double within_here = 0;       // answered within T, of the piece's own arrivals
  double within_elsewhere = 0;  // of arrivals of other pieces: the last T before, and all after
  double answered_here = 0;     // answered at all, by the time of the answer
  double answered_elsewhere = 0;

  double within() const { return within_here + within_elsewhere; }
  double answered() const { return answered_here + answered_elsewhere; }
};

// By piece, or by `together` pieces (which must divide their number). Exact difference between two
// days; what is left of the change is dropped once the distributions are within 1e-7 (total
// variation) of each other. Cost: 3 to 6 days of solve_transient. `in` as for solve_transient,
// lines 0. Empty once *stop is true. `change`: of so many agents more; -1: of one fewer, all 0
// where a piece has nobody who could go.
std::vector<AgentWorth> agent_worth(const TransientInput& in,
                                    const std::atomic<bool>* stop = nullptr,
                                    std::size_t together = 1, std::int64_t change = 1);

// One piece's part of a figure that adds up over the day, from its counts and its staff.
using DayFigure = std::function<double(const TransientInterval&, const TransientPiece&)>;
// The same of any such figure, in its own unit.
std::vector<double> one_more_agent(const TransientInput& in, const DayFigure& figure,
                                   const std::atomic<bool>* stop = nullptr,
                                   std::size_t together = 1);

}  // namespace callmill
