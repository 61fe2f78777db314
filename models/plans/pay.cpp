#include "models/plans/pay.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace callmill {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

struct Piece {
  SimDuration from, to;
};

// Takes [from, to) out of the pieces.
void take_out(SimDuration from, SimDuration to, std::vector<Piece>& pieces) {
  std::vector<Piece> left;
  for (const Piece& p : pieces) {
    if (p.from < std::min(p.to, from)) left.push_back({p.from, std::min(p.to, from)});
    if (std::max(p.from, to) < p.to) left.push_back({std::max(p.from, to), p.to});
  }
  pieces = std::move(left);
}

// The paid time of the shift, in order. A break's window counts hours on duty: past the hours off,
// it comes later by them.
std::vector<Piece> paid_time(const ShiftPattern& pattern, const PlannedShift& shift) {
  std::vector<Piece> paid{{shift.from, shift.to}};
  const SimDuration off = shift.off ? shift.off->to - shift.off->from : SimDuration{};
  if (shift.off) take_out(shift.off->from, shift.off->to, paid);
  for (std::size_t b = 0; b < std::min(pattern.breaks.size(), shift.breaks.size()); ++b) {
    const Break& rest = pattern.breaks[b];
    if (rest.paid) continue;
    SimDuration begin = shift.from + (rest.earliest + rest.latest) / 2;
    if (shift.off && begin >= shift.off->from) begin += off;
    take_out(begin, begin + (shift.breaks[b].to - shift.breaks[b].from), paid);
  }
  return paid;
}

// Times of the clock at which a rule begins or ends to hold.
void add_clock(const std::optional<SimDuration>& time, SimDuration from, SimDuration to,
               std::vector<SimDuration>& cuts) {
  if (!time) return;
  for (SimDuration t = *time % kDay; t < to; t += kDay)
    if (t > from) cuts.push_back(t);
}

}  // namespace

OpenDay day_of_run(const World& world, std::int64_t day) {
  for (OpenDay& open : world.open_days())
    if (open.number == day) return std::move(open);
  OpenDay closed;
  closed.number = day;
  if (world.days.first) {
    closed.date = *world.days.first + std::chrono::days{day};
    closed.kind = weekday_of(*closed.date);
  }
  return closed;
}

DayPay::DayPay(const World& world)
    : DayPay{world, world.open_days().empty() ? OpenDay{} : world.open_days().front()} {}

DayPay::DayPay(const World& world, const OpenDay& day) : world_{world} {
  for (const PayRule& rule : world.pay) {
    if (!is_one_of(rule.on, day)) continue;
    rules_.push_back({rule.name, rule.from, rule.to, rule.after, rule.shifts, rule.rate,
                      rule.per_hour.value_or(0), rule.share.value_or(0)});
  }
  const LabourRules labour = rules_of(world.labour);
  const auto add_rate = [&](const char* name, std::optional<SimDuration> after, double rate) {
    if (rate > 1) rules_.push_back({name, {}, {}, after, {}, rate, 0, 0});
  };
  if (labour.working_day) add_rate("overtime", labour.working_day, labour.overtime_rate);
  if (is_such_a_day("weekend", day)) add_rate("rest_day", {}, labour.rest_day_rate);
  if (is_such_a_day("holiday", day)) add_rate("holiday", {}, labour.holiday_rate);
}

