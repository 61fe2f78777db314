// Rules and their moves in planner's words; app/report/chinese.cpp has the same phrases.

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <optional>

#include "base/check.h"
#include "engine/explain/explain_ask.h"
#include "models/world/findings.h"

namespace callmill::planning {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

std::string value_text(const Target& t, double value) {
  return t.metric == "asa" ? fmt::format("{:g}s", value) : fmt::format("{:g}%", value * 100);
}

std::string target_words(const World& world, const Target& t, double value) {
  std::string text = fmt::format("{} {} {}", t.metric,
                                 t.sense == Sense::kAtLeast ? ">=" : "<=", value_text(t, value));
  if (t.queue) text += fmt::format(" for '{}'", world.queues[t.queue->index()].name);
  return text + (t.per == Per::kInterval ? " in each interval" : " over the day");
}

// "24", "30%", "4 and 30%".
std::string limit_words(const ShiftLimit& limit, bool most) {
  const std::optional<double>& share = most ? limit.share_at_most : limit.share_at_least;
  const std::optional<std::int64_t>& heads = most ? limit.at_most : limit.at_least;
  std::string value = heads ? fmt::format("{}", *heads) : "";
  if (share) value += fmt::format("{}{:g}%", heads ? " and " : "", std::round(*share * 1e4) / 100);
  return value;
}

}  // namespace

std::string move_text(const World& world, const PlanRule& rule, Move move, std::int64_t steps) {
  if (rule.kind == PlanRuleKind::kTarget) {
    const Target& t = world.targets[rule.index];
    return fmt::format("{} instead of {}", target_words(world, t, looser(t, steps)),
                       value_text(t, t.value));
  }
  const std::optional<World> to = moved(world, rule, move, steps);
  CALLMILL_CHECK(to.has_value(), "the move is one that can be made");
  if (rule.kind == PlanRuleKind::kLimitMost || rule.kind == PlanRuleKind::kLimitLeast) {
    const bool most = rule.kind == PlanRuleKind::kLimitMost;
    return fmt::format("{} instead of {}", rule_text(*to, rule),
                       limit_words(world.limits[rule.index], most));
  }
  const ShiftPattern &was = world.shifts[rule.index], &is = to->shifts[rule.index];
  const auto clock = [](SimDuration t) { return time_in_words(t % kDay); };
  switch (move) {
    case Move::kMore:
      return fmt::format("max_agents of '{}' is {} instead of {}", was.name, *is.max_agents,
                         *was.max_agents);
    case Move::kFewer:
      return fmt::format("min_agents of '{}' is {} instead of {}", was.name, *is.min_agents,
                         *was.min_agents);
    case Move::kEarlier:
      return fmt::format("'{}' may begin from {} instead of {}", was.name, clock(is.first_start),
                         clock(was.first_start));
    case Move::kLater:
      return fmt::format("'{}' may begin until {} instead of {}", was.name, clock(is.last_start),
                         clock(was.last_start));
    case Move::kFiner:
      return fmt::format("'{}' may begin every {} instead of {}", was.name,
                         in_words(is.start_every), in_words(was.start_every));
    case Move::kWider:
      return fmt::format("break windows of '{}' are wider by {} at both ends", was.name,
                         in_words(steps * planning_slot(world)));
    case Move::kLonger:
    case Move::kShorter:
      return fmt::format("'{}' lasts {} instead of {}", was.name, in_words(is.length),
                         in_words(was.length));
    case Move::kAlsoShorter:
      return fmt::format("'{}' may also last {}", was.name, in_words(to->shifts.back().length));
    case Move::kLooser:
      break;
  }
  return "";
}

std::string interval_start(const World& world, std::size_t interval) {
  return time_in_words(
      (world.day.opens + static_cast<std::int64_t>(interval) * world.day.interval) % kDay);
}

std::string rule_text(const World& world, const PlanRule& rule) {
  if (rule.kind == PlanRuleKind::kTarget) {
    const Target& t = world.targets[rule.index];
    return target_words(world, t, t.value);
  }
  if (rule.kind == PlanRuleKind::kHours)
    return fmt::format("{} to {} has only agents of these shifts",
                       interval_start(world, rule.index), interval_start(world, rule.index + 1));
  if (rule.kind == PlanRuleKind::kLimitMost || rule.kind == PlanRuleKind::kLimitLeast) {
    const ShiftLimit& limit = world.limits[rule.index];
    const bool most = rule.kind == PlanRuleKind::kLimitMost;
    return fmt::format("limit '{}' is {} {}", limit.name, most ? "at most" : "at least",
                       limit_words(limit, most));
  }
  const ShiftPattern& p = world.shifts[rule.index];
  switch (rule.kind) {
    case PlanRuleKind::kMaxAgents:
      return fmt::format("max_agents of '{}' is {}", p.name, p.max_agents.value_or(0));
    case PlanRuleKind::kMinAgents:
      return fmt::format("min_agents of '{}' is {}", p.name, p.min_agents.value_or(0));
    case PlanRuleKind::kStarts:
      if (p.first_start == p.last_start)
        return fmt::format("'{}' begins at {}", p.name, time_in_words(p.first_start % kDay));
      return fmt::format("'{}' begins from {} to {}, every {}", p.name,
                         time_in_words(p.first_start % kDay), time_in_words(p.last_start % kDay),
                         in_words(p.start_every));
    case PlanRuleKind::kBreaks:
      return fmt::format("breaks of '{}' begin within their windows", p.name);
    default:
      return fmt::format("'{}' lasts {}", p.name, in_words(p.length));
  }
}

}  // namespace callmill::planning
