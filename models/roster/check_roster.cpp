// Walks each person's row and each day's column as a planner with a ruler would, on purpose without
// the solver's states.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"
#include "models/roster/roster.h"

namespace callmill {
namespace {

std::string hours(int minutes) {
  return fmt::format("{:.4g} h", minutes / 60.0);
}

class RosterChecker {
 public:
  RosterChecker(const RosterProblem& problem, const Roster& roster)
      : p_{problem}, roster_{roster} {}

  RosterCheck check() {
    for (who_ = 0; who_ < static_cast<int>(p_.people.size()); ++who_) {
      const std::size_t first = found_.broken.size();
      check_cells();
      check_neighbours();
      check_runs();
      check_weeks();
      check_whole();
      std::stable_sort(found_.broken.begin() + static_cast<std::ptrdiff_t>(first),
                       found_.broken.end(),
                       [](const RosterFault& a, const RosterFault& b) { return a.day < b.day; });
      price_wishes();
    }
    for (const RosterNeed& need : p_.needs) price_need(need);
    if (p_.mix) price_mix();
    price_spreads();
    for (const RosterPrice& price : found_.prices) found_.cost += price.price;
    return std::move(found_);
  }

 private:
  const RosterPerson& person() const { return p_.people[static_cast<std::size_t>(who_)]; }
  const RosterRules& rules() const { return person().rules; }
  int cell(int who, int day) const {
    return roster_[static_cast<std::size_t>(who)][static_cast<std::size_t>(day)];
  }
  int cell(int day) const { return cell(who_, day); }
  const RosterKind& kind_of(int kind) const { return p_.kinds[static_cast<std::size_t>(kind)]; }
  int minutes(int day) const { return cell(day) == kDayOff ? 0 : kind_of(cell(day)).minutes; }
  bool night(int day) const { return cell(day) != kDayOff && kind_of(cell(day)).night; }
  void fail(int day, std::string code, std::string message) {
    found_.broken.push_back({who_, day, std::move(code), std::move(message)});
  }
  void charge(RosterPrice price, double weight) {
    price.price = price.amount * weight;
    if (price.price > 0) found_.prices.push_back(std::move(price));
  }

  // Each day by itself.
  void check_cells() {
    for (const RosterFixed& f : person().fixed) {
      if (cell(f.day) == f.kind) continue;
      if (f.kind == kDayOff)
        fail(f.day, "fixed", fmt::format("works {} on a fixed day off", kind_of(cell(f.day)).name));
      else
        fail(f.day, "fixed", fmt::format("does not work {}, which is fixed", kind_of(f.kind).name));
    }
    std::map<int, int> count;
    for (int day = 0; day < p_.days; ++day) {
      if (cell(day) == kDayOff) continue;
      const RosterKind& kind = kind_of(cell(day));
      const auto& skills = person().skills;
      if (!kind.skill.empty() &&
          std::find(skills.begin(), skills.end(), kind.skill) == skills.end())
        fail(day, "skill", fmt::format("works {} without the skill {}", kind.name, kind.skill));
      if (rules().day_minutes && kind.minutes > *rules().day_minutes)
        fail(day, "day-hours",
             fmt::format("works {} on a day; at most {}", hours(kind.minutes),
                         hours(*rules().day_minutes)));
      if (person().max_of_kind.empty()) continue;
      const auto& limit = person().max_of_kind[static_cast<std::size_t>(cell(day))];
      if (limit && ++count[cell(day)] == *limit + 1)
        fail(day, "kind-limit", fmt::format("works more shifts {} than {}", kind.name, *limit));
    }
  }

  void check_neighbours() {
    for (int day = 1; day < p_.days; ++day) {
      if (cell(day - 1) == kDayOff || cell(day) == kDayOff) continue;
      const RosterKind &before = kind_of(cell(day - 1)), &after = kind_of(cell(day));
      const auto& never = before.never_before;
      if (std::find(never.begin(), never.end(), cell(day)) != never.end())
        fail(day, "follow",
             fmt::format("works {} the day after {}, which must not be", after.name, before.name));
      if (!rules().rest_minutes || !before.to || !after.from) continue;
      const int rest = 1440 + *after.from - *before.to;
      if (rest < *rules().rest_minutes)
        fail(day, "rest",
             fmt::format("rests {} between {} and {}; at least {}", hours(rest), before.name,
                         after.name, hours(*rules().rest_minutes)));
    }
  }

