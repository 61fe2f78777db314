// Between a World's week (dates, shift patterns, rules) and a problem of tours (slots, sets of
// days), and back to people's shifts.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "engine/planning/grid.h"
#include "engine/planning/plan_week.h"
#include "models/plans/pay.h"
#include "models/world/findings.h"

namespace callmill {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};
constexpr int kWeek = 7;
constexpr std::uint32_t kAllDays = (1U << kWeek) - 1;

int slots_in(SimDuration d, SimDuration slot) {
  return static_cast<int>(d / slot);
}

// The rules of one group's weeks.
class Weeks {
 public:
  Weeks(const World& world, GroupId group)
      : world_{world},
        tours_{world.groups[group.index()].tours.value_or(Tours{})},
        rules_{rules_of(world.labour)} {
    for (const OpenDay& day : world.open_days()) open_ |= 1U << static_cast<unsigned>(day.number);
  }

  std::uint32_t open() const { return open_; }
  const Tours& tours() const { return tours_; }

  // Sets of days on which a person may work the shift, which is paid for `paid` each.
  std::vector<std::uint32_t> allowed(const PlannedShift& shift, SimDuration paid) const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t week = 1; week <= kAllDays; ++week)
      if (may_work(week, shift, paid)) all.push_back(week);
    return all;
  }

 private:
  static bool works(std::uint32_t week, int day) { return has_day(week, (day + kWeek) % kWeek); }

  bool may_work(std::uint32_t week, const PlannedShift& shift, SimDuration paid) const {
    std::int64_t days = 0;
    for (int day = 0; day < kWeek; ++day) {
      if (!works(week, day)) continue;
      ++days;
      const bool into_next = world_.day.length() == kDay && shift.to - world_.day.opens > kDay;
      if (!has_day(open_, day) || (into_next && !works(open_, day + 1))) return false;
      if (rules_.rest && works(week, day + 1) && shift.from + kDay - shift.to < *rules_.rest)
        return false;
    }
    if (days > tours_.days || days < tours_.fewest_days()) return false;
    if (kWeek - days < rules_.rest_days) return false;
    if (tours_.max_nights && is_night(shift.from, shift.to) && days > *tours_.max_nights)
      return false;
    return keeps_stretches(week) && keeps_hours(days, paid);
  }

  bool keeps_stretches(std::uint32_t week) const {
    if (week == kAllDays) return !tours_.max_days_in_a_row;
    for (int day = 0; day < kWeek; ++day) {
      if (works(week, day) == works(week, day - 1)) continue;
      std::int64_t length = 1;
      while (works(week, day + static_cast<int>(length)) == works(week, day)) ++length;
      if (!works(week, day) && length < tours_.min_days_off_in_a_row) return false;
      if (works(week, day) && tours_.max_days_in_a_row && length > *tours_.max_days_in_a_row)
        return false;
    }
    return true;
  }

  bool keeps_hours(std::int64_t days, SimDuration paid) const {
    const SimDuration normal = rules_.working_day ? std::min(paid, *rules_.working_day) : paid;
    const std::optional<SimDuration> overtime = rules_.overtime_week();
    return (!tours_.min_hours || paid * days >= *tours_.min_hours) &&
           (!tours_.max_hours || paid * days <= *tours_.max_hours) &&
           (!rules_.working_week || normal * days <= *rules_.working_week) &&
           (!overtime || (paid - normal) * days <= *overtime);
  }

  const World& world_;
  Tours tours_;
  LabourRules rules_;
  std::uint32_t open_ = 0;
};

class Builder {
 public:
  Builder(const World& world, GroupId group, SimDuration slot)
      : world_{world}, group_{group}, slot_{slot}, weeks_{world, group} {
    for (int day = 0; day < kWeek; ++day) pay_.emplace_back(world, day_of_run(world, day));
  }

  WeekProblem build(std::vector<double> wanted) {
    TourProblem& problem = week_.problem;
    problem.days = kWeek;
    problem.slots_per_day = slots_in(world_.day.length(), slot_);
    problem.requirement = std::move(wanted);
    for (std::size_t p = 0; p < world_.shifts.size(); ++p)
      if (world_.shifts[p].group == group_) add_kind(p);
    for (const ShiftLimit& limit : world_.limits)
      if (limit.group == group_) add_limit(limit);
    add_weekends();
    make_lean();
    return std::move(week_);
  }

