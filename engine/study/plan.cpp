#include "engine/study/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "models/queueing/erlang.h"

namespace callmill {
namespace {

// What a round tries: each planned group's requirement times a factor by interval, and each trunk
// group's lines.
struct Candidate {
  std::vector<std::vector<double>> factor;  // [planned group][interval]
  std::vector<std::int64_t> lines;          // [trunk group]
};

struct Outcome {
  Candidate candidate;
  PlanResult plan;
  bool met() const { return plan.status == PlanStatus::kMet; }
};

bool is_loss(const Target& t) {
  return t.metric == "loss_rate";
}

double fixed_wages(const World& world, const std::vector<GroupId>& planned) {
  double wages = 0;
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    const AgentGroup& group = world.groups[g];
    if (!group.staff || std::find(planned.begin(), planned.end(), GroupId{g}) != planned.end())
      continue;
    for (const double agents : group.staff->values)
      wages += agents * to_hours(group.staff->step) * group.wage_per_hour;
  }
  return wages;
}

// Agents per slot from agents per interval.
std::vector<double> per_slot(const Requirement& r, const std::vector<double>& factor,
                             std::int64_t slots_each) {
  std::vector<double> wanted;
  for (std::size_t i = 0; i < r.intervals.size(); ++i)
    wanted.insert(wanted.end(), static_cast<std::size_t>(slots_each),
                  r.intervals[i].agents * factor[i]);
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

class Planner {
 public:
  Planner(const World& world, const PlanOptions& options,
          const std::function<void(const PlanRound&)>& progress, const std::atomic<bool>* stop)
      : world_{world},
        options_{options},
        progress_{progress},
        stop_{stop},
        slot_{planning_slot(world)} {
    for (Requirement& r : staff_requirement(world)) requirements_.push_back(std::move(r));
    for (const Requirement& r : requirements_) planned_.push_back(r.group);
    lines_needed_ = lines_requirement(world, requirements_);
    fixed_wages_ = fixed_wages(world, planned_);
  }

  PlanResult run() {
    Outcome best = try_out(first(), "first plan");
    while (!best.met() && may_go_on(best.plan)) {
      std::string what;
      std::optional<Candidate> next = corrected(best, what);
      if (!next) break;
      best = try_out(std::move(*next), what);
    }
    if (best.met()) {
      for (std::size_t g = 0; g < planned_.size(); ++g) trim_group(best, g);
      for (std::size_t t = 0; t < world_.trunks.size(); ++t) trim_lines(best, t);
    } else if (best.plan.status == PlanStatus::kTargetMissed) {
      explain_miss(best);
    }
    best.plan.rounds = std::move(rounds_);
    best.plan.events = events_;
    if (stopped()) best.plan.status = PlanStatus::kInterrupted;
    return std::move(best.plan);
  }

 private:
  static constexpr double kMostFactor =
      3;  // beyond three times Erlang A more staff is not the answer
  static constexpr double kLeastFactor = 0.7;
  static constexpr double kFineEnough = 0.005;

  bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }
  bool may_go_on(const PlanResult& plan) const {
    return plan.status == PlanStatus::kTargetMissed && !stopped() &&
           static_cast<int>(rounds_.size()) < options_.max_rounds;
  }

  bool sized(std::size_t trunks) const {
    if (!world_.trunks[trunks].lines) return true;
    return std::any_of(world_.targets.begin(), world_.targets.end(), [&](const Target& t) {
      return is_loss(t) && (!t.trunks || t.trunks->index() == trunks);
    });
  }

  Candidate first() const {
    Candidate c;
    for (const Requirement& r : requirements_) c.factor.emplace_back(r.intervals.size(), 1.0);
    for (std::size_t t = 0; t < world_.trunks.size(); ++t) {
      std::int64_t lines = world_.trunks[t].lines.value_or(1);
      if (sized(t))
        for (const LinesNeeded& n : lines_needed_)
          if (n.trunks.index() == t) lines = n.lines;
      c.lines.push_back(std::max<std::int64_t>(1, lines));
    }
    return c;
  }

  // Cover of every planned group; false and status kInfeasible when one cannot be.
  bool cover(const Candidate& c, PlanResult& plan) {
    const std::int64_t each = world_.day.interval / slot_;
    plan.slot = slot_;
    for (std::size_t g = 0; g < planned_.size(); ++g) {
      GroupPlanResult r;
      r.group = planned_[g];
      r.requirement = requirements_[g];
      r.wanted = per_slot(r.requirement, c.factor[g], each);
      r.scale = std::accumulate(c.factor[g].begin(), c.factor[g].end(), 0.0) /
                static_cast<double>(std::max<std::size_t>(1, c.factor[g].size()));
      r.problem = cover_problem(world_, r.group, slot_, r.wanted);
      r.cover = solve_cover(r.problem, options_.cover);
      if (r.cover.choices.empty() && r.cover.status != CoverStatus::kOptimal) {
        add_conflicts(r, plan);
        return false;
      }
      const std::vector<std::string> wrong = check_cover(r.problem, r.cover);
      CALLMILL_CHECK(wrong.empty(), "the cover breaks a rule that the independent checker knows");
      for (std::size_t i = 0; i < r.requirement.intervals.size(); ++i) {
        const auto from = r.cover.present.begin() + static_cast<std::ptrdiff_t>(i) * each;
        r.present.push_back(
            static_cast<double>(std::accumulate(from, from + each, std::int64_t{0})) /
            static_cast<double>(each));
      }
      add_analytic(world_, r);
      plan.groups.push_back(std::move(r));
    }
    return true;
  }

  void add_conflicts(const GroupPlanResult& r, PlanResult& plan) const {
    plan.status = PlanStatus::kInfeasible;
    const std::string& group = world_.groups[r.group.index()].name;
    if (r.cover.conflicts.empty())
      plan.reasons.push_back(fmt::format("{}: the solver found no plan within its limits", group));
    for (const Conflict& conflict : r.cover.conflicts) {
      const SimDuration t = world_.day.opens + slot_ * conflict.slot;
      const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(t).count();
      plan.reasons.push_back(
          fmt::format("{} {:02}:{:02} needs {:.0f} agents, shifts can reach {:.0f}: {}", group,
                      minutes / 60 % 24, minutes % 60, std::ceil(conflict.required - 1e-9),
                      conflict.reachable, conflict.rule));
    }
  }

  // The scenario with this plan's people and lines, and what it costs.
  void put_into_world(const Candidate& c, PlanResult& plan) const {
    plan.planned = world_;
    plan.wages = plan.bound = fixed_wages_;
    plan.rent = 0;
    std::erase_if(plan.planned.roster, [&](const DutyPeriod& p) {
      return std::find(planned_.begin(), planned_.end(), p.group) != planned_.end();
    });
    for (const GroupPlanResult& g : plan.groups) {
      plan.wages += g.cover.cost;
      plan.bound += g.cover.bound;
      plan.planned.groups[g.group.index()].staff.reset();
      const auto roster = roster_of(g.problem, g.cover, g.group, slot_);
      plan.planned.roster.insert(plan.planned.roster.end(), roster.begin(), roster.end());
    }
    for (std::size_t t = 0; t < world_.trunks.size(); ++t) {
      plan.planned.trunks[t].lines = c.lines[t];
      plan.rent += world_.trunks[t].rent_per_day * static_cast<double>(c.lines[t]);
    }
    plan.bound += plan.rent;
    plan.lines = lines_needed_;
    for (LinesNeeded& n : plan.lines) n.lines = c.lines[n.trunks.index()];
  }

  Outcome try_out(Candidate c, const std::string& what) {
    Outcome o{std::move(c), {}};
    if (cover(o.candidate, o.plan)) simulate(o, what);
    return o;
  }

  void simulate(Outcome& o, const std::string& what) {
    PlanResult& plan = o.plan;
    put_into_world(o.candidate, plan);
    ReplicateResult r = replicate(make_blueprint(plan.planned), options_.replicate, {}, stop_);
    events_ += r.events;
    plan.kpis = std::move(r.kpis);
    plan.targets = evaluate_targets(plan.planned, plan.kpis);
    plan.status = r.interrupted
                      ? PlanStatus::kInterrupted
                      : (all_met(plan.targets) ? PlanStatus::kMet : PlanStatus::kTargetMissed);
    report(plan, what);
  }

  void report(const PlanResult& plan, const std::string& what) {
    PlanRound round{static_cast<int>(rounds_.size()) + 1, what, plan.cost(),
                    plan.status == PlanStatus::kMet, ""};
    for (const TargetResult& t : plan.targets)
      if (!t.met && round.worst.empty())
        round.worst = fmt::format("{} {:.4f} [{:.4f}, {:.4f}]", t.target.metric, t.estimate.value,
                                  t.estimate.ci_low, t.estimate.ci_high);
    rounds_.push_back(round);
    if (progress_) progress_(round);
  }

  // Planned groups that stand first in the route of a queue that the target is about.
  bool answers_for(std::size_t g, const Target& target) const {
    for (std::size_t q = 0; q < world_.queues.size(); ++q)
      if ((!target.queue || target.queue->index() == q) && !world_.queues[q].route.empty() &&
          world_.queues[q].route.front().group == planned_[g])
        return true;
    return false;
  }

  // A step as large as the miss: half a per cent of staff for each point of a share, at least 1 %,
  // at most 10 %.
  static double step_for(const TargetResult& t) {
    const double bound = t.target.sense == Sense::kAtLeast ? t.estimate.ci_low : t.estimate.ci_high;
    double miss = std::abs(bound - t.target.value);
    if (t.target.metric == "asa") miss /= std::max(1.0, t.target.value);
    return 1 + std::clamp(std::isfinite(miss) ? 0.5 * miss : 0.1, 0.01, 0.10);
  }

  std::optional<Candidate> corrected(const Outcome& o, std::string& what) const {
    Candidate c = o.candidate;
    for (const TargetResult& t : o.plan.targets) {
      if (t.met) continue;
      if (is_loss(t.target)) {
        add_lines(t, c, what);
        continue;
      }
      for (std::size_t g = 0; g < planned_.size(); ++g)
        if (answers_for(g, t.target)) add_staff(t, c.factor[g], g, what);
    }
    if (what.empty()) return std::nullopt;
    return c;
  }

  void add_staff(const TargetResult& t, std::vector<double>& factor, std::size_t g,
                 std::string& what) const {
    const double step = step_for(t);
    bool changed = false;
    const auto raise = [&](std::size_t i) {
      if (factor[i] >= kMostFactor) return;
      factor[i] *= step;
      changed = true;
    };
    if (t.target.per == Per::kDay)
      for (std::size_t i = 0; i < factor.size(); ++i) raise(i);
    else
      for (const std::uint32_t i : t.missed_intervals) raise(i);
    if (changed)
      what += fmt::format("{}{} x {:.3f}", what.empty() ? "" : ", ",
                          world_.groups[planned_[g].index()].name, step);
  }

  void add_lines(const TargetResult& t, Candidate& c, std::string& what) const {
    for (std::size_t k = 0; k < c.lines.size(); ++k) {
      if (t.target.trunks && t.target.trunks->index() != k) continue;
      c.lines[k] += std::max<std::int64_t>(1, c.lines[k] / 33);
      what +=
          fmt::format("{}lines {} {}", what.empty() ? "" : ", ", world_.trunks[k].name, c.lines[k]);
    }
  }

  // Least factor on the group's requirement at which all targets stay met, by bisection.
  void trim_group(Outcome& best, std::size_t g) {
    const Candidate start = best.candidate;
    double low = kLeastFactor, high = 1;
    while (high - low > kFineEnough && !stopped() &&
           static_cast<int>(rounds_.size()) < options_.max_rounds) {
      const double middle = high == 1 && low == kLeastFactor ? 0.95 : (low + high) / 2;
      Candidate c = start;
      c.lines = best.candidate.lines;
      for (double& f : c.factor[g]) f *= middle;
      Outcome o =
          try_out(std::move(c),
                  fmt::format("{} x {:.3f}", world_.groups[planned_[g].index()].name, middle));
      if (o.plan.status == PlanStatus::kInterrupted) return;
      const bool better = o.met() && o.plan.cost() <= best.plan.cost();
      (o.met() ? high : low) = middle;
      if (better) best = std::move(o);
    }
  }

  // Fewest lines of a sized trunk group at which all targets stay met, by bisection to about 1 %.
  void trim_lines(Outcome& best, std::size_t t) {
    if (!sized(t)) return;
    std::int64_t low = best.candidate.lines[t] * 6 / 10, high = best.candidate.lines[t];
    while (high - low > std::max<std::int64_t>(1, high / 100) && !stopped() &&
           static_cast<int>(rounds_.size()) < options_.max_rounds) {
      Outcome o = best;  // its covers stand
      o.candidate.lines[t] = (low + high) / 2;
      simulate(o, fmt::format("lines {} {}", world_.trunks[t].name, o.candidate.lines[t]));
      if (o.plan.status == PlanStatus::kInterrupted) return;
      (o.met() ? high : low) = o.candidate.lines[t];
      if (o.met()) best = std::move(o);
    }
  }

  void explain_miss(Outcome& o) const {
    for (const TargetResult& t : o.plan.targets) {
      if (t.met) continue;
      double most = 0;
      for (std::size_t g = 0; g < planned_.size(); ++g)
        if (answers_for(g, t.target))
          most = std::max(
              most, *std::max_element(o.candidate.factor[g].begin(), o.candidate.factor[g].end()));
      o.plan.reasons.push_back(
          most == 0 && !is_loss(t.target)
              ? fmt::format("{}: no planned group answers for it", t.target.metric)
              : fmt::format("{} stays at {:.4f} [{:.4f}, {:.4f}] after {} rounds, with {:.2f} "
                            "times the analytic "
                            "requirement",
                            t.target.metric, t.estimate.value, t.estimate.ci_low,
                            t.estimate.ci_high, rounds_.size(), most));
    }
  }

  const World& world_;
  const PlanOptions& options_;
  const std::function<void(const PlanRound&)>& progress_;
  const std::atomic<bool>* stop_;
  SimDuration slot_;
  std::vector<Requirement> requirements_;
  std::vector<LinesNeeded> lines_needed_;
  std::vector<GroupId> planned_;
  double fixed_wages_ = 0;
  std::vector<PlanRound> rounds_;
  std::uint64_t events_ = 0;
};

}  // namespace

PlanResult plan_day(const World& world, const PlanOptions& options,
                    const std::function<void(const PlanRound&)>& progress,
                    const std::atomic<bool>* stop) {
  return Planner{world, options, progress, stop}.run();
}

}  // namespace callmill
