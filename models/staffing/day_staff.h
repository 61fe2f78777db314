#pragma once
// Staff of one pool for every interval of a day, by the method asked for: each interval for itself
// (SIPP), the same a handle time later, the offered load that follows calls through the day (MOL),
// or the exact day with what each interval hands on to the next (transient).
// docs/models/staffing.md.

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
};

struct DayStaff {
  std::vector<double> agents;   // fractional; its ceiling is the least whole staff. NaN: none
  std::vector<double> reached;  // the goal's measure at that ceiling, by the method
  RequirementMethod used = RequirementMethod::kSipp;
  std::string why;  // of the method, in planner's words
};

// The measures that the exact day knows by interval; asa it does not.
bool has_transient(Measure measure);

// The goal holds in every interval with calls. A piece without calls needs nobody.
//
// kTransient goes forward: each interval gets the least whole staff that meets the goal given what
// the ones before hand on; again with the neighbours known; then intervals that are still short get
// one more until none is, in the exact day. The fraction of an agent is interpolated between the
// last staff that misses and the first that meets. Cost: about 8 days of solve_transient.
DayStaff staff_day(const DayStaffInput& in);

// The goal holds for the day as a whole (sum over sum of calls), and at least `floor` of it
// (0 .. 1) in every interval, with few agent-hours: agents are added where they are worth most by
// the offered-load curve, in that order, as many as the method's day needs. Whole agents. Of
// measures that rise with staff: service levels and kServed.
DayStaff staff_whole_day(const DayStaffInput& in, double floor);

}  // namespace callmill
