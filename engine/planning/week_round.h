#pragma once
// One round of planning a week: people's weeks for a candidate's requirement, put into the world,
// simulated. Internal to plan_week.cpp.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/planning/plan_week.h"
#include "engine/planning/trials.h"

namespace callmill::planning {

// What a round tries: each planned group's requirement times a factor by open day and interval; and
// what is bought by number (Trials).
struct WeekCandidate {
  std::vector<std::vector<std::vector<double>>> factor;  // [planned group][open day][interval]
  std::vector<std::int64_t> lines;
};

struct WeekOutcome {
  WeekCandidate candidate;
  WeekPlanResult plan;
  bool met() const { return plan.status == PlanStatus::kMet; }
};

class WeekRounds : public Trials {
 public:
  WeekRounds(const World& world, const PlanOptions& options,
             const std::function<void(const PlanRound&)>& progress, const std::atomic<bool>* stop);

  // The requirement as it is, and the analytic number of lines of the day that needs most.
  WeekCandidate first() const;
  // Whole people at work that the candidate asks for, by group, day and interval: candidates with
  // equal ones have the same tours.
  std::vector<std::int64_t> whole_people(const WeekCandidate& candidate) const;
  // Tours for the candidate, and simulated. kInfeasible, with reasons, where there are none.
  WeekOutcome try_out(WeekCandidate candidate, const std::string& what, const TourOptions& tours);
  // Simulates an outcome whose tours stand and whose candidate has other lines than before.
  void simulate(WeekOutcome& outcome, const std::string& what);
  // Likewise on weeks that no round of the search has seen.
  void confirm(WeekOutcome& outcome, const std::string& what);
  // The planner's spreadsheet on the plan's weeks.
  void add_spreadsheet(WeekPlanResult& plan);

  const std::vector<GroupId>& planned() const { return planned_; }
  const std::string& name_of(std::size_t group) const {
    return world().groups[planned_[group].index()].name;
  }
  std::size_t open_days() const { return days_.size(); }

 private:
  struct Day {
    OpenDay open;
    std::vector<Requirement> requirements;      // by planned group
    std::vector<std::vector<double>> on_calls;  // likewise, by interval
  };
  bool same_calls(const OpenDay& a, const OpenDay& b) const;
  bool find_tours(const WeekCandidate& candidate, const TourOptions& options, WeekPlanResult& plan);
  GroupWeekResult group_of(std::size_t group, const WeekCandidate& candidate) const;
  void explain(const GroupWeekResult& group, WeekPlanResult& plan) const;
  void count_present(const WeekProblem& week, GroupWeekResult& group) const;
  void simulate_weeks(WeekOutcome& outcome, const std::string& what, std::int64_t first);
  void put_into_world(WeekOutcome& outcome) const;
  std::vector<std::vector<double>> spreadsheet_wanted(SpreadsheetPlan& sheet) const;

  SimDuration slot_;
  std::vector<GroupId> planned_;
  std::vector<Day> days_;  // open ones
  double fixed_wages_ = 0;
};

}  // namespace callmill::planning
