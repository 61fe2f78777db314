#pragma once
// Weekly tours at least wage cost: each person has one shift, works it on some of the days of a
// week that repeats, any of them, and takes its breaks anew each day, anywhere in their windows.
// Enough agents must be present and not on a break in each slot of the week.
//
// With x_j persons of shift j and h_jd of them at work on day d, any whole h with h_jd <= x_j and
// sum_d h_jd <= k x_j is k days each for x_j persons: hand the days' places out in turn, round and
// round, and nobody gets two of one day (McNaughton's wrap-around). So days off need no columns of
// their own. Breaks as in models/cover.
//
// Where not any days will do (days off together, days in a row, days that are paid more, limits),
// each shift lists the sets of days that its people may work: persons y_jp of shift j with days p,
// and h_jd <= sum of y_jp over the p that have day d. The relaxation holds those rules, too.
//
// The method (docs/models/tours.md): the relaxation, whose value is the bound; it is rounded to
// persons and heads; then days, in pairs, are solved anew against the others as small integer
// programs until nobody is missing, and persons are taken out or exchanged for cheaper ones as long
// as that can be repaired.

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "models/cover/cover.h"

namespace callmill {

// May run past midnight into the next day; the last day's into the first.
struct TourShift {
  std::string name;
  int start = 0;                   // slot of the day
  int length = 0;                  // slots, at most a day
  std::vector<CoverBreak> breaks;  // as in CoverShift
  double cost = 0;                 // of one person and one day of work, >= 0
  // Of a split shift, as in CoverShift.
  int gap_start = 0, gap_length = 0;
  // Sets of days that one person may work, bit d for day d. Empty (then of every shift): any
  // `days_worked` of them.
  std::vector<std::uint32_t> weeks = {};
  std::vector<double> cost_on = {};  // by day, where weeks are listed; empty: `cost` each
  double cost_of_day(int day) const {
    return cost_on.empty() ? cost : cost_on[static_cast<std::size_t>(day)];
  }
};

// A limit on the heads of some shifts on each day of `days`; shares are of all heads of that day.
// Only where weeks are listed, as the next.
struct TourLimit {
  std::string name;
  std::vector<int> shifts;  // each once
  std::uint32_t days = 0;   // bit d for day d
  std::int64_t at_least = 0;
  std::int64_t at_most = -1;  // -1 = no limit
  double least_share = 0, most_share = 1;
};
// Of all persons, those who work on none of `days` are at least this share.
struct TourShare {
  std::string name;
  std::uint32_t days = 0;
  double share = 0;
};

struct TourProblem {
  int days = 7;
  int slots_per_day = 0;
  int days_worked = 5;              // of each person; 1..days
  std::vector<double> requirement;  // agents present and not on a break, by slot, day after day
  std::vector<TourShift> shifts;
  std::vector<TourLimit> limits = {};
  std::vector<TourShare> shares = {};
  bool by_weeks() const { return !shifts.empty() && !shifts.front().weeks.empty(); }
};

inline bool has_day(std::uint32_t days, int day) {
  return (days >> static_cast<unsigned>(day) & 1U) != 0;
}

struct TourDay {
  int day = 0;
  std::vector<int> break_start;  // slots of the week (modulo its length), one a break
};

// The week of one person.
struct Tour {
  int shift = 0;
  std::vector<TourDay> days;  // rising
};

enum class TourStatus : std::uint8_t { kOptimal, kGap, kInfeasible, kNoPlanFound };

struct TourResult {
  TourStatus status = TourStatus::kNoPlanFound;
  double cost = 0;   // of all persons' days
  double bound = 0;  // proven: no plan costs less
  double gap() const { return cost > 0 ? (cost - bound) / cost : 0; }
  std::vector<Tour> tours;            // by shift
  std::vector<std::int64_t> present;  // agents present and not on a break, by slot
  int windows = 0;                    // small integer programs solved
};

struct TourOptions {
  double relative_gap = 1e-4;  // (cost - bound) / cost at which to stop
  double time_limit_s = 120;   // wall seconds; the best plan so far is returned
  // Small integer programs to solve, the same on every machine; as many more, of one day each, as
  // it takes then to complete the plan.
  int window_limit = 1000;
  // Where weeks are listed and the program is small, it is solved as one in the end: nodes of its
  // branch and bound, the same on every machine. 0: it is not.
  double node_limit = 1000;
  const std::atomic<bool>* stop = nullptr;  // once true, as if the time had struck
};

// What makes the problem meaningless, in planner's words; empty when it can be solved.
std::vector<std::string> faults(const TourProblem& problem);

// The problem must have no faults. kInfeasible: some slot has no shift on duty in it, or no persons
// keep the limits even in fractions. kNoPlanFound: likely for want of whole persons who do.
// Deterministic
// unless the time limit strikes. Cost: the relaxation of 96 shifts and 672 slots takes 6 s, a
// window of two days 1 s.
TourResult solve_tours(const TourProblem& problem, const TourOptions& options);

// Independent of the solver: walks each person's week and says what is wrong; empty when all holds.
std::vector<std::string> check_tours(const TourProblem& problem, const TourResult& result);

}  // namespace callmill
