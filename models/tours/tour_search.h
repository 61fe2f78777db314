#pragma once
// From the relaxation to a plan, and from a plan to a cheaper one. Internal to the room.

#include <functional>
#include <vector>

#include "models/tours/tour_window.h"

namespace callmill {

// Persons and heads near those of the relaxation, a little above it; every break at its earliest.
TourPlan round_relaxation(const TourProblem& problem, const TourModel& model,
                          const std::vector<double>& relaxed);

// Sets present and missing to what heads and pending breaks of the plan come to.
void count_present(const TourModel& model, TourPlan& plan);

double cost_of(const TourModel& model, const TourPlan& plan);

// One person of shift `out` less, one of shift `in` more (-1: none).
struct TourMove {
  int out = -1, in = -1;
  double saves = 0;       // cost, > 0
  double harm = 0;        // slots more in which agents would be missing, breaks not moved
  std::vector<int> days;  // that lose a head, the least harmful first
};

// Moves that save something, the least harm for each unit of cost first; with `same_cost` also
// those that save nothing, the least harm first.
std::vector<TourMove> moves_of(const TourProblem& problem, const TourModel& model,
                               const TourPlan& plan, bool same_cost);

// The shift whose person more would be there where most agents are missing, for its cost.
int most_wanted(const TourProblem& problem, const TourModel& model, const TourPlan& plan);

class TourSearch {
 public:
  // `expired` is asked between windows.
  TourSearch(const TourProblem& problem, const TourModel& model, const TourOptions& options,
             std::function<bool()> expired);

  // Brings the agents missing to 0, with more persons where their days cannot be exchanged.
  // When the limits strike, by more persons alone. False where that comes to nothing.
  bool complete(TourPlan& plan);

  // Takes persons out or exchanges them as long as the cost is above `target`.
  void improve(TourPlan& plan, double target);

  int windows() const { return windows_.solved(); }

 private:
  bool over() const;
  std::vector<int> window_of(int worst) const;
  bool repair(TourPlan& plan, int windows, int in_vain);
  bool exchange(TourPlan& plan);
  bool close(TourPlan& plan);
  bool try_move(TourPlan& plan, const TourMove& move);

  const TourProblem& problem_;
  const TourModel& model_;
  const TourOptions& options_;
  std::function<bool()> expired_;
  TourWindows windows_;
};

}  // namespace callmill
