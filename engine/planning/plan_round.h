#pragma once
// One round of planning: cover a candidate's requirement with shifts, put it into the world,
// simulate. Internal to plan.cpp.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/planning/plan.h"
#include "engine/planning/trials.h"
#include "models/queueing/erlang.h"

namespace callmill::planning {

// What a round tries: each planned group's requirement times a factor by interval, and each trunk
// group's lines.
struct Candidate {
  std::vector<std::vector<double>> factor;  // [planned group][interval]
  // [trunk group], and at the end the ports of the menus: what is bought by number.
  std::vector<std::int64_t> lines;
};

struct Outcome {
  Candidate candidate;
  PlanResult plan;
  bool met() const { return plan.status == PlanStatus::kMet; }
};

class Rounds : public Trials {
 public:
  Rounds(const World& world, const PlanOptions& options,
         const std::function<void(const PlanRound&)>& progress, const std::atomic<bool>* stop);

  // The curves of the day's goals get the exact day's slopes where the shifts have the agents,
  // again while that finds a cheaper cover that holds the goals in the exact day. Before the first
  // round.
  void correct_goals(const CoverOptions& cover);
  // The requirement as it is, and the analytic number of lines.
  Candidate first() const;
  // Whole agents that a cover of the candidate must reach, by planned group and interval:
  // candidates with equal ones have the same covers.
  std::vector<std::vector<std::int64_t>> whole_agents(const Candidate& candidate) const;
  // Covers and simulates. status kInfeasible, with reasons, when the cover cannot be.
  Outcome try_out(Candidate candidate, const std::string& what, const CoverOptions& cover);
  // Covers and puts the plan into the world without simulating it: status kTargetMissed until
  // somebody does.
  Outcome cover_only(Candidate candidate, const CoverOptions& cover) const;
  // The candidate with an infeasible outcome's wants cut to what shifts can reach, where that is
  // nearly enough (`least` of each want): Erlang A asks each interval for what a day target needs
  // of the day only, so the simulation is to decide. None where a want is further off.
  std::optional<Candidate> within_reach(const Outcome& infeasible, double least) const;
  // Simulates an outcome whose covers stand and whose candidate has other lines than before.
  void simulate(Outcome& outcome, const std::string& what);
  // Likewise, but no round of the log; note() makes it one.
  void look(Outcome& outcome);
  void note(const Outcome& outcome, const std::string& what);
  // Simulates it once more on days that no round of the search has seen: what was chosen because it
  // did well on some days must do well on others.
  void confirm(Outcome& outcome, const std::string& what);

  // The cover in place of the group's own.
  void take(GroupPlanResult& group, CoverResult cover) const;
  // Erlang A of the group's pool in an interval.
  QueueResult analytic(const GroupPlanResult& group, std::size_t interval, double agents) const;
  // Calls of a queue that begins with `first` may come to `helper` as well.
  bool helps(GroupId helper, GroupId first) const;

  // Beside a simulated plan the spreadsheet's, on the same days.
  void add_spreadsheet(PlanResult& plan);

  // The planned group stands first in the route of a queue that the target is about.
  bool answers_for(std::size_t group, const Target& target) const {
    return answers(planned_[group], target);
  }

  // Some group's cover chooses where the agents of a day's goal are.
  bool has_day_goals() const {
    return std::any_of(requirements_.begin(), requirements_.end(),
                       [](const Requirement& r) { return !r.day_goals.empty(); });
  }

  const std::vector<GroupId>& planned() const { return planned_; }
  const std::string& name_of(std::size_t group) const {
    return world_.groups[planned_[group].index()].name;
  }

 private:
  bool cover(const Candidate& candidate, const CoverOptions& options, PlanResult& plan) const;
  void correct_goals_of(std::size_t group, const CoverOptions& options);
  GroupPlanResult cover_group(std::size_t group, const std::vector<double>& factor,
                              const CoverOptions& options) const;
  void explain_no_cover(const GroupPlanResult& group, PlanResult& plan) const;
  void put_into_world(const Candidate& candidate, PlanResult& plan) const;
  void add_line_losses(const Candidate& candidate, PlanResult& plan) const;
  void simulate_days(Outcome& outcome, std::int64_t first);

  SimDuration slot_;
  std::vector<Requirement> requirements_;
  std::vector<GroupId> planned_;
  std::vector<std::vector<double>> on_calls_;  // [planned group][interval]
  double fixed_wages_ = 0;
};

}  // namespace callmill::planning
