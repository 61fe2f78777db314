#include "engine/study/luck.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/queueing/erlang.h"
#include "models/world/menu_flow.h"

namespace callmill {
namespace {

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// E N_k as the layout has intervals: of several days the mean of the counted ones by time of day.
std::vector<double> fresh_calls(const CallerTypePlan& type, const Blueprint& plan,
                                const KpiLayout& layout) {
  std::vector<double> by_interval(plan.intervals);
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    const SimTime from = plan.days.begin_of(i), to = from + plan.interval;
    SimTime begin = kStart;
    for (const RateSegment& segment : type.rate) {
      const SimDuration common = std::min(to, segment.end) - std::max(from, begin);
      if (common > SimDuration{0})
        by_interval[i] += static_cast<double>(common.count()) / segment.mean_gap_us;
      begin = segment.end;
    }
  }
  if (!by_interval.empty()) by_interval.front() += type.opening;
  const std::uint32_t slots = layout.intervals();
  std::vector<double> fresh(slots);
  for (std::uint32_t slot = 0; slot < slots; ++slot) {
    double counted = 0;
    for (std::uint32_t i = slot; i < plan.intervals; i += slots)
      if (i >= plan.first_counted || layout.days() == 0) {
        fresh[slot] += by_interval[i];
        ++counted;
      }
    if (layout.days() > 0 && counted > 0) fresh[slot] /= counted;
  }
  return fresh;
}

// Whether each attempt of the type that has a line asks for an agent with the share that
// menu_outcome() says, whatever happened before.
bool menus_are_plain(const World& world, const CallerType& type, const Blueprint& plan) {
  if (type.enters.kind == Destination::Kind::kQueue) return true;
  return type.enters.kind == Destination::Kind::kMenu && !world.ivr.ports &&
         plan.agent_wishes.empty() && !type.redial.keeps_patience && !plan.has_chats &&
         std::all_of(world.menus.begin(), world.menus.end(),
                     [](const Menu& menu) { return menu.variants.empty(); });
}

// Seconds of talk and wrap-up are the draws of the type's laws, and all of them.
bool work_is_plain(const CallerTypePlan& type) {
  return type.plain_talk && !type.wrap_varies && type.handling_of.empty();
}

// Nothing ends a call early, and no contact begins as another.
bool runs_plainly(const Blueprint& plan) {
  return plan.line_failures.empty() && !plan.floor.active && !plan.transfers &&
         !plan.has_personal && !plan.calls_back && !plan.follows_up;
}

// Agents on duty of groups that take calls, mean over each interval of the layout (of the days at
// that time).
std::vector<double> agents_on_duty(const Blueprint& plan, const KpiLayout& layout) {
  std::vector<double> agents(plan.intervals);
  std::vector<bool> works(plan.agents());
  double on_duty = 0;
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    SimTime at = plan.days.begin_of(i);
    const SimTime end = at + plan.interval;
    for (; next < plan.changes.size() && plan.changes[next].at < end; ++next) {
      const DutyChange& change = plan.changes[next];
      if (plan.groups[plan.group_of_agent[change.agent]].sources.empty()) continue;
      const SimTime moment = std::max(at, change.at);
      agents[i] += on_duty * static_cast<double>((moment - at).count());
      at = moment;
      const bool now = change.duty == Duty::kWork;
      on_duty += (now ? 1 : 0) - (works[change.agent] ? 1 : 0);
      works[change.agent] = now;
    }
    agents[i] += on_duty * static_cast<double>((end - at).count());
  }
  std::vector<double> by_slot(layout.intervals());
  const double days = plan.days.days();
  for (std::uint32_t i = 0; i < plan.intervals; ++i)
    by_slot[i % layout.intervals()] +=
        agents[i] / (days * static_cast<double>(plan.interval.count()));
  return by_slot;
}

