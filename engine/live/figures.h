#pragma once
// Indicators of a day that is still going on, from the counts of its Recorder: of the day so far,
// of one interval, of the whole centre or of a part.
//
// The formulas are those of engine/kpi (docs/reference/kpi.md), on what has happened up to now:
// time in a state that goes on counts up to now, not to the interval's end.

#include <cstdint>
#include <vector>

#include "engine/centre/centre.h"
#include "engine/kpi/metric.h"
#include "engine/kpi/recorder.h"
#include "models/world/targets.h"

namespace callmill::live {

// NaN where an indicator is not defined: nobody has called, or the scope does not have it.
struct Figures {
  double offered, answered, abandoned, blocked, attempts;
  double service_level, answer_rate, loss_rate, abandon_rate;  // 0 .. 1
  double asa_s, aht_s;
  double occupancy;  // 0 .. 1
};

// Intervals of the run, numbered through its open days: [first, end).
struct Span {
  std::uint32_t first = 0, end = 0;
};

// Any indicator of the families of calls, agents and lines; NaN for others. O(types * queues *
// intervals).
double figure(const Recorder& recorder, const Metric& metric, Scope scope, Span span, SimTime now);
// scope: the centre, a queue or a group (of which only answered and occupancy are defined).
Figures figures(const Recorder& recorder, Scope scope, Span span, SimTime now);

// Seconds of the group in each state and the rest of AgentCount, up to now.
std::vector<double> agent_time(const Recorder& recorder, std::uint32_t group, Span span,
                               SimTime now);

// The intervals of the open day at hand, or of the last one.
Span day_at(const Blueprint& plan, const Centre& centre);
// The interval at hand; empty while the centre is closed.
Span interval_at(const Blueprint& plan, const Centre& centre);

// How a target of the World stands; of its day or run so far, or of the worst interval so far that
// had calls.
struct TargetNow {
  double value = 0;  // NaN: nothing to judge by
  bool met = true;   // where there is something
};
TargetNow target_now(const Recorder& recorder, const Target& target, Span day, SimTime now);

}  // namespace callmill::live
