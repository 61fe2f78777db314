#pragma once
// Staff of one pool for every interval of a day, by the method asked for: each interval for itself
// (SIPP), the same a handle time later, the offered load that follows calls through the day (MOL),
// or the exact day with what each interval hands on to the next (transient).
// docs/models/staffing.md.

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/queueing/erlang.h"
#include "models/transient/transient.h"

namespace callmill {

enum class RequirementMethod : std::uint8_t {
  kAuto,         // transient where it takes seconds, else MOL
  kSipp,         // Erlang A at each interval's own rate
  kLagged,       // ... at the rate of a mean handle time earlier
  kOfferedLoad,  // ... at the load m' = lambda - mu m (MOL)
  kTransient     // exact, interval after interval: the least staff that meets the goal there
};
std::string_view name_of(RequirementMethod method);  // "sipp", "lagged", "mol", "transient", "auto"

struct DayStaffInput {
  TransientInput day;  // agents of its pieces and `within` are ignored; lines 0
  Goal goal;
  double within = 0;  // T of a service level
  RequirementMethod method = RequirementMethod::kAuto;
  // Once true, the exact day is given up where it is and the offered load answers.
  const std::atomic<bool>* stop = nullptr;
  // How often the curves that place agents over the day are corrected by the exact day's slopes, at
  // the most; each time costs about 10 days of solve_transient. 0: as the approximation has them.
  int corrections = 5;
  // By piece: whoever calls then, nobody has to be there. Empty: one agent is, wherever somebody
  // calls.
  std::vector<bool> may_be_empty = {};
};

// A goal of the day by the method's curve, for those who choose the staff themselves: met where the
// sum over pieces of gain[piece][agents - from[piece]] is at least `least`. Beyond the last entry
// an agent adds nothing; below `from` nobody may go.
struct DayGoal {
  std::vector<std::int64_t> from;
  std::vector<std::vector<double>> gain;  // calls (of waits: seconds, of occupancy: agent-time)
  double least = 0;                       // what the staff found comes to, which the day confirms
  Goal goal = {};                         // what it stands for, and its T
  double within = 0;
  bool exact =
      false;  // the exact day confirms it; its curves can be corrected by that day's slopes
};

struct DayStaff {
  std::vector<double> agents;   // fractional; its ceiling is the least whole staff. NaN: none
  std::vector<double> reached;  // the goal's measure at that ceiling, by the method
  RequirementMethod used = RequirementMethod::kSipp;
  std::string why;    // of the method, in planner's words
  DayGoal goal = {};  // of staff_whole_day; empty where it falls back on each interval
};

// The measures that the exact day knows by interval; of waits the answered callers' mean, by the
// time of the answer, but where busy agents are pooled at the end of their shifts.
bool has_transient(Measure measure, ShiftEnd shift_end = ShiftEnd::kNamed);

// The goal holds in every interval with calls. A piece without calls needs nobody.
//
// kTransient goes forward: each interval gets the least whole staff that meets the goal given what
// the ones before hand on; again with the neighbours known; then intervals that are still short get
// one more until none is, in the exact day. The fraction of an agent is interpolated between the
// last staff that misses and the first that meets. Cost: about 5 days of solve_transient.
DayStaff staff_day(const DayStaffInput& in);

// The goal holds for the day as a whole (a ratio of sums over the day), and `floor`, of the same
// measure, in every interval with calls that needs anybody, with few agent-hours: each where it is
// worth most by the method's curve (of Erlang A; kTransient, kAuto: by the offered load), in that
// order, as many as the method's day needs. kTransient: then the curves are corrected by the exact
// day's slopes and the order made anew (`corrections`), as long as that helps; the cheapest staff
// counts, and its curves are returned. By piece at least `at_least` where given,
// so that goals can be met one after the other. A measure that the exact day does not know, and
// with kAuto a day that takes too long, go by the offered load. Cost of kTransient: about 13 days
// of solve_transient, and 10 a correction. The last agent is fractional: of one interval, where
// the day with one agent fewer there misses the goal by the least, the part that the goal still
// needs, by interpolation. Where no staff meets `floor`, what staff_day says of it.
DayStaff staff_whole_day(const DayStaffInput& in, const Goal& floor,
                         const std::vector<double>& at_least = {});

// The goal of an interval that may miss `slack` >= 1 times as much as `goal` allows: with 3, an
// answer rate of 95 % becomes 85 %, a mean wait of 20 s becomes 60 s. At the loosest, any value.
Goal loosened(const Goal& goal, double slack);

}  // namespace callmill
