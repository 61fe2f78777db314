#include "models/tours/tour_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace callmill {
namespace {

CoverProblem week_of(const TourProblem& problem) {
  CoverProblem week;
  week.slots = problem.days * problem.slots_per_day;
  week.cyclic = true;
  week.requirement = problem.requirement;
  for (const TourShift& shift : problem.shifts) {
    CoverShift& added = week.shifts.emplace_back();
    added.name = shift.name;
    added.length = shift.length;
    added.breaks = shift.breaks;
    added.gap_start = shift.gap_start;
    added.gap_length = shift.gap_length;
    for (int day = 0; day < problem.days; ++day) {
      added.starts.push_back(day * problem.slots_per_day + shift.start);
      added.cost.push_back(0);
    }
  }
  return week;
}

// Any days will do.
void add_persons(const TourProblem& problem, int j, TourModel& model) {
  Mip& mip = model.base.mip;
  const double cost = problem.days_worked * problem.shifts[static_cast<std::size_t>(j)].cost;
  const int persons = mip.add_column(cost, 0, kUnbounded);
  const int week = mip.add_row(0, kUnbounded);
  model.persons.push_back(persons);
  mip.add(week, persons, problem.days_worked);
  for (int day = 0; day < problem.days; ++day) {
    mip.add(week, model.heads(j, day), -1);
    const int each = mip.add_row(0, kUnbounded);
    mip.add(each, persons, 1);
    mip.add(each, model.heads(j, day), -1);
  }
}

void add_weeks(const TourProblem& problem, int j, TourModel& model) {
  Mip& mip = model.base.mip;
  const TourShift& shift = problem.shifts[static_cast<std::size_t>(j)];
  const int persons = mip.add_column(0, 0, kUnbounded);
  model.persons.push_back(persons);
  const int all = mip.add_row(0, 0);
  mip.add(all, persons, -1);
  std::vector<int> there;
  for (int day = 0; day < problem.days; ++day) {
    there.push_back(mip.add_row(0, kUnbounded));
    mip.add(there.back(), model.heads(j, day), -1);
  }
  std::vector<int>& weeks = model.weeks.emplace_back();
  for (const std::uint32_t week : shift.weeks) {
    weeks.push_back(mip.add_column(cost_of_week(shift, week), 0, kUnbounded));
    mip.add(all, weeks.back(), 1);
    for (int day = 0; day < problem.days; ++day)
      if (has_day(week, day)) mip.add(there[static_cast<std::size_t>(day)], weeks.back(), 1);
  }
}

}  // namespace

void add_limits(const TourProblem& problem, const std::vector<std::vector<int>>& weeks, Mip& mip) {
  const auto add = [&](double lower, double upper, const auto& value) {
    const int row = mip.add_row(lower, upper);
    for (std::size_t j = 0; j < weeks.size(); ++j)
      for (std::size_t p = 0; p < weeks[j].size(); ++p)
        if (const double v = value(static_cast<int>(j), problem.shifts[j].weeks[p]); v != 0)
          mip.add(row, weeks[j][p], v);
  };
  for (const TourLimit& limit : problem.limits) {
    std::vector<bool> counted(weeks.size(), false);
    for (const int j : limit.shifts) counted[static_cast<std::size_t>(j)] = true;
    for (int day = 0; day < problem.days; ++day) {
      if (!has_day(limit.days, day)) continue;
      const auto heads = [&](double share) {
        return [&counted, day, share](int j, std::uint32_t week) {
          return has_day(week, day) ? (counted[static_cast<std::size_t>(j)] ? 1 : 0) - share : 0;
        };
      };
      if (limit.at_least > 0 || limit.at_most >= 0)
        add(static_cast<double>(limit.at_least),
            limit.at_most < 0 ? kUnbounded : static_cast<double>(limit.at_most), heads(0));
      if (limit.least_share > 0) add(0, kUnbounded, heads(limit.least_share));
      if (limit.most_share < 1) add(-kUnbounded, 0, heads(limit.most_share));
    }
  }
  for (const TourShare& share : problem.shares)
    add(0, kUnbounded, [&share](int, std::uint32_t week) {
      return ((week & share.days) == 0 ? 1 : 0) - share.share;
    });
}

double cost_of_week(const TourShift& shift, std::uint32_t week) {
  double cost = 0;
  for (int day = 0; week >> static_cast<unsigned>(day) != 0; ++day)
    if (has_day(week, day)) cost += shift.cost_of_day(day);
  return cost;
}

TourModel build_tour_model(const TourProblem& problem) {
  TourModel model{week_of(problem), {}, {}, {}, {}, problem.days, 0};
  model.base = build_cover_model(model.cover);
  Mip& mip = model.base.mip;
  model.cover_rows = static_cast<int>(mip.row_lower.size());
  for (int j = 0; j < static_cast<int>(problem.shifts.size()); ++j)
    problem.by_weeks() ? add_weeks(problem, j, model) : add_persons(problem, j, model);
  if (problem.by_weeks()) add_limits(problem, model.weeks, mip);
  for (int t = 0; t < model.cover.slots; ++t) {
    model.missing.push_back(mip.add_column(0, 0, 0));
    mip.columns.back().whole = false;
    add_to_present(model.base, t, model.missing.back(), 1);
  }
  return model;
}

std::vector<bool> can_work(const TourShift& shift) {
  std::vector<bool> can(static_cast<std::size_t>(shift.length), true);
  std::fill_n(can.begin() + shift.gap_start, shift.gap_length, false);
  for (const CoverBreak& rest : shift.breaks)
    for (int k = rest.latest; k < rest.earliest + rest.length; ++k)
      can[static_cast<std::size_t>(k)] = false;
  return can;
}

double cost_step(const TourProblem& problem) {
  std::vector<double> costs;
  for (const TourShift& shift : problem.shifts) {
    if (shift.weeks.empty()) costs.push_back(problem.days_worked * shift.cost);
    for (const std::uint32_t week : shift.weeks) costs.push_back(cost_of_week(shift, week));
  }
  return common_step(costs);
}

}  // namespace callmill
