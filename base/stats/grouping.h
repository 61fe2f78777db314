#pragma once
// Which of a study's replications belong together, for means and intervals of them.
//
// Strata: replication r lies in stratum of[r], and replications of one stratum are independent of
// each other and of all others. The mean is that of the strata's means, each stratum with the same
// weight 1 / strata. Independent replications are one stratum.
// Blocks: replications are independent only of those in other blocks (antithetic pairs, lattices);
// the mean of a whole block counts as one replication, and those beyond the last whole block are
// left out.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace callmill {

struct Grouping {
  std::size_t strata = 1;
  std::vector<std::uint32_t> of;  // by replication; empty: all in stratum 0
  std::size_t block = 1;          // more than 1 only with one stratum

  static Grouping blocks(std::size_t size) { return {1, {}, size}; }

  // The same, or one stratum where some stratum has fewer than two of the first n replications: an
  // interval from independent replications is then too wide rather than wrong.
  Grouping of_first(std::size_t n) const;
  std::size_t used(std::size_t n) const { return n - n % block; }
  std::uint32_t stratum(std::size_t replication) const { return of.empty() ? 0 : of[replication]; }
};

// The weight of each of the `n` replications in the mean; they add up to 1, and are 0 of those
// beyond the last whole block. n = 0 gives none.
std::vector<double> weights(const Grouping& grouping, std::size_t n);

}  // namespace callmill
