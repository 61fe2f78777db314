#include "engine/explain/explain_moves.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace callmill::planning {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

SimDuration down_to(SimDuration d, SimDuration step) {
  return d / step * step;
}

// Whether breaks and hours off lie within the shift.
bool fits(const ShiftPattern& p) {
  if (p.split && p.split->latest >= p.length) return false;
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

// Windows wider by `by` to both sides, as far as the shift, its hours off and the other windows let
// them. Room between two windows is shared.
bool widen(ShiftPattern& p, SimDuration by, SimDuration slot) {
  const std::vector<Break> before = p.breaks;
  bool wider = false;
  for (std::size_t b = 0; b < before.size(); ++b) {
    const SimDuration end = before[b].latest + before[b].length;
    const bool first = b == 0, last = b + 1 == before.size();
    SimDuration room_before =
        before[b].earliest - (first ? SimDuration{} : before[b - 1].latest + before[b - 1].length);
    SimDuration room_after = (last ? p.length : before[b + 1].earliest) - end;
    if (!first) room_before = down_to(room_before / 2, slot);
    if (!last) room_after = down_to(room_after / 2, slot);
    if (p.split && before[b].earliest >= p.split->latest)
      room_before = std::min(room_before, before[b].earliest - p.split->latest);
    else if (p.split)
      room_after = std::min(room_after, p.split->earliest - end);
    p.breaks[b].earliest -= std::min(by, room_before);
    p.breaks[b].latest += std::min(by, room_after);
    wider = wider || p.breaks[b].earliest != before[b].earliest ||
            p.breaks[b].latest != before[b].latest;
  }
  return wider;
}

// The kind in every length from half of it to twice as long, by intervals.
std::vector<ShiftPattern> lengths_of(const Day& day, const ShiftPattern& p) {
  std::vector<ShiftPattern> all{p};
  for (const int sign : {-1, 1})
    for (int k = 1; k * day.interval <= (sign < 0 ? p.length / 2 : p.length); ++k) {
      ShiftPattern other = p;
      other.length += sign * k * day.interval;
      if (fits(other) && other.length <= day.length()) all.push_back(std::move(other));
    }
  return all;
}

// What the kind asks for at least, of all its lengths together.
void share_least(World& world, ShiftPattern& kind) {
  if (!kind.min_agents) return;
  ShiftLimit least;
  least.name = "min_agents of '" + kind.name + "'";
  least.group = kind.group;
  least.shifts = {kind.name};
  least.at_least = kind.min_agents;
  world.limits.push_back(std::move(least));
  kind.min_agents.reset();
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
    case Move::kFewer:
      if (p.min_agents.value_or(0) < steps) return std::nullopt;
      *p.min_agents -= steps;
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
      if (by > (move == Move::kShorter ? p.length / 2 : p.length)) return std::nullopt;
      p.length += move == Move::kLonger ? by : -by;
      if (!fits(p) || p.length > day.length()) return std::nullopt;
      return w;
    }
    case Move::kAlsoShorter: {
      ShiftPattern also = p;
      also.length -= steps * day.interval;
      if (also.length < p.length / 2 || !fits(also)) return std::nullopt;
      share_least(w, p);
      also.min_agents.reset();
      w.shifts.push_back(std::move(also));
      return w;
    }
    case Move::kLooser:
      break;
  }
  return std::nullopt;
}

std::optional<World> moved_limit(const World& world, std::size_t limit, Move move,
                                 std::int64_t steps) {
  World w = world;
  ShiftLimit& l = w.limits[limit];
  const double share = 0.01 * static_cast<double>(steps);
  if (move == Move::kMore) {
    if (l.at_most) *l.at_most += steps;
    if (l.share_at_most && *l.share_at_most + share > 1 + 1e-9) return std::nullopt;
    if (l.share_at_most) *l.share_at_most = std::min(1.0, *l.share_at_most + share);
    return w;
  }
  if (l.at_least && *l.at_least < steps) return std::nullopt;
  if (l.at_least) *l.at_least -= steps;
  if (l.share_at_least && *l.share_at_least - share < -1e-9) return std::nullopt;
  if (l.share_at_least) *l.share_at_least = std::max(0.0, *l.share_at_least - share);
  return w;
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
    case PlanRuleKind::kLimitMost:
      return {Move::kMore};
    case PlanRuleKind::kMinAgents:
    case PlanRuleKind::kLimitLeast:
      return {Move::kFewer};
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
  if (rule.kind == PlanRuleKind::kLimitMost || rule.kind == PlanRuleKind::kLimitLeast)
    return moved_limit(world, rule.index, move, steps);
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

World without_rules(const World& world, GroupId group, const std::vector<PlanRule>& dropped) {
  const auto drops = [&](PlanRuleKind kind, std::size_t index) {
    return std::any_of(dropped.begin(), dropped.end(), [&](const PlanRule& rule) {
      return rule.kind == kind && rule.index == index;
    });
  };
  World w = world;
  w.shifts.clear();
  for (std::size_t l = 0; l < world.limits.size(); ++l) {
    ShiftLimit& limit = w.limits[l];
    if (drops(PlanRuleKind::kLimitMost, l)) {
      limit.at_most.reset();
      limit.share_at_most.reset();
    }
    if (drops(PlanRuleKind::kLimitLeast, l)) {
      limit.at_least.reset();
      limit.share_at_least.reset();
    }
  }
  for (std::size_t s = 0; s < world.shifts.size(); ++s) {
    if (world.shifts[s].group != group) continue;
    ShiftPattern kind = world.shifts[s];
    if (drops(PlanRuleKind::kMaxAgents, s)) kind.max_agents.reset();
    if (drops(PlanRuleKind::kMinAgents, s)) kind.min_agents.reset();
    if (!drops(PlanRuleKind::kLength, s)) {
      w.shifts.push_back(std::move(kind));
    } else {
      share_least(w, kind);
      for (ShiftPattern& p : lengths_of(world.day, kind)) w.shifts.push_back(std::move(p));
    }
    for (std::size_t p = w.shifts.size(); p-- > 0 && w.shifts[p].name == world.shifts[s].name;) {
      if (drops(PlanRuleKind::kStarts, s)) free_starts(world.day, w.shifts[p]);
      if (drops(PlanRuleKind::kBreaks, s))
        widen(w.shifts[p], w.shifts[p].length, planning_slot(world));
    }
  }
  return w;
}

}  // namespace callmill::planning
