// What one agent more or fewer in an interval would do, by the exact day; and what it would cost.

#include <algorithm>
#include <cmath>

#include "engine/explain/explain_parts.h"
#include "models/cover/relax.h"
#include "models/plans/shrinkage.h"

namespace callmill::planning {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

// Callers of the pool's queues meet nobody else's agents and do not call again: the exact day of
// the pool is then their whole story, lines apart.
bool by_itself(const World& world, GroupId group) {
  for (const CallerType& type : world.caller_types)
    if (type.redial.after_abandon.share.value() > 0 || type.redial.after_block.share.value() > 0 ||
        type.resolution)
      return false;
  return std::all_of(world.queues.begin(), world.queues.end(), [&](const Queue& q) {
    const bool of_pool = !q.route.empty() && q.route.front().group == group;
    const bool also = std::any_of(q.route.begin(), q.route.end(),
                                  [&](const RouteStep& step) { return step.group == group; });
    return of_pool ? q.route.size() == 1 : !also;
  });
}

StaffChange change_of(const AgentWorth& w, double calls_here, double calls) {
  StaffChange change;
  change.level_here.value = w.within_here / calls_here;
  change.level_day.value = w.within() / calls;
  change.answer_day.value = w.answered() / calls;
  return change;
}

bool exactly(const Explaining& in, const GroupPlanResult& g, GroupStaffChanges& changes) {
  const std::vector<double> present = agents_on_calls(g.cover.present, g.on_calls);
  const std::vector<AgentWorth> more =
      g.worth.empty() ? worth_of_agents(in.world, g.requirement, present, in.stop) : g.worth;
  const std::vector<AgentWorth> fewer =
      more.empty() ? more : worth_of_agents(in.world, g.requirement, present, in.stop, -1);
  if (fewer.empty()) return false;
  const double hours = to_hours(in.world.day.interval);
  double calls = 0;
  for (const RequirementInterval& r : g.requirement.intervals) calls += r.offered_per_hour * hours;
  const std::size_t each = present.size() / g.requirement.intervals.size();
  for (std::size_t i = 0; i < more.size(); ++i) {
    const double here = g.requirement.intervals[i].offered_per_hour * hours;
    const auto from = present.begin() + static_cast<std::ptrdiff_t>(i * each);
    const bool can_go = *std::min_element(from, from + static_cast<std::ptrdiff_t>(each)) >= 1;
    changes.more.push_back(here > 0 ? change_of(more[i], here, calls) : StaffChange{});
    changes.fewer.push_back(here > 0 && can_go ? change_of(fewer[i], here, calls) : StaffChange{});
  }
  return true;
}

// The wage of one interval at the cheapest kind that can be on duty then.
double hired_price(const World& world, GroupId group, std::size_t interval) {
  const SimDuration t = world.day.opens + static_cast<std::int64_t>(interval) * world.day.interval;
  const bool night = t % kDay >= std::chrono::hours{22} || t % kDay < std::chrono::hours{6};
  double cheapest = 0;
  bool found = false;
  for (const bool on_duty : {true, false}) {
    for (const ShiftPattern& p : world.shifts) {
      if (p.group != group) continue;
      bool can = !on_duty;
      for (SimDuration s = p.first_start; s <= p.last_start && !can; s += p.start_every)
        can = (t - s >= SimDuration{} && t - s < p.length) ||
              (world.day.length() == kDay && t + kDay - s < p.length);
      const double wage = p.wage_per_hour + (night ? p.night_supplement : 0);
      if (can && (!found || wage < cheapest)) cheapest = wage;
      found = found || can;
    }
    if (found) break;
  }
  return cheapest * to_hours(world.day.interval);
}

void add_costs(const Explaining& in, const GroupPlanResult& g, GroupStaffChanges& changes) {
  CoverProblem asked = g.problem;
  asked.goals.clear();
  for (std::size_t t = 0; t < g.wanted.size(); ++t)
    asked.requirement[t] = std::ceil(g.wanted[t] - 1e-9);
  const double as_it_is = relaxed_cost(asked);
  const std::size_t each = g.wanted.size() / changes.more.size();
  const auto with = [&](std::size_t i, double agents) {
    CoverProblem other = asked;
    for (std::size_t t = i * each; t < (i + 1) * each; ++t)
      other.requirement[t] = std::max(0.0, other.requirement[t] + agents);
    return relaxed_cost(other) - as_it_is;
  };
  for (std::size_t i = 0; i < changes.more.size(); ++i) {
    if (in.stopped()) return;
    in.tell("one agent more, one fewer: what it costs",
            static_cast<double>(i) / static_cast<double>(changes.more.size()));
    changes.more[i].hired = hired_price(in.world, g.group, i);
    changes.fewer[i].hired = -changes.more[i].hired;
    changes.more[i].shifts = with(i, 1);
    changes.fewer[i].shifts = with(i, -1);
  }
}

}  // namespace

void explain_staff(const Explaining& in, Explanation& out) {
  for (std::size_t g = 0; g < in.plan.groups.size() && !in.stopped(); ++g) {
    const GroupPlanResult& group = in.plan.groups[g];
    if (group.present.empty()) continue;
    GroupStaffChanges changes;
    changes.group = group.group;
    const bool wants_days =
        in.how.staff == ExplainStaff::kSimulated ||
        (in.how.staff == ExplainStaff::kAuto && !by_itself(in.world, group.group));
    if (wants_days || !exactly(in, group, changes)) {
      if (in.how.staff == ExplainStaff::kExact) continue;
      changes.simulated = true;
      simulate_staff(in, g, changes, out);
    }
    if (changes.more.empty() || in.stopped()) continue;
    add_costs(in, group, changes);
    out.staff.push_back(std::move(changes));
  }
}

}  // namespace callmill::planning
