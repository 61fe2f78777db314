#pragma once
// Whether an orbit of a CentreSpec grows without limit.

#include <cstddef>
#include <vector>

#include "models/chains/centre_spec.h"

namespace callmill {

// By class: callers per unit of time by whom its orbit grows in the long run; all 0 where the
// centre has a steady state, or where the chain that tells has more than `limit` states.
//
// Only callers who ring again after every block, for ever, can fill an orbit. While it is full,
// somebody takes every line the moment it is free, so how soon each rings does not matter: they
// ring here a thousand times as fast as all else happens, in an orbit with room for a few. What
// finds no room, as room grows, falls geometrically to what the orbit grows by (as the overflow of
// M/M/1/K does): 0, or more. Told to some 1 % of the capacity; nearer to it 0. A share of callers
// who give up for good makes every orbit stable (Falin & Templeton 1997).
std::vector<double> orbit_growth(const CentreSpec& spec, std::size_t limit);

}  // namespace callmill