// Time for which each rule is paid; of rates the highest alone, the first of equals. At the end the
// time for which the wage is.
std::vector<SimDuration> DayPay::time_of_rules(const PlannedShift& shift,
                                               const std::vector<const Rule*>& rules,
                                               SimDuration from, SimDuration to) const {
  std::vector<SimDuration> time(rules.size() + 1);
  SimDuration before{}, paid{};  // paid time before the piece; within the part that is asked for
  for (const Piece& piece : paid_time(world_.shifts[*shift.pattern], shift)) {
    std::vector<SimDuration> cuts{piece.from, piece.to};
    for (const SimDuration edge : {from, to})
      if (edge > piece.from && edge < piece.to) cuts.push_back(edge);
    for (const Rule* rule : rules) {
      add_clock(rule->from, piece.from, piece.to, cuts);
      add_clock(rule->to, piece.from, piece.to, cuts);
      if (!rule->after) continue;
      const SimDuration at = piece.from + (*rule->after - before);
      if (at > piece.from && at < piece.to) cuts.push_back(at);
    }
    std::sort(cuts.begin(), cuts.end());
    for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
      const SimDuration begin = cuts[c], length = cuts[c + 1] - begin;
      if (begin < from || begin >= to) continue;
      paid += length;
      const Rule* highest = nullptr;
      for (std::size_t r = 0; r < rules.size(); ++r) {
        const Rule& rule = *rules[r];
        if (!is_within(rule.from, rule.to, begin) ||
            (rule.after && before + (begin - piece.from) < *rule.after))
          continue;
        if (!rule.rate)
          time[r] += length;
        else if (!highest || *rule.rate > *highest->rate)
          highest = &rule;
      }
      for (std::size_t r = 0; r < rules.size(); ++r)
        if (rules[r] == highest) time[r] += length;
    }
    before += piece.to - piece.from;
  }
  time.back() = paid;
  return time;
}

std::vector<PaidPart> DayPay::parts(const PlannedShift& shift) const {
  return parts_within(shift, shift.from, shift.to);
}

std::vector<PaidPart> DayPay::parts_within(const PlannedShift& shift, SimDuration from,
                                           SimDuration to) const {
  if (!shift.pattern) return {};
  const ShiftPattern& pattern = world_.shifts[*shift.pattern];
  Rule night{"night_supplement", std::chrono::hours{22}, std::chrono::hours{6}, {}, {}, {}, 0, 0};
  night.per_hour = pattern.night_supplement;
  std::vector<const Rule*> rules;
  if (night.per_hour > 0) rules.push_back(&night);
  for (const Rule& rule : rules_)
    if (rule.shifts.empty() ||
        std::find(rule.shifts.begin(), rule.shifts.end(), pattern.name) != rule.shifts.end())
      rules.push_back(&rule);
  const std::vector<SimDuration> time = time_of_rules(shift, rules, from, to);
  const double wage = pattern.wage_per_hour;
  std::vector<PaidPart> parts{{"wage", time.back(), to_hours(time.back()) * wage}};
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const Rule& rule = *rules[r];
    const double per_hour = rule.rate ? wage * (*rule.rate - 1) : rule.per_hour + wage * rule.share;
    if (time[r] > SimDuration{})
      parts.push_back({rule.name, time[r], to_hours(time[r]) * per_hour});
  }
  return parts;
}

double DayPay::wage(const PlannedShift& shift) const {
  return wage(shift, shift.from, shift.to);
}

double DayPay::wage(const PlannedShift& shift, SimDuration from, SimDuration to) const {
  double sum = 0;
  for (const PaidPart& part : parts_within(shift, from, to)) sum += part.amount;
  return sum;
}

std::vector<PaidPart> pay_parts(const World& world, const DayPlan& plan) {
  std::map<std::int64_t, DayPay> days;
  std::vector<PaidPart> all{{"wage", {}, 0}, {"night_supplement", {}, 0}};
  for (const PayRule& rule : world.pay) all.push_back({rule.name, {}, 0});
  for (const char* name : {"overtime", "rest_day", "holiday"}) all.push_back({name, {}, 0});
  for (const PlannedShift& shift : plan.shifts) {
    const DayPay& pay =
        days.try_emplace(shift.day, world, day_of_run(world, shift.day)).first->second;
    std::size_t at =
        0;  // parts come in this order; a rule of the scenario may be called "overtime"
    for (const PaidPart& part : pay.parts(shift)) {
      while (all[at].rule != part.rule) ++at;
      all[at].time += part.time;
      all[at++].amount += part.amount;
    }
  }
  std::erase_if(all, [](const PaidPart& part) { return part.time == SimDuration{}; });
  return all;
}

}  // namespace callmill
