#include "tests/engine/planning/week_sets.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

namespace callmill::test {
namespace {

using namespace std::chrono_literals;

constexpr int kDays = 7;
constexpr int kSlots = 12;  // of a day, half hours
constexpr SimDuration kSlot = 30min;

// Of low .. high, each as likely.
int from(Draw& draw, int low, int high) {
  return std::min(high, static_cast<int>(std::floor(draw.uniform(low, high + 1))));
}

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

ShiftPattern random_kind(Draw& draw, const World& world, const char* name) {
  ShiftPattern kind;
  kind.name = name;
  kind.group = GroupId{0};
  kind.length = kSlot * from(draw, 4, 10);
  kind.first_start = world.day.opens + 1h * from(draw, 0, 1);
  kind.start_every = 1h;
  kind.last_start = kind.first_start + 1h * from(draw, 0, 2);
  kind.wage_per_hour = from(draw, 20, 40);
  if (draw.chance(0.6))
    kind.breaks.push_back({"rest", kSlot, kSlot, kSlot * from(draw, 1, 3), draw.chance(0.5)});
  if (draw.chance(0.2)) kind.max_agents = from(draw, 1, 4);
  if (draw.chance(0.15)) kind.min_agents = 1;
  return kind;
}

Tours random_tours(Draw& draw) {
  Tours tours;
  tours.days = from(draw, 3, 6);
  if (draw.chance(0.4)) tours.min_days = from(draw, 1, static_cast<int>(tours.days));
  if (draw.chance(0.4)) tours.min_days_off_in_a_row = 2;
  if (draw.chance(0.3)) tours.max_days_in_a_row = from(draw, 2, 5);
  if (draw.chance(0.2)) tours.min_hours = 1h * from(draw, 6, 14);
  if (draw.chance(0.2)) tours.max_hours = 1h * from(draw, 14, 24);
  if (draw.chance(0.35)) tours.weekends_off = 0.1 * from(draw, 1, 5);
  return tours;
}

void add_labour(Draw& draw, World& world) {
  if (draw.chance(0.2)) world.labour.rest = 1h * from(draw, 16, 21);
  if (draw.chance(0.2)) world.labour.rest_days = from(draw, 1, 3);
  if (draw.chance(0.2)) world.labour.working_week = 1h * from(draw, 8, 20);
  if (draw.chance(0.3)) {
    world.labour.working_day = kSlot * from(draw, 4, 8);
    world.labour.overtime_rate = 1.5;
  }
  if (draw.chance(0.3)) world.labour.rest_day_rate = 2;
  if (draw.chance(0.3)) {
    PayRule monday;
    monday.name = "monday";
    monday.on = {"monday"};
    monday.rate = 1.25;
    world.pay = {monday};
  }
}

void add_limits(Draw& draw, World& world) {
  if (draw.chance(0.3)) {
    ShiftLimit heads;
    heads.name = "heads";
    heads.group = GroupId{0};
    heads.of = LimitOf::kHeads;
    heads.shifts = {world.shifts.back().name};
    if (draw.chance(0.5))
      heads.at_most = from(draw, 1, 4);
    else
      heads.share_at_most = 0.1 * from(draw, 2, 8);
    if (draw.chance(0.2)) heads.share_at_least = 0.1;
    world.limits.push_back(heads);
  }
  if (draw.chance(0.25)) {
    ShiftLimit work;
    work.name = "work";
    work.group = GroupId{0};
    work.of = LimitOf::kAtWork;
    work.from = world.day.opens + 1h;
    work.to = *work.from + kSlot * from(draw, 1, 4);
    work.at_least = from(draw, 1, 2);
    world.limits.push_back(work);
  }
}

bool is_open(const World& world, int day) {
  for (const OpenDay& open : world.open_days())
    if (open.number == day) return true;
  return false;
}

SimDuration paid_time(const ShiftPattern& kind) {
  SimDuration paid = kind.length;
  for (const Break& rest : kind.breaks)
    if (!rest.paid) paid -= rest.length;
  return paid;
}

// Of one day's shift; 2026-11-23 is a Monday.
double wage_on(const World& world, const ShiftPattern& kind, int day) {
  const LabourRules labour = rules_of(world.labour);
  double rate = day >= 5 ? labour.rest_day_rate : 1;
  if (day == 0 && !world.pay.empty()) rate = std::max(rate, *world.pay[0].rate);
  const SimDuration paid = paid_time(kind);
  const SimDuration normal = labour.working_day ? std::min(paid, *labour.working_day) : paid;
  return kind.wage_per_hour *
         (to_hours(normal) * rate + to_hours(paid - normal) * std::max(rate, labour.overtime_rate));
}

// Whether a person may work the kind on these days, one question after the other.
bool may(const World& world, const ShiftPattern& kind, const std::vector<bool>& works) {
  const Tours& tours = *world.groups[0].tours;
  const LabourRules labour = rules_of(world.labour);
  const auto on = [&](int day) { return works[index((day + 2 * kDays) % kDays)]; };
  const auto days = std::count(works.begin(), works.end(), true);
  if (days == 0 || days > tours.days || days < tours.min_days.value_or(tours.days)) return false;
  if (kDays - days < labour.rest_days) return false;
  for (int day = 0; day < kDays; ++day) {
    if (on(day) && !is_open(world, day)) return false;
    if (on(day) && on(day + 1) && labour.rest && 24h - kind.length < *labour.rest) return false;
    // A day off has company of enough days off on its two sides.
    if (!on(day)) {
      int off = 1;
      for (int k = 1; k < kDays && !on(day + k); ++k) ++off;
      for (int k = 1; k < kDays && !on(day - k); ++k) ++off;
      if (off < tours.min_days_off_in_a_row) return false;
    }
    if (tours.max_days_in_a_row) {
      int row = 0;
      while (row < kDays && on(day + row)) ++row;
      if (row > *tours.max_days_in_a_row) return false;
    }
  }
  const SimDuration paid = paid_time(kind);
  const SimDuration normal = labour.working_day ? std::min(paid, *labour.working_day) : paid;
  return (!tours.min_hours || paid * days >= *tours.min_hours) &&
         (!tours.max_hours || paid * days <= *tours.max_hours) &&
         (!labour.working_week || normal * days <= *labour.working_week);
}

class Writer {
 public:
  explicit Writer(const World& world) : world_{world} {
    for (std::size_t k = 0; k < world.shifts.size(); ++k) {
      const ShiftPattern& kind = world.shifts[k];
      for (SimDuration start = kind.first_start; start <= kind.last_start;
           start += kind.start_every)
        if (start + kind.length <= world.day.closes) add_shift(k, start);
    }
  }

