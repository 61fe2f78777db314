#pragma once
// The integer program of a week of tours. Internal to the room.
//
// Columns and rows of models/cover for the week as one cyclic day (a start a day and shift), and
//
//   sum_d h_jd <= k x_j,   h_jd <= x_j                         persons x_j
//   present(t) = agents of the cover + missing(t)              missing(t): agents that are not
//   there

#include <cstdint>
#include <vector>

#include "models/cover/cover_model.h"
#include "models/tours/tours.h"

namespace callmill {

struct TourModel {
  CoverProblem cover;
  CoverModel base;           // its program has the columns below, too
  std::vector<int> persons;  // column by shift; they alone cost
  std::vector<int> missing;  // column by slot; upper bound 0: opened by the windows of the search
  int days = 0;
  int cover_rows = 0;  // the first rows are those of the cover

  int heads(int shift, int day) const {
    return base.agents[static_cast<std::size_t>(shift * days + day)].column;
  }
};

// The problem must have no faults.
TourModel build_tour_model(const TourProblem& problem);

// Largest number of which every person's cost is a multiple; 0 when there is none worth using.
double cost_step(const TourProblem& problem);

}  // namespace callmill
