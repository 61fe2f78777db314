#include "models/tours/tour_weeks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <tuple>

#include "models/tours/tour_search.h"

namespace callmill {
namespace {

constexpr double kTiny = 1e-6;
constexpr int kMostInVain = 20;  // persons added in a row that did not help
constexpr std::size_t kMostPairs =
    200'000;  // beyond it a person is exchanged on the same days only

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// The slots of the week in which a shift of that day has people, gaps left out, breaks not.
std::vector<int> duty(const TourProblem& problem, const TourShift& shift, int day) {
  std::vector<int> slots;
  const int all = problem.days * problem.slots_per_day;
  for (int k = 0; k < shift.length; ++k)
    if (k < shift.gap_start || k >= shift.gap_start + shift.gap_length)
      slots.push_back((day * problem.slots_per_day + shift.start + k) % all);
  return slots;
}

// Whole persons of each week so that in each slot about as many are on duty as in the relaxation; a
// shortage has a price. Slots with the same people on duty share a row.
class PersonsProgram {
 public:
  PersonsProgram(const TourProblem& problem, const TourModel& model,
                 const std::vector<double>& relaxed)
      : problem_{problem} {
    double paid = 0, slots = 0;
    for (std::size_t j = 0; j < model.weeks.size(); ++j) {
      const TourShift& shift = problem.shifts[j];
      columns_.emplace_back();
      for (std::size_t p = 0; p < shift.weeks.size(); ++p) {
        const double persons = relaxed[index(model.weeks[j][p])];
        columns_[j].push_back(mip_.add_column(cost_of_week(shift, shift.weeks[p]),
                                              std::floor(persons + kTiny),
                                              std::ceil(persons - kTiny) + 1));
        paid += cost_of_week(shift, shift.weeks[p]) * persons;
        for (int day = 0; day < problem.days; ++day)
          if (has_day(shift.weeks[p], day)) slots += shift.length * persons;
      }
    }
    mip_.leading_columns = static_cast<int>(mip_.columns.size());
    price_ = 2 * paid / std::max(slots, 1.0);
    add_slots(model, relaxed);
    add_limits(problem, columns_, mip_);
  }

  MipResult solve() const { return solve_mip(mip_, {.relative_gap = 1e-3, .node_limit = 200}); }
  const std::vector<std::vector<int>>& columns() const { return columns_; }

 private:
  void add_slots(const TourModel& model, const std::vector<double>& relaxed) {
    std::vector<std::vector<std::pair<int, int>>> there(  // shift and day, by slot
        index(problem_.days * problem_.slots_per_day));
    std::vector<double> wanted(there.size(), 0);
    for (int j = 0; j < static_cast<int>(problem_.shifts.size()); ++j)
      for (int day = 0; day < problem_.days; ++day)
        for (const int slot : duty(problem_, problem_.shifts[index(j)], day)) {
          there[index(slot)].emplace_back(j, day);
          wanted[index(slot)] += relaxed[index(model.heads(j, day))];
        }
    for (std::size_t t = 0; t < there.size(); ++t) {
      if (t == 0 || there[t] != there[t - 1]) {
        const int row = mip_.add_row(wanted[t] - kTiny, kUnbounded);
        const int too_few = mip_.add_column(0, 0, kUnbounded);
        mip_.columns.back().whole = false;
        mip_.add(row, too_few, 1);
        for (const auto& [j, day] : there[t])
          for (std::size_t p = 0; p < columns_[index(j)].size(); ++p)
            if (has_day(problem_.shifts[index(j)].weeks[p], day))
              mip_.add(row, columns_[index(j)][p], 1);
      }
      mip_.columns.back().cost += price_;
    }
  }

