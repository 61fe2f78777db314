#pragma once
// The integer program of a week of tours. Internal to the room.
//
// Columns and rows of models/cover for the week as one cyclic day (a start a day and shift), and
//
//   sum_d h_jd <= k x_j,   h_jd <= x_j                         persons x_j
//
// or, where weeks are listed, with persons y_jp of each of them (p has day d: d in p)
//
//   x_j = sum_p y_jp,   h_jd <= sum_(p with d) y_jp,   limits over sums of y_jp
//
//   present(t) = agents of the cover + missing(t)              missing(t): agents that are not
//   there

#include <cstdint>
#include <vector>

#include "models/cover/cover_model.h"
#include "models/tours/tours.h"

namespace callmill {

struct TourModel {
  CoverProblem cover;
  CoverModel base;                           // its program has the columns below, too
  std::vector<int> persons;                  // column by shift; they alone cost, or their weeks
  std::vector<std::vector<int>> weeks = {};  // column by shift and week, where weeks are listed
  std::vector<int> missing;  // column by slot; upper bound 0: opened by the windows of the search
  int days = 0;
  int cover_rows = 0;  // the first rows are those of the cover

  int heads(int shift, int day) const {
    return base.agents[static_cast<std::size_t>(shift * days + day)].column;
  }
};

// The problem must have no faults.
TourModel build_tour_model(const TourProblem& problem);

// Rows of the limits over columns by shift and week.
void add_limits(const TourProblem& problem, const std::vector<std::vector<int>>& weeks, Mip& mip);

// One person of the shift with that week.
double cost_of_week(const TourShift& shift, std::uint32_t week);

// By slot of the shift whether some person can be at work in it: off its gap, and off every break,
// wherever that is taken.
std::vector<bool> can_work(const TourShift& shift);

// Largest number of which every person's cost is a multiple; 0 when there is none worth using.
double cost_step(const TourProblem& problem);

}  // namespace callmill
