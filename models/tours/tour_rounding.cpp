#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "models/tours/tour_search.h"

namespace callmill {
namespace {

constexpr double kSparePersons = 2;  // above the relaxation, for what whole heads cannot do
constexpr double kTiny = 1e-6;

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

bool on_duty(const TourShift& shift, int slot, int slots_per_day) {
  return ((slot - shift.start) % slots_per_day + slots_per_day) % slots_per_day < shift.length;
}

// Whole persons, each shift's number rounded up or down so that over the hours of the day about as
// many have their hours as in the relaxation: a small integer program.
std::vector<double> whole_persons(const TourProblem& problem, const std::vector<double>& relaxed) {
  double total = 0;
  for (const double persons : relaxed) total += persons;
  const double spare = total > 0 ? 1 + kSparePersons / total : 1;
  Mip mip;
  double paid = 0, slots = 0;
  for (std::size_t j = 0; j < relaxed.size(); ++j) {
    const double low = std::floor(relaxed[j] + kTiny);
    mip.add_column(problem.shifts[j].cost, low, low + (relaxed[j] > low + kTiny ? 1 : 0));
    paid += problem.shifts[j].cost * relaxed[j];
    slots += problem.shifts[j].length * relaxed[j];
  }
  mip.leading_columns = static_cast<int>(relaxed.size());
  std::vector<bool> last;
  int row = -1;
  for (int slot = 0; slot < problem.slots_per_day; ++slot) {
    std::vector<bool> there;
    double wanted = 0;
    for (std::size_t j = 0; j < relaxed.size(); ++j) {
      there.push_back(on_duty(problem.shifts[j], slot, problem.slots_per_day));
      if (there.back()) wanted += spare * relaxed[j];
    }
    const double price = 2 * paid / std::max(slots, 1.0);
    if (there != last) {  // slots with the same shifts on duty share a row
      row = mip.add_row(wanted, kUnbounded);
      const int too_few = mip.add_column(0, 0, kUnbounded);
      mip.columns.back().whole = false;
      mip.add(row, too_few, 1);
      for (std::size_t j = 0; j < relaxed.size(); ++j)
        if (there[j]) mip.add(row, static_cast<int>(j), 1);
      last = std::move(there);
    }
    mip.columns.back().cost += price;
  }
  const MipResult result = solve_mip(mip, {.relative_gap = 1e-3, .node_limit = 200});
  std::vector<double> persons;
  for (std::size_t j = 0; j < relaxed.size(); ++j)
    persons.push_back(result.values.empty() ? std::ceil(relaxed[j] - kTiny)
                                            : std::round(result.values[j]));
  return persons;
}

}  // namespace

TourPlan round_relaxation(const TourProblem& problem, const TourModel& model,
                          const std::vector<double>& relaxed) {
  std::vector<double> wanted;
  for (const int column : model.persons) wanted.push_back(relaxed[index(column)]);
  const std::vector<double> persons = whole_persons(problem, wanted);
  TourPlan plan;
  plan.values.assign(relaxed.size(), 0);
  for (std::size_t j = 0; j < persons.size(); ++j) {
    plan.values[index(model.persons[j])] = persons[j];
    if (wanted[j] <= kTiny) continue;
    // Fractions are carried from day to day, so the week has as many heads as its persons give.
    // Shifts begin with different fractions: else all would round on the same day.
    const double scale = persons[j] / wanted[j];
    const double begin = std::fmod(0.6180339887498949 * static_cast<double>(j + 1), 1.0);
    double sum = begin, before = 0;
    for (int day = 0; day < problem.days; ++day) {
      const int column = model.heads(static_cast<int>(j), day);
      sum += scale * relaxed[index(column)];
      const double heads = std::floor(sum + kTiny) - before;
      before += heads;
      plan.values[index(column)] = std::clamp(heads, 0.0, persons[j]);
    }
  }
  count_present(model, plan);
  return plan;
}

void count_present(const TourModel& model, TourPlan& plan) {
  const CoverModel& base = model.base;
  for (std::size_t t = 0; t < base.present.size(); ++t) {
    plan.values[index(base.present[t])] = 0;
    plan.values[index(model.missing[t])] = 0;
  }
  std::vector<double> change(base.present_row.size(), 0);
  std::vector<int> slot_of(base.mip.row_lower.size(), -1);
  for (std::size_t t = 0; t < base.present_row.size(); ++t)
    slot_of[index(base.present_row[t])] = static_cast<int>(t);
  for (const MipEntry& entry : base.mip.entries)
    if (slot_of[index(entry.row)] >= 0)
      change[index(slot_of[index(entry.row)])] += entry.value * plan.values[index(entry.column)];
  double present = 0;
  for (std::size_t t = 0; t < change.size(); ++t) {
    present = std::round(present + change[t]);
    const double need = base.mip.columns[index(base.present[t])].lower;
    plan.values[index(base.present[t])] = std::max(present, need);
    plan.values[index(model.missing[t])] = std::max(0.0, need - present);
  }
}

double cost_of(const TourModel& model, const TourPlan& plan) {
  double cost = 0;
  for (const int column : model.persons)
    cost += model.base.mip.columns[index(column)].cost * plan.values[index(column)];
  for (const std::vector<int>& weeks : model.weeks)
    for (const int column : weeks)
      cost += model.base.mip.columns[index(column)].cost * plan.values[index(column)];
  return cost;
}

}  // namespace callmill