// What calls of all types ask of one pool in an interval.
struct Pool {
  double per_s = 0, work = 0, impatience = 0, within = 0;  // the last three summed over the calls
};
Pool pool_of(const World& world, const LuckPlan& luck, const std::vector<std::size_t>& type_of,
             std::size_t interval, double seconds) {
  Pool pool;
  for (std::size_t t = 0; t < luck.types.size(); ++t) {
    const CallerType& type = world.caller_types[type_of[t]];
    const double calls = luck.types[t].fresh[interval] * luck.types[t].asks / seconds;
    const double patience = type.patience ? mean(*type.patience) : 0;
    pool.per_s += calls;
    pool.work += calls * luck.types[t].work_s;
    if (patience > 0 && std::isfinite(patience)) pool.impatience += calls / patience;
  }
  for (const Queue& queue : world.queues)
    pool.within = std::max(pool.within, to_seconds(queue.answer_within));
  return pool;
}

// Late calls that one call more makes.
double late_calls(const Pool& pool, double agents) {
  if (!(pool.per_s > 0) || !(pool.work > 0)) return 0;
  if (!(agents >= 1)) return 1;
  constexpr double kStep = 0.02;
  const auto late = [&](double factor) {
    QueueInput in;
    in.agents = std::round(agents);
    in.arrival_rate = pool.per_s * factor;
    in.service_rate = pool.per_s / pool.work;
    in.patience_rate = pool.impatience / pool.per_s;
    in.within = pool.within;
    const double share = 1 - solve_queue(in).sl_accepted;
    return factor * (std::isfinite(share) ? share : 1);
  };
  return (late(1 + kStep) - late(1 - kStep)) / (2 * kStep);
}

}  // namespace

LuckPlan make_luck(const World& world, const Blueprint& plan) {
  const KpiLayout layout{plan};
  LuckPlan luck;
  luck.busyness_cv = layout.days() == 0 ? plan.busyness_cv : 0;
  luck.width = kWidth<CallCount>;
  const bool plain = runs_plainly(plan);
  std::vector<std::size_t> type_of;
  for (std::uint32_t t = 0; t < plan.caller_types; ++t) {
    const CallerType& type = world.caller_types[t];
    if (type.channel != Channel::kVoice) continue;
    LuckPlan::Type one;
    one.offset = layout.rows()[layout.find(Family::kCalls, {ScopeKind::kCallerType, t})].offset;
    one.work_s = mean(type.talk) + mean(type.wrap);
    one.asks = sum(menu_outcome(world, type).to_queue);
    one.menus = plain && menus_are_plain(world, type, plan);
    one.works = plain && work_is_plain(plan.types[t]);
    one.fresh = fresh_calls(plan.types[t], plan, layout);
    luck.types.push_back(std::move(one));
    type_of.push_back(t);
  }
  const std::vector<double> agents = agents_on_duty(plan, layout);
  const double seconds = to_seconds(plan.interval);
  for (std::uint32_t k = 0; k < layout.intervals(); ++k) {
    const bool counted = k >= layout.first_counted();
    luck.late.push_back(counted ? late_calls(pool_of(world, luck, type_of, k, seconds), agents[k])
                                : 0);
  }
  return luck;
}

std::vector<double> luck_of(const LuckPlan& luck, const ReplicationCounts& counts,
                            double busyness) {
  double weighted = 0, flat = 0, weighted_arrivals = 0;
  for (const LuckPlan::Type& type : luck.types)
    for (std::size_t k = 0; k < luck.late.size(); ++k) {
      const double* cell = counts.data() + type.offset + k * luck.width;
      const auto count = [&](CallCount c) { return cell[at(c)]; };
      const double arrivals =
          type.asks * type.work_s *
          (count(CallCount::kAttempts) - count(CallCount::kRedials) - type.fresh[k]);
      double work = arrivals;
      if (type.menus) {
        const double seized = count(CallCount::kAttempts) - count(CallCount::kNetworkLost) -
                              (count(CallCount::kBlocked) - count(CallCount::kRefused));
        work += type.work_s *
                (count(CallCount::kOffered) + count(CallCount::kRefused) - type.asks * seized);
      }
      if (type.works)
        work += count(CallCount::kTalk) + count(CallCount::kWrap) -
                type.work_s * count(CallCount::kAnswered);
      weighted += luck.late[k] * work;
      flat += work;
      weighted_arrivals += luck.late[k] * arrivals;
    }
  const double excess = busyness - 1;
  return {weighted, flat, excess * excess - luck.busyness_cv * luck.busyness_cv, weighted_arrivals};
}

}  // namespace callmill
