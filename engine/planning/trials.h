#pragma once
// Trials of plans, of a day or of a week: what simulation says of a planned world, what is bought
// by number, and the log of rounds. Internal to the room.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/planning/plan.h"

namespace callmill::planning {

inline bool is_loss(const Target& t) {
  return t.metric == "loss_rate";
}

inline bool has_price(const std::vector<TargetResult>& targets) {
  return std::any_of(targets.begin(), targets.end(),
                     [](const TargetResult& t) { return t.target.price.has_value(); });
}

// Agents at work who must not be idle: more of them are no help.
inline bool wants_fewer(const Target& t) {
  return t.metric == "occupancy" && t.sense == Sense::kAtLeast;
}

// The end of the interval that decides whether the target is met.
inline double deciding_end(const TargetResult& t) {
  return t.target.sense == Sense::kAtLeast ? t.estimate.ci_low : t.estimate.ci_high;
}

// Beyond so many times the requirement more staff is not the answer.
inline constexpr double kMostFactor = 3;

// By what to multiply the staff that missed it: a step as large as the miss, half a per cent for
// each point of a share, at least 1 %, at most 10 %.
double staff_step(const TargetResult& missed);
// Lines to add to so many that missed a loss target, >= 1.
std::int64_t line_step(const TargetResult& missed, std::int64_t lines);

class Trials {
 public:
  Trials(const World& world, const PlanOptions& options,
         const std::function<void(const PlanRound&)>& progress, const std::atomic<bool>* stop);

  // A planned world on the study's days from `first` on; its targets by all that is known of them.
  struct Judged {
    KpiTable kpis;
    std::vector<TargetResult> targets;
    bool interrupted = false;
  };
  Judged judge(const World& world, std::int64_t first, const ReplicateOptions& study);
  // A spreadsheet's plan, whose shifts stand, to its end: its lines - of each group that is the
  // planner's to size as many as `lines` says, where it says any; of others as `beside` has them -,
  // priced and simulated on the days of the plan beside it. False: it is no plan, or interrupted.
  bool finish_sheet(const DayPlan& beside, const std::function<std::int64_t(TrunkGroupId)>& lines,
                    std::int64_t first, std::int64_t replications, SpreadsheetPlan& sheet);
  // Likewise on days of the options' own, for what is no round.
  ReplicateResult run(const World& world, const ReplicateOptions& days);

  bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }
  const std::atomic<bool>* stop() const { return stop_; }
  // `kept`: rounds to leave.
  bool may_go_on(int kept = 0) const {
    return !stopped() && static_cast<int>(log_.size()) + kept < options_.max_rounds;
  }

  // What is bought by number: each trunk group's lines, and at the end ports.
  std::size_t bought() const { return world_.trunks.size() + 1; }
  // It is the planner's to choose: of lines, the scenario gives none, or a loss target is about
  // them; of ports, they have a rent.
  bool sized(std::size_t bought) const;
  double rent(std::size_t bought) const;                 // of one, a day
  std::string name_of_bought(std::size_t bought) const;  // "lines main", "ivr.ports"
  // The group stands first in the route of a queue that the target is about.
  bool answers(GroupId group, const Target& target) const;

  // Why a target is still missed, in planner's words. `most`: the largest factor on the requirement
  // that was tried for it; 0: nobody with shifts answers for it. `lines`: more about its lines.
  std::string why_missed(const TargetResult& missed, double most,
                         const std::string& lines = {}) const;

  // A round at its end.
  void report(const std::string& what, double cost, bool met,
              const std::vector<TargetResult>& targets);

  const World& world() const { return world_; }
  const PlanOptions& options() const { return options_; }
  DayDesign days() const { return reduction_.days; }
  std::vector<PlanRound> log() const { return log_; }
  std::uint64_t events() const { return events_; }

 protected:
  const World& world_;
  const PlanOptions& options_;
  const std::function<void(const PlanRound&)>& progress_;
  const std::atomic<bool>* stop_;
  VarianceReduction reduction_;
  std::vector<PlanRound> log_;
  std::uint64_t events_ = 0;
};

}  // namespace callmill::planning
