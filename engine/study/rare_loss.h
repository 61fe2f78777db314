#pragma once
// The loss rate of a line group that is lost so seldom that plain days show none: multilevel
// splitting (RESTART). Each time that the lines in use rise to the next of some levels, the centre
// is copied, and each copy goes on with other callers to come (Flow::renew_callers). A copy ends
// when the lines in use fall below the level where it was made; the original goes on.
//
//   lines in use
//   all lines  ------------------------------ x blocked, counted 1 / 16
//   level 2    ------------------/--\--------
//   level 1    ------/--\-------/----\---*---  * copies end here
//              day ->    4 ways each time that a level is reached from below
//
// At level i every trajectory stands for `ways`^-i of a day, so the weighted counts of a day have
// the same mean as those of a plain one: no level, however badly chosen, makes a bias. Levels are
// good where one of `ways` excursions above a level reaches the next; pilot days, each with the
// levels found so far, place them.
//
// References: M. Villén-Altamirano, J. Villén-Altamirano, RESTART: a method for accelerating rare
// event simulations (1991); M. J. J. Garvels, The splitting method in rare event simulation (2000).

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/stats/interval.h"
#include "engine/blueprint/blueprint.h"

namespace callmill {

struct RareLossOptions {
  std::uint32_t trunks = 0;  // the line group
  std::uint64_t seed = 1;
  std::int64_t replications = 50;  // days; >= 2
  double confidence = 0.95;
  int threads = 0;         // 0 = all cores
  std::uint32_t ways = 4;  // in which a trajectory goes on when it reaches a level; >= 2
  // Lines in use, ascending, each in [1, lines]. Empty: by pilot days.
  std::vector<std::uint32_t> levels;
};

struct RareLoss {
  Estimate loss_rate;  // blocked / attempts of the group's lines, whole run
  std::vector<std::uint32_t> levels;
  std::uint64_t events = 0;      // of all trajectories of the replications
  std::uint64_t day_events = 0;  // of them, those that plain days would have had
  std::uint64_t pilot_events = 0;
  std::uint64_t blocked = 0;  // calls seen to be blocked, each standing for a share of one
  // (variance x events) of plain days over that of these, had plain days the loss rate that was
  // found and lost calls one at a time: a lower bound, for losses come in clusters. NaN where
  // nothing was lost.
  double gain = 0;
  bool interrupted = false;
};

// `progress` is told how many days are done. Same bytes for any number of threads.
RareLoss rare_loss(const Blueprint& plan, const RareLossOptions& options,
                   const std::function<void(std::int64_t done)>& progress = {},
                   const std::atomic<bool>* stop = nullptr);

}  // namespace callmill
