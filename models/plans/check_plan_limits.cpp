// Limits of a plan, counted person by person.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "models/plans/check_parts.h"
#include "models/world/findings.h"

namespace callmill::plans {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

bool counts(const World& world, const ShiftLimit& limit, const PlannedShift& shift) {
  if (shift.group != limit.group) return false;
  if (limit.shifts.empty()) return true;
  return shift.pattern && std::find(limit.shifts.begin(), limit.shifts.end(),
                                    world.shifts[*shift.pattern].name) != limit.shifts.end();
}

// After midnight of the run's first day.
bool is_open(const World& world, const std::vector<OpenDay>& days, SimDuration time) {
  return std::any_of(days.begin(), days.end(), [&](const OpenDay& day) {
    const SimDuration begins = kDay * day.number;
    return time >= world.day.opens + begins && time < world.day.closes + begins;
  });
}

// Agents of the limit's group who work on the day, and those of them whom the limit counts.
std::pair<std::int64_t, std::int64_t> heads_of(const World& world, const DayPlan& plan,
                                               const ShiftLimit& limit, std::int64_t day) {
  std::int64_t all = 0, counted = 0;
  for (const PlannedShift& shift : plan.shifts) {
    if (shift.day != day) continue;
    all += shift.group == limit.group ? 1 : 0;
    counted += counts(world, limit, shift) ? 1 : 0;
  }
  return {all, counted};
}

// Moments at which the number of people there changes, or the limit begins or ends; by how much.
std::map<SimDuration, std::int64_t> changes(const World& world, const DayPlan& plan,
                                            const ShiftLimit& limit) {
  std::vector<PlannedShift> shifts;
  std::copy_if(plan.shifts.begin(), plan.shifts.end(), std::back_inserter(shifts),
               [&](const PlannedShift& s) { return s.group == limit.group; });
  const std::vector<OpenDay> days = world.open_days();
  std::map<SimDuration, std::int64_t> at;
  for (const OpenDay& day : days) at.try_emplace(world.day.opens + kDay * day.number, 0);
  for (const DutyPeriod& period : roster_of(world.day, shifts, world.days.count)) {
    if (limit.of == LimitOf::kAtWork && period.kind == DutyPeriod::Kind::kBreak) continue;
    ++at[world.day.opens + (period.from - kStart)];
    --at[world.day.opens + (period.to - kStart)];
  }
  for (const std::optional<SimDuration>& time : {limit.from, limit.to})
    if (time)
      for (SimDuration t = *time % kDay; t < world.day.closes + kDay * (world.days.count - 1);
           t += kDay)
        if (is_open(world, days, t)) at.try_emplace(t, 0);
  return at;
}

class LimitChecker {
 public:
  LimitChecker(const World& world, const DayPlan& plan, std::vector<PlanFault>& faults)
      : world_{world}, plan_{plan}, faults_{faults} {}

  void check() {
    const std::vector<OpenDay> days = world_.open_days();
    for (std::size_t p = 0; p < world_.shifts.size(); ++p)
      for (const OpenDay& day : days) check_kind(p, day.number);
    for (const ShiftLimit& limit : world_.limits) {
      if (limit.of == LimitOf::kHeads)
        for (const OpenDay& day : days) check_heads(limit, day.number);
      else
        check_there(limit);
    }
  }

 private:
  void fail(std::string message) {
    faults_.push_back({std::nullopt, "limit", std::move(message), ""});
  }

  // " on 2026-11-28" where there are several days.
  std::string on(std::int64_t day) const {
    return world_.several_days() ? " on " + name_of_day(world_, day) : "";
  }

