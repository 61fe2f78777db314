// Targets that the plan misses: the value that it holds, and what beside shifts would do.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/explain/explain_parts.h"
#include "engine/planning/plan_round.h"

namespace callmill::planning {
namespace {

// The target's value moved to what the interval of the estimate holds, on a grid that people ask
// for: 0.1 points, 1 s.
double held(const TargetResult& t) {
  const double step = t.target.metric == "asa" ? 1 : 0.001;
  const double end = t.target.sense == Sense::kAtLeast ? t.estimate.ci_low : t.estimate.ci_high;
  const double steps = end / step;
  return step *
         (t.target.sense == Sense::kAtLeast ? std::floor(steps + 1e-9) : std::ceil(steps - 1e-9));
}

bool is_met(const Explaining& in, const World& world, std::size_t target, Explanation& out) {
  const ReplicateResult r = replicate(make_blueprint(world), in.same_days(), {}, in.stop);
  out.events += r.events;
  return !r.interrupted && evaluate_targets(world, r.kpis)[target].met;
}

// Least n in (from, most] with which the target is met; more of it never harms. 0: none.
template <class Put>
std::int64_t least(const Explaining& in, std::size_t target, std::int64_t from, std::int64_t most,
                   const Put& put, Explanation& out) {
  const auto met = [&](std::int64_t n) {
    World world = in.plan.planned;
    put(world, n);
    in.tell("what would help", 0);
    return is_met(in, world, target, out);
  };
  std::int64_t low = from, high = std::min(most, from + std::max<std::int64_t>(1, from / 4));
  while (!met(high)) {
    if (high == most || in.stopped()) return 0;
    low = high;
    high = std::min(most, from + 2 * (high - from));
  }
  while (high - low > 1 && !in.stopped()) {
    const std::int64_t middle = low + (high - low) / 2;
    (met(middle) ? high : low) = middle;
  }
  return high;
}

void add_ports(const Explaining& in, TargetMiss& miss, Explanation& out) {
  const std::optional<std::int64_t> ports = in.world.ivr.ports;
  const double no_port = in.plan.kpis.day("no_port", {}, in.world.study.confidence).value;
  if (!ports || !(no_port > 0)) return;
  std::int64_t most = 0;
  for (const TrunkGroup& t : in.plan.planned.trunks) most += t.lines.value_or(0);
  if (most <= *ports) return;
  const std::int64_t n = least(
      in, miss.target, *ports, most, [](World& w, std::int64_t many) { w.ivr.ports = many; }, out);
  if (n > 0)
    miss.ways.push_back({fmt::format("ivr.ports is {} instead of {}", n, *ports),
                         std::numeric_limits<double>::quiet_NaN()});
}

bool is_planned(const World& world, GroupId group) {
  return std::any_of(world.shifts.begin(), world.shifts.end(),
                     [group](const ShiftPattern& p) { return p.group == group; });
}

// Groups that stand first in a route of the target and have a staff of their own.
void add_given_staff(const Explaining& in, TargetMiss& miss, Explanation& out) {
  const Target& target = in.world.targets[miss.target];
  std::vector<GroupId> groups;
  for (std::size_t q = 0; q < in.world.queues.size(); ++q) {
    const Queue& queue = in.world.queues[q];
    if ((target.queue && target.queue->index() != q) || queue.route.empty()) continue;
    const GroupId group = queue.route.front().group;
    if (!is_planned(in.world, group) && in.world.groups[group.index()].staff &&
        std::find(groups.begin(), groups.end(), group) == groups.end())
      groups.push_back(group);
  }
  for (const GroupId group : groups) {
    const AgentGroup& given = in.world.groups[group.index()];
    double hours = 0, most = 1;
    for (const double agents : given.staff->values) {
      if (agents > 0) hours += to_hours(given.staff->step);
      most = std::max(most, agents);
    }
    const auto put = [&](World& w, std::int64_t n) {
      for (double& agents : w.groups[group.index()].staff->values)
        if (agents > 0) agents += static_cast<double>(n);
    };
    const std::int64_t n =
        least(in, miss.target, 0, static_cast<std::int64_t>(2 * most) + 8, put, out);
    if (n > 0)
      miss.ways.push_back(
          {fmt::format("groups.{}.staff has {} more at all its hours", given.name, n),
           in.plan.cost() + static_cast<double>(n) * hours * given.wage_per_hour});
  }
}

}  // namespace

void explain_misses(const Explaining& in, Explanation& out) {
  for (std::size_t t = 0; t < in.plan.targets.size(); ++t) {
    const TargetResult& result = in.plan.targets[t];
    if (result.met || in.stopped()) continue;
    TargetMiss miss{t, held(result), {}};
    if (in.how.in_full) {
      if (is_loss(result.target))
        add_ports(in, miss, out);
      else if (result.target.sense == Sense::kAtLeast && result.target.metric != "occupancy")
        add_given_staff(in, miss, out);
    }
    out.misses.push_back(std::move(miss));
  }
}

}  // namespace callmill::planning
