#pragma once
// What could be done now, ranked: candidates from the scenario's own groups and rules, and what
// somebody proposes, each forked ahead on the same callers.

#include <atomic>
#include <functional>
#include <vector>

#include "engine/live/fork_ahead.h"

namespace callmill::live {

struct Candidate {
  std::vector<Command> commands;  // empty: to do nothing
  bool proposed = false;          // by who asked
  double cost = 0;  // of people called in and overtime, for the day; in the scenario's currency
  std::vector<Band> figures;  // of the day
  // By how much it makes the day better than doing nothing: of the score below.
  double gain = 0, gain_low = 0, gain_high = 0;
  double best_chance = 0;  // chance that its mean score is the best of all
};

struct Advice {
  std::vector<Candidate> candidates;  // the greatest gain first; "nothing" among them
  bool cancelled = false;
};

// What can be tried now: every one passes check().
std::vector<std::vector<Command>> candidates_of(const LiveCentre& centre);

// The score of a path is the sum over the targets of the day of what they are missed by (points of
// a share; seconds as a share of the goal), weighed alike, as a loss; without targets the answer
// rate. Cost is shown beside it and not weighed.
// `proposals` are ranked among them; one that cannot be carried out (any more) is left out.
Advice advise(const LiveCentre& centre, const std::vector<std::vector<Command>>& proposals,
              const ForkOptions& options, const std::atomic<bool>* cancel = nullptr,
              const std::function<void(double)>& progress = {});

}  // namespace callmill::live