  MipResult solve(const std::vector<double>& need) {
    for (int t = 0; t < kDays * kSlots; ++t) at_work(t, std::ceil(need[index(t)]));
    for (int day = 0; day < kDays; ++day) {
      if (!is_open(world_, day)) continue;
      for (const ShiftPattern& kind : world_.shifts)
        heads(day, {kind.name}, kind.min_agents, kind.max_agents, {}, {});
      for (const ShiftLimit& limit : world_.limits)
        if (limit.of == LimitOf::kHeads)
          heads(day, limit.shifts, limit.at_least, limit.at_most, limit.share_at_least,
                limit.share_at_most);
        else
          for (int t = 0; t < kSlots; ++t)
            if (const SimDuration at = world_.day.opens + kSlot * t;
                at >= *limit.from && at < *limit.to)
              at_work(day * kSlots + t, static_cast<double>(*limit.at_least));
    }
    weekends();
    return solve_mip(mip_, {.node_limit = 4000});
  }

 private:
  struct Weeks {  // people of one kind, start and set of days
    int column = 0;
    std::size_t kind = 0;
    std::vector<bool> works;
  };
  struct Heads {  // of them, those of one day whose break is then
    int column = 0, day = 0;
    std::vector<bool> at_work;  // by slot of the day
  };

  void add_shift(std::size_t k, SimDuration start) {
    const ShiftPattern& kind = world_.shifts[k];
    std::vector<int> of_day(kDays);
    for (int& row : of_day) row = mip_.add_row(0, 0);
    for (std::uint32_t bits = 1; bits < 128; ++bits) {
      std::vector<bool> works(kDays);
      double cost = 0;
      for (int day = 0; day < kDays; ++day) {
        works[index(day)] = (bits >> static_cast<unsigned>(day) & 1U) != 0;
        cost += works[index(day)] ? wage_on(world_, kind, day) : 0;
      }
      if (!may(world_, kind, works)) continue;
      weeks_.push_back({mip_.add_column(cost, 0, kUnbounded), k, works});
      for (int day = 0; day < kDays; ++day)
        if (works[index(day)]) mip_.add(of_day[index(day)], weeks_.back().column, 1);
    }
    for (int day = 0; day < kDays; ++day) add_heads(kind, start, day, of_day[index(day)]);
  }

