#pragma once
// A roster: which of a team's named people works which kind of shift on which day.
//
// Hard rules are of one person each: no roster that the solver gives breaks one. What concerns
// several people (heads wanted, new beside veteran, fairness) and what people wish is soft: it has
// a price, and the cheapest roster is looked for. A superset of the instances of
// schedulingbenchmarks.org (Curtois and Qu 2014), whose words for the edges hold: a run of days
// that began before the first day, or goes on after the last, is taken to be long enough.
//
//   person  Mon Tue Wed Thu Fri Sat Sun    a cell is a kind of shift, or kDayOff
//   Li Na    E   E   L   N   -   -   L

#include <optional>
#include <string>
#include <vector>

namespace callmill {

inline constexpr int kDayOff = -1;    // no shift that day
inline constexpr int kAnyShift = -2;  // in a wish: whichever kind

struct RosterKind {
  std::string name;
  int minutes = 0;              // paid, > 0, a multiple of kRosterMinutes
  std::optional<int> from, to;  // minutes after midnight of its day, from < to; to may be above
                                // 1440. None: no rest is reckoned to or from it
  bool night = false;
  std::vector<int> never_before = {};  // kinds that must not be on the next day
  std::string skill = {};              // that it needs; "" = none
};

// Limits of one person; none = no such rule. "Week": Monday to Sunday, cut at the horizon's ends.
struct RosterRules {
  std::optional<int> day_minutes;               // longest shift
  std::optional<int> week_minutes;              // at most in a week
  std::optional<int> normal_week;               // what a week passes this by is overtime, minutes
  std::optional<int> overtime_minutes;          // at most over the horizon; needs normal_week
  std::optional<int> min_minutes, max_minutes;  // over the horizon
  std::optional<int> rest_days;                 // at least in each whole week
  std::optional<int> rest_minutes;              // from a shift's end to the next day's start
  std::optional<int> max_run, min_run;          // working days in a row
  std::optional<int> min_off_run;               // days off in a row
  std::optional<int> max_nights_run;            // night shifts on days in a row
  std::optional<int> max_weekends;              // weekends with a shift on Saturday or Sunday
};

struct RosterWish {
  int day = 0;
  int kind = kAnyShift;
  bool on = true;     // wishes to work it, else wishes not to
  double weight = 0;  // price where it is not granted, >= 0
};
struct RosterFixed {
  int day = 0;
  int kind = kDayOff;
};

struct RosterPerson {
  std::string name;
  bool veteran = true;  // else new
  std::vector<std::string> skills = {};
  std::vector<std::optional<int>> max_of_kind = {};  // by kind over the horizon; empty: no limits
  RosterRules rules = {};
  std::vector<RosterFixed> fixed = {};  // attendance, leave: not to be changed
  std::vector<RosterWish> wishes = {};
};

struct RosterNeed {
  int day = 0, kind = 0;
  int heads = 0;
  double short_weight = 0, over_weight = 0;  // price of a head too few, too many; >= 0
};
// In each shift with anybody new: a veteran for every `new_per_veteran` of them or part of it.
struct RosterMix {
  int new_per_veteran = 0;  // >= 1
  double weight = 0;        // of a veteran that is missing
};
// Price of the spread (most - least) over people. Nights: over those who may work one. Hours: above
// each person's min_minutes.
struct RosterFairness {
  double nights = 0, weekends = 0, hours = 0;
};

struct RosterProblem {
  int days = 0;
  int first_weekday = 0;  // of day 0; 0 = Monday
  std::vector<RosterKind> kinds;
  std::vector<RosterPerson> people;
  std::vector<RosterNeed> needs =
      {};  // at most one a day and kind; where there is none, any number
  std::optional<RosterMix> mix = {};
  RosterFairness fairness = {};
  double overtime_weight = 0;  // per hour
};

// [person][day]: kind or kDayOff.
using Roster = std::vector<std::vector<int>>;

inline constexpr int kRosterMinutes = 5;
inline constexpr int kMostRosterDays = 92;
inline constexpr int kMostRosterKinds = 20;
inline constexpr int kMostLimitedKinds = 9;  // of a person, by max_of_kind
inline constexpr int kMostRosterPeople = 500;

// What makes the problem meaningless (days or kinds that do not exist, negative prices, sizes
// beyond the limits above); empty when it can be solved or checked. Two fixed cells of one day that
// differ are no fault: they are rules that cannot hold together.
std::vector<std::string> faults(const RosterProblem& problem);

constexpr int weekday(const RosterProblem& problem, int day) {
  return (problem.first_weekday + day) % 7;
}

// A rule that a roster breaks.
struct RosterFault {
  int person = 0;
  int day = 0;          // the first on which it shows
  std::string code;     // "fixed", "skill", "kind-limit", "day-hours", "rest", "max-run", ...
  std::string message;  // planner's words, after the person's name: "works 6 days in a row from day
                        // 3; at most 5"
};
// What a roster's soft rules cost.
struct RosterPrice {
  std::string code;       // "short", "over", "veteran", "wish-on", "wish-off", "spread", "overtime"
  int person = -1;        // of wishes and overtime, else -1
  int day = -1;           // where it is of a day
  int kind = -1;          // where it is of a kind
  double amount = 0;      // heads, veterans, hours, spread
  double price = 0;       // amount x weight
  std::string what = {};  // of a spread: "nights", "weekends", "hours"
};
struct RosterCheck {
  std::vector<RosterFault> broken;  // by person, then day
  std::vector<RosterPrice> prices;  // only those above 0
  double cost = 0;                  // their sum
};

// Walks people's rows and the days' columns; shares no code with the solver. The roster must have a
// row a person and a cell a day, of kinds that exist.
RosterCheck check_roster(const RosterProblem& problem, const Roster& roster);

}  // namespace callmill
