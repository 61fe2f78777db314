#pragma once
// Plans of design days, each made and judged once. Internal to robust.cpp.

#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/robust/robust.h"

namespace callmill::planning {

// The cover of one design day, and on how many of the sampled days it holds.
struct DesignPlan {
  int step = 0;
  PlanResult plan;     // kInfeasible where the shifts cannot cover that day, with the reasons
  double sampled = 0;  // share of the sampled days
  double load() const;
  bool is_cover() const { return plan.status != PlanStatus::kInfeasible; }
};

class DesignDays {
 public:
  // `scale`: by planned group, what the plain plan's simulation made of its requirement; `log`: its
  // rounds.
  DesignDays(const World& world, const RobustOptions& options, std::vector<double> scale,
             std::vector<PlanRound> log, std::function<void(const PlanRound&)> progress,
             const std::atomic<bool>* stop);

  // The plan of the design day whose calls are 1.005^step times the forecast.
  const DesignPlan& at(int step);
  // The cheapest plan so far of at least that cost that holds on that share of the sampled days;
  // null where there is none.
  const DesignPlan* cheapest(double share, double least_cost) const;
  // Tries loads until the least that holds on `share` of the sampled days is between two that were
  // tried.
  void search(double share);

  // Tries busier design days than that plan's until one of them costs more.
  void beyond(const DesignPlan& design);
  // Why the least load that shifts cannot cover has no cover; empty where all had one.
  std::vector<std::string> why_no_cover() const;

  // Any plan on the sampled days, and on the block-th of fresh days.
  double sampled(const DayPlan& day);
  DaysHeld fresh(const DayPlan& day, int block);
  World with_plan(const DayPlan& day) const;
  std::int64_t first_fresh(int block) const;

  bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }
  const std::vector<PlanRound>& log() const { return log_; }
  std::uint64_t events() const { return events_; }
  void say(const std::string& what, double cost, bool met, const std::string& worst);

 private:
  DesignPlan make(int step);
  DaysHeld judge_sampled(const World& planned);
  double hardness(double share) const;

  const World& world_;
  const RobustOptions& options_;
  World days_;  // world_ with its spread
  std::vector<double> scale_;
  std::function<void(const PlanRound&)> progress_;
  const std::atomic<bool>* stop_;
  double only_loss_most_;
  std::map<int, DesignPlan> made_;
  std::vector<PlanRound> log_;
  std::uint64_t events_ = 0;
};

}  // namespace callmill::planning
