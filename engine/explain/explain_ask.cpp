#include "engine/explain/explain_ask.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace callmill::planning {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

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

SimDuration down_to(SimDuration d, SimDuration step) {
  return d / step * step;
}

bool fits(const ShiftPattern& p) {
  return p.breaks.empty() || p.breaks.back().latest + p.breaks.back().length <= p.length;
}

// All starts on the grid of intervals and of its own.
void free_starts(const Day& day, ShiftPattern& p) {
  const SimDuration after = p.first_start - day.opens;
  p.start_every =
      SimDuration{std::gcd(std::gcd(day.interval.count(), p.start_every.count()), after.count())};
  p.first_start = day.opens;
  const SimDuration last = day.length() == kDay ? kDay - p.start_every : day.length() - p.length;
  p.last_start = day.opens + std::max(SimDuration{}, down_to(last, p.start_every));
}

// Windows wider by `by` to both sides, as far as the shift and the other windows let them.
bool widen(ShiftPattern& p, SimDuration by, SimDuration slot) {
  const std::vector<Break> before = p.breaks;
  bool wider = false;
  for (std::size_t b = 0; b < before.size(); ++b) {
    const SimDuration end_before =
        b == 0 ? SimDuration{} : before[b - 1].latest + before[b - 1].length;
    const SimDuration end = before[b].latest + before[b].length;
    const bool last = b + 1 == before.size();
    const SimDuration room_before = before[b].earliest - end_before;
    const SimDuration room_after = (last ? p.length : before[b + 1].earliest) - end;
    p.breaks[b].earliest -= std::min(by, b == 0 ? room_before : down_to(room_before / 2, slot));
    p.breaks[b].latest += std::min(by, last ? room_after : down_to(room_after / 2, slot));
    wider = wider || p.breaks[b].earliest != before[b].earliest ||
            p.breaks[b].latest != before[b].latest;
  }
  return wider;
}

// The kind in every length from half of it to half more, by intervals.
std::vector<ShiftPattern> lengths_of(const Day& day, const ShiftPattern& p) {
  std::vector<ShiftPattern> all{p};
  for (const int sign : {-1, 1})
    for (int k = 1; k * day.interval <= p.length / 2; ++k) {
      ShiftPattern other = p;
      other.length += sign * k * day.interval;
      if (fits(other) && other.length <= day.length()) all.push_back(std::move(other));
    }
  return all;
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

std::optional<World> moved_shift(const World& world, std::size_t shift, Move move,
                                 std::int64_t steps) {
  World w = world;
  ShiftPattern& p = w.shifts[shift];
  const Day& day = world.day;
  const SimDuration slot = planning_slot(world);
  switch (move) {
    case Move::kMore:
      if (!p.max_agents) return std::nullopt;
      *p.max_agents += steps;
      return w;
    case Move::kEarlier:
      p.first_start -= steps * p.start_every;
      if (p.first_start < day.opens) return std::nullopt;
      return w;
    case Move::kLater:
      p.last_start = p.first_start + down_to(p.last_start - p.first_start, p.start_every) +
                     steps * p.start_every;
      if (p.last_start >= day.closes) return std::nullopt;
      if (day.length() != kDay && p.last_start + p.length > day.closes) return std::nullopt;
      return w;
    case Move::kFiner:
      if (p.start_every < std::chrono::minutes{10} || p.start_every.count() % 2 != 0)
        return std::nullopt;
      if (p.first_start == p.last_start) return std::nullopt;
      p.start_every /= 2;
      return w;
    case Move::kWider: {
      if (!widen(p, steps * slot, slot)) return std::nullopt;
      ShiftPattern before = world.shifts[shift];
      if (steps > 1 && !widen(before, (steps - 1) * slot, slot)) return std::nullopt;
      for (std::size_t b = 0; steps > 1 && b < p.breaks.size(); ++b)
        if (p.breaks[b].earliest != before.breaks[b].earliest ||
            p.breaks[b].latest != before.breaks[b].latest)
          return w;
      if (steps == 1) return w;
      return std::nullopt;  // no further than the step before
    }
    case Move::kLonger:
    case Move::kShorter: {
      const SimDuration by = steps * day.interval;
      if (by > p.length / 2) return std::nullopt;
      p.length += move == Move::kLonger ? by : -by;
      if (!fits(p) || p.length > day.length()) return std::nullopt;
      return w;
    }
    case Move::kAlsoShorter: {
      ShiftPattern also = p;
      also.length -= steps * day.interval;
      if (also.length < p.length / 2 || !fits(also)) return std::nullopt;
      w.shifts.push_back(std::move(also));
      return w;
    }
    case Move::kLooser:
      break;
  }
  return std::nullopt;
}

}  // namespace

