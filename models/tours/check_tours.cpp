// Walks each person's week, slot by slot; shares no code with the solver.
#include <cmath>
#include <string>
#include <vector>

#include "models/tours/tours.h"

namespace callmill {
namespace {

class Walk {
 public:
  Walk(const TourProblem& problem, const TourResult& result)
      : problem_{problem},
        result_{result},
        slots_{problem.days * problem.slots_per_day},
        present_(static_cast<std::size_t>(slots_), 0) {}

  std::vector<std::string> all() {
    if (result_.status != TourStatus::kOptimal && result_.status != TourStatus::kGap) {
      if (!result_.tours.empty()) say("there is a plan, but the status denies it");
      return wrong_;
    }
    for (std::size_t p = 0; p < result_.tours.size(); ++p) person(p);
    slots();
    cost();
    return wrong_;
  }

 private:
  void say(std::string what) { wrong_.push_back(std::move(what)); }

  void person(std::size_t p) {
    const Tour& tour = result_.tours[p];
    const std::string who = "person " + std::to_string(p + 1) + ": ";
    if (tour.shift < 0 || tour.shift >= static_cast<int>(problem_.shifts.size()))
      return say(who + "no shift has the number " + std::to_string(tour.shift));
    const TourShift& shift = problem_.shifts[static_cast<std::size_t>(tour.shift)];
    if (static_cast<int>(tour.days.size()) != problem_.days_worked)
      say(who + "works " + std::to_string(tour.days.size()) + " days, not " +
          std::to_string(problem_.days_worked));
    int last = -1;
    for (const TourDay& day : tour.days) {
      if (day.day < 0 || day.day >= problem_.days) {
        say(who + "works on day " + std::to_string(day.day) + ", which the week has not");
        continue;
      }
      if (day.day <= last) say(who + "days do not rise, or one is worked twice");
      last = day.day;
      one_day(shift, day, who + "day " + std::to_string(day.day) + ": ");
    }
    cost_ += problem_.days_worked * shift.cost;
  }

  void one_day(const TourShift& shift, const TourDay& day, const std::string& who) {
    std::vector<bool> works(static_cast<std::size_t>(shift.length), true);
    if (day.break_start.size() != shift.breaks.size())
      return say(who + std::to_string(day.break_start.size()) + " breaks, not " +
                 std::to_string(shift.breaks.size()));
    const int begins = day.day * problem_.slots_per_day + shift.start;
    for (std::size_t b = 0; b < shift.breaks.size(); ++b) {
      const CoverBreak& rest = shift.breaks[b];
      int offset = day.break_start[b] - begins;
      if (offset < 0) offset += slots_;  // past the end of the week
      if (day.break_start[b] < 0 || day.break_start[b] >= slots_ || offset < rest.earliest ||
          offset > rest.latest) {
        say(who + "break " + std::to_string(b + 1) + " lies outside its window");
        continue;
      }
      for (int k = offset; k < offset + rest.length; ++k) {
        if (!works[static_cast<std::size_t>(k)]) say(who + "breaks overlap");
        works[static_cast<std::size_t>(k)] = false;
      }
    }
    for (int k = 0; k < shift.length; ++k)
      if (works[static_cast<std::size_t>(k)])
        ++present_[static_cast<std::size_t>((begins + k) % slots_)];
  }

  void slots() {
    if (result_.present.size() != present_.size()) say("present is not given for each slot");
    for (std::size_t t = 0; t < present_.size(); ++t) {
      const std::string where = "slot " + std::to_string(t);
      if (static_cast<double>(present_[t]) < problem_.requirement[t] - 1e-6)
        say(where + " has " + std::to_string(present_[t]) + " agents, needs " +
            std::to_string(problem_.requirement[t]));
      if (t < result_.present.size() && result_.present[t] != present_[t])
        say(where + " is said to have " + std::to_string(result_.present[t]) + " agents, has " +
            std::to_string(present_[t]));
    }
  }

  void cost() {
    const double slack = 1e-6 * (1 + std::abs(cost_));
    if (!(std::abs(result_.cost - cost_) <= slack))
      say("the plan costs " + std::to_string(cost_) + ", not " + std::to_string(result_.cost));
    if (!(result_.bound <= cost_ + slack)) say("the bound lies above the cost");
    if (result_.status == TourStatus::kOptimal && result_.bound < cost_ - slack)
      say("called optimal, but the bound lies below the cost");
  }

  const TourProblem& problem_;
  const TourResult& result_;
  int slots_;
  std::vector<std::int64_t> present_;
  double cost_ = 0;
  std::vector<std::string> wrong_;
};

}  // namespace

std::vector<std::string> check_tours(const TourProblem& problem, const TourResult& result) {
  return Walk{problem, result}.all();
}

}  // namespace callmill