  const TourProblem& problem_;
  Mip mip_;
  std::vector<std::vector<int>> columns_;
  double price_ = 0;
};

}  // namespace

bool round_weeks(const TourProblem& problem, const TourModel& model,
                 const std::vector<double>& relaxed, TourPlan& plan) {
  const PersonsProgram program{problem, model, relaxed};
  const MipResult whole = program.solve();
  if (whole.values.empty()) return false;
  plan.values.assign(relaxed.size(), 0);
  for (std::size_t j = 0; j < model.weeks.size(); ++j)
    for (std::size_t p = 0; p < model.weeks[j].size(); ++p) {
      const double persons = std::round(whole.values[index(program.columns()[j][p])]);
      plan.values[index(model.weeks[j][p])] = persons;
      plan.values[index(model.persons[j])] += persons;
      for (int day = 0; day < problem.days; ++day)
        if (has_day(problem.shifts[j].weeks[p], day))
          plan.values[index(model.heads(static_cast<int>(j), day))] += persons;
    }
  count_present(model, plan);
  return true;
}

WeekSearch::WeekSearch(const TourProblem& problem, const TourModel& model,
                       const TourOptions& options, std::function<bool()> expired)
    : problem_{problem},
      model_{model},
      options_{options},
      expired_{std::move(expired)},
      windows_{problem, model} {
  std::vector<std::vector<int>> columns;
  for (const TourShift& shift : problem.shifts) {
    columns.emplace_back();
    for (std::size_t p = 0; p < shift.weeks.size(); ++p)
      columns.back().push_back(limits_.add_column(0, 0, kUnbounded));
    std::vector<int>& slots = works_.emplace_back();
    std::vector<bool> off(index(shift.length), false);
    std::fill_n(off.begin() + shift.gap_start, shift.gap_length, true);
    for (const CoverBreak& rest : shift.breaks)
      std::fill_n(off.begin() + rest.earliest, rest.length, true);
    for (int k = 0; k < shift.length; ++k)
      if (!off[index(k)]) slots.push_back(shift.start + k);
  }
  add_limits(problem, columns, limits_);
}

bool WeekSearch::over() const {
  return windows_.solved() >= options_.window_limit || expired_();
}

void WeekSearch::change(TourPlan& plan, const PersonWeek& who, int by) const {
  if (who.shift < 0) return;
  plan.values[index(model_.weeks[index(who.shift)][index(who.week)])] += by;
  plan.values[index(model_.persons[index(who.shift)])] += by;
}

bool WeekSearch::keeps_limits(const TourPlan& plan) const {
  std::vector<double> value, sum(limits_.row_lower.size(), 0);
  for (const std::vector<int>& weeks : model_.weeks)
    for (const int column : weeks) value.push_back(plan.values[index(column)]);
  for (const MipEntry& entry : limits_.entries)
    sum[index(entry.row)] += entry.value * value[index(entry.column)];
  for (std::size_t row = 0; row < sum.size(); ++row)
    if (sum[row] < limits_.row_lower[row] - kTiny || sum[row] > limits_.row_upper[row] + kTiny)
      return false;
  return true;
}

// Whose week more would be there where most agents are missing, for its cost.
PersonWeek WeekSearch::most_wanted(const TourPlan& plan) const {
  const int slots = static_cast<int>(model_.missing.size());
  PersonWeek best;
  double best_worth = 0;
  for (int j = 0; j < static_cast<int>(problem_.shifts.size()); ++j) {
    const TourShift& shift = problem_.shifts[index(j)];
    const std::vector<bool> can = can_work(shift);
    std::vector<int> worth(index(problem_.days), 0);
    for (int day = 0; day < problem_.days; ++day)
      for (int k = 0; k < shift.length; ++k) {
        const int slot = (day * problem_.slots_per_day + shift.start + k) % slots;
        worth[index(day)] += can[index(k)] && plan.at(model_.missing[index(slot)]) > 0 ? 1 : 0;
      }
    const std::vector<std::uint32_t>& weeks = problem_.shifts[index(j)].weeks;
    for (int p = 0; p < static_cast<int>(weeks.size()); ++p) {
      double sum = 0;
      for (int day = 0; day < problem_.days; ++day)
        if (has_day(weeks[index(p)], day)) sum += worth[index(day)];
      sum /= std::max(cost_of_week(problem_.shifts[index(j)], weeks[index(p)]), 1e-9);
      if (sum <= best_worth) continue;
      TourPlan more = plan;
      change(more, {j, p}, 1);
      if (!keeps_limits(more)) continue;
      best = {j, p};
      best_worth = sum;
    }
  }
  return best;
}

bool WeekSearch::complete(TourPlan& plan) {
  for (int day = 0; day < problem_.days && !expired_(); ++day) windows_.solve(plan, {day});
  std::int64_t missing = windows_.missing(plan);
  for (int in_vain = 0; missing > 0;) {
    const PersonWeek who = most_wanted(plan);
    if (who.shift < 0) return false;
    change(plan, who, 1);
    const std::uint32_t days = problem_.shifts[index(who.shift)].weeks[index(who.week)];
    for (int day = 0; day < problem_.days; ++day)
      if (has_day(days, day) && windows_.missing(plan, day) > 0) windows_.solve(plan, {day});
    const std::int64_t now = windows_.missing(plan);
    in_vain = now < missing ? 0 : in_vain + 1;
    if (in_vain > kMostInVain) return false;
    missing = now;
  }
  return true;
}

std::vector<WeekSearch::Move> WeekSearch::moves_of(const TourPlan& plan) const {
  const int slots = static_cast<int>(model_.missing.size());
  std::vector<bool> tight;
  for (std::size_t t = 0; t < model_.missing.size(); ++t)
    tight.push_back(
        plan.at(model_.base.present[t]) - plan.at(model_.missing[t]) <=
        static_cast<std::int64_t>(model_.base.mip.columns[index(model_.base.present[t])].lower));
  std::vector<PersonWeek> out, in{{}};
  for (int j = 0; j < static_cast<int>(problem_.shifts.size()); ++j)
    for (int p = 0; p < static_cast<int>(problem_.shifts[index(j)].weeks.size()); ++p) {
      in.push_back({j, p});
      if (plan.at(model_.weeks[index(j)][index(p)]) > 0) out.push_back({j, p});
    }
  const auto week = [&](const PersonWeek& who) {
    return who.shift < 0 ? 0U : problem_.shifts[index(who.shift)].weeks[index(who.week)];
  };
  const auto cost = [&](const PersonWeek& who) {
    return who.shift < 0 ? 0.0 : cost_of_week(problem_.shifts[index(who.shift)], week(who));
  };
  const bool same_days = out.size() * in.size() > kMostPairs;
  std::vector<Move> moves;
  for (const PersonWeek& who : out)
    for (const PersonWeek& other : in) {
      const double saves = cost(who) - cost(other);
      if (saves <= kTiny || (same_days && other.shift >= 0 && week(other) != week(who))) continue;
      Move move{who, other, saves, 0};
      for (int day = 0; day < problem_.days; ++day) {
        if (!has_day(week(who), day)) continue;
        for (const int slot : works_[index(who.shift)]) {
          const bool covered = has_day(week(other), day) &&
                               std::binary_search(works_[index(other.shift)].begin(),
                                                  works_[index(other.shift)].end(), slot);
          if (!covered && tight[index((day * problem_.slots_per_day + slot) % slots)]) ++move.harm;
        }
      }
      moves.push_back(move);
    }
  std::stable_sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) {
    return (a.harm + 1) * b.saves < (b.harm + 1) * a.saves;
  });
  return moves;
}

