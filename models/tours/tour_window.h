#pragma once
// A few days of the week solved anew while the others stand: a small integer program. Internal to
// the room.

#include <cstdint>
#include <vector>

#include "models/tours/tour_model.h"

namespace callmill {

// A plan while it is searched: every column of the program at a whole value. Persons may be fewer
// than their heads need only while a person is being taken out.
struct TourPlan {
  std::vector<double> values;

  std::int64_t at(int column) const;
};

class TourWindows {
 public:
  TourWindows(const TourProblem& problem, const TourModel& model);

  // Solves `days` for the least agents missing, then for the fewest heads: heads of all shifts with
  // persons, and every break of these days. `fewer` heads, over these days, of shift `drop` than
  // now where its persons have no more days to give (drop = -1: none). The plan is kept where
  // nothing is found. False where nothing was found. Where weeks are listed, each day has the heads
  // of those who work then; `drop` has no meaning.
  bool solve(TourPlan& plan, const std::vector<int>& days, int drop = -1, int fewer = 0);

  // Agents missing over all slots of the week, or of the shifts that start on one day.
  std::int64_t missing(const TourPlan& plan) const;
  std::int64_t missing(const TourPlan& plan, int day) const;
  // Persons of the shift whose week has the day, where weeks are listed.
  std::int64_t people(const TourPlan& plan, int shift, int day) const;
  int solved() const { return solved_; }

 private:
  struct Part {
    Mip mip;
    std::vector<int> columns;  // of the whole program
  };
  double noise(int column) const;  // 0..1
  std::vector<bool> free_columns(const TourPlan& plan, const std::vector<int>& days) const;
  Part part(const TourPlan& plan, const std::vector<int>& days, int drop, int fewer) const;
  void limit_heads(const TourPlan& plan, const std::vector<int>& days, int drop, int fewer,
                   const std::vector<int>& place, Mip& mip) const;

  const TourProblem& problem_;
  const TourModel& model_;
  int first_ = 0, last_ = 0;  // slots of a day's shifts, from its first slot
  int longest_break_ = 1;
  int solved_ = 0;
};

}  // namespace callmill
