#pragma once
// The cheapest change of the rest of a day. At some time the calls of the first intervals are
// known; the forecast of the rest is updated (models/demand), and people's remaining shifts are
// changed so that the day as a whole still meets its targets: breaks moved within their windows,
// overtime, sent home unpaid, shifts that have not begun moved, agents called in. Each changed
// person has a price, so that a plan is left alone where little is won. An integer program over the
// persons chooses, simulation judges, before and after on the same callers.
// docs/models/intraday.md.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/study/replicate.h"
#include "engine/study/targets.h"
#include "models/demand/forecast_update.h"
#include "models/plans/day_plan.h"
#include "models/world/world.h"

namespace callmill {

// Replications of a day's rest that begin in the centre's state (ReplicateOptions::begin); both
// arguments outlive what is returned.
using IntradayStart =
    std::function<std::function<Snapshot(std::int64_t)>(const World&, const Blueprint&)>;

struct IntradayOptions {
  SimDuration at{};                 // after midnight, an end of an interval within the day
  std::vector<std::int64_t> calls;  // fresh calls of each interval before `at`, of all types
  double interval_cv = 0.1;         // of an interval's own factor, beside the day's busyness
  double handle_factor = 1;         // on talk times of the rest (update_handle_time)
  SimDuration notice = std::chrono::minutes{30};  // no change takes effect sooner after `at`
  double price = 20;              // of a changed person, beside wages, in the scenario's currency
  double overtime_premium = 0.5;  // of the wage, on top of it
  SimDuration most_overtime = std::chrono::hours{2};  // of a person; 0: none
  bool send_home = true;                              // before the end of the shift, unpaid
  std::int64_t call_in = 0;    // agents that may be called in for shifts still to begin
  ReplicateOptions replicate;  // days simulated of each plan
  double time_limit_s = 30;    // of each integer program
  int max_rounds = 8;          // of program and simulation
  IntradayStart start;         // none: the morning is simulated, with as many calls as it had
};

enum class ChangeKind : std::uint8_t { kBreaks, kOvertime, kHome, kNewStart, kCalledIn };

struct ShiftChange {
  ChangeKind kind = ChangeKind::kBreaks;
  std::optional<std::size_t> shift;  // of the plan before; none: called in
  PlannedShift to;
  double cost = 0;  // wages more, premium included; the price of the change is not in it
};

// A target before and after, on the same simulated days.
struct IntradayTarget {
  TargetResult before, after;
  Estimate change;  // of the day's measure, paired
};

// One integer program and its simulation.
struct IntradayRound {
  double factor = 1;  // on the requirement
  std::size_t changes = 0;
  double cost = 0;  // wages more, and prices
  bool met = false;
};

enum class IntradayStatus : std::uint8_t {
  kMet,           // after the changes every target holds with its interval
  kTargetMissed,  // the changes come nearest, and do not suffice
  kInterrupted
};

struct IntradayResult {
  IntradayStatus status = IntradayStatus::kTargetMissed;
  UpdatedForecast forecast;
  std::vector<double> expected;      // calls by interval before the day; as the scenario has them
  DayPlan plan;                      // with the changes
  std::vector<ShiftChange> changes;  // in the order of the plan before, those called in last
  double wages = 0;                  // more than before
  double price = 0;                  // of all changed persons
  double above_bound = 0;            // money by which the integer program may be above its least
  std::vector<IntradayTarget> targets;
  std::vector<IntradayRound> rounds;
};

// What is wrong with the options for this world and plan, in planner's words; empty when nothing.
std::vector<std::string> faults(const World& world, const IntradayOptions& options);

// The plan's shifts may be of the scenario's kinds or of none (those get no moved breaks). Cost: a
// round is an integer program of some thousand columns (seconds) and options.replicate days.
IntradayResult replan_day(const World& world, const DayPlan& plan, const IntradayOptions& options,
                          const std::function<void(const IntradayRound&)>& progress = {},
                          const std::atomic<bool>* stop = nullptr);

// ---- the steps, for tests
// Mean handle time that the scenario has for these calls of the first intervals, seconds; NaN
// where no group with shifts handles calls then.
double expected_handle_s(const World& world, const std::vector<std::int64_t>& calls);
// Fresh calls that the scenario expects by interval, of all callers that ring.
std::vector<double> expected_calls(const World& world);
// The world of a day of that busyness whose first intervals had so many calls, split over callers
// as forecast. Without over-dispersion of its own.
World known_day(const World& world, const std::vector<std::int64_t>& calls, double busyness,
                double handle_factor);

}  // namespace callmill