  void check_kind(std::size_t p, std::int64_t day) {
    const ShiftPattern& pattern = world_.shifts[p];
    const auto agents =
        std::count_if(plan_.shifts.begin(), plan_.shifts.end(),
                      [&](const PlannedShift& s) { return s.pattern == p && s.day == day; });
    if (pattern.max_agents && agents > *pattern.max_agents)
      fail(fmt::format("{} agents work {}{}; max_agents is {}", agents, pattern.name, on(day),
                       *pattern.max_agents));
    if (pattern.min_agents && agents < *pattern.min_agents)
      fail(fmt::format("{} agents work {}{}; min_agents is {}", agents, pattern.name, on(day),
                       *pattern.min_agents));
  }

  void check_heads(const ShiftLimit& limit, std::int64_t day) {
    const auto [all, counted] = heads_of(world_, plan_, limit, day);
    const auto broken = [&, all = all, counted = counted](const char* key,
                                                          const std::string& bound) {
      fail(fmt::format("limit {} counts {} of {} agents{}; {} is {}", limit.name, counted, all,
                       on(day), key, bound));
    };
    const auto share = [all = all](double of) { return of * static_cast<double>(all); };
    const double rounding = 1e-9 * static_cast<double>(all);
    const auto heads = static_cast<double>(counted);
    if (limit.at_least && counted < *limit.at_least)
      broken("at_least", std::to_string(*limit.at_least));
    if (limit.at_most && counted > *limit.at_most)
      broken("at_most", std::to_string(*limit.at_most));
    if (limit.share_at_least && heads < share(*limit.share_at_least) - rounding)
      broken("share_at_least", fmt::format("{:.4g}%", 100 * *limit.share_at_least));
    if (limit.share_at_most && heads > share(*limit.share_at_most) + rounding)
      broken("share_at_most", fmt::format("{:.4g}%", 100 * *limit.share_at_most));
  }

  void check_there(const ShiftLimit& limit) {
    const LimitUse use = use_of(world_, plan_, limit);
    const auto broken = [&](std::int64_t agents, SimDuration at, const char* key,
                            std::int64_t bound) {
      fail(fmt::format("limit {}: {} agents are {} at {}{}; {} is {}", limit.name, agents,
                       limit.of == LimitOf::kAtWork ? "at work" : "on duty",
                       time_in_words(at % kDay), on(at / kDay), key, bound));
    };
    if (limit.at_least && use.least < *limit.at_least)
      broken(use.least, use.least_at, "at_least", *limit.at_least);
    if (limit.at_most && use.most > *limit.at_most)
      broken(use.most, use.most_at, "at_most", *limit.at_most);
  }

  const World& world_;
  const DayPlan& plan_;
  std::vector<PlanFault>& faults_;
};

}  // namespace

void check_limits(const World& world, const DayPlan& plan, std::vector<PlanFault>& faults) {
  LimitChecker{world, plan, faults}.check();
}

}  // namespace callmill::plans

namespace callmill {

LimitUse use_of(const World& world, const DayPlan& plan, const ShiftLimit& limit) {
  LimitUse use;
  const std::vector<OpenDay> days = world.open_days();
  use.least = std::numeric_limits<std::int64_t>::max();
  if (limit.of == LimitOf::kHeads) {
    for (const OpenDay& day : days) {
      const auto [all, counted] = plans::heads_of(world, plan, limit, day.number);
      use.least = std::min(use.least, counted);
      if (counted < use.most || (counted == use.most && all < use.all)) continue;
      use.most = counted;
      use.all = all;
    }
    return use;
  }
  for (const PlannedShift& shift : plan.shifts) use.all += shift.group == limit.group ? 1 : 0;
  std::int64_t there = 0;
  for (const auto& [time, change] : plans::changes(world, plan, limit)) {
    there += change;
    if (!plans::is_open(world, days, time) || !is_within(limit.from, limit.to, time)) continue;
    if (there < use.least) use.least_at = time;
    if (there > use.most) use.most_at = time;
    use.least = std::min(use.least, there);
    use.most = std::max(use.most, there);
  }
  // Hours that the day does not have hold nobody to anything.
  if (use.least > use.most) use.least = limit.at_least.value_or(0);
  return use;
}

}  // namespace callmill
