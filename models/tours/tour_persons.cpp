#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/tours/tour_search.h"

namespace callmill {
namespace {

constexpr double kElsewhere = 10;  // slots

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// What is known of the slots of a plan. Breaks of whoever comes or goes stand at their earliest.
class Slots {
 public:
  Slots(const TourProblem& problem, const TourModel& model, const TourPlan& plan)
      : problem_{problem} {
    for (std::size_t t = 0; t < model.missing.size(); ++t) {
      const double need = model.base.mip.columns[index(model.base.present[t])].lower;
      spare_.push_back(plan.values[index(model.base.present[t])] -
                       plan.values[index(model.missing[t])] - need);
    }
    for (const TourShift& shift : problem.shifts) {
      can_.push_back(can_work(shift));
      std::vector<int>& slots = works_.emplace_back();
      std::vector<bool> on_break(index(shift.length), false);
      std::fill_n(on_break.begin() + shift.gap_start, shift.gap_length, true);
      for (const CoverBreak& rest : shift.breaks)
        std::fill_n(on_break.begin() + rest.earliest, rest.length, true);
      for (int k = 0; k < shift.length; ++k)
        if (!on_break[index(k)]) slots.push_back(shift.start + k);
    }
  }

  // Slots in which nobody is spare, of a head of `out` on `day`, and where `in` is not there.
  int harm(int out, int in, int day) const {
    int sum = 0;
    for (const int slot : works_[index(out)])
      if (spare(day, slot) <= 0 && (in < 0 || !there(in, slot))) ++sum;
    return sum;
  }

  int wanted(int shift, int day) const {
    const TourShift& s = problem_.shifts[index(shift)];
    int sum = 0;
    for (int k = 0; k < s.length; ++k)
      if (can_[index(shift)][index(k)] && spare(day, s.start + k) < 0) ++sum;
    return sum;
  }

 private:
  double spare(int day, int slot) const {
    return spare_[(index(day * problem_.slots_per_day + slot)) % spare_.size()];
  }
  bool there(int shift, int slot) const {
    const TourShift& s = problem_.shifts[index(shift)];
    return slot >= s.start && slot < s.start + s.length;
  }

  const TourProblem& problem_;
  std::vector<double> spare_;            // agents above the need, by slot of the week
  std::vector<std::vector<bool>> can_;   // can_work(), by shift
  std::vector<std::vector<int>> works_;  // slots from the day's first, by shift
};

// The days on which a person's heads are taken out: first those on which all persons are at work,
// then the least harmful. What the persons need not work anyway is nobody's harm.
TourMove move_of(const TourProblem& problem, const TourModel& model, const TourPlan& plan,
                 const Slots& slots, int out, int in) {
  TourMove move{out, in, 0, 0, {}};
  if (in >= 0) {
    std::vector<int> relief;
    for (int day = 0; day < problem.days; ++day) relief.push_back(slots.wanted(in, day));
    std::sort(relief.rbegin(), relief.rend());
    for (int k = 0; k < problem.days_worked; ++k) move.harm -= relief[index(k)];
  }
  const std::int64_t persons = plan.at(model.persons[index(out)]);
  struct Day {
    bool bound;
    int harm, day;
  };
  std::vector<Day> days;
  std::int64_t heads = 0;
  for (int day = 0; day < problem.days; ++day) {
    const std::int64_t there = plan.at(model.heads(out, day));
    heads += there;
    if (there > 0) days.push_back({there == persons, slots.harm(out, in, day), day});
  }
  std::sort(days.begin(), days.end(), [](const Day& a, const Day& b) {
    if (a.bound != b.bound) return a.bound;
    return a.harm != b.harm ? a.harm < b.harm : a.day < b.day;
  });
  const std::int64_t leave = std::max<std::int64_t>(0, heads - problem.days_worked * (persons - 1));
  for (const Day& day : days) {
    if (!day.bound && static_cast<std::int64_t>(move.days.size()) >= leave) break;
    move.days.push_back(day.day);
    move.harm += day.harm;
  }
  return move;
}

}  // namespace

std::vector<TourMove> moves_of(const TourProblem& problem, const TourModel& model,
                               const TourPlan& plan, bool same_cost) {
  const Slots slots{problem, model, plan};
  const int shifts = static_cast<int>(problem.shifts.size());
  std::vector<TourMove> moves;
  for (int out = 0; out < shifts; ++out) {
    if (plan.at(model.persons[index(out)]) < 1) continue;
    for (int in = -1; in < shifts; ++in) {
      const double saves = problem.days_worked * (problem.shifts[index(out)].cost -
                                                  (in < 0 ? 0 : problem.shifts[index(in)].cost));
      if (in == out || (same_cost ? saves < 0 : saves <= 0)) continue;
      moves.push_back(move_of(problem, model, plan, slots, out, in));
      moves.back().saves = saves;
    }
  }
  std::stable_sort(moves.begin(), moves.end(), [&](const TourMove& a, const TourMove& b) {
    if (same_cost) return a.harm != b.harm ? a.harm < b.harm : a.saves > b.saves;
    return (a.harm + 1) * b.saves < (b.harm + 1) * a.saves;
  });
  return moves;
}

int most_wanted(const TourProblem& problem, const TourModel& model, const TourPlan& plan) {
  const Slots slots{problem, model, plan};
  int best = -1;
  double best_worth = 0;
  for (int j = 0; j < static_cast<int>(problem.shifts.size()); ++j) {
    std::vector<int> worth;
    for (int day = 0; day < problem.days; ++day) worth.push_back(slots.wanted(j, day));
    std::sort(worth.rbegin(), worth.rend());
    // What one more person is worth elsewhere, by exchange with others, does not depend on the
    // shift.
    double sum = 0;
    for (int k = 0; k < problem.days_worked; ++k) sum += worth[index(k)];
    if (sum > 0) sum += kElsewhere;
    sum /= std::max(problem.shifts[index(j)].cost, 1e-9);
    if (sum > best_worth) {
      best = j;
      best_worth = sum;
    }
  }
  return best;
}

}  // namespace callmill