 private:
  void add_kind(std::size_t p) {
    const ShiftPattern& pattern = world_.shifts[p];
    for (const planning::ShiftWay& way : planning::ways_of(pattern))
      for (SimDuration start = pattern.first_start; start <= pattern.last_start;
           start += pattern.start_every)
        add_shift(p, planning::worked_in(p, pattern, way, start), way);
    add_heads(fmt::format("agents of '{}'", pattern.name), {pattern.name}, pattern.min_agents,
              pattern.max_agents, {}, {});
  }

  void add_shift(std::size_t p, const PlannedShift& planned, const planning::ShiftWay& way) {
    const ShiftPattern& pattern = world_.shifts[p];
    const SimDuration after = planned.from - world_.day.opens, span = planned.to - planned.from;
    if (after < SimDuration{} || after >= world_.day.length() || span > world_.day.length() ||
        (world_.day.length() != kDay && after + span > world_.day.length()))
      return;
    TourShift shift;
    shift.name = fmt::format("{} {}", pattern.name, time_in_words(planned.from % kDay));
    shift.start = slots_in(after, slot_);
    shift.length = slots_in(span, slot_);
    if (planned.off) {
      shift.gap_start = slots_in(planned.off->from - planned.from, slot_);
      shift.gap_length = slots_in(planned.off->to - planned.off->from, slot_);
    }
    for (const Break& b : pattern.breaks) {
      const bool late = planned.off && b.earliest >= way.off_start;
      const SimDuration later = late ? way.off_length : SimDuration{};
      shift.breaks.push_back({slots_in(b.length, slot_), slots_in(b.earliest + later, slot_),
                              slots_in(b.latest + later, slot_)});
    }
    const std::vector<PaidPart> parts = pay_.front().parts(planned);
    shift.weeks = weeks_.allowed(planned, parts.empty() ? SimDuration{} : parts.front().time);
    if (shift.weeks.empty()) return;
    for (const DayPay& pay : pay_) shift.cost_on.push_back(pay.wage(planned));
    shift.cost = shift.cost_on.front();
    week_.problem.shifts.push_back(std::move(shift));
    week_.shifts.push_back({p, planned});
  }

  void add_heads(const std::string& name, const std::vector<std::string>& kinds,
                 std::optional<std::int64_t> at_least, std::optional<std::int64_t> at_most,
                 std::optional<double> share_at_least, std::optional<double> share_at_most) {
    if (!at_least && !at_most && !share_at_least && !share_at_most) return;
    TourLimit limit{name, {}, weeks_.open()};
    for (std::size_t j = 0; j < week_.shifts.size(); ++j)
      if (kinds.empty() || std::find(kinds.begin(), kinds.end(),
                                     world_.shifts[week_.shifts[j].pattern].name) != kinds.end())
        limit.shifts.push_back(static_cast<int>(j));
    limit.at_least = at_least.value_or(0);
    limit.at_most = at_most.value_or(-1);
    limit.least_share = share_at_least.value_or(0);
    limit.most_share = share_at_most.value_or(1);
    week_.problem.limits.push_back(std::move(limit));
  }

  // Of limits on who is there, only a least number at work is known here (week_faults): it is
  // required like any other.
  void add_limit(const ShiftLimit& limit) {
    if (limit.of == LimitOf::kHeads)
      return add_heads(fmt::format("limit '{}'", limit.name), limit.shifts, limit.at_least,
                       limit.at_most, limit.share_at_least, limit.share_at_most);
    TourProblem& problem = week_.problem;
    for (int day = 0; day < kWeek; ++day)
      for (int t = 0; has_day(weeks_.open(), day) && t < problem.slots_per_day; ++t)
        if (is_within(limit.from, limit.to, world_.day.opens + slot_ * t)) {
          double& needed =
              problem.requirement[static_cast<std::size_t>(day * problem.slots_per_day + t)];
          needed = std::max(needed, static_cast<double>(limit.at_least.value_or(0)));
        }
  }

  void add_weekends() {
    if (weeks_.tours().weekends_off <= 0) return;
    std::uint32_t days = 0;
    for (int day = 0; day < kWeek; ++day)
      if (const OpenDay of = day_of_run(world_, day); of.date)
        if (const auto name = weekday_of(*of.date); name == "saturday" || name == "sunday")
          days |= 1U << static_cast<unsigned>(day);
    week_.problem.shares.push_back({"weekends_off", days, weeks_.tours().weekends_off});
  }

