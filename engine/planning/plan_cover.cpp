// A candidate's covers: each planned group's requirement by shifts, what formulas say of it, and
// why there is none.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "engine/planning/plan_round.h"
#include "models/queueing/erlang.h"

namespace callmill::planning {
namespace {

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
    for (std::size_t i = 0; i < all.size(); ++i) {
      const RequirementInterval& interval = r.requirement.intervals[i];
      if (interval.floor > 0) all[i] *= interval.agents / (interval.floor * r.on_calls[i]);
    }
    const std::int64_t each = world_.day.interval / slot_;
    conflicts =
        solve_cover(cover_problem(world_, r.group, slot_, per_slot(r.requirement, all, each)), {})
            .conflicts;
  }
  for (const Conflict& conflict : conflicts) {
    const SimDuration t = world_.day.opens + slot_ * conflict.slot;
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(t).count();
    plan.reasons.push_back(
        fmt::format("{} {:02}:{:02} needs {:.0f} agents, shifts can reach {:.0f}: {}", group,
                    minutes / 60 % 24, minutes % 60, std::ceil(conflict.required - 1e-9),
                    std::max(0.0, conflict.reachable), conflict.rule));
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

}  // namespace callmill::planning
