#include "engine/explain/explain_ask.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace callmill::planning {
namespace {

bool helped_by_agents(const Target& t) {
  const bool least = t.sense == Sense::kAtLeast;
  if (t.metric == "answer_rate" || t.metric == "service_level") return least;
  return !least && (t.metric == "abandon_rate" || t.metric == "asa" || t.metric == "occupancy");
}

bool concerns(const World& world, const Target& target, GroupId group) {
  for (std::size_t q = 0; q < world.queues.size(); ++q)
    if ((!target.queue || target.queue->index() == q) && !world.queues[q].route.empty() &&
        world.queues[q].route.front().group == group)
      return true;
  return false;
}

// As if the hours' agents were there without these shifts.
void drop_hours(CoverProblem& problem, std::size_t interval, std::size_t each) {
  for (std::size_t t = interval * each; t < (interval + 1) * each; ++t) {
    problem.requirement[t] = 0;
    for (CoverGoal& goal : problem.goals) {
      for (const CoverWorth& block : goal.worth[t])
        goal.least -= block.each * static_cast<double>(block.agents);
      goal.worth[t].clear();
    }
  }
}

}  // namespace

CoverProblem with_needs(CoverProblem shifts, const CoverProblem& needs) {
  CALLMILL_CHECK(shifts.slots % needs.slots == 0, "a grid as fine or finer");
  const auto times = static_cast<std::size_t>(shifts.slots / needs.slots);
  const auto spread = [times](const auto& each) {
    std::decay_t<decltype(each)> all;
    for (const auto& one : each) all.insert(all.end(), times, one);
    return all;
  };
  shifts.requirement = spread(needs.requirement);
  shifts.goals.clear();
  for (const CoverGoal& goal : needs.goals) {
    CoverGoal finer{spread(goal.from), spread(goal.worth), goal.least};
    for (auto& blocks : finer.worth)
      for (CoverWorth& block : blocks) block.each /= static_cast<double>(times);
    shifts.goals.push_back(std::move(finer));
  }
  return shifts;
}

Ask::Ask(const World& world, const PlanOptions& options, GroupId group, double scale,
         const std::atomic<bool>* stop)
    : world_{world},
      options_{options},
      group_{group},
      scale_{scale},
      stop_{stop},
      slot_{planning_slot(world)} {
  for (std::size_t t = 0; t < world.targets.size(); ++t)
    if (helped_by_agents(world.targets[t]) && concerns(world, world.targets[t], group))
      rules_.push_back({PlanRuleKind::kTarget, t});
  for (std::size_t l = 0; l < world.limits.size(); ++l) {
    const ShiftLimit& limit = world.limits[l];
    if (limit.group != group) continue;
    if (limit.at_most || limit.share_at_most) rules_.push_back({PlanRuleKind::kLimitMost, l});
    if (limit.at_least || limit.share_at_least) rules_.push_back({PlanRuleKind::kLimitLeast, l});
  }
  for (std::size_t s = 0; s < world.shifts.size(); ++s) {
    if (world.shifts[s].group != group) continue;
    if (world.shifts[s].max_agents) rules_.push_back({PlanRuleKind::kMaxAgents, s});
    if (world.shifts[s].min_agents) rules_.push_back({PlanRuleKind::kMinAgents, s});
  }
  for (const PlanRuleKind kind :
       {PlanRuleKind::kStarts, PlanRuleKind::kBreaks, PlanRuleKind::kLength})
    for (std::size_t s = 0; s < world.shifts.size(); ++s)
      if (world.shifts[s].group == group &&
          (kind != PlanRuleKind::kBreaks || !world.shifts[s].breaks.empty()))
        rules_.push_back({kind, s});
  const Requirement& all = requirement(std::vector<bool>(world.targets.size(), true));
  for (std::size_t i = 0; i < all.intervals.size(); ++i)
    if (all.intervals[i].offered_per_hour > 0) rules_.push_back({PlanRuleKind::kHours, i});
}

RequirementOptions Ask::asked_options() const {
  RequirementOptions options = options_.requirement;
  options.stop = stop_;
  return options;
}

// Corrections of the curves take four fifths of the time and find a little less staff: without them
// the answer is on the safe side.
RequirementOptions Ask::quick_options() const {
  RequirementOptions options = asked_options();
  options.corrections = 0;
  return options;
}

const Requirement& Ask::requirement(const std::vector<bool>& targets) {
  const auto known = known_.find(targets);
  if (known != known_.end()) return known->second;
  World w = world_;
  w.targets.clear();
  for (std::size_t t = 0; t < targets.size(); ++t)
    if (targets[t]) w.targets.push_back(world_.targets[t]);
  const bool all = std::find(targets.begin(), targets.end(), false) == targets.end();
  const auto of_group = [&](const PlanRule& rule) { return rule.kind == PlanRuleKind::kTarget; };
  const bool asks = std::any_of(rules_.begin(), rules_.end(), of_group);
  const bool none = std::none_of(rules_.begin(), rules_.end(), [&](const PlanRule& rule) {
    return of_group(rule) && targets[rule.index];
  });
  for (Requirement& r : staff_requirement(w, all ? asked_options() : quick_options()))
    if (r.group == group_) {
      if (asks && none) {  // who asks for nothing needs nobody; staff_requirement takes the load
        r.day_goals.clear();
        for (RequirementInterval& i : r.intervals) i.floor = 0;
      }
      return known_[targets] = std::move(r);
    }
  CALLMILL_CHECK(false, "the group has shifts");
  return known_[targets];
}

CoverProblem Ask::needs(const World& shifts, const Requirement& r) const {
  const std::int64_t each = world_.day.interval / slot_;
  CoverProblem needs;
  needs.slots = static_cast<int>(world_.day.length() / slot_);
  for (const RequirementInterval& i : r.intervals)
    needs.requirement.insert(needs.requirement.end(), static_cast<std::size_t>(each),
                             i.floor * scale_);
  const std::vector<double> factor(r.intervals.size(), scale_);
  for (const DayGoal& goal : r.day_goals) needs.goals.push_back(cover_goal(goal, factor, each));
  const SimDuration slot{std::gcd(slot_.count(), planning_slot(shifts).count())};
  return with_needs(cover_problem(shifts, group_, slot, {}), needs);
}

CoverProblem Ask::problem(const std::vector<bool>& held) {
  CALLMILL_CHECK(held.size() == rules_.size(), "one answer a rule");
  std::vector<bool> targets(world_.targets.size(), true);
  std::vector<PlanRule> dropped;
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    if (held[r]) continue;
    dropped.push_back(rules_[r]);
    if (rules_[r].kind == PlanRuleKind::kTarget) targets[rules_[r].index] = false;
  }
  const World w = without_rules(world_, group_, dropped);
  CoverProblem problem = needs(w, requirement(targets));
  const auto each = static_cast<std::size_t>(problem.slots) / world_.intervals();
  for (std::size_t r = 0; r < rules_.size(); ++r)
    if (!held[r] && rules_[r].kind == PlanRuleKind::kHours)
      drop_hours(problem, rules_[r].index, each);
  return problem;
}

CoverProblem Ask::problem_of(const World& other, bool other_targets) {
  if (!other_targets)
    return needs(other, requirement(std::vector<bool>(world_.targets.size(), true)));
  for (const Requirement& r : staff_requirement(other, quick_options()))
    if (r.group == group_) return needs(other, r);
  CALLMILL_CHECK(false, "the group has shifts");
  return {};
}

}  // namespace callmill::planning
