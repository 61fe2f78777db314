#include "models/tours/tour_window.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "base/random/stream.h"

namespace callmill {
namespace {

constexpr double kMissing = 1000;  // an agent missing in a slot, against one head
constexpr double kHeadNoise = 0.5, kSlotNoise = 0.02;
constexpr double kGap = 0.005;
constexpr double kDayNodes = 20;  // of branch and bound where a window is one day

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

std::int64_t TourPlan::at(int column) const {
  return std::llround(values[index(column)]);
}

TourWindows::TourWindows(const TourProblem& problem, const TourModel& model)
    : problem_{problem}, model_{model} {
  first_ = std::numeric_limits<int>::max();
  for (const TourShift& shift : problem.shifts) {
    first_ = std::min(first_, shift.start);
    last_ = std::max(last_, shift.start + shift.length);
    for (const CoverBreak& rest : shift.breaks)
      longest_break_ = std::max(longest_break_, rest.length);
  }
}

std::int64_t TourWindows::missing(const TourPlan& plan) const {
  std::int64_t sum = 0;
  for (const int column : model_.missing) sum += plan.at(column);
  return sum;
}

std::int64_t TourWindows::missing(const TourPlan& plan, int day) const {
  std::int64_t sum = 0;
  const int slots = static_cast<int>(model_.missing.size());
  for (int t = first_; t < std::min(last_, first_ + slots); ++t)
    sum += plan.at(model_.missing[index((day * problem_.slots_per_day + t) % slots)]);
  return sum;
}

std::int64_t TourWindows::people(const TourPlan& plan, int shift, int day) const {
  const std::vector<std::uint32_t>& weeks = problem_.shifts[index(shift)].weeks;
  std::int64_t sum = 0;
  for (std::size_t p = 0; p < weeks.size(); ++p)
    if (has_day(weeks[p], day)) sum += plan.at(model_.weeks[index(shift)][p]);
  return sum;
}

std::vector<bool> TourWindows::free_columns(const TourPlan& plan,
                                            const std::vector<int>& days) const {
  std::vector<bool> free(model_.base.mip.columns.size(), false);
  const int slots = model_.cover.slots;
  for (const int day : days) {
    for (int j = 0; j < static_cast<int>(problem_.shifts.size()); ++j)
      if (plan.at(model_.persons[index(j)]) > 0 || plan.at(model_.heads(j, day)) > 0)
        free[index(model_.heads(j, day))] = true;
    for (int t = first_; t < last_ + longest_break_; ++t) {
      const std::size_t slot = index((day * problem_.slots_per_day + t) % slots);
      free[index(model_.base.present[slot])] = true;
      free[index(model_.missing[slot])] = true;
      if (t >= last_) continue;
      for (const BreakClass& cls : model_.base.classes) free[index(cls.owed[slot])] = true;
    }
  }
  return free;
}

// Which of plans alike is found differs from window to window: that leads off plateaus.
double TourWindows::noise(int column) const {
  return to_uniform(
      mix64(static_cast<std::uint64_t>(solved_) * kGolden + static_cast<std::uint64_t>(column)));
}

// Heads of a shift are bounded by its persons, and over the days by what their other days leave.
void TourWindows::limit_heads(const TourPlan& plan, const std::vector<int>& days, int drop,
                              int fewer, const std::vector<int>& place, Mip& mip) const {
  for (int j = 0; j < static_cast<int>(problem_.shifts.size()); ++j) {
    if (place[index(model_.heads(j, days.front()))] < 0) continue;
    if (problem_.by_weeks()) {
      for (const int day : days) {
        MipColumn& heads = mip.columns[index(place[index(model_.heads(j, day))])];
        heads.upper = static_cast<double>(people(plan, j, day));
        heads.cost = 1 + kHeadNoise * noise(model_.heads(j, day));
      }
      continue;
    }
    const std::int64_t persons = plan.at(model_.persons[index(j)]);
    std::int64_t left = problem_.days_worked * persons, now = 0;
    for (int day = 0; day < problem_.days; ++day) left -= plan.at(model_.heads(j, day));
    for (const int day : days) now += plan.at(model_.heads(j, day));
    left += now;
    if (j == drop) left = std::max(left, now - fewer);
    const int row = mip.add_row(-kUnbounded, static_cast<double>(left));
    for (const int day : days) {
      const int column = place[index(model_.heads(j, day))];
      mip.add(row, column, 1);
      mip.columns[index(column)].upper = static_cast<double>(persons);
      mip.columns[index(column)].cost = 1 + kHeadNoise * noise(model_.heads(j, day));
    }
  }
}

TourWindows::Part TourWindows::part(const TourPlan& plan, const std::vector<int>& days, int drop,
                                    int fewer) const {
  const Mip& whole = model_.base.mip;
  const std::vector<bool> free = free_columns(plan, days);
  Part part;
  std::vector<int> place(free.size(), -1);
  for (std::size_t c = 0; c < free.size(); ++c) {
    if (!free[c]) continue;
    place[c] = static_cast<int>(part.columns.size());
    part.columns.push_back(static_cast<int>(c));
    part.mip.columns.push_back(whole.columns[c]);
  }
  for (const int column : model_.missing)
    if (place[index(column)] >= 0) {
      MipColumn& missing = part.mip.columns[index(place[index(column)])];
      missing.cost = kMissing * (1 + kSlotNoise * noise(column));
      missing.upper = kUnbounded;
    }
  // Rows of the cover; those of the tours, which come after them, are limit_heads' business.
  const int cover_rows = model_.cover_rows;
  std::vector<int> row_place(index(cover_rows), -1);
  std::vector<double> standing(index(cover_rows), 0);
  for (const MipEntry& entry : whole.entries) {
    if (entry.row >= cover_rows) continue;
    if (place[index(entry.column)] < 0)
      standing[index(entry.row)] += entry.value * plan.values[index(entry.column)];
    else
      row_place[index(entry.row)] = 0;
  }
  for (int row = 0; row < cover_rows; ++row)
    if (row_place[index(row)] == 0)
      row_place[index(row)] = part.mip.add_row(whole.row_lower[index(row)] - standing[index(row)],
                                               whole.row_upper[index(row)] - standing[index(row)]);
  for (const MipEntry& entry : whole.entries)
    if (entry.row < cover_rows && place[index(entry.column)] >= 0)
      part.mip.add(row_place[index(entry.row)], place[index(entry.column)], entry.value);
  limit_heads(plan, days, drop, fewer, place, part.mip);
  // Heads come first in the whole program, and so here.
  for (const int column : part.columns)
    if (column < static_cast<int>(model_.base.agents.size())) ++part.mip.leading_columns;
  return part;
}

bool TourWindows::solve(TourPlan& plan, const std::vector<int>& days, int drop, int fewer) {
  ++solved_;
  const Part part = this->part(plan, days, drop, fewer);
  MipOptions options{.relative_gap = kGap,
                     .node_limit = days.size() == 1 ? kDayNodes : 0,
                     .hurry = days.size() > 1};
  for (const int column : part.columns) options.start.push_back(plan.values[index(column)]);
  const MipResult result = solve_mip(part.mip, options);
  if (result.values.empty()) return false;
  for (std::size_t c = 0; c < part.columns.size(); ++c)
    plan.values[index(part.columns[c])] = std::round(result.values[c]);
  return true;
}

}  // namespace callmill
