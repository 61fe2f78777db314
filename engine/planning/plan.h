#pragma once
// Demand to a confirmed plan: requirement (the exact day, or Erlang A) -> cover with shifts
// (integer program) and lines -> simulate -> correct -> simulate again, until every target holds
// with its confidence interval, or why it cannot be.
//
// The requirement is scaled, group by group: up while a target that the group answers for is
// missed, then down as far as all targets stay met. Every round runs on the same random callers, so
// rounds differ by the plan alone; the chosen plan is then confirmed on days that no round has
// seen, and the figures of those are reported.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/study/replicate.h"
#include "engine/study/targets.h"
#include "models/cover/cover.h"
#include "models/plans/day_plan.h"
#include "models/staffing/requirement.h"
#include "models/staffing/spreadsheet.h"
#include "models/world/world.h"

namespace callmill {

// A group's shifts of the day, on a grid of `slot`.
struct GroupPlanResult {
  GroupId group;
  Requirement requirement;       // analytic, unscaled
  double scale = 1;              // what the simulation made of it
  std::vector<double> on_calls;  // of people at work, by interval (models/plans/shrinkage.h)
  // Agents per slot that the cover had to reach, shrinkage added; where the day has goals, those
  // that it chose.
  std::vector<double> wanted;
  CoverProblem problem;
  CoverResult cover;
  std::vector<double> present;  // scheduled at work, mean of each interval; x on_calls: on calls
  // Of one agent more beside `present`, by interval, in the exact day of this pool alone; empty
  // where that would take too long. Of the final plan only.
  std::vector<AgentWorth> worth;
  double analytic_answer_rate = 0;  // Erlang A at `present`, weighted by calls
  double analytic_service_level = 0;
};

enum class PlanStatus : std::uint8_t { kMet, kTargetMissed, kInfeasible, kInterrupted };

// One round of cover and simulation, for the log.
struct PlanRound {
  int number = 0;
  std::string what;  // "first plan", "inbound x 1.030", "lines main 310"
  double cost = 0;   // per day
  bool met = false;
  std::string worst;  // the target furthest from its value
};

struct PlanOptions {
  ReplicateOptions replicate;
  CoverOptions cover{1e-3, 60};  // of the plan that is printed; while searching a coarser gap does
  int max_rounds = 60;           // simulations
  RequirementOptions requirement{RequirementMethod::kAuto, 3};
};

// One trunk group of the plan.
struct LinesPlan {
  TrunkGroupId trunks;
  std::int64_t lines = 0;
  LineLoss analytic;  // menu product form at these lines and the agents at work
};

// What the planner's spreadsheet would have planned (models/staffing/spreadsheet.h), and what
// becomes of it on the days on which the plan was confirmed.
struct SpreadsheetPlan {
  std::vector<SpreadsheetStaff> staff;
  DayPlan day;
  double wages = 0, rent = 0, penalties = 0;  // per day
  double cost() const { return wages + rent + penalties; }
  double short_h = 0;  // agent-hours of its requirement that no allowed shift covers
  KpiTable kpis;
  std::vector<TargetResult> targets;
};

struct PlanResult {
  PlanStatus status = PlanStatus::kInfeasible;
  DayPlan day;    // who works when, and the lines
  World planned;  // the scenario with it: runs as it is
  SimDuration slot{};
  std::vector<GroupPlanResult> groups;
  std::vector<LinesPlan> lines;
  // Per day. `bound` is of all three; penalties are those of targets with a price, as simulated.
  double wages = 0, rent = 0, penalties = 0, bound = 0;
  // What `bound` is of: the cover of the requirement (none), or the last program of traded shifts
  // and sized lines, with simulated worths of agents in the place of a requirement: its own bound.
  std::optional<double> program_bound;
  double cost() const { return wages + rent + penalties; }
  double gap() const { return cost() > 0 ? (cost() - bound) / cost() : 0; }
  std::int64_t first_day = 0;                // number of the first day of `kpis`
  DayDesign days = DayDesign::kIndependent;  // how they lie
  KpiTable kpis;
  std::vector<TargetResult> targets;
  std::optional<SpreadsheetPlan> spreadsheet;  // beside a plan that was simulated to its end
  std::vector<PlanRound> rounds;
  std::vector<std::string> reasons;  // why not, in planner's words; empty when met
  std::uint64_t events = 0;
};

// `world` must have shifts; its planned groups' staff is replaced, other groups keep theirs.
PlanResult plan_day(const World& world, const PlanOptions& options,
                    const std::function<void(const PlanRound&)>& progress = {},
                    const std::atomic<bool>* stop = nullptr);

// ---- the steps, for tests and for those who plan in their own way
// Grid on which all of the world's shifts, breaks and intervals lie.
SimDuration planning_slot(const World& world);
// The shift patterns of one group on that grid, with `wanted` agents per slot.
CoverProblem cover_problem(const World& world, GroupId group, SimDuration slot,
                           std::vector<double> wanted);
// A goal of the day where each interval i needs factor[i] > 0 times the agents that the curve says.
CoverGoal cover_goal(const DayGoal& goal, const std::vector<double>& factor,
                     std::int64_t slots_each);
// The shifts of a cover of the group, on people's times; agents are numbered from 0 in the order of
// choices.
std::vector<PlannedShift> shifts_of(const World& world, const CoverProblem& problem,
                                    const CoverResult& cover, GroupId group, SimDuration slot);

}  // namespace callmill
