// The requirement by methods that know the whole day.

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "models/staffing/day_curve.h"
#include "models/staffing/day_slopes.h"
#include "models/staffing/load.h"
#include "models/staffing/pool.h"
#include "models/staffing/requirement.h"

namespace callmill {
namespace {

constexpr double kWorthAffordable = 1e10;  // state updates, as for the requirement itself
constexpr double kWorthDays = 6;           // solves of the day that agent_worth takes

std::int64_t waiting_at_opening(const World& world, GroupId group) {
  const Load load{world};
  double calls = 0;
  for (std::size_t c = 0; c < load.types(); ++c)
    for (std::size_t q = 0; q < world.queues.size(); ++q)
      if (first_group(world.queues[q]) == group)
        calls += world.caller_types[c].opening * load.outcome(c).to_queue[q];
  return std::llround(calls);
}

// Mean over the day's calls: for intervals that have none of their own.
void set_day_rates(const Requirement& pool, TransientInput& day) {
  double calls = 0, handle = 0, patience = 0;
  for (const RequirementInterval& r : pool.intervals) {
    calls += r.offered_per_hour;
    handle += r.offered_per_hour * r.aht_s;
    if (std::isfinite(r.patience_s)) patience += r.offered_per_hour / r.patience_s;
  }
  day.service_rate = handle > 0 ? calls / handle : 1;
  day.patience_rate = calls > 0 ? patience / calls : 0;
}

void raise(std::vector<double>& agents, const std::vector<double>& asked) {
  for (std::size_t i = 0; i < agents.size(); ++i)
    if (asked[i] > agents[i]) agents[i] = asked[i];
}

DayStaffInput exact_input(const World& world, const Requirement& pool, const DayGoal& goal,
                          const std::vector<std::int64_t>& agents, const std::atomic<bool>* stop) {
  return {requirement_day(world, pool, {agents.begin(), agents.end()}), goal.goal, goal.within,
          RequirementMethod::kTransient, stop};
}

// Intervals all through which a limit of the scenario says `at_least: 0`.
std::vector<bool> may_be_empty(const World& world, GroupId group) {
  std::vector<bool> may(world.intervals(), false);
  for (std::size_t i = 0; i < may.size(); ++i)
    may[i] = std::any_of(world.limits.begin(), world.limits.end(), [&](const ShiftLimit& limit) {
      if (limit.group != group || limit.of == LimitOf::kHeads || limit.at_least != 0) return false;
      SimDuration at = world.day.opens + world.day.interval * static_cast<std::int64_t>(i);
      const SimDuration end = at + world.day.interval;
      while (at < end && is_within(limit.from, limit.to, at)) at += std::chrono::minutes{1};
      return at >= end;
    });
  return may;
}

std::string text_of_others(const std::vector<DayStaff>& by_ask, const staffing::Pool& pool,
                           RequirementMethod main) {
  std::string text;
  for (std::size_t a = 0; a < by_ask.size(); ++a)
    if (!by_ask[a].agents.empty() && by_ask[a].used != main)
      text += "; " + pool.asks[a].text + " by " + std::string{name_of(by_ask[a].used)} + ": " +
              by_ask[a].why;
  return text;
}

}  // namespace

TransientInput requirement_day(const World& world, const Requirement& pool,
                               const std::vector<double>& agents) {
  TransientInput day;
  set_day_rates(pool, day);
  for (const staffing::Pool& p : staffing::pools_of(world))
    if (p.group == pool.group) day.within = p.within_s;
  const std::size_t parts = agents.size() / std::max<std::size_t>(1, pool.intervals.size());
  CALLMILL_CHECK(agents.size() == parts * pool.intervals.size(), "equal parts of each interval");
  const double length = to_seconds(world.day.interval) / static_cast<double>(parts);
  for (std::size_t p = 0; p < agents.size(); ++p) {
    const RequirementInterval& r = pool.intervals[p / parts];
    TransientPiece piece{length, r.offered_per_hour / 3600,
                         std::max<std::int64_t>(0, std::llround(agents[p])), 0, -1};
    if (r.aht_s > 0 && r.offered_per_hour > 0) {
      piece.service_rate = 1 / r.aht_s;
      piece.patience_rate = std::isfinite(r.patience_s) ? 1 / r.patience_s : 0;
    }
    day.pieces.push_back(piece);
  }
  constexpr SimDuration kDay = std::chrono::hours{24};
  day.calls_at_start = waiting_at_opening(world, pool.group);
  if (world.day.length() == kDay && day.calls_at_start == 0) {
    day.steady_start = true;
    if (!faults_of(day).empty()) day.steady_start = false;  // no calls then, or no steady state
  }
  day.tolerance = 1e-9;
  return day;
}

std::vector<AgentWorth> worth_of_agents(const World& world, const Requirement& pool,
                                        const std::vector<double>& agents,
                                        const std::atomic<bool>* stop, std::int64_t change) {
  const TransientInput day = requirement_day(world, pool, agents);
  std::vector<std::int64_t> whole;
  for (const TransientPiece& piece : day.pieces) whole.push_back(piece.agents);
  if (day.pieces.empty() ||
      kWorthDays * staffing::state_updates({day, {}, day.within}, whole) > kWorthAffordable)
    return {};
  return agent_worth(day, stop, whole.size() / pool.intervals.size(), change);
}

bool correct_day_goals(const World& world, Requirement& pool,
                       const std::vector<std::int64_t>& agents, const std::atomic<bool>* stop) {
  std::vector<DayGoal> corrected = pool.day_goals;
  bool any = false;
  for (DayGoal& goal : corrected) {
    if (!goal.exact) continue;
    const DayStaffInput in = exact_input(world, pool, goal, agents, stop);
    if (kWorthDays * staffing::state_updates(in, agents) > kWorthAffordable) return false;
    const std::vector<double> slopes =
        staffing::exact_slopes(in, agents, agents.size() / pool.intervals.size());
    if (slopes.empty()) return false;
    staffing::correct_slopes(goal, agents, slopes, 1);
    goal.least = staffing::sum_of_gains(goal, agents) - staffing::exact_surplus(in, agents);
    any = true;
  }
  if (any) pool.day_goals = std::move(corrected);
  return any;
}

bool holds_day_goals(const World& world, const Requirement& pool,
                     const std::vector<std::int64_t>& agents) {
  return std::all_of(pool.day_goals.begin(), pool.day_goals.end(), [&](const DayGoal& goal) {
    return !goal.exact ||
           staffing::exact_surplus(exact_input(world, pool, goal, agents, nullptr), agents) >= 0;
  });
}

namespace staffing {

void staff_through_the_day(const World& world, const Pool& pool, const RequirementOptions& options,
                           Requirement& requirement) {
  std::vector<double> by_itself;
  for (const RequirementInterval& r : requirement.intervals)
    by_itself.push_back(std::ceil(r.agents));
  DayStaffInput in{requirement_day(world, requirement, by_itself),
                   {},
                   0,
                   options.method,
                   options.stop,
                   options.corrections};
  in.may_be_empty = may_be_empty(world, pool.group);
  std::vector<DayStaff> by_ask(pool.asks.size());
  std::vector<double> floor(requirement.intervals.size(), 0.0);
  // What intervals need comes first: the day is met around it.
  for (const bool of_day : {false, true})
    for (std::size_t a = 0; a < pool.asks.size(); ++a) {
      const Ask& ask = pool.asks[a];
      if ((ask.of_day && options.interval_slack > 1) != of_day) continue;
      in.goal = ask.goal;
      in.within = ask.within_s;
      by_ask[a] = of_day ? staff_whole_day(in, loosened(ask.goal, options.interval_slack), floor)
                         : staff_day(in);
      if (of_day && !by_ask[a].goal.from.empty())
        requirement.day_goals.push_back(std::move(by_ask[a].goal));
      else
        raise(floor, by_ask[a].agents);
    }
  for (const DayGoal& goal : requirement.day_goals)
    raise(floor, {goal.from.begin(), goal.from.end()});
  std::vector<std::size_t> binds(by_ask.size() + 1, 0);  // intervals; the last: the load
  for (std::size_t i = 0; i < requirement.intervals.size(); ++i) {
    RequirementInterval& r = requirement.intervals[i];
    if (r.load_erlang <= 0) continue;
    std::vector<double> asked;
    for (const DayStaff& ask : by_ask) asked.push_back(ask.agents[i]);
    const std::ptrdiff_t chosen = choose(pool, asked, r);
    r.floor = requirement.day_goals.empty() ? r.agents : floor[i];
    ++binds[chosen < 0 ? by_ask.size() : static_cast<std::size_t>(chosen)];
  }
  const auto most =
      static_cast<std::size_t>(std::max_element(binds.begin(), binds.end()) - binds.begin());
  if (most == by_ask.size()) return;  // no target that staff can meet
  requirement.method = by_ask[most].used;
  requirement.why = by_ask[most].why + text_of_others(by_ask, pool, requirement.method);
}

}  // namespace staffing
}  // namespace callmill
