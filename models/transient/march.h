#pragma once
// Time passes: the uniformised chain on the band that carries mass. Internal to the room.

#include <cstdint>

#include "models/transient/band.h"

namespace callmill::transient {

// What a march has cost, what it left out, and whom it has seen answered.
struct MarchCost {
  double answered_wait = 0;  // E of the time that callers whom an ending call lets in have waited
  double left_out = 0;
  double ticks = 0;
  std::int64_t widest_band = 0;
  std::int64_t highest_state = 0;  // most calls k that the band reached
};

// `length` >= 0 of time; adds the integral of the distribution over it to `*integral` unless null.
// Edges of the band whose mass is below `per_tick` (a probability) are dropped, tick by tick.
void march(Band& band, const Rates& rates, double length, double per_tick, Band* integral,
           MarchCost& cost);

// Ticks of the chain in `length`, roughly: to share a tolerance out.
double expected_ticks(const Rates& rates, double length, std::int64_t highest);

}  // namespace callmill::transient