  // Any days of the week at the same cost: such weeks need not be listed.
  void make_lean() {
    TourProblem& problem = week_.problem;
    const auto days = static_cast<int>(weeks_.tours().days);
    const auto any = [&](const TourShift& shift) {
      std::size_t sets = 1;  // of `days` days out of all
      for (int k = 0; k < days; ++k)
        sets = sets * static_cast<std::size_t>(kWeek - k) / static_cast<std::size_t>(k + 1);
      return shift.weeks.size() == sets &&
             std::all_of(shift.cost_on.begin(), shift.cost_on.end(),
                         [&](double cost) { return cost == shift.cost; });
    };
    problem.days_worked = days;
    if (weeks_.tours().fewest_days() != days || !problem.limits.empty() ||
        !problem.shares.empty() || !std::all_of(problem.shifts.begin(), problem.shifts.end(), any))
      return;
    for (TourShift& shift : problem.shifts) {
      shift.weeks.clear();
      shift.cost_on.clear();
    }
  }

  const World& world_;
  GroupId group_;
  SimDuration slot_;
  Weeks weeks_;
  std::vector<DayPay> pay_;  // by day
  WeekProblem week_;
};

}  // namespace

World world_of_day(const World& world, const OpenDay& day) {
  World one = world;
  one.days.count = 1;
  one.days.closed.clear();
  if (day.date) one.days.first = day.date;
  for (Target& target : one.targets)
    if (target.per != Per::kInterval) target.per = Per::kDay;
  return one;
}

WeekProblem week_problem(const World& world, GroupId group, SimDuration slot,
                         std::vector<double> wanted) {
  return Builder{world, group, slot}.build(std::move(wanted));
}

std::vector<PlannedShift> shifts_of(const World& world, const WeekProblem& week,
                                    const TourResult& tours, SimDuration slot) {
  std::vector<PlannedShift> shifts;
  const int all = week.problem.days * week.problem.slots_per_day;
  for (std::size_t person = 0; person < tours.tours.size(); ++person) {
    const Tour& tour = tours.tours[person];
    const WeekShift& of = week.shifts[static_cast<std::size_t>(tour.shift)];
    const TourShift& shift = week.problem.shifts[static_cast<std::size_t>(tour.shift)];
    for (const TourDay& day : tour.days) {
      PlannedShift one = of.shift;
      one.agent = static_cast<std::uint32_t>(person);
      one.day = day.day;
      one.breaks.clear();
      for (std::size_t b = 0; b < shift.breaks.size(); ++b) {
        int begin = day.break_start[b] - day.day * week.problem.slots_per_day;
        if (begin < 0) begin += all;  // past the end of the week
        const SimDuration from = world.day.opens + slot * begin;
        one.breaks.push_back({from, from + slot * shift.breaks[b].length});
      }
      shifts.push_back(std::move(one));
    }
  }
  return shifts;
}

std::vector<WeekFault> week_faults(const World& world) {
  std::vector<WeekFault> faults;
  if (world.days.count != kWeek)
    faults.push_back(
        {"days",
         fmt::format("has {} days; plan works on one day or on a week of 7", world.days.count),
         "--set days.count=7, or days.count=1 with days.first for one of them"});
  else if (!world.open_days().empty() && world.open_days().front().number != 0)
    faults.push_back({"days.first", "is a day on which the centre is closed",
                      "begin the week with an open day"});
  for (const ShiftLimit& limit : world.limits)
    if (limit.of == LimitOf::kOnDuty || (limit.of == LimitOf::kAtWork && limit.at_most))
      faults.push_back({place("limits", limit),
                        "bounds who is there at any time, which a plan of a week does not know",
                        "of a week limits count heads of each day, or ask for a least number at "
                        "work"});
  for (const AgentGroup& group : world.groups)
    if (group.tours && group.tours->weekends_off > 0 && !world.days.first)
      faults.push_back({place("groups", group, "tours.weekends_off"),
                        "needs dates to know weekends", "add days: {first: 2026-11-23}"});
  return faults;
}

}  // namespace callmill
