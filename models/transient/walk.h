#pragma once
// The day piece by piece, for those who choose the staff as they go: a state is a value that can be
// kept, copied and tried with other staff.

#include <cstddef>
#include <vector>

#include "models/transient/band.h"
#include "models/transient/march.h"
#include "models/transient/transient.h"

namespace callmill::transient {

struct State {
  Band band;                    // before the next piece's change of staff
  std::int64_t agents = -1;     // of the last piece; -1 before the first
  double mean_leavers = 0;      // of kNamed where the band keeps one row
  double leavers_at_most = 0;   // mean of a bound in law: all who left were busy
  bool apart = true;            // leavers are not in the band: k does not depend on them
  bool lines_in_reach = false;  // though they should be: K was near, solve again with apart = false
  double per_tick = 0;          // probability that may be left out each tick
  std::vector<double> answers_within;  // by piece; with by_event: of those who came before
  MarchCost cost;
  double window_left_out = 0;  // of the windows of one piece, the worst
};

// `apart`: kNamed keeps leavers out of the band, which is exact while K is out of reach.
State first_state(const TransientInput& in, bool apart = true);

// The rates that hold in piece `i`.
Rates rates_of(const TransientInput& in, std::size_t i);

// Passes piece `i`: staff changes from state.agents to pieces[i].agents, time passes, state is the
// piece's end. Later pieces are read as far as the window T of the last arrivals goes.
TransientInterval pass_piece(const TransientInput& in, std::size_t i, State& state);

}  // namespace callmill::transient