  // Stretches of equal days; the first and last may go on outside the horizon.
  void check_runs() {
    for (int from = 0; from < p_.days;) {
      int to = from + 1;
      const bool off = cell(from) == kDayOff;
      while (to < p_.days && (cell(to) == kDayOff) == off) ++to;
      const int length = to - from;
      const bool whole = from > 0 && to < p_.days;
      if (!off && rules().max_run && length > *rules().max_run)
        fail(from, "max-run",
             fmt::format("works {} days in a row; at most {}", length, *rules().max_run));
      if (!off && whole && rules().min_run && length < *rules().min_run)
        fail(from, "min-run",
             fmt::format("works {} day(s) in a row; at least {}", length, *rules().min_run));
      if (off && whole && rules().min_off_run && length < *rules().min_off_run)
        fail(from, "min-off-run",
             fmt::format("has {} day(s) off in a row; at least {}", length, *rules().min_off_run));
      from = to;
    }
    int run = 0;
    for (int day = 0; day < p_.days; ++day) {
      run = night(day) ? run + 1 : 0;
      if (rules().max_nights_run && run == *rules().max_nights_run + 1)
        fail(day - run + 1, "nights-run",
             fmt::format("works more than {} nights in a row", *rules().max_nights_run));
    }
  }

  void check_weeks() {
    int overtime = 0;
    for (int from = 0; from < p_.days;) {
      const int to = std::min(p_.days, from + 7 - weekday(p_, from));
      int worked = 0, shifts = 0;
      for (int day = from; day < to; ++day) {
        worked += minutes(day);
        shifts += cell(day) != kDayOff ? 1 : 0;
      }
      if (rules().week_minutes && worked > *rules().week_minutes)
        fail(from, "week-hours",
             fmt::format("works {} in a week; at most {}", hours(worked),
                         hours(*rules().week_minutes)));
      if (rules().rest_days && to - from == 7 && 7 - shifts < *rules().rest_days)
        fail(from, "rest-day",
             fmt::format("has {} day(s) off in a week; at least {}", 7 - shifts,
                         *rules().rest_days));
      if (rules().normal_week) overtime += std::max(0, worked - *rules().normal_week);
      from = to;
    }
    if (rules().overtime_minutes && overtime > *rules().overtime_minutes)
      fail(0, "overtime",
           fmt::format("works {} of overtime; at most {}", hours(overtime),
                       hours(*rules().overtime_minutes)));
    RosterPrice price{"overtime", who_};
    price.amount = overtime / 60.0;
    charge(std::move(price), p_.overtime_weight);
  }

  int weekends(int who) const {
    int count = 0;
    bool saturday = false;
    for (int day = 0; day < p_.days; ++day) {
      const int which = weekday(p_, day);
      const bool works = cell(who, day) != kDayOff;
      if (which == 5) saturday = works;
      if ((which == 5 && works) || (which == 6 && works && !saturday)) ++count;
    }
    return count;
  }

  int total(int who) const {
    int sum = 0;
    for (int day = 0; day < p_.days; ++day)
      if (cell(who, day) != kDayOff) sum += kind_of(cell(who, day)).minutes;
    return sum;
  }

  void check_whole() {
    const int worked = total(who_);
    if (rules().max_minutes && worked > *rules().max_minutes)
      fail(0, "max-hours",
           fmt::format("works {} in all; at most {}", hours(worked), hours(*rules().max_minutes)));
    if (rules().min_minutes && worked < *rules().min_minutes)
      fail(0, "min-hours",
           fmt::format("works {} in all; at least {}", hours(worked), hours(*rules().min_minutes)));
    if (rules().max_weekends && weekends(who_) > *rules().max_weekends)
      fail(0, "weekends",
           fmt::format("works on {} weekends; at most {}", weekends(who_), *rules().max_weekends));
  }

