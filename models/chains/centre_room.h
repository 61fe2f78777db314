#pragma once
// How much room the queues and orbits of a CentreDay need that have no limit of their own: without
// following any caller, which is most of what solve_day costs.

#include <optional>
#include <string>
#include <vector>

#include "models/chains/centre_day.h"

namespace callmill {

// Of all attempts of the day, fresh and again, the share that meets the cut of its pieces' specs
// (cut_queue, cut_orbit), from opening to closing. Nothing where the chain has more than `limit`
// states or solve_day would take more than `watch.most_steps` (told from the same day without
// callers); `why` then says so. Nothing with an empty `why` once `watch` has stopped it. Cost: a
// product with the chain's chances a tick, a third of a class's or less.
std::optional<double> share_without_room(const CentreDay& day, std::string& why,
                                         std::size_t limit = kMostStates,
                                         const DayWatch& watch = {});

}  // namespace callmill
