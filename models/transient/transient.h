#pragma once
// M(t)/M/n(t)/K+M through a day: one queue whose calls and staff change from piece to piece, exact
// (docs/models/time-varying.md).
//
//   arrivals lambda_i --> [ waiting, first come first served; each leaves at rate theta ]
//                              | an agent is free
//                              v
//                         [ n_i agents, each ends a call at rate mu ] --> gone
//                              | the shift ends with a call in hand
//                              v
//                         [ leavers L: finish that call, take no other ] --> gone
//
// State (L, k): L calls held by leavers, k all other calls; queue = max(k - n, 0). Method:
// uniformisation, P(t) = sum_m Poisson(q t; m) p (I + Q/q)^m, on the band of states that carries
// mass (Grassmann 1977; Jensen 1953; staff rules: Ingolfsson 2005). All weights are positive, so
// nothing cancels; the error is what the band and the series leave out, and is returned.
//
// Any consistent time unit (seconds by default), rates per the same unit.

#include <cstdint>
#include <string>
#include <vector>

namespace callmill {

// What agents do whose shift ends, n -> n - d.
enum class ShiftEnd : std::uint8_t {
  // d agents chosen uniformly leave: idle ones at once, busy ones after the call in hand. Agents
  // who come are new ones; leavers still leave.
  kNamed,
  // Idle agents leave first; a surplus of busy agents stays until any call ends (the first endings
  // release). An increase takes leavers back first.
  kPooled,
  // Calls in hand beyond n - d go back to the head of the queue and start anew.
  kAtOnce
};

// Piece i holds from the end of piece i-1 for `length`; a change of staff happens at its start.
struct TransientPiece {
  double length = 0;        // > 0
  double arrival_rate = 0;  // lambda >= 0
  std::int64_t agents = 0;  // n >= 0
  // Where the mix of calls changes through the day: > 0, else the day's. Calls in hand and callers
  // who wait go over to the new rates too.
  double service_rate = 0;
  double patience_rate = -1;  // >= 0, else the day's
};

struct TransientInput {
  double service_rate = 0;   // mu > 0
  double patience_rate = 0;  // theta >= 0; 0 = waits for ever
  std::int64_t lines = 0;    // K >= 1 calls in the system at the most; 0 = no limit
  double within = 0;         // T >= 0 of the service level
  ShiftEnd shift_end = ShiftEnd::kNamed;
  std::int64_t calls_at_start = 0;  // 0 <= k <= K
  // Begin in the first piece's steady state instead (needs one: theta > 0, lines or a load below
  // n).
  bool steady_start = false;
  bool with_waits = false;   // also how long the answered have waited; not with kPooled
  bool by_event = false;     // also who is answered within T by the time of the answer
  double tolerance = 1e-12;  // of probability over the whole run, 1e-14 .. 1e-3
  std::vector<TransientPiece> pieces;
};

// Expected counts and time averages of one piece; golden's column in ().
struct TransientInterval {
  double offered = 0, blocked = 0;  // arrivals; of them refused at K calls
  // By the time of the event. A call that goes back to the queue (kAtOnce) is answered again.
  double immediate = 0;      // answered without a wait
  double answers = 0;        // answered, the immediate ones and those by a rise of staff included
  double abandons = 0;       // gave up
  double answered_wait = 0;  // time that `answers` have waited, sum; 0 unless asked for
  double completions = 0;    // ended, leavers' included
  // Of `answers`, those that came within T; 0 unless asked for. Callers there at the start, whose
  // wait nobody knows, are not among them; of a call that went back only its first answer is.
  // sl_by_event = this / (answers + abandons).
  double answers_within = 0, sl_by_event = 0;
  // By the arrival, wherever the wait ends; after the last piece its rates and staff go on.
  double answered_within = 0;              // (coh_answered_T)
  double abandoned_within = 0;             // (coh_abandoned_T)
  double sl_offered = 0;                   // answered_within / offered
  double sl_accepted = 0;                  // / (offered - blocked)
  double sl_excl_short_abandon = 0;        // / (offered - blocked - abandoned_within)
  double sl_abandon_ok = 0;                // (both) / (offered - blocked)
  double mean_queue = 0, mean_busy = 0;    // busy: leavers included (avg_queue, avg_busy)
  double mean_leavers = 0, occupancy = 0;  // mean_busy / (n + mean_leavers)
  double p_all_busy = 0;                   // share of time with k >= n
  double end_queue = 0, end_busy = 0, end_in_system = 0;  // just before the next change
};

struct TransientResult {
  std::vector<TransientInterval> intervals;  // one a piece; ratios of an empty piece are 1
  // Probability that the whole run has left out: band and series, rounding of some 1e-17 a tick,
  // and the windows of one piece, the worst. Each share above is right to about this.
  double left_out = 0;
  std::int64_t widest_band = 0;    // most states held at once
  double ticks = 0;                // steps of the uniformised chain
  bool with_leavers_apart = true;  // K out of reach: k alone decides, leavers by their mean
};

// Every fault of an input in planner's words; empty when it can be solved.
std::vector<std::string> faults_of(const TransientInput& in);

// Roughly how many updates of a state solve_transient takes, windows of T included, from a queue of
// fluid: some ns each (measured: 0.7 to 6). The limit is for those who must not wait: about a
// minute.
double expected_updates(const TransientInput& in);
inline constexpr double kMostUpdates = 2e10;

// Exact day. Cost: ticks x band; a tick is 1/(lambda + n mu + ...) and the band about
// 14 sqrt(load + n) states wide: 96 quarter-hours of 50 / 500 / 5,000 agents take about 10 ms, 0.1
// s and 2.4 s (docs/performance.md). With lines within reach and staff that falls, the band has a
// row for each number of leavers. Faulty input is a bug (CALLMILL_CHECK).
TransientResult solve_transient(const TransientInput& in);

}  // namespace callmill
