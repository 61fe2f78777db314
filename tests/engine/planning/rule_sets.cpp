#include "tests/engine/planning/rule_sets.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>

namespace callmill::test {
namespace {

using namespace std::chrono_literals;

constexpr SimDuration kDay = 24h;
constexpr SimDuration kSlot = 30min;
constexpr SimDuration kStep = 15min;

// Of low .. high - 1, each as likely.
int whole(Draw& draw, int low, int high) {
  return std::min(high - 1, static_cast<int>(std::floor(draw.uniform(low, high))));
}

void add_breaks(Draw& draw, ShiftPattern& shift) {
  SimDuration free = 30min;
  const int breaks = whole(draw, 1, 4) - 1;
  for (int b = 0; b < breaks && b < 2; ++b) {
    const SimDuration length = 30min, earliest = free + 30min * (whole(draw, 1, 3) - 1);
    const SimDuration latest = earliest + 30min * (whole(draw, 1, 4) - 1);
    if (latest + length > shift.length) return;
    if (shift.split && earliest < shift.split->latest && latest + length > shift.split->earliest) {
      free = shift.split->latest;
      continue;
    }
    shift.breaks.push_back({"rest", length, earliest, latest, draw.chance(0.5)});
    free = latest + length;
  }
}

ShiftPattern random_shift(Draw& draw, const World& world, const char* name) {
  const bool always = world.day.length() == kDay;
  ShiftPattern shift;
  shift.name = name;
  shift.group = GroupId{0};
  shift.length = 30min * whole(draw, 4, always ? 17 : 9);
  shift.first_start = world.day.opens + 30min * (whole(draw, 1, always ? 13 : 5) - 1);
  shift.start_every = draw.chance(0.5) ? 1h : 2h;
  shift.last_start = shift.first_start + shift.start_every * (whole(draw, 1, always ? 9 : 5) - 1);
  shift.wage_per_hour = whole(draw, 20, 41);
  if (draw.chance(0.3)) shift.night_supplement = whole(draw, 1, 9);
  if (draw.chance(0.3)) shift.max_agents = whole(draw, 1, 5);
  if (draw.chance(0.2)) shift.min_agents = whole(draw, 1, shift.max_agents ? 2 : 3);
  if (draw.chance(0.35) && shift.length >= 3h) {
    SplitGap gap;
    gap.earliest = 30min * whole(draw, 2, 4);
    gap.latest = gap.earliest + 30min * (whole(draw, 1, 3) - 1);
    gap.shortest = 30min * whole(draw, 1, 4);
    gap.longest = gap.shortest + 30min * (whole(draw, 1, 3) - 1);
    if (gap.latest < shift.length) shift.split = gap;
  }
  if (draw.chance(0.3)) shift.extension = Extension{30min * whole(draw, 1, 3), 30min};
  add_breaks(draw, shift);
  return shift;
}

void add_pay(Draw& draw, World& world) {
  if (draw.chance(0.5)) {
    PayRule hours;
    hours.name = "hours";
    hours.from = 30min * (whole(draw, 1, 48) - 1);
    hours.to = 30min * whole(draw, 1, 49);
    if (draw.chance(0.5))
      hours.rate = 1 + 0.25 * whole(draw, 1, 5);
    else
      hours.per_hour = whole(draw, 1, 9);
    world.pay.push_back(hours);
  }
  if (draw.chance(0.4)) {
    PayRule day;
    day.name = "day";
    day.on = {draw.chance(0.5) ? "weekend" : "workday"};
    day.shifts = {world.shifts.front().name};
    if (draw.chance(0.5))
      day.rate = 2;
    else
      day.share = 0.5;
    world.pay.push_back(day);
  }
  if (draw.chance(0.4)) {
    world.labour.working_day = 30min * whole(draw, 3, 14);
    world.labour.overtime_rate = 1.5;
    world.labour.rest_day_rate = draw.chance(0.5) ? 1.0 : 2.0;
  }
}

void add_limits(Draw& draw, World& world) {
  const auto limit = [&](const char* name, LimitOf of) -> ShiftLimit& {
    ShiftLimit& one = world.limits.emplace_back();
    one.name = name;
    one.group = GroupId{0};
    one.of = of;
    return one;
  };
  if (draw.chance(0.3)) {
    ShiftLimit& heads = limit("heads", LimitOf::kHeads);
    heads.shifts = {
        world.shifts[static_cast<std::size_t>(whole(draw, 0, 3)) % world.shifts.size()].name};
    if (draw.chance(0.5)) heads.at_most = whole(draw, 1, 4);
    if (draw.chance(0.5)) heads.share_at_most = 0.1 * whole(draw, 2, 8);
    if (draw.chance(0.2)) heads.share_at_least = heads.share_at_most ? 0.1 : 0.3;
    if (!heads.at_most && !heads.share_at_most) heads.at_least = 1;
  }
  if (draw.chance(0.3)) {
    ShiftLimit& work = limit("work", LimitOf::kAtWork);
    if (draw.chance(0.6)) {
      work.from = world.day.opens % kDay;
      work.to = (world.day.opens + 30min * whole(draw, 1, 8)) % kDay;
    }
    work.at_most = whole(draw, 2, 6);
    if (draw.chance(0.4)) work.at_least = 1;
  }
  if (draw.chance(0.25)) limit("seats", LimitOf::kOnDuty).at_most = whole(draw, 2, 6);
}

// The wage, a quarter of an hour at a time.
double wage_by_steps(const World& world, const ShiftPattern& kind, SimDuration start,
                     SimDuration off_start, SimDuration off, SimDuration more) {
  const OpenDay day = world.open_days().front();
  const LabourRules labour = rules_of(world.labour);
  SimDuration worked{};  // paid
  double sum = 0;
  for (SimDuration at{}; at < kind.length + off + more; at += kStep) {
    if (off > SimDuration{} && at >= off_start && at < off_start + off) continue;
    const SimDuration duty = off > SimDuration{} && at >= off_start ? at - off : at;
    bool paid = true;
    for (const Break& rest : kind.breaks) {
      const SimDuration middle = (rest.earliest + rest.latest) / 2;
      if (!rest.paid && duty >= middle && duty < middle + rest.length) paid = false;
    }
    if (!paid) continue;
    const SimDuration clock = (start + at) % kDay;
    double rate = 1, added = 0;
    if (clock >= 22h || clock < 6h) added += kind.night_supplement;
    for (const PayRule& rule : world.pay) {
      const bool its_kind = rule.shifts.empty() || rule.shifts.front() == kind.name;
      if (!its_kind || !is_one_of(rule.on, day) || !is_within(rule.from, rule.to, clock)) continue;
      if (rule.rate) rate = std::max(rate, *rule.rate);
      added += rule.per_hour.value_or(0) + rule.share.value_or(0) * kind.wage_per_hour;
    }
    if (labour.working_day && worked >= *labour.working_day)
      rate = std::max(rate, labour.overtime_rate);
    if (is_such_a_day("weekend", day)) rate = std::max(rate, labour.rest_day_rate);
    sum += 0.25 * (rate * kind.wage_per_hour + added);
    worked += kStep;
  }
  return sum;
}

class Writer {
 public:
  explicit Writer(const World& world)
      : world_{world},
        slots_{static_cast<std::size_t>(world.day.length() / kSlot)},
        cyclic_{world.day.length() == kDay} {}