// Kept if still nobody is missing.
bool WeekSearch::try_move(TourPlan& plan, const Move& move) {
  TourPlan next = plan;
  change(next, move.out, -1);
  change(next, move.in, 1);
  if (!keeps_limits(next)) return false;
  const auto week = [&](const PersonWeek& who) {
    return who.shift < 0 ? 0U : problem_.shifts[index(who.shift)].weeks[index(who.week)];
  };
  for (int day = 0; day < problem_.days; ++day) {
    if (!has_day(week(move.out), day)) continue;
    if (!windows_.solve(next, {day}) || windows_.missing(next) > 0) return false;
  }
  plan = std::move(next);
  return true;
}

void WeekSearch::improve(TourPlan& plan, double target) {
  using Key = std::tuple<int, int, int, int>;
  std::set<Key> in_vain;
  for (bool found = true; found && cost_of(model_, plan) > target + 1e-9 && !over();) {
    found = false;
    for (const Move& move : moves_of(plan)) {
      const Key key{move.out.shift, move.out.week, move.in.shift, move.in.week};
      if (in_vain.count(key) != 0) continue;
      found = try_move(plan, move);
      if (!found) in_vain.insert(key);
      if (found || over()) break;
    }
    if (found) in_vain.clear();
  }
}

}  // namespace callmill