double looser(const Target& t, std::int64_t steps) {
  const double step = t.metric == "asa" ? 1 : 0.001;
  const double sign = t.sense == Sense::kAtLeast ? -1 : 1;
  const double value = t.value + sign * step * static_cast<double>(steps);
  return t.metric == "asa" ? value : std::round(value * 1e6) / 1e6;  // 0.784, not 0.78400000001
}

std::vector<Move> moves_of(PlanRuleKind kind) {
  switch (kind) {
    case PlanRuleKind::kTarget:
      return {Move::kLooser};
    case PlanRuleKind::kMaxAgents:
      return {Move::kMore};
    case PlanRuleKind::kStarts:
      return {Move::kEarlier, Move::kLater, Move::kFiner};
    case PlanRuleKind::kBreaks:
      return {Move::kWider};
    case PlanRuleKind::kLength:
      return {Move::kLonger, Move::kShorter};
    case PlanRuleKind::kHours:
      break;
  }
  return {};
}

std::optional<World> moved(const World& world, const PlanRule& rule, Move move,
                           std::int64_t steps) {
  CALLMILL_CHECK(steps >= 1, "a rule moves by whole steps");
  if (rule.kind != PlanRuleKind::kTarget) {
    if (move == Move::kFiner && steps > 1) return std::nullopt;
    return moved_shift(world, rule.index, move, steps);
  }
  World w = world;
  Target& t = w.targets[rule.index];
  t.value = looser(t, steps);
  const double most = t.metric == "asa" ? 3600 : 1;
  if (t.value < 0 || t.value > most) return std::nullopt;
  return w;
}

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
  for (std::size_t s = 0; s < world.shifts.size(); ++s)
    if (world.shifts[s].group == group && world.shifts[s].max_agents)
      rules_.push_back({PlanRuleKind::kMaxAgents, s});
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
  std::vector<bool> cap(world_.shifts.size(), true), starts = cap, breaks = cap, length = cap;
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    if (held[r]) continue;
    const std::size_t i = rules_[r].index;
    if (rules_[r].kind == PlanRuleKind::kTarget) targets[i] = false;
    if (rules_[r].kind == PlanRuleKind::kMaxAgents) cap[i] = false;
    if (rules_[r].kind == PlanRuleKind::kStarts) starts[i] = false;
    if (rules_[r].kind == PlanRuleKind::kBreaks) breaks[i] = false;
    if (rules_[r].kind == PlanRuleKind::kLength) length[i] = false;
  }
  World w = world_;
  w.shifts.clear();
  for (std::size_t s = 0; s < world_.shifts.size(); ++s) {
    if (world_.shifts[s].group != group_) continue;
    std::vector<ShiftPattern> kinds{world_.shifts[s]};
    if (!length[s]) kinds = lengths_of(world_.day, world_.shifts[s]);
    for (ShiftPattern& p : kinds) {
      if (!cap[s]) p.max_agents.reset();
      if (!starts[s]) free_starts(world_.day, p);
      if (!breaks[s]) widen(p, p.length, slot_);
      w.shifts.push_back(std::move(p));
    }
  }
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