  void price_wishes() {
    for (const RosterWish& wish : person().wishes) {
      const int works = cell(wish.day);
      const bool hit = wish.kind == kAnyShift ? works != kDayOff : works == wish.kind;
      if (hit == wish.on) continue;
      RosterPrice price{wish.on ? "wish-on" : "wish-off", who_, wish.day, wish.kind, 1};
      charge(std::move(price), wish.weight);
    }
  }

  int heads(int day, int kind) const {
    int count = 0;
    for (int who = 0; who < static_cast<int>(roster_.size()); ++who)
      count += cell(who, day) == kind ? 1 : 0;
    return count;
  }

  void price_need(const RosterNeed& need) {
    const int there = heads(need.day, need.kind);
    const bool few = there < need.heads;
    RosterPrice price{few ? "short" : "over", -1, need.day, need.kind};
    price.amount = few ? need.heads - there : there - need.heads;
    charge(std::move(price), few ? need.short_weight : need.over_weight);
  }

  void price_mix() {
    for (int day = 0; day < p_.days; ++day)
      for (int kind = 0; kind < static_cast<int>(p_.kinds.size()); ++kind) {
        int fresh = 0, veterans = 0;
        for (std::size_t who = 0; who < roster_.size(); ++who)
          if (cell(static_cast<int>(who), day) == kind)
            ++(p_.people[who].veteran ? veterans : fresh);
        const int each = p_.mix->new_per_veteran;
        RosterPrice price{"veteran", -1, day, kind};
        price.amount = std::max(0, (fresh + each - 1) / each - veterans);
        charge(std::move(price), p_.mix->weight);
      }
  }

  bool may_work_nights(const RosterPerson& person) const {
    for (std::size_t k = 0; k < p_.kinds.size(); ++k) {
      const RosterKind& kind = p_.kinds[k];
      const auto& skills = person.skills;
      const bool barred = (!person.max_of_kind.empty() && person.max_of_kind[k] == 0) ||
                          (person.rules.day_minutes && kind.minutes > *person.rules.day_minutes) ||
                          (!kind.skill.empty() &&
                           std::find(skills.begin(), skills.end(), kind.skill) == skills.end());
      if (kind.night && !barred) return true;
    }
    return false;
  }

  void price_spread(const char* what, const std::vector<double>& amounts, double weight) {
    if (amounts.empty()) return;
    const auto [least, most] = std::minmax_element(amounts.begin(), amounts.end());
    RosterPrice price{"spread"};
    price.amount = *most - *least;
    price.what = what;
    charge(std::move(price), weight);
  }

  void price_spreads() {
    std::vector<double> nights, free, over;
    for (who_ = 0; who_ < static_cast<int>(p_.people.size()); ++who_) {
      int worked = 0;
      for (int day = 0; day < p_.days; ++day) worked += night(day) ? 1 : 0;
      if (may_work_nights(person())) nights.push_back(worked);
      free.push_back(weekends(who_));
      over.push_back((total(who_) - rules().min_minutes.value_or(0)) / 60.0);
    }
    price_spread("nights", nights, p_.fairness.nights);
    price_spread("weekends", free, p_.fairness.weekends);
    price_spread("hours", over, p_.fairness.hours);
  }

  const RosterProblem& p_;
  const Roster& roster_;
  int who_ = 0;
  RosterCheck found_;
};

}  // namespace

RosterCheck check_roster(const RosterProblem& problem, const Roster& roster) {
  CALLMILL_CHECK(roster.size() == problem.people.size(), "a row for each person");
  for (const std::vector<int>& row : roster) {
    CALLMILL_CHECK(static_cast<int>(row.size()) == problem.days, "a cell for each day");
    for (const int cell : row)
      CALLMILL_CHECK(
          cell == kDayOff || (cell >= 0 && cell < static_cast<int>(problem.kinds.size())),
          "kinds that exist");
  }
  return RosterChecker{problem, roster}.check();
}

}  // namespace callmill
