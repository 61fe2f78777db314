#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "models/roster/roster.h"

namespace callmill {
namespace {

class FaultFinder {
 public:
  explicit FaultFinder(const RosterProblem& problem) : p_{problem} {}

  std::vector<std::string> find() {
    check_size("days", p_.days, kMostRosterDays);
    check_size("kinds of shift", static_cast<int>(p_.kinds.size()), kMostRosterKinds);
    check_size("people", static_cast<int>(p_.people.size()), kMostRosterPeople);
    if (p_.first_weekday < 0 || p_.first_weekday > 6) add("first_weekday is not 0 to 6");
    for (const RosterKind& kind : p_.kinds) check_kind(kind);
    for (const RosterPerson& person : p_.people) check_person(person);
    check_needs();
    if (p_.mix && p_.mix->new_per_veteran < 1) add("new_per_veteran is below 1");
    if (p_.mix) check_weight("the mix", p_.mix->weight);
    check_weight("the spread of nights", p_.fairness.nights);
    check_weight("the spread of weekends", p_.fairness.weekends);
    check_weight("the spread of hours", p_.fairness.hours);
    check_weight("overtime", p_.overtime_weight);
    return std::move(faults_);
  }

 private:
  void add(std::string text) { faults_.push_back(std::move(text)); }
  void check_size(const char* what, int size, int most) {
    if (size < 1 || size > most) add(fmt::format("{} {}; must be 1 to {}", size, what, most));
  }
  void check_weight(const std::string& what, double weight) {
    if (!std::isfinite(weight) || weight < 0)
      add(fmt::format("the price of {} is {}; must not be below 0", what, weight));
  }
  void check_day(const std::string& what, int day) {
    if (day < 0 || day >= p_.days) add(fmt::format("{} has no day {}", what, day));
  }
  bool is_kind(int kind) const { return kind >= 0 && kind < static_cast<int>(p_.kinds.size()); }

  void check_kind(const RosterKind& kind) {
    if (kind.minutes < 1 || kind.minutes > 1440)
      add(fmt::format("shift {} is of {} minutes; must be 1 to 1440", kind.name, kind.minutes));
    if (kind.minutes % kRosterMinutes != 0)
      add(fmt::format("shift {} is of {} minutes; must be a multiple of {}", kind.name,
                      kind.minutes, kRosterMinutes));
    if (kind.from.has_value() != kind.to.has_value())
      add(fmt::format("shift {} has a start or an end, not both", kind.name));
    if (kind.from && kind.to &&
        (*kind.from < 0 || *kind.from >= 1440 || *kind.to <= *kind.from || *kind.to > 2880))
      add(fmt::format("shift {} does not begin on its day and end after that", kind.name));
    for (const int next : kind.never_before)
      if (!is_kind(next)) add(fmt::format("shift {} names a kind that is not there", kind.name));
  }

  void check_person(const RosterPerson& person) {
    if (!person.max_of_kind.empty() && person.max_of_kind.size() != p_.kinds.size())
      add(fmt::format("{} has limits for {} kinds of {}", person.name, person.max_of_kind.size(),
                      p_.kinds.size()));
    for (const auto& limit : person.max_of_kind)
      if (limit && *limit < 0) add(fmt::format("{} has a limit below 0", person.name));
    const auto limited = std::count_if(person.max_of_kind.begin(), person.max_of_kind.end(),
                                       [this](const std::optional<int>& limit) {
                                         return limit && *limit > 0 && *limit < p_.days;
                                       });
    if (limited > kMostLimitedKinds)
      add(fmt::format("{} has limits of {} kinds; must be at most {}", person.name, limited,
                      kMostLimitedKinds));
    const RosterRules& r = person.rules;
    for (const auto& rule : {r.day_minutes, r.week_minutes, r.normal_week, r.overtime_minutes,
                             r.min_minutes, r.max_minutes, r.rest_days, r.rest_minutes, r.max_run,
                             r.min_run, r.min_off_run, r.max_nights_run, r.max_weekends})
      if (rule && (*rule < 0 || *rule > 1'000'000))
        add(fmt::format("{} has a rule below 0 or above a million", person.name));
    if (r.overtime_minutes && !r.normal_week)
      add(fmt::format("{} has a limit of overtime without a normal week", person.name));
    for (const RosterFixed& cell : person.fixed) {
      check_day(person.name, cell.day);
      if (cell.kind != kDayOff && !is_kind(cell.kind))
        add(fmt::format("{} is fixed to a kind that is not there", person.name));
    }
    for (const RosterWish& wish : person.wishes) {
      check_day(person.name, wish.day);
      check_weight(fmt::format("a wish of {}", person.name), wish.weight);
      if (wish.kind != kAnyShift && !is_kind(wish.kind))
        add(fmt::format("{} wishes a kind that is not there", person.name));
    }
  }

  void check_needs() {
    std::set<std::pair<int, int>> seen;
    for (const RosterNeed& need : p_.needs) {
      check_day("a need", need.day);
      if (!is_kind(need.kind)) add("a need is of a kind that is not there");
      if (need.heads < 0) add("a need is below 0");
      check_weight("a head too few", need.short_weight);
      check_weight("a head too many", need.over_weight);
      if (!seen.insert({need.day, need.kind}).second)
        add(fmt::format("day {} has two needs of one kind", need.day));
    }
  }

  const RosterProblem& p_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults(const RosterProblem& problem) {
  return FaultFinder{problem}.find();
}

}  // namespace callmill