  std::vector<Pattern> write() {
    for (std::size_t k = 0; k < world_.shifts.size(); ++k) {
      const ShiftPattern& kind = world_.shifts[k];
      for (SimDuration start = kind.first_start; start <= kind.last_start;
           start += kind.start_every) {
        if (start < world_.day.opens || start >= world_.day.closes) continue;
        const SimDuration most = kind.extension ? kind.extension->most : SimDuration{};
        for (SimDuration more{}; more <= most; more += kSlot) gaps(k, start, more);
      }
    }
    return std::move(all_);
  }

 private:
  void gaps(std::size_t k, SimDuration start, SimDuration more) {
    const ShiftPattern& kind = world_.shifts[k];
    if (!kind.split) return person(k, start, {}, {}, more);
    for (SimDuration at = kind.split->earliest; at <= kind.split->latest; at += kind.split->every)
      for (SimDuration off = kind.split->shortest; off <= kind.split->longest;
           off += kind.split->every)
        person(k, start, at, off, more);
  }

  void person(std::size_t k, SimDuration start, SimDuration off_start, SimDuration off,
              SimDuration more) {
    const ShiftPattern& kind = world_.shifts[k];
    const SimDuration span = kind.length + off + more;
    if (span > world_.day.length() || (!cyclic_ && start + span > world_.day.closes)) return;
    Pattern one{k,
                wage_by_steps(world_, kind, start, off_start, off, more),
                std::vector<bool>(slots_, false),
                {}};
    for (SimDuration at{}; at < span; at += kSlot)
      if (at < off_start || at >= off_start + off) one.duty[slot(start + at)] = true;
    one.work = one.duty;
    place(kind, start, off_start, off, 0, one);
  }

