#pragma once
// Which busyness the days of a study have. One uniform a day says how busy it is; how these
// uniforms lie over the replications is the design. Each single replication is uniform on (0, 1),
// in kStratified when each is weighed by its stratum_weight(), so every mean is as without; what
// changes is how far the replications together stray from all the days there could be.
//
//   kIndependent  u_r is the replication's own draw
//   kStratified   ten replications have one day in each of ten strata of (0, 1), in shuffled order.
//                 The strata are the narrower the busier their days (kStratumEdges): what a mean
//                 does not know comes from the few days on which agents do not suffice. A day
//                 then stands for stratum_weight() of a day. Of one open day only.
//   kAntithetic   two replications are opposites: u_{2k} = v_{2k}, u_{2k+1} = 1 - v_{2k}
//   kLattice      31 replications lie on a lattice of rank one (Korobov, generator 12), shifted by
//                 a draw of the block and day: u_r = frac(j 12^d / 31 + s_{b,d}), j = r mod 31.
//                 Distinct generators for the first 30 open days.
//   kHypercube    ten replications have one day in each tenth of (0, 1), in shuffled order, of
//                 several open days each shuffled by itself: u_r = (pi_b(r mod 10) + v_r) / 10,
//                 b = r div 10 (a Latin hypercube)
//
// v_r and the draws of a block are keyed as all others (base/random/stream.h), so a replication's
// uniforms are a function of (seed, replication, design) and a study can be continued.

#include <array>
#include <cstdint>

#include "base/random/stream.h"

namespace callmill {

enum class DayDesign : std::uint8_t {
  kIndependent,
  kStratified,
  kAntithetic,
  kLattice,
  kHypercube
};

inline constexpr std::uint32_t kDayStrata = 10;
// Of kStratified: the normal law at -1, -0.5, 0, 0.4, 0.8, 1.2, 1.6, 2 and 2.5 standard deviations.
inline constexpr std::array<double, kDayStrata + 1> kStratumEdges = {
    0, 0.159, 0.309, 0.5, 0.655, 0.788, 0.885, 0.945, 0.977, 0.994, 1};
inline constexpr std::uint32_t kLatticePoints = 31;

// Replications that belong together: blocks of so many are independent of each other.
constexpr std::uint32_t block_of(DayDesign design) {
  switch (design) {
    case DayDesign::kIndependent:
      return 1;
    case DayDesign::kStratified:
    case DayDesign::kHypercube:
      return kDayStrata;
    case DayDesign::kAntithetic:
      return 2;
    case DayDesign::kLattice:
      return kLatticePoints;
  }
  return 1;
}

// The uniform of that open day, in (0, 1). O(kDayStrata).
double day_uniform(std::uint64_t seed, std::uint64_t replication, std::uint32_t day,
                   DayDesign design);

// kStratified, kHypercube: which of the kDayStrata strata that uniform is in.
std::uint32_t day_stratum(std::uint64_t seed, std::uint64_t replication, std::uint32_t day);

// kStratified: so many days of all there could be is one day of that stratum; 1 on average over the
// strata.
constexpr double stratum_weight(std::uint32_t stratum) {
  return kDayStrata * (kStratumEdges[stratum + 1] - kStratumEdges[stratum]);
}

}  // namespace callmill
