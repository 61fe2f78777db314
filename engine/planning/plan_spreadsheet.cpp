// The spreadsheet's plan, covered, priced and simulated as the plan beside it.

#include <algorithm>

#include "base/check.h"
#include "engine/planning/plan_round.h"
#include "models/plans/shrinkage.h"

namespace callmill::planning {

void Rounds::add_spreadsheet(PlanResult& plan) {
  if (plan.kpis.replications() == 0 || stopped()) return;
  SpreadsheetPlan sheet;
  sheet.staff = spreadsheet_staff(world_);
  for (const SpreadsheetStaff& staff : sheet.staff) {
    const std::int64_t each = world_.day.interval / slot_;
    const std::vector<double> on_calls = callmill::on_calls(world_, staff.group);
    std::vector<double> wanted;
    for (std::size_t i = 0; i < staff.agents.size(); ++i)
      wanted.insert(wanted.end(), static_cast<std::size_t>(each),
                    static_cast<double>(staff.agents[i]) / on_calls[i]);
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
  if (plan.day.ports) {  // it has no formula for fewer ports than lines
    sheet.day.ports = 0;
    for (const PlannedLines& lines : sheet.day.lines) *sheet.day.ports += lines.lines;
  }
  // A cover shift by shift does not always find to limits that others keep: such a sheet is no
  // plan.
  const std::vector<PlanFault> broken = check_plan(world_, sheet.day);
  CALLMILL_CHECK(std::all_of(broken.begin(), broken.end(),
                             [](const PlanFault& fault) { return fault.code == "limit"; }),
                 "the spreadsheet's plan breaks a rule that the check of plan files knows");
  if (!broken.empty()) return;
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
  sheet.penalties = penalties_of(sheet.targets);
  plan.spreadsheet = std::move(sheet);
}

}  // namespace callmill::planning