  void place(const ShiftPattern& kind, SimDuration start, SimDuration off_start, SimDuration off,
             std::size_t next, const Pattern& one) {
    if (next == kind.breaks.size()) {
      all_.push_back(one);
      return;
    }
    const Break& rest = kind.breaks[next];
    for (SimDuration at = rest.earliest; at <= rest.latest; at += kSlot) {
      Pattern placed = one;
      const bool late = off > SimDuration{} && rest.earliest >= off_start;
      const SimDuration begin = start + at + (late ? off : SimDuration{});
      for (SimDuration t{}; t < rest.length; t += kSlot) placed.work[slot(begin + t)] = false;
      place(kind, start, off_start, off, next + 1, placed);
    }
  }

  std::size_t slot(SimDuration time) const {
    return static_cast<std::size_t>((time - world_.day.opens) / kSlot) % slots_;
  }

  const World& world_;
  std::size_t slots_;
  bool cyclic_;
  std::vector<Pattern> all_;
};

}  // namespace

World random_rules_of(Draw& draw) {
  World world;
  world.groups.resize(1);
  world.groups[0].name = "agents";
  world.trunks.push_back({"front", 5, 0});
  const bool always = draw.chance(0.4);
  world.day.opens = 1h * (whole(draw, 1, 12) - 1);
  world.day.closes = world.day.opens + (always ? kDay : SimDuration{1h * whole(draw, 6, 10)});
  world.day.interval = 30min;
  world.days.first =
      parse_date(draw.chance(0.5) ? "2026-11-28" : "2026-11-27");  // Saturday, Friday
  const int kinds = whole(draw, 1, 4);
  const char* const names[] = {"one", "two", "three"};
  for (int k = 0; k < kinds; ++k) world.shifts.push_back(random_shift(draw, world, names[k]));
  add_pay(draw, world);
  add_limits(draw, world);
  return world;
}

std::vector<double> random_need(Draw& draw, const World& world) {
  std::vector<double> need(static_cast<std::size_t>(world.day.length() / kSlot), 0.0);
  // Where the first kind is sure to be, else nearly nothing could be covered.
  const ShiftPattern& kind = world.shifts.front();
  const SimDuration from = kind.first_start - world.day.opens;
  const SimDuration span = kind.last_start - kind.first_start + kind.length;
  for (SimDuration at{}; at < span; at += kSlot) {
    const auto slot = static_cast<std::size_t>((from + at) / kSlot);
    if (slot < need.size() && draw.chance(0.6)) need[slot] = 0.5 * whole(draw, 1, 6);
  }
  return need;
}

std::vector<Pattern> patterns_of(const World& world) {
  return Writer{world}.write();
}

MipResult solve_written_out(const World& world, const std::vector<Pattern>& patterns,
                            const std::vector<double>& need) {
  Mip mip;
  for (const Pattern& pattern : patterns) mip.add_column(pattern.cost, 0, kUnbounded);
  const auto row = [&](double lower, double upper, const auto& value) {
    const int r = mip.add_row(lower, upper);
    for (std::size_t p = 0; p < patterns.size(); ++p)
      if (const double v = value(patterns[p]); v != 0) mip.add(r, static_cast<int>(p), v);
  };
  const auto most = [](const std::optional<std::int64_t>& bound) {
    return bound ? static_cast<double>(*bound) : kUnbounded;
  };
  for (std::size_t t = 0; t < need.size(); ++t)
    row(std::ceil(need[t]), kUnbounded, [t](const Pattern& p) { return p.work[t] ? 1.0 : 0.0; });
  for (std::size_t k = 0; k < world.shifts.size(); ++k)
    row(static_cast<double>(world.shifts[k].min_agents.value_or(0)),
        most(world.shifts[k].max_agents),
        [k](const Pattern& p) { return p.kind == k ? 1.0 : 0.0; });
  for (const ShiftLimit& limit : world.limits) {
    const auto least = static_cast<double>(limit.at_least.value_or(0));
    if (limit.of == LimitOf::kHeads) {
      const auto of = [&](const Pattern& p) {
        return limit.shifts.front() == world.shifts[p.kind].name ? 1.0 : 0.0;
      };
      row(least, most(limit.at_most), of);
      if (limit.share_at_most)
        row(-kUnbounded, 0, [&](const Pattern& p) { return of(p) - *limit.share_at_most; });
      if (limit.share_at_least)
        row(0, kUnbounded, [&](const Pattern& p) { return of(p) - *limit.share_at_least; });
      continue;
    }
    for (std::size_t t = 0; t < need.size(); ++t) {
      const SimDuration clock = world.day.opens + kSlot * static_cast<std::int64_t>(t);
      if (!is_within(limit.from, limit.to, clock)) continue;
      row(least, most(limit.at_most), [&](const Pattern& p) {
        return (limit.of == LimitOf::kAtWork ? p.work[t] : p.duty[t]) ? 1.0 : 0.0;
      });
    }
  }
  return solve_mip(mip, {.node_limit = 20000});
}

}  // namespace callmill::test
