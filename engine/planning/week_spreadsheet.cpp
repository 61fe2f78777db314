// The spreadsheet's week: each day by its formula, people's weeks one by one; priced and simulated
// as the plan beside it.

#include <algorithm>
#include <cstddef>
#include <utility>

#include "engine/planning/week_round.h"
#include "models/plans/shrinkage.h"
#include "models/tours/greedy_weeks.h"

namespace callmill::planning {

// People at work by slot of the week that the sheet asks for, by planned group.
std::vector<std::vector<double>> WeekRounds::spreadsheet_wanted(SpreadsheetPlan& sheet) const {
  const auto per_day = static_cast<std::size_t>(world_.day.length() / slot_);
  const auto each = static_cast<std::size_t>(world_.day.interval / slot_);
  std::vector<std::vector<double>> wanted(planned_.size(), std::vector<double>(7 * per_day, 0.0));
  for (const Day& day : days_) {
    std::vector<SpreadsheetStaff> staff = spreadsheet_staff(world_of_day(world_, day.open));
    for (const SpreadsheetStaff& of : staff) {
      const auto at = std::find(planned_.begin(), planned_.end(), of.group);
      if (at == planned_.end()) continue;
      const auto g = static_cast<std::size_t>(at - planned_.begin());
      const std::size_t first = static_cast<std::size_t>(day.open.number) * per_day;
      for (std::size_t i = 0; i < of.agents.size(); ++i)
        std::fill_n(wanted[g].begin() + static_cast<std::ptrdiff_t>(first + i * each), each,
                    static_cast<double>(of.agents[i]) / day.on_calls[g][i]);
    }
    if (sheet.staff.empty()) sheet.staff = std::move(staff);  // its goals are those of every day
  }
  return wanted;
}

void WeekRounds::add_spreadsheet(WeekPlanResult& plan) {
  if (plan.kpis.replications() == 0 || stopped()) return;
  SpreadsheetPlan sheet;
  std::vector<std::vector<double>> wanted = spreadsheet_wanted(sheet);
  for (std::size_t g = 0; g < planned_.size(); ++g) {
    const WeekProblem week = week_problem(world_, planned_[g], slot_, std::move(wanted[g]));
    if (week.problem.shifts.empty() || !faults(week.problem).empty()) return;
    const TourResult tours = cover_weeks_greedily(week.problem);
    for (std::size_t s = 0; s < tours.present.size(); ++s)
      sheet.short_h += to_hours(slot_) * std::max(0.0, week.problem.requirement[s] -
                                                           static_cast<double>(tours.present[s]));
    const auto shifts = shifts_of(world_, week, tours, slot_);
    sheet.day.shifts.insert(sheet.day.shifts.end(), shifts.begin(), shifts.end());
  }
  // As many as the day asks for that needs most.
  const auto lines = [&](TrunkGroupId trunks) {
    std::int64_t count = 0;
    for (const Day& day : days_)
      count = std::max(count, spreadsheet_lines(world_of_day(world_, day.open), trunks));
    return count;
  };
  if (finish_sheet(plan.plan, lines, plan.first_day, plan.kpis.replications(), sheet))
    plan.spreadsheet = std::move(sheet);
}

}  // namespace callmill::planning
