#pragma once
// Whether an orbit of a CentreSpec grows without limit.

#include <cstddef>
#include <optional>
#include <vector>

#include "models/chains/centre_spec.h"
#include "models/chains/generator.h"

namespace callmill {

// By class: callers per unit of time by whom its orbit grows in the long run; all 0 where none
// does. Nothing where the chain that tells has more than `limit` states, or once `stop` is set.
//
// Only callers who ring again after every block, for ever, can fill an orbit. While it is full,
// somebody takes every line the moment it is free, so how soon each rings does not matter: they
// ring here a thousand times as fast as all else happens, in an orbit with room for a few. What
// finds no room, as room grows, falls geometrically to what the orbit grows by (as the overflow of
// M/M/1/K does): 0, or more. Told to some 1 % of the capacity; nearer to it 0. A share of callers
// who give up for good makes every orbit stable (Falin & Templeton 1997).
std::optional<std::vector<double>> orbit_growth(const CentreSpec& spec, std::size_t limit,
                                                StopFlag stop = nullptr);

// Whether callers of some class wait for ever in a queue without a limit of its own. Where none do,
// and no orbit grows, there is a steady state, however much room it takes.
bool queues_may_grow(const CentreSpec& spec);

}  // namespace callmill
