#include "engine/planning/plan_round.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/plans/shrinkage.h"
#include "models/queueing/erlang.h"

namespace callmill::planning {
namespace {

RequirementOptions stopped_by(RequirementOptions options, const std::atomic<bool>* stop) {
  options.stop = stop;
  return options;
}

}  // namespace

Rounds::Rounds(const World& world, const PlanOptions& options,
               const std::function<void(const PlanRound&)>& progress, const std::atomic<bool>* stop)
    : Trials{world, options, progress, stop},
      slot_{planning_slot(world)},
      requirements_{staff_requirement(world, stopped_by(options.requirement, stop))} {
  for (const Requirement& r : requirements_) {
    planned_.push_back(r.group);
    on_calls_.push_back(on_calls(world, r.group));
  }
  fixed_wages_ = wages_of_staff(world, planned_);
}

Candidate Rounds::first() const {
  Candidate c;
  for (const Requirement& r : requirements_) c.factor.emplace_back(r.intervals.size(), 1.0);
  const std::vector<LinesNeeded> needed = lines_requirement(world_, requirements_);
  for (std::size_t t = 0; t < world_.trunks.size(); ++t) {
    std::int64_t lines = world_.trunks[t].lines.value_or(1);
    if (sized(t) && needed[t].lines > 0) lines = needed[t].lines;
    c.lines.push_back(std::max<std::int64_t>(1, lines));
  }
  // As many ports as lines are no limit; fewer are tried in the end.
  c.lines.push_back(std::accumulate(c.lines.begin(), c.lines.end(), std::int64_t{0}));
  return c;
}

std::vector<std::vector<std::int64_t>> Rounds::whole_agents(const Candidate& candidate) const {
  std::vector<std::vector<std::int64_t>> agents(planned_.size());
  for (std::size_t g = 0; g < planned_.size(); ++g)
    for (std::size_t i = 0; i < requirements_[g].intervals.size(); ++i)
      agents[g].push_back(static_cast<std::int64_t>(std::ceil(
          requirements_[g].intervals[i].agents * candidate.factor[g][i] / on_calls_[g][i] - 1e-9)));
  return agents;
}

bool Rounds::helps(GroupId helper, GroupId first) const {
  return helper != first &&
         std::any_of(world_.queues.begin(), world_.queues.end(), [&](const Queue& q) {
           return !q.route.empty() && q.route.front().group == first &&
                  std::any_of(q.route.begin(), q.route.end(),
                              [&](const RouteStep& step) { return step.group == helper; });
         });
}

// The scenario with this plan's people and lines, and what it costs.
void Rounds::put_into_world(const Candidate& candidate, PlanResult& plan) const {
  plan.wages = plan.bound = fixed_wages_;
  plan.rent = plan.penalties = 0;
  plan.day = {};
  for (const GroupPlanResult& g : plan.groups) {
    plan.wages += g.cover.cost;
    plan.bound += g.cover.bound;
    const auto shifts = shifts_of(world_, g.problem, g.cover, g.group, slot_);
    plan.day.shifts.insert(plan.day.shifts.end(), shifts.begin(), shifts.end());
  }
  if (plan.program_bound) plan.bound = fixed_wages_ + *plan.program_bound;
  for (std::size_t t = 0; t < bought(); ++t) {
    if (t < world_.trunks.size())
      plan.day.lines.push_back({TrunkGroupId{t}, candidate.lines[t]});
    else if (sized(t))
      plan.day.ports = candidate.lines[t];
    else
      break;  // the scenario's ports have no rent
    const double rent_of_all = rent(t) * static_cast<double>(candidate.lines[t]);
    plan.rent += rent_of_all;
    if (!plan.program_bound || !sized(t)) plan.bound += rent_of_all;
  }
  plan.bound = std::min(plan.bound, plan.cost());
  CALLMILL_CHECK(check_plan(world_, plan.day).empty(),
                 "the plan breaks a rule that the check of plan files knows");
  plan.planned = world_;
  put_plan(plan.planned, plan.day);
}

void Rounds::add_line_losses(const Candidate& candidate, PlanResult& plan) const {
  std::vector<Requirement> at_work = requirements_;
  for (std::size_t g = 0; g < at_work.size(); ++g)
    for (std::size_t i = 0; i < at_work[g].intervals.size(); ++i)
      at_work[g].intervals[i].agents =
          plan.groups[g].present.empty() ? 0 : plan.groups[g].present[i] * on_calls_[g][i];
  plan.lines.clear();
  for (std::size_t t = 0; t < world_.trunks.size(); ++t)
    plan.lines.push_back({TrunkGroupId{t}, candidate.lines[t],
                          line_loss(world_, at_work, TrunkGroupId{t}, candidate.lines[t])});
}

Outcome Rounds::try_out(Candidate candidate, const std::string& what, const CoverOptions& options) {
  Outcome o{std::move(candidate), {}};
  if (stopped()) {  // before there was anything to cover
    o.plan.status = PlanStatus::kInterrupted;
    return o;
  }
  if (cover(o.candidate, options, o.plan)) simulate(o, what);
  return o;
}

Outcome Rounds::cover_only(Candidate candidate, const CoverOptions& options) const {
  Outcome o{std::move(candidate), {}};
  if (!cover(o.candidate, options, o.plan)) return o;
  put_into_world(o.candidate, o.plan);
  add_line_losses(o.candidate, o.plan);
  o.plan.status = PlanStatus::kTargetMissed;
  return o;
}

void Rounds::simulate(Outcome& o, const std::string& what) {
  look(o);
  note(o, what);
}

void Rounds::look(Outcome& o) {
  simulate_days(o, options_.replicate.first);
}

void Rounds::note(const Outcome& o, const std::string& what) {
  report(what, o.plan.cost(), o.met(), o.plan.targets);
}

void Rounds::confirm(Outcome& o, const std::string& what) {
  simulate_days(o, options_.replicate.first + options_.replicate.replications);
  note(o, what);
}

void Rounds::simulate_days(Outcome& o, std::int64_t first) {
  PlanResult& plan = o.plan;
  put_into_world(o.candidate, plan);
  add_line_losses(o.candidate, plan);
  Judged r = judge(plan.planned, first, options_.replicate);
  plan.first_day = first;
  plan.days = reduction_.days;
  plan.kpis = std::move(r.kpis);
  plan.targets = std::move(r.targets);
  plan.penalties = penalties_of(plan.targets);
  plan.status = r.interrupted
                    ? PlanStatus::kInterrupted
                    : (all_met(plan.targets) ? PlanStatus::kMet : PlanStatus::kTargetMissed);
}

}  // namespace callmill::planning
