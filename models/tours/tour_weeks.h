#pragma once
// Weeks of tours whose days are listed: rounded, completed and made cheaper a person at a time.
// Internal to the room.

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "models/tours/tour_window.h"

namespace callmill {

// Persons of one shift with one of its weeks: indices of TourProblem::shifts and of their `weeks`.
struct PersonWeek {
  int shift = -1, week = -1;  // -1: nobody
};

// Whole persons, as near to those of the relaxation as the hours of each day and the limits allow;
// every head at work, every break at its earliest. False where no whole persons keep the limits.
bool round_weeks(const TourProblem& problem, const TourModel& model,
                 const std::vector<double>& relaxed, TourPlan& plan);

class WeekSearch {
 public:
  // `expired` is asked between windows.
  WeekSearch(const TourProblem& problem, const TourModel& model, const TourOptions& options,
             std::function<bool()> expired);

  // Brings the agents missing to 0 by more persons. False where the limits leave no more of them.
  bool complete(TourPlan& plan);
  // Takes persons out or exchanges them for cheaper ones as long as the cost is above `target`.
  void improve(TourPlan& plan, double target);

  int windows() const { return windows_.solved(); }

 private:
  struct Move {
    PersonWeek out, in;
    double saves = 0;
    int harm = 0;  // slots more in which agents would be missing, breaks not moved
  };
  bool over() const;
  void change(TourPlan& plan, const PersonWeek& who, int by) const;
  bool keeps_limits(const TourPlan& plan) const;
  PersonWeek most_wanted(const TourPlan& plan) const;
  std::vector<Move> moves_of(const TourPlan& plan) const;
  bool try_move(TourPlan& plan, const Move& move);

  const TourProblem& problem_;
  const TourModel& model_;
  const TourOptions& options_;
  std::function<bool()> expired_;
  TourWindows windows_;
  Mip limits_;  // their rows alone, over columns by shift and week in their order
  std::vector<std::vector<int>> works_;  // by shift: slots of work, from its day's first
};

}  // namespace callmill
