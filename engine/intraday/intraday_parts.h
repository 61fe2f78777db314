#pragma once
// The parts of a re-plan. Internal to intraday*.cpp.

#include <atomic>
#include <string>
#include <vector>

#include "engine/intraday/intraday.h"
#include "engine/kpi/kpi_table.h"
#include "engine/robust/robust_days.h"
#include "models/staffing/requirement.h"

namespace callmill::intraday {

// ---- what becomes of a plan (intraday_day.cpp)
struct Judged {
  KpiTable kpis;
  std::vector<TargetResult> targets;
  std::vector<std::vector<DayRatio>> ratios;  // [target][day]
  bool met = false;
  bool interrupted = false;
};
// options.replicate.replications days in all, in equal parts of `days`, from options.start on; the
// same callers for every plan. `first` stands in for that of options.replicate.
Judged judge(const std::vector<World>& days, const DayPlan& plan, const IntradayOptions& options,
             std::int64_t first, const std::atomic<bool>* stop);
// Ratio of sums after less that before, with the delta method's interval of pairs.
Estimate paired_change(const std::vector<DayRatio>& before, const std::vector<DayRatio>& after,
                       double confidence);

// ---- what each person may do (intraday_choices.cpp)
// Slots of `slot` after opening; a change begins at slot `from` at the earliest.
struct Grid {
  SimDuration opens{}, slot{};
  int slots = 0, from = 0;

  SimDuration time(int s) const { return opens + slot * s; }
};
struct Choice {
  ChangeKind kind = ChangeKind::kBreaks;
  PlannedShift to;  // of a person of the class: its agent number is the person's own
  double cost = 0;  // wages more
};
// People whose remaining day is the same, and who may hence do the same.
struct PersonClass {
  std::vector<std::size_t> persons;  // of plan.shifts; empty: those who may be called in
  PlannedShift now;                  // of all of them; undefined of those called in
  std::int64_t size = 0;
  std::vector<Choice> choices;
};
std::vector<PersonClass> classes_of(const World& world, const DayPlan& plan,
                                    const IntradayOptions& options, const Grid& grid);
// At work, by slot of the grid; shifts past the end of a day of 24 h count in its morning.
std::vector<bool> works(const PlannedShift& shift, const Grid& grid, bool cyclic);

// ---- who does what (intraday_program.cpp)
struct Chosen {
  std::vector<std::vector<std::int64_t>> of;  // [class][choice]: how many; empty: nothing found
  double above_bound = 0;                     // money
};
// Least wages and prices such that every pool's requirement, times `factor`, holds over the day.
// What cannot be had is missed at a price far above any wage.
Chosen choose(const World& world, const DayPlan& plan, const std::vector<Requirement>& needs,
              const std::vector<PersonClass>& classes, const IntradayOptions& options,
              const Grid& grid, double factor);

}  // namespace callmill::intraday
