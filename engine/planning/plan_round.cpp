#include "engine/planning/plan_round.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/queueing/erlang.h"

namespace callmill::planning {
namespace {

RequirementOptions stopped_by(RequirementOptions options, const std::atomic<bool>* stop) {
  options.stop = stop;
  return options;
}

// Agents per slot that are needed whatever the day does.
std::vector<double> per_slot(const Requirement& r, const std::vector<double>& factor,
                             std::int64_t slots_each) {
  std::vector<double> wanted;
  for (std::size_t i = 0; i < r.intervals.size(); ++i)
    wanted.insert(wanted.end(), static_cast<std::size_t>(slots_each),
                  r.intervals[i].floor * factor[i]);
  return wanted;
}

QueueInput analytic_input(const RequirementInterval& r, double agents, SimDuration within) {
  QueueInput in;
  in.agents = agents;
  in.arrival_rate = r.offered_per_hour / 3600;
  in.service_rate = 1 / r.aht_s;
  in.patience_rate = std::isfinite(r.patience_s) && r.patience_s > 0 ? 1 / r.patience_s : 0;
  in.within = to_seconds(within);
  return in;
}

SimDuration answer_within(const World& world, GroupId group) {
  for (const Queue& q : world.queues)
    if (!q.route.empty() && q.route.front().group == group) return q.answer_within;
  return std::chrono::seconds{20};
}

// What Erlang A says of the agents that the cover gives, weighted by calls.
void add_analytic(const World& world, GroupPlanResult& g) {
  double calls = 0, answered = 0, within = 0;
  for (std::size_t i = 0; i < g.requirement.intervals.size(); ++i) {
    const RequirementInterval& r = g.requirement.intervals[i];
    if (r.offered_per_hour <= 0) continue;
    calls += r.offered_per_hour;
    if (g.present[i] <= 0) continue;
    const QueueResult q =
        solve_queue(analytic_input(r, g.present[i], answer_within(world, g.group)));
    answered += r.offered_per_hour * q.p_served;
    within += r.offered_per_hour * q.p_served_le;
  }
  g.analytic_answer_rate = calls > 0 ? answered / calls : 1;
  g.analytic_service_level = calls > 0 ? within / calls : 1;
}

}  // namespace

Rounds::Rounds(const World& world, const PlanOptions& options,
               const std::function<void(const PlanRound&)>& progress, const std::atomic<bool>* stop)
    : world_{world},
      options_{options},
      progress_{progress},
      stop_{stop},
      slot_{planning_slot(world)},
      requirements_{staff_requirement(world, stopped_by(options.requirement, stop))} {
  for (const Requirement& r : requirements_) planned_.push_back(r.group);
  fixed_wages_ = wages_of_staff(world, planned_);
}

bool Rounds::sized(std::size_t trunks) const {
  if (!world_.trunks[trunks].lines) return true;
  return std::any_of(world_.targets.begin(), world_.targets.end(), [&](const Target& t) {
    return is_loss(t) && (!t.trunks || t.trunks->index() == trunks);
  });
}

bool Rounds::answers_for(std::size_t group, const Target& target) const {
  for (std::size_t q = 0; q < world_.queues.size(); ++q)
    if ((!target.queue || target.queue->index() == q) && !world_.queues[q].route.empty() &&
        world_.queues[q].route.front().group == planned_[group])
      return true;
  return false;
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
  return c;
}

std::vector<std::vector<std::int64_t>> Rounds::whole_agents(const Candidate& candidate) const {
  std::vector<std::vector<std::int64_t>> agents(planned_.size());
  for (std::size_t g = 0; g < planned_.size(); ++g)
    for (std::size_t i = 0; i < requirements_[g].intervals.size(); ++i)
      agents[g].push_back(static_cast<std::int64_t>(
          std::ceil(requirements_[g].intervals[i].agents * candidate.factor[g][i] - 1e-9)));
  return agents;
}

GroupPlanResult Rounds::cover_group(std::size_t group, const std::vector<double>& factor,
                                    const CoverOptions& options) const {
  const std::int64_t each = world_.day.interval / slot_;
  GroupPlanResult r;
  r.group = planned_[group];
  r.requirement = requirements_[group];
  r.wanted = per_slot(r.requirement, factor, each);
  r.scale = std::accumulate(factor.begin(), factor.end(), 0.0) /
            static_cast<double>(std::max<std::size_t>(1, factor.size()));
  r.problem = cover_problem(world_, r.group, slot_, r.wanted);
  for (const DayGoal& goal : r.requirement.day_goals)
    r.problem.goals.push_back(cover_goal(goal, factor, each));
  if (!faults(r.problem).empty()) return r;
  r.cover = solve_cover(r.problem, options);
  if (r.cover.choices.empty()) {
    r.present.assign(r.requirement.intervals.size(), 0);
    return r;
  }
  CALLMILL_CHECK(check_cover(r.problem, r.cover).empty(),
                 "the cover breaks a rule that the independent checker knows");
  r.wanted = r.cover.wanted;
  for (std::size_t i = 0; i < r.requirement.intervals.size(); ++i) {
    const auto from = r.cover.present.begin() + static_cast<std::ptrdiff_t>(i) * each;
    r.present.push_back(static_cast<double>(std::accumulate(from, from + each, std::int64_t{0})) /
                        static_cast<double>(each));
  }
  add_analytic(world_, r);
  return r;
}

void Rounds::correct_goals(const CoverOptions& options) {
  for (std::size_t g = 0; g < planned_.size() && options_.requirement.corrections > 0; ++g)
    if (std::any_of(requirements_[g].day_goals.begin(), requirements_[g].day_goals.end(),
                    [](const DayGoal& goal) { return goal.exact; }))
      correct_goals_of(g, options);
}

void Rounds::correct_goals_of(std::size_t g, const CoverOptions& options) {
  constexpr int kCorrections = 3;
  const std::vector<double> as_it_is(requirements_[g].intervals.size(), 1.0);
  const auto holds = [&](const GroupPlanResult& r) {
    return holds_day_goals(world_, r.requirement, r.cover.present);
  };
  GroupPlanResult at = cover_group(g, as_it_is, options);
  std::optional<GroupPlanResult> best;
  for (int round = 0; !at.cover.choices.empty() && !stopped(); ++round) {
    const bool cheaper = !best || at.cover.cost < best->cover.cost;
    if (holds(at) && cheaper)
      best = at;
    else if (best)
      break;
    if (round == kCorrections) break;
    if (!correct_day_goals(world_, requirements_[g], at.cover.present, stop_)) break;
    GroupPlanResult next = cover_group(g, as_it_is, options);
    if (next.cover.present == at.cover.present) break;
    at = std::move(next);
  }
  if (best) requirements_[g] = best->requirement;
}

bool Rounds::cover(const Candidate& candidate, const CoverOptions& options,
                   PlanResult& plan) const {
  plan.slot = slot_;
  for (std::size_t g = 0; g < planned_.size(); ++g) {
    GroupPlanResult r = cover_group(g, candidate.factor[g], options);
    const bool nobody_wanted =
        std::all_of(r.wanted.begin(), r.wanted.end(), [](double w) { return w <= 0; });
    if (r.cover.choices.empty() && !nobody_wanted) {
      explain_no_cover(r, plan);
      plan.groups.push_back(std::move(r));
      return false;
    }
    plan.groups.push_back(std::move(r));
  }
  return true;
}

std::optional<Candidate> Rounds::within_reach(const Outcome& infeasible, double least) const {
  if (infeasible.plan.groups.empty()) return std::nullopt;
  Candidate c = infeasible.candidate;
  const std::size_t g = infeasible.plan.groups.size() - 1;  // the one without a cover is the last
  const std::vector<Conflict>& conflicts = infeasible.plan.groups[g].cover.conflicts;
  for (const Conflict& conflict : conflicts) {
    if (conflict.reachable < least * conflict.required) return std::nullopt;
    const auto i = static_cast<std::size_t>(conflict.slot / (world_.day.interval / slot_));
    c.factor[g][i] =
        std::min(c.factor[g][i], conflict.reachable / requirements_[g].intervals[i].floor);
  }
  if (conflicts.empty() && !requirements_[g].day_goals.empty()) {  // the day's goals are too much
    for (double& f : c.factor[g]) f *= least;
    return c;
  }
  return conflicts.empty() ? std::nullopt : std::optional{std::move(c)};
}

void Rounds::explain_no_cover(const GroupPlanResult& r, PlanResult& plan) const {
  plan.status = PlanStatus::kInfeasible;
  const std::string& group = world_.groups[r.group.index()].name;
  for (const std::string& fault : faults(r.problem)) plan.reasons.push_back(group + ": " + fault);
  std::vector<Conflict> conflicts = r.cover.conflicts;
  if (conflicts.empty() && !r.problem.goals.empty() && r.cover.status == CoverStatus::kInfeasible) {
    // The day's goals have no slot to blame: where the staff that would do cannot be had.
    std::vector<double> all(r.requirement.intervals.size(), r.scale);
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] *= r.requirement.intervals[i].agents / r.requirement.intervals[i].floor;
    const std::int64_t each = world_.day.interval / slot_;
    conflicts =
        solve_cover(cover_problem(world_, r.group, slot_, per_slot(r.requirement, all, each)), {})
            .conflicts;
  }
  for (const Conflict& conflict : conflicts) {
    const SimDuration t = world_.day.opens + slot_ * conflict.slot;
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(t).count();
    plan.reasons.push_back(fmt::format(
        "{} {:02}:{:02} needs {:.0f} agents, shifts can reach {:.0f}: {}", group, minutes / 60 % 24,
        minutes % 60, std::ceil(conflict.required - 1e-9), conflict.reachable, conflict.rule));
  }
  if (plan.reasons.empty() && r.cover.status == CoverStatus::kInfeasible)
    plan.reasons.push_back(
        fmt::format("{}: no cover by these shifts holds the targets of the day", group));
  if (plan.reasons.empty())
    plan.reasons.push_back(
        fmt::format("{}: the solver found no cover within its time limit", group));
}