  void add_heads(const ShiftPattern& kind, SimDuration start, int day, int row) {
    const bool rests = !kind.breaks.empty();
    const SimDuration last = rests ? kind.breaks[0].latest : kSlot;
    for (SimDuration rest = kSlot; rest <= last; rest += kSlot) {
      std::vector<bool> at_work(kSlots);
      for (SimDuration at{}; at < kind.length; at += kSlot)
        at_work[static_cast<std::size_t>((start + at - world_.day.opens) / kSlot)] =
            !rests || at != rest;
      heads_.push_back({mip_.add_column(0, 0, kUnbounded), day, at_work});
      mip_.add(row, heads_.back().column, -1);
    }
  }

  void at_work(int slot, double least) {
    const int row = mip_.add_row(least, kUnbounded);
    for (const Heads& h : heads_)
      if (h.day == slot / kSlots && h.at_work[index(slot % kSlots)]) mip_.add(row, h.column, 1);
  }

  void heads(int day, const std::vector<std::string>& kinds, std::optional<std::int64_t> least,
             std::optional<std::int64_t> most, std::optional<double> least_share,
             std::optional<double> most_share) {
    const auto row = [&](double lower, double upper, double share) {
      const int r = mip_.add_row(lower, upper);
      for (const Weeks& w : weeks_) {
        if (!w.works[index(day)]) continue;
        const bool counted = std::count(kinds.begin(), kinds.end(), world_.shifts[w.kind].name) > 0;
        mip_.add(r, w.column, (counted ? 1 : 0) - share);
      }
    };
    row(static_cast<double>(least.value_or(0)), most ? static_cast<double>(*most) : kUnbounded, 0);
    if (least_share) row(0, kUnbounded, *least_share);
    if (most_share) row(-kUnbounded, 0, *most_share);
  }

  void weekends() {
    const int row = mip_.add_row(0, kUnbounded);
    for (const Weeks& w : weeks_)
      mip_.add(row, w.column,
               (w.works[5] || w.works[6] ? 0 : 1) - world_.groups[0].tours->weekends_off);
  }

  const World& world_;
  Mip mip_;
  std::vector<Weeks> weeks_;
  std::vector<Heads> heads_;
};

}  // namespace

World random_week_of(Draw& draw) {
  World world;
  world.groups.resize(1);
  world.groups[0].name = "agents";
  world.trunks.push_back({"front", 5, 0});
  world.day.opens = 8h;
  world.day.closes = 14h;
  world.day.interval = kSlot;
  world.days.count = kDays;
  world.days.first = parse_date("2026-11-23");
  if (draw.chance(0.25)) world.days.closed = {draw.chance(0.5) ? "sunday" : "wednesday"};
  world.shifts.push_back(random_kind(draw, world, "one"));
  if (draw.chance(0.6)) world.shifts.push_back(random_kind(draw, world, "two"));
  world.groups[0].tours = random_tours(draw);
  add_labour(draw, world);
  add_limits(draw, world);
  return world;
}

std::vector<double> random_need_of_week(Draw& draw, const World& world) {
  std::vector<double> need(index(kDays * kSlots), 0.0);
  const ShiftPattern& kind = world.shifts.front();
  const auto first = static_cast<int>((kind.first_start - world.day.opens) / kSlot);
  const auto end = static_cast<int>((kind.last_start - world.day.opens + kind.length) / kSlot);
  const double often = draw.uniform(0.2, 0.9);
  for (int day = 0; day < kDays; ++day)
    for (int t = first; t < std::min(end, kSlots); ++t)
      if (is_open(world, day) && draw.chance(often))
        need[index(day * kSlots + t)] = 0.5 * from(draw, 1, 6);
  need[index(first)] = 1;  // Monday is open
  return need;
}

MipResult solve_week_written_out(const World& world, const std::vector<double>& need) {
  return Writer{world}.solve(need);
}

}  // namespace callmill::test
