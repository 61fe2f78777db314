#pragma once
// Expected counts out of the time spent in each state.

#include <utility>
#include <vector>

#include "models/chains/centre_moves.h"
#include "models/chains/generator.h"

namespace callmill {

CentreCounts no_counts(const CentreSpec& spec, const std::vector<std::vector<double>>& within);

// Adds what happens while each state is held for time[i]. `joined(class, state, expected number)`
// is called for those who begin to wait.
template <class Joined>
void tally(const CentreRules& rules, const std::vector<CentreState>& states, const Vector& time,
           CentreCounts& counts, Joined&& joined);

// Counts of one step that is taken `expected` times.
void count_move(const CentreMove& move, double expected, CentreCounts& counts);
// The part of it that is the call's, not the group's.
void count_call(const CentreMove& move, double expected, CentreCounts& counts);
// Of time spent in a state.
void count_time(const CentreRules& rules, const CentreState& s, double time, CentreCounts& counts);

template <class Joined>
void tally(const CentreRules& rules, const std::vector<CentreState>& states, const Vector& time,
           CentreCounts& counts, Joined&& joined) {
  std::vector<CentreMove> moves;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const double spent = time[static_cast<Eigen::Index>(i)];
    if (spent == 0) continue;
    count_time(rules, states[i], spent, counts);
    rules.moves(states[i], moves);
    for (const CentreMove& m : moves) {
      count_move(m, m.rate * spent, counts);
      if (m.fate == CentreMove::Fate::kWaits) joined(std::size_t{m.who}, m.to, m.rate * spent);
    }
  }
}

}  // namespace callmill
