// The spreadsheet's plan, covered, priced and simulated as the plan beside it.

#include <algorithm>

#include "base/check.h"
#include "engine/planning/plan_round.h"

namespace callmill::planning {

void Rounds::add_spreadsheet(PlanResult& plan) {
  if (plan.kpis.replications() == 0 || stopped()) return;
  SpreadsheetPlan sheet;
  sheet.staff = spreadsheet_staff(world_);
  for (const SpreadsheetStaff& staff : sheet.staff) {
    const std::int64_t each = world_.day.interval / slot_;
    std::vector<double> wanted;
    for (const std::int64_t agents : staff.agents)
      wanted.insert(wanted.end(), static_cast<std::size_t>(each), static_cast<double>(agents));
    const CoverProblem problem = cover_problem(world_, staff.group, slot_, std::move(wanted));
    const CoverResult cover = cover_greedily(problem);
    for (std::size_t s = 0; s < cover.present.size(); ++s)
      sheet.short_h += to_hours(slot_) * std::max(0.0, problem.requirement[s] -
                                                           static_cast<double>(cover.present[s]));
    const auto shifts = shifts_of(world_, problem, cover, staff.group, slot_);
    sheet.day.shifts.insert(sheet.day.shifts.end(), shifts.begin(), shifts.end());
  }
  for (const PlannedLines& lines : plan.day.lines) {
    const std::int64_t count = spreadsheet_lines(world_, lines.trunks);
    const bool chosen = sized(lines.trunks.index()) && count > 0;
    sheet.day.lines.push_back(chosen ? PlannedLines{lines.trunks, count} : lines);
  }
  CALLMILL_CHECK(check_plan(world_, sheet.day).empty(),
                 "the spreadsheet's plan breaks a rule that the check of plan files knows");
  sheet.wages = wages_of(world_, sheet.day);
  sheet.rent = rent_of(world_, sheet.day);
  World planned = world_;
  put_plan(planned, sheet.day);
  if (!faults(planned).empty()) return;  // more agents than a centre can have
  ReplicateOptions days = options_.replicate;
  days.replications = plan.kpis.replications();
  days.watched.clear();  // exactly the plan's days
  Judged r = judge(planned, plan.first_day, days);
  if (r.interrupted) return;
  sheet.kpis = std::move(r.kpis);
  sheet.targets = std::move(r.targets);
  plan.spreadsheet = std::move(sheet);
}

}  // namespace callmill::planning
