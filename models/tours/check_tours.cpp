// Walks each person's week, slot by slot; shares no code with the solver.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
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
    limits();
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
    if (shift.weeks.empty() && static_cast<int>(tour.days.size()) != problem_.days_worked)
      say(who + "works " + std::to_string(tour.days.size()) + " days, not " +
          std::to_string(problem_.days_worked));
    int last = -1;
    std::uint32_t week = 0;
    for (const TourDay& day : tour.days) {
      if (day.day < 0 || day.day >= problem_.days) {
        say(who + "works on day " + std::to_string(day.day) + ", which the week has not");
        continue;
      }
      if (day.day <= last) say(who + "days do not rise, or one is worked twice");
      last = day.day;
      week |= 1U << static_cast<unsigned>(day.day);
      one_day(shift, day, who + "day " + std::to_string(day.day) + ": ");
      cost_ +=
          shift.cost_on.empty() ? shift.cost : shift.cost_on[static_cast<std::size_t>(day.day)];
      ++heads_[{tour.shift, day.day}];
    }
    if (!shift.weeks.empty() &&
        std::find(shift.weeks.begin(), shift.weeks.end(), week) == shift.weeks.end())
      say(who + "works days that are none of the weeks of '" + shift.name + "'");
  }

  std::int64_t heads(int shift, int day) const {
    const auto at = heads_.find({shift, day});
    return at == heads_.end() ? 0 : at->second;
  }

  void limits() {
    for (const TourLimit& limit : problem_.limits)
      for (int day = 0; day < problem_.days; ++day) {
        if ((limit.days & 1U << static_cast<unsigned>(day)) == 0) continue;
        std::int64_t counted = 0, all = 0;
        for (const int shift : limit.shifts) counted += heads(shift, day);
        for (const auto& [key, n] : heads_) all += key.second == day ? n : 0;
        const auto count = static_cast<double>(counted), of = static_cast<double>(all);
        if (counted < limit.at_least || (limit.at_most >= 0 && counted > limit.at_most) ||
            count < limit.least_share * of - 1e-6 || count > limit.most_share * of + 1e-6)
          say(limit.name + " is broken on day " + std::to_string(day) + ": it counts " +
              std::to_string(counted) + " of " + std::to_string(all));
      }
    for (const TourShare& share : problem_.shares) {
      std::int64_t off = 0;
      for (const Tour& tour : result_.tours)
        off += std::none_of(tour.days.begin(), tour.days.end(), [&](const TourDay& day) {
          return day.day >= 0 && day.day < problem_.days &&
                 (share.days & 1U << static_cast<unsigned>(day.day)) != 0;
        });
      const auto all = static_cast<double>(result_.tours.size());
      if (static_cast<double>(off) < share.share * all - 1e-6)
        say(share.name + " is broken: " + std::to_string(off) + " of " +
            std::to_string(result_.tours.size()) + " persons");
    }
  }

  void one_day(const TourShift& shift, const TourDay& day, const std::string& who) {
    std::vector<bool> works(static_cast<std::size_t>(shift.length), true);
    for (int k = 0; k < shift.gap_length; ++k)
      works[static_cast<std::size_t>(shift.gap_start + k)] = false;
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
  std::map<std::pair<int, int>, std::int64_t> heads_;  // by shift and day
  std::vector<std::string> wrong_;
};

}  // namespace

std::vector<std::string> check_tours(const TourProblem& problem, const TourResult& result) {
  return Walk{problem, result}.all();
}

}  // namespace callmill
