#include "engine/planning/plan_round.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "models/plans/shrinkage.h"
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

// People to be scheduled for each agent wanted.
std::vector<double> divided(std::vector<double> factor, const std::vector<double>& on_calls) {
  for (std::size_t i = 0; i < factor.size(); ++i) factor[i] /= on_calls[i];
  return factor;
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
        solve_queue(analytic_input(r, g.present[i] * g.on_calls[i], answer_within(world, g.group)));
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
  for (const Requirement& r : requirements_) {
    planned_.push_back(r.group);
    on_calls_.push_back(on_calls(world, r.group));
  }
  const std::int64_t days = options.replicate.replications;
  reduction_ = best_reduction(world);
  if (days % block_of(reduction_.days) != 0 ||
      options.replicate.first % block_of(reduction_.days) != 0)
    reduction_ = {};  // controls of days that differ hold in whole strata alone
  fixed_wages_ = wages_of_staff(world, planned_);
}

double Rounds::rent(std::size_t bought) const {
  return bought == world_.trunks.size() ? world_.ivr.rent_per_day
                                        : world_.trunks[bought].rent_per_day;
}

std::string Rounds::name_of_bought(std::size_t bought) const {
  return bought == world_.trunks.size() ? "ivr.ports" : "lines " + world_.trunks[bought].name;
}

bool Rounds::sized(std::size_t trunks) const {
  if (trunks == world_.trunks.size()) return world_.ivr.rent_per_day > 0 && !world_.menus.empty();
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

GroupPlanResult Rounds::cover_group(std::size_t group, const std::vector<double>& factor,
                                    const CoverOptions& options) const {
  const std::int64_t each = world_.day.interval / slot_;
  GroupPlanResult r;
  r.group = planned_[group];
  r.requirement = requirements_[group];
  r.on_calls = on_calls_[group];
  const std::vector<double> scheduled = divided(factor, r.on_calls);
  r.wanted = per_slot(r.requirement, scheduled, each);
  r.scale = std::accumulate(factor.begin(), factor.end(), 0.0) /
            static_cast<double>(std::max<std::size_t>(1, factor.size()));
  r.problem = cover_problem(world_, r.group, slot_, r.wanted);
  for (const DayGoal& goal : r.requirement.day_goals)
    r.problem.goals.push_back(cover_goal(goal, scheduled, each));
  if (!faults(r.problem).empty()) return r;
  r.cover = solve_cover(r.problem, options);
  take(r, std::move(r.cover));
  return r;
}

void Rounds::take(GroupPlanResult& r, CoverResult cover) const {
  r.cover = std::move(cover);
  r.present.assign(r.requirement.intervals.size(), 0);
  r.analytic_answer_rate = r.analytic_service_level = 0;
  if (r.cover.choices.empty()) return;
  CALLMILL_CHECK(check_cover(r.problem, r.cover).empty(),
                 "the cover breaks a rule that the independent checker knows");
  r.wanted = r.cover.wanted;
  const std::int64_t each = world_.day.interval / slot_;
  for (std::size_t i = 0; i < r.present.size(); ++i) {
    const auto from = r.cover.present.begin() + static_cast<std::ptrdiff_t>(i) * each;
    r.present[i] = static_cast<double>(std::accumulate(from, from + each, std::int64_t{0})) /
                   static_cast<double>(each);
  }
  add_analytic(world_, r);
}

QueueResult Rounds::analytic(const GroupPlanResult& group, std::size_t interval,
                             double agents) const {
  return solve_queue(analytic_input(group.requirement.intervals[interval], agents,
                                    answer_within(world_, group.group)));
}

bool Rounds::helps(GroupId helper, GroupId first) const {
  return helper != first &&
         std::any_of(world_.queues.begin(), world_.queues.end(), [&](const Queue& q) {
           return !q.route.empty() && q.route.front().group == first &&
                  std::any_of(q.route.begin(), q.route.end(),
                              [&](const RouteStep& step) { return step.group == helper; });
         });
}

Rounds::Judged Rounds::judge(const World& world, std::int64_t first,
                             const ReplicateOptions& study) {
  const Blueprint blueprint = make_blueprint(world);
  const LuckPlan luck = make_luck(world, blueprint);
  ReplicateOptions options = study;
  options.first = first;
  options.reduction = reduction_;
  options.luck = &luck;
  const std::size_t own = options.watched.size();
  const KpiTable empty{blueprint};
  for (const Watched& w : watch_targets(world, empty.layout())) options.watched.push_back(w);
  options.reduction.conditional = any_expectation(options.watched);
  ReplicateResult r = replicate(blueprint, options, {}, stop_);
  events_ += r.events;
  const std::span<const WatchedFigure> figures{r.watched};
  std::vector<TargetResult> targets = evaluate_targets(world, r.kpis, figures.subspan(own));
  return {std::move(r.kpis), std::move(targets), r.interrupted};
}

ReplicateResult Rounds::run(const World& world, const ReplicateOptions& days) {
  ReplicateResult r = replicate(make_blueprint(world), days, {}, stop_);
  events_ += r.events;
  return r;
}

void Rounds::correct_goals(const CoverOptions& options) {
  // The exact day knows agents on calls; of people some of whom are not it says nothing.
  for (std::size_t g = 0; g < planned_.size() && options_.requirement.corrections > 0; ++g)
    if (!world_.groups[planned_[g].index()].shrinkage &&
        std::any_of(requirements_[g].day_goals.begin(), requirements_[g].day_goals.end(),
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
    c.factor[g][i] = std::min(
        c.factor[g][i], conflict.reachable * on_calls_[g][i] / requirements_[g].intervals[i].floor);
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
      all[i] *=
          r.requirement.intervals[i].agents / (r.requirement.intervals[i].floor * r.on_calls[i]);
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
  if (!r.cover.at_odds.empty())
    plan.reasons.push_back(fmt::format("{}: no plan keeps these limits together: {}", group,
                                       fmt::join(r.cover.at_odds, ", ")));
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
  simulate_days(o, what, options_.replicate.first);
}

void Rounds::confirm(Outcome& o, const std::string& what) {
  simulate_days(o, what, options_.replicate.first + options_.replicate.replications);
}

void Rounds::simulate_days(Outcome& o, const std::string& what, std::int64_t first) {
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
  report(plan, what);
}

void Rounds::report(const PlanResult& plan, const std::string& what) {
  PlanRound round{static_cast<int>(log_.size()) + 1, what, plan.cost(),
                  plan.status == PlanStatus::kMet, ""};
  for (const TargetResult& t : plan.targets)
    if (!t.met && !t.target.price && round.worst.empty())
      round.worst = fmt::format("{} {:.4f} [{:.4f}, {:.4f}]", t.target.metric, t.estimate.value,
                                t.estimate.ci_low, t.estimate.ci_high);
  log_.push_back(round);
  if (progress_) progress_(round);
}

}  // namespace callmill::planning
