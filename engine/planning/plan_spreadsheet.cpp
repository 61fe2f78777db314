// The spreadsheet's plan, covered, priced and simulated as the plan beside it.

#include <algorithm>

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
  const auto lines = [&](TrunkGroupId trunks) { return spreadsheet_lines(world_, trunks); };
  if (finish_sheet(plan.day, lines, plan.first_day, plan.kpis.replications(), sheet))
    plan.spreadsheet = std::move(sheet);
}

}  // namespace callmill::planning
