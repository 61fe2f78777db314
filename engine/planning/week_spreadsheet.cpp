// The spreadsheet's week: each day by its formula, people's weeks one by one; priced and simulated
// as the plan beside it.

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/check.h"
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

// Of each sized group as many as the day asks for that needs most; others as the plan has them.
void WeekRounds::add_spreadsheet_lines(const WeekPlanResult& plan, SpreadsheetPlan& sheet) const {
  for (const PlannedLines& lines : plan.plan.lines) {
    std::int64_t count = 0;
    for (const Day& day : days_)
      count = std::max(count, spreadsheet_lines(world_of_day(world_, day.open), lines.trunks));
    const bool chosen = sized(lines.trunks.index()) && count > 0;
    sheet.day.lines.push_back(chosen ? PlannedLines{lines.trunks, count} : lines);
  }
  if (!plan.plan.ports) return;
  sheet.day.ports = 0;  // it has no formula for fewer ports than lines
  for (const PlannedLines& lines : sheet.day.lines) *sheet.day.ports += lines.lines;
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
  add_spreadsheet_lines(plan, sheet);
  // Weeks put together one by one do not always find to limits that others keep: such a sheet is
  // no plan.
  const std::vector<PlanFault> broken = check_plan(world_, sheet.day);
  CALLMILL_CHECK(std::all_of(broken.begin(), broken.end(),
                             [](const PlanFault& fault) { return fault.code == "limit"; }),
                 "the spreadsheet's plan breaks a rule that the check of plan files knows");
  if (!broken.empty()) return;
  sheet.wages = wages_of(world_, sheet.day);
  sheet.rent = rent_of(world_, sheet.day);
  World planned = world_;
  put_plan(planned, sheet.day);
  if (!callmill::faults(planned).empty()) return;  // more agents than a centre can have
  ReplicateOptions weeks = options_.replicate;
  weeks.replications = plan.kpis.replications();
  weeks.watched.clear();  // exactly the plan's weeks
  Judged r = judge(planned, plan.first_day, weeks);
  if (r.interrupted) return;
  sheet.kpis = std::move(r.kpis);
  sheet.targets = std::move(r.targets);
  plan.spreadsheet = std::move(sheet);
}

}  // namespace callmill::planning
