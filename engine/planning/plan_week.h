#pragma once
// A week planned by tours: the requirement of each day, people's weeks at least cost
// (models/tours), the whole week simulated, and corrected until every target holds, as plan.h does
// a day. The requirement of each day of each group is scaled by itself; targets of the run are the
// week's.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/planning/plan.h"
#include "models/tours/tours.h"

namespace callmill {

// One open day of a group.
struct WeekDay {
  OpenDay open;
  Requirement requirement;       // analytic, unscaled; by interval of the day
  double scale = 1;              // what the simulation made of it, mean
  std::vector<double> on_calls;  // of people at work, by interval
  std::vector<double> wanted;    // people at work, by slot: shrinkage added
  std::vector<double> present;   // people at work, mean of each interval
  std::int64_t people = 0;       // whose shift begins on the day
};

struct GroupWeekResult {
  GroupId group;
  std::vector<WeekDay> days;  // open ones
  TourProblem problem;
  TourResult tours;
};

// Money is of the week, penalties those of targets with a price, as simulated. `bound` is of wages
// and rent for tours that cover this requirement: no people's weeks that do cost less.
struct WeekPlanResult {
  PlanStatus status = PlanStatus::kInfeasible;
  DayPlan plan;   // everybody's shifts on their days, and the lines
  World planned;  // the scenario with it: runs as it is
  SimDuration slot{};
  std::vector<GroupWeekResult> groups;
  double wages = 0, rent = 0, penalties = 0, bound = 0;
  double paid() const { return wages + rent; }
  double cost() const { return paid() + penalties; }
  double gap() const { return paid() > 0 ? (paid() - bound) / paid() : 0; }
  std::int64_t first_day = 0;  // number of the first replication of `kpis`: a week each
  KpiTable kpis;
  std::vector<TargetResult> targets;
  // Beside a plan that was simulated to its end; money and `day` are of the week, the agents of its
  // `staff` those of the first open day.
  std::optional<SpreadsheetPlan> spreadsheet;
  std::vector<PlanRound> rounds;
  std::vector<std::string> reasons;  // why not, in planner's words; empty when met
  std::uint64_t events = 0;
};

// What of the scenario a plan of a week does not know, in planner's words, with the field's path;
// empty when it can be planned.
struct WeekFault {
  std::string path, message, help;
};
std::vector<WeekFault> week_faults(const World& world);

// `world` must run over seven days, have shifts and no week_faults. Its planned groups' staff is
// replaced, other groups keep theirs. Of options.cover the gap, the limit of seconds and the limit
// of nodes are those of each group's tours.
WeekPlanResult plan_week(const World& world, const PlanOptions& options,
                         const std::function<void(const PlanRound&)>& progress = {},
                         const std::atomic<bool>* stop = nullptr);

// ---- the steps, for tests
// The scenario's day as a scenario of one day.
World world_of_day(const World& world, const OpenDay& day);

// How people of one shift of the week's problem work.
struct WeekShift {
  std::size_t pattern = 0;  // of World::shifts
  PlannedShift shift;       // on the first day, its breaks at their earliest
};
struct WeekProblem {
  TourProblem problem;
  std::vector<WeekShift> shifts;  // of problem.shifts
};
// `wanted` people at work by slot of the week, closed days of 0 included. Shifts that no rule of a
// week lets anybody work are left out.
WeekProblem week_problem(const World& world, GroupId group, SimDuration slot,
                         std::vector<double> wanted);
// Everybody's shifts, person by person; agents are numbered from 0 in the order of the tours.
std::vector<PlannedShift> shifts_of(const World& world, const WeekProblem& week,
                                    const TourResult& tours, SimDuration slot);

}  // namespace callmill