// The scenario with this plan's people and lines, and what it costs.
void Rounds::put_into_world(const Candidate& candidate, PlanResult& plan) const {
  plan.wages = plan.bound = fixed_wages_;
  plan.rent = 0;
  plan.day = {};
  for (const GroupPlanResult& g : plan.groups) {
    plan.wages += g.cover.cost;
    plan.bound += g.cover.bound;
    const auto shifts = shifts_of(world_, g.problem, g.cover, g.group, slot_);
    plan.day.shifts.insert(plan.day.shifts.end(), shifts.begin(), shifts.end());
  }
  for (std::size_t t = 0; t < world_.trunks.size(); ++t) {
    plan.day.lines.push_back({TrunkGroupId{t}, candidate.lines[t]});
    plan.rent += world_.trunks[t].rent_per_day * static_cast<double>(candidate.lines[t]);
  }
  CALLMILL_CHECK(check_plan(world_, plan.day).empty(),
                 "the plan breaks a rule that the check of plan files knows");
  plan.planned = world_;
  put_plan(plan.planned, plan.day);
  plan.bound += plan.rent;
}

void Rounds::add_line_losses(const Candidate& candidate, PlanResult& plan) const {
  std::vector<Requirement> at_work = requirements_;
  for (std::size_t g = 0; g < at_work.size(); ++g)
    for (std::size_t i = 0; i < at_work[g].intervals.size(); ++i)
      at_work[g].intervals[i].agents =
          plan.groups[g].present.empty() ? 0 : plan.groups[g].present[i];
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
  simulate_days(o, what, options_.replicate.first);
}

