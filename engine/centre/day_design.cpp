#include "engine/centre/day_design.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace callmill {
namespace {

double own_draw(std::uint64_t seed, std::uint64_t replication, std::uint32_t day) {
  return ReplicationKey{seed, replication}
      .owner(Owner::kCentre, 0, 0)
      .uniform(Purpose::kBusyness, day);
}

// Draws of a block of replications: those of a centre of another number, which no replication has.
OwnerKey block_draws(std::uint64_t seed, std::uint64_t block, std::uint32_t day) {
  return ReplicationKey{seed, block}.owner(Owner::kCentre, 1, day);
}

// frac() may round to 0 or 1, where no law has a quantile.
double inside(double u) {
  constexpr double kLeast = 0x1p-53;
  return std::clamp(u, kLeast, 1 - kLeast);
}

double lattice_uniform(std::uint64_t seed, std::uint64_t replication, std::uint32_t day) {
  constexpr std::uint32_t kGenerator = 12;  // a primitive root of 31
  std::uint64_t multiple = replication % kLatticePoints;
  for (std::uint32_t d = 0; d < day % (kLatticePoints - 1); ++d)
    multiple = multiple * kGenerator % kLatticePoints;
  const double shift =
      block_draws(seed, replication / kLatticePoints, day).uniform(Purpose::kBusyness);
  const double u = static_cast<double>(multiple) / kLatticePoints + shift;
  return inside(u - std::floor(u));
}

}  // namespace

std::uint32_t day_stratum(std::uint64_t seed, std::uint64_t replication, std::uint32_t day) {
  const OwnerKey draws = block_draws(seed, replication / kDayStrata, day);
  std::array<std::uint32_t, kDayStrata> order;
  std::iota(order.begin(), order.end(), 0u);
  for (std::uint32_t i = kDayStrata; i > 1; --i) {
    const double u = draws.uniform(Purpose::kBusyness, i);
    std::swap(order[i - 1], order[static_cast<std::size_t>(u * i)]);
  }
  return order[replication % kDayStrata];
}

double day_uniform(std::uint64_t seed, std::uint64_t replication, std::uint32_t day,
                   DayDesign design) {
  switch (design) {
    case DayDesign::kIndependent:
      break;
    case DayDesign::kStratified: {
      const std::uint32_t stratum = day_stratum(seed, replication, day);
      const double from = kStratumEdges[stratum], to = kStratumEdges[stratum + 1];
      return inside(from + (to - from) * own_draw(seed, replication, day));
    }
    case DayDesign::kHypercube:
      return inside((day_stratum(seed, replication, day) + own_draw(seed, replication, day)) /
                    kDayStrata);
    case DayDesign::kAntithetic: {
      const double u = own_draw(seed, replication - replication % 2, day);
      return replication % 2 == 0 ? u : 1 - u;
    }
    case DayDesign::kLattice:
      return lattice_uniform(seed, replication, day);
  }
  return own_draw(seed, replication, day);
}

}  // namespace callmill
