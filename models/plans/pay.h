#pragma once
// What shifts of a day are paid: wage, supplements, overtime, days that are paid more.
//
// Only paid time counts. The hours off of a split shift are left out where they are; an unpaid
// break is left out in the middle of its window, wherever it is taken: what a shift is paid follows
// from its kind, start, end and hours off, so that a planner can say it before breaks are placed,
// and the cover's cost is the wage to the last digit. Overtime counts paid time from the shift's
// start.
//
//   wage(shift) = sum over paid time of w x max(1, rates that hold) + supplements that hold
//
// Time is summed in whole microseconds for each rule, then multiplied once.

#include <optional>
#include <string>
#include <vector>

#include "models/plans/day_plan.h"
#include "models/world/world.h"

namespace callmill {

// What one rule adds to the wages.
struct PaidPart {
  std::string rule;    // "wage", "night_supplement", a name of World::pay; of labour: "overtime",
                       // "rest_day", "holiday"
  SimDuration time{};  // for which it is paid
  double amount = 0;
};

// Of any day of the run; a day on which the centre is closed is paid as its weekday.
OpenDay day_of_run(const World& world, std::int64_t day);

class DayPay {
 public:
  // Of the first open day of the scenario, or of the day given; without a date it is a workday.
  // Keeps a reference.
  explicit DayPay(const World& world);
  DayPay(const World& world, const OpenDay& day);

  // The shift's parts, in the order of the rules, those of no time left out. Of no kind: none.
  // Cost: O(rules + paid pieces): microseconds.
  std::vector<PaidPart> parts(const PlannedShift& shift) const;
  double wage(const PlannedShift& shift) const;
  // Of its paid time within [from, to): over a day cut into parts they add up to the wage.
  double wage(const PlannedShift& shift, SimDuration from, SimDuration to) const;

 private:
  struct Rule {
    std::string name;
    std::optional<SimDuration> from, to, after;
    std::vector<std::string> shifts;
    std::optional<double> rate;  // else a supplement
    double per_hour = 0, share = 0;
  };
  std::vector<PaidPart> parts_within(const PlannedShift& shift, SimDuration from,
                                     SimDuration to) const;
  std::vector<SimDuration> time_of_rules(const PlannedShift& shift,
                                         const std::vector<const Rule*>& rules, SimDuration from,
                                         SimDuration to) const;

  const World& world_;
  std::vector<Rule> rules_;  // that hold on the day
};

// Wages of the plan's shifts by rule, in the order of the rules.
std::vector<PaidPart> pay_parts(const World& world, const DayPlan& plan);

}  // namespace callmill