void Rounds::confirm(Outcome& o, const std::string& what) {
  simulate_days(o, what, options_.replicate.first + options_.replicate.replications);
}

void Rounds::simulate_days(Outcome& o, const std::string& what, std::int64_t first) {
  PlanResult& plan = o.plan;
  put_into_world(o.candidate, plan);
  add_line_losses(o.candidate, plan);
  ReplicateOptions options = options_.replicate;
  options.first = first;
  ReplicateResult r = replicate(make_blueprint(plan.planned), options, {}, stop_);
  events_ += r.events;
  plan.first_day = first;
  plan.kpis = std::move(r.kpis);
  plan.targets = evaluate_targets(plan.planned, plan.kpis);
  plan.status = r.interrupted
                    ? PlanStatus::kInterrupted
                    : (all_met(plan.targets) ? PlanStatus::kMet : PlanStatus::kTargetMissed);
  report(plan, what);
}

void Rounds::report(const PlanResult& plan, const std::string& what) {
  PlanRound round{static_cast<int>(log_.size()) + 1, what, plan.cost(),
                  plan.status == PlanStatus::kMet, ""};
  for (const TargetResult& t : plan.targets)
    if (!t.met && round.worst.empty())
      round.worst = fmt::format("{} {:.4f} [{:.4f}, {:.4f}]", t.target.metric, t.estimate.value,
                                t.estimate.ci_low, t.estimate.ci_high);
  log_.push_back(round);
  if (progress_) progress_(round);
}

}  // namespace callmill::planning
