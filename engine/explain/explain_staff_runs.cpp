// One agent more or fewer in an interval, simulated: the plan and its variants on the same days.

#include <algorithm>
#include <optional>

#include "engine/explain/explain_parts.h"
#include "engine/study/compare.h"

namespace callmill::planning {
namespace {

// Blueprints hold tables, so not all variants at once.
constexpr std::size_t kAtOnce = 16;

struct Variant {
  std::size_t interval = 0;
  bool more = true;
};

World with_one_more(const World& planned, GroupId group, SimTime from, SimTime to) {
  World world = planned;
  std::uint32_t agent = 0;
  for (const DutyPeriod& p : world.roster)
    if (p.group == group) agent = std::max(agent, p.agent + 1);
  world.roster.push_back({group, agent, from, to, DutyPeriod::Kind::kWork});
  return world;
}

// Somebody who works all through the interval is off duty in it; one who comes or goes with it, if
// there is one. None where nobody does.
std::optional<World> with_one_fewer(const World& planned, GroupId group, SimTime from, SimTime to) {
  World world = planned;
  const auto works = [&](const DutyPeriod& p) {
    return p.group == group && p.kind == DutyPeriod::Kind::kWork && p.from <= from && p.to >= to;
  };
  auto who = std::find_if(world.roster.begin(), world.roster.end(), [&](const DutyPeriod& p) {
    return works(p) && (p.from == from || p.to == to);
  });
  if (who == world.roster.end())
    who = std::find_if(world.roster.begin(), world.roster.end(), works);
  if (who == world.roster.end()) return std::nullopt;
  DutyPeriod before = *who, after = *who;
  before.to = from;
  after.from = to;
  world.roster.erase(who);
  for (const DutyPeriod& p : {before, after})
    if (p.from < p.to) world.roster.push_back(p);
  return world;
}

// A group that only helps others has no calls of its own.
bool anybody_calls(const PlanResult& plan, std::size_t interval) {
  return std::any_of(plan.groups.begin(), plan.groups.end(), [&](const GroupPlanResult& g) {
    return g.requirement.intervals[interval].offered_per_hour > 0;
  });
}

Change change_of(const Estimate& e) {
  return {e.value, e.ci_low, e.ci_high};
}

}  // namespace

void simulate_staff(const Explaining& in, std::size_t g, GroupStaffChanges& changes,
                    Explanation& out) {
  const GroupPlanResult& group = in.plan.groups[g];
  const std::size_t intervals = group.requirement.intervals.size();
  changes.more.assign(intervals, {});
  changes.fewer.assign(intervals, {});
  std::vector<Variant> todo;
  for (std::size_t i = 0; i < intervals; ++i)
    if (anybody_calls(in.plan, i)) todo.insert(todo.end(), {{i, true}, {i, false}});
  const Metric* level = find_metric("service_level", ScopeKind::kTotal);
  const Metric* answer = find_metric("answer_rate", ScopeKind::kTotal);
  for (std::size_t first = 0; first < todo.size() && !in.stopped();) {
    std::vector<Blueprint> plans{make_blueprint(in.plan.planned)};
    std::vector<Variant> now;
    for (; first < todo.size() && now.size() < kAtOnce; ++first) {
      const SimTime from =
          kStart + static_cast<std::int64_t>(todo[first].interval) * in.world.day.interval;
      const SimTime to = from + in.world.day.interval;
      const std::optional<World> world =
          todo[first].more ? std::optional{with_one_more(in.plan.planned, group.group, from, to)}
                           : with_one_fewer(in.plan.planned, group.group, from, to);
      if (!world) continue;
      plans.push_back(make_blueprint(*world));
      now.push_back(todo[first]);
    }
    if (now.empty()) continue;
    std::vector<Compared> indicators;
    const std::vector<Scope> everywhere(plans.size(), Scope{});
    indicators.push_back({level, everywhere});
    indicators.push_back({answer, everywhere});
    for (const Variant& v : now)
      indicators.push_back({level, everywhere, static_cast<std::uint32_t>(v.interval)});
    CompareOptions options;
    options.replicate = in.same_days();
    const double done = static_cast<double>(first - now.size());
    const Comparison c = compare(
        plans, indicators, options,
        [&](const Progress& p) {
          const double part = static_cast<double>(p.done) / static_cast<double>(p.wanted);
          in.tell(
              "one agent more, one fewer: simulated",
              (done + part * static_cast<double>(now.size())) / static_cast<double>(todo.size()));
        },
        in.stop);
    out.events += c.events;
    if (c.interrupted) {
      changes.more.clear();
      return;
    }
    for (std::size_t v = 0; v < now.size(); ++v) {
      StaffChange& change = (now[v].more ? changes.more : changes.fewer)[now[v].interval];
      change.level_day = change_of(c.difference[0][v + 1]);
      change.answer_day = change_of(c.difference[1][v + 1]);
      change.level_here = change_of(c.difference[2 + v][v + 1]);
    }
  }
}

}  // namespace callmill::planning
