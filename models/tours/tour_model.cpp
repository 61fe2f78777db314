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
    for (int day = 0; day < problem.days; ++day) {
      added.starts.push_back(day * problem.slots_per_day + shift.start);
      added.cost.push_back(0);
    }
  }
  return week;
}

}  // namespace

TourModel build_tour_model(const TourProblem& problem) {
  TourModel model{week_of(problem), {}, {}, {}, problem.days, 0};
  model.base = build_cover_model(model.cover);
  Mip& mip = model.base.mip;
  model.cover_rows = static_cast<int>(mip.row_lower.size());
  const int shifts = static_cast<int>(problem.shifts.size());
  for (int j = 0; j < shifts; ++j) {
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
  for (int t = 0; t < model.cover.slots; ++t) {
    model.missing.push_back(mip.add_column(0, 0, 0));
    mip.columns.back().whole = false;
    add_to_present(model.base, t, model.missing.back(), 1);
  }
  return model;
}

double cost_step(const TourProblem& problem) {
  std::vector<double> costs;
  for (const TourShift& shift : problem.shifts) costs.push_back(shift.cost);
  return problem.days_worked * common_step(costs);
}

}  // namespace callmill
