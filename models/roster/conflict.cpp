// Which rules of a person cannot hold together: each is taken away in turn, and stays away where
// the rest still leaves no schedule (a deletion filter, Chinneck 2008). What is left is minimal.

#include <fmt/format.h>

#include <functional>
#include <utility>

#include "models/roster/person_days.h"
#include "models/roster/solve_roster.h"

namespace callmill {
namespace {

struct Case {
  RosterProblem problem;  // of this person alone
  RosterPerson& person() { return problem.people.front(); }
};
struct Rule {
  std::string words;
  std::function<void(Case&)> drop;
};

std::string hours(int minutes) {
  return fmt::format("{:.4g} h", minutes / 60.0);
}

bool can_hold(const Case& c) {
  DayPrices none;
  none.at.assign(static_cast<std::size_t>(c.problem.days) * c.problem.kinds.size(), 0.0);
  return !PersonDays{c.problem, c.problem.people.front()}.cheapest(none, 1, 0).empty();
}

class Rules {
 public:
  explicit Rules(const Case& c) : case_{c}, person_{c.problem.people.front()} {}

  // The plainest last: of several minimal sets the one of early rules is found.
  std::vector<Rule> all() {
    const RosterRules& r = person_.rules;
    limit(r.max_weekends, "at most {} weekends", &RosterRules::max_weekends);
    limit(r.max_nights_run, "at most {} nights in a row", &RosterRules::max_nights_run);
    limit(r.min_run, "at least {} day(s) of work in a row", &RosterRules::min_run);
    limit(r.min_off_run, "at least {} day(s) off in a row", &RosterRules::min_off_run);
    limit(r.max_run, "at most {} days of work in a row", &RosterRules::max_run);
    limit(r.rest_days, "at least {} day(s) off in a week", &RosterRules::rest_days);
    time(r.rest_minutes, "at least {} of rest between shifts", &RosterRules::rest_minutes);
    time(r.overtime_minutes, "at most {} of overtime", &RosterRules::overtime_minutes);
    time(r.week_minutes, "at most {} in a week", &RosterRules::week_minutes);
    time(r.day_minutes, "at most {} on a day", &RosterRules::day_minutes);
    time(r.max_minutes, "at most {} in all", &RosterRules::max_minutes);
    time(r.min_minutes, "at least {} in all", &RosterRules::min_minutes);
    kinds();
    for (std::size_t i = 0; i < person_.fixed.size(); ++i) fixed(i);
    return std::move(rules_);
  }

 private:
  using Member = std::optional<int> RosterRules::*;
  void drop_member(std::string words, Member member) {
    rules_.push_back({std::move(words), [member](Case& c) { (c.person().rules.*member).reset(); }});
  }
  void limit(const std::optional<int>& value, const char* words, Member member) {
    if (value) drop_member(fmt::format(fmt::runtime(words), *value), member);
  }
  void time(const std::optional<int>& value, const char* words, Member member) {
    if (value) drop_member(fmt::format(fmt::runtime(words), hours(*value)), member);
  }

  void kinds() {
    for (std::size_t k = 0; k < case_.problem.kinds.size(); ++k) {
      const RosterKind& kind = case_.problem.kinds[k];
      if (!person_.max_of_kind.empty() && person_.max_of_kind[k])
        rules_.push_back({fmt::format("at most {} shifts {}", *person_.max_of_kind[k], kind.name),
                          [k](Case& c) { c.person().max_of_kind[k].reset(); }});
      if (!kind.skill.empty())
        rules_.push_back({fmt::format("{} needs the skill {}", kind.name, kind.skill),
                          [k](Case& c) { c.problem.kinds[k].skill.clear(); }});
      for (const int next : kind.never_before)
        rules_.push_back(
            {fmt::format("{} must not be the day after {}",
                         case_.problem.kinds[static_cast<std::size_t>(next)].name, kind.name),
             [k, next](Case& c) { std::erase(c.problem.kinds[k].never_before, next); }});
    }
  }

  // Cells count from the back, so that those before keep their places.
  void fixed(std::size_t i) {
    const RosterFixed cell = person_.fixed[i];
    const std::string what = cell.kind == kDayOff
                                 ? "off"
                                 : case_.problem.kinds[static_cast<std::size_t>(cell.kind)].name;
    rules_.push_back({fmt::format("day {} is fixed to {}", cell.day + 1, what), [cell](Case& c) {
                        std::erase_if(c.person().fixed, [cell](const RosterFixed& f) {
                          return f.day == cell.day && f.kind == cell.kind;
                        });
                      }});
  }

  const Case& case_;
  const RosterPerson& person_;
  std::vector<Rule> rules_;
};

}  // namespace

std::vector<RosterConflict> roster_conflicts(const RosterProblem& problem) {
  std::vector<RosterConflict> found;
  for (std::size_t who = 0; who < problem.people.size(); ++who) {
    Case all{problem};
    all.problem.people = {problem.people[who]};
    if (can_hold(all)) continue;
    RosterConflict conflict{static_cast<int>(who), {}};
    for (Rule& rule : Rules{all}.all()) {
      Case without = all;
      rule.drop(without);
      if (can_hold(without))
        conflict.rules.push_back(std::move(rule.words));
      else
        all = std::move(without);
    }
    found.push_back(std::move(conflict));
  }
  return found;
}

}  // namespace callmill
