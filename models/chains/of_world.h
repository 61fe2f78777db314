#pragma once
// A small World as a chain: what a Markov chain can hold, in steady state or through a day, and
// what it cannot.

#include <vector>

#include "models/chains/centre_day.h"
#include "models/chains/centre_spec.h"
#include "models/world/world.h"

namespace callmill {

// A caller may redial so often after a block: counted up to the first, as good as without a limit
// from the second on.
inline constexpr std::uint32_t kMostRedials = 8, kManyRedials = 1000;

// Everything in the World that a chain cannot hold, each with its field and what to change: laws
// that are not exponential, anything that remembers how long something has lasted, anything that
// changes while calls go on. Empty when centre_of(world) and day_of(world) are the same centre.
std::vector<Fault> not_markov(const World& world);

// Whether volumes or staff do.
bool changes_over_the_day(const World& world);

// Needs not_markov(world) to be empty. Classes are the caller types in their order, queues and
// groups those of the World, rates per second. Queues without a capacity are left without bound.
// As it is at opening time.
CentreSpec centre_of(const World& world);

// The same through the open hours; a piece for each stretch without a change. Behind the caller
// types come classes of calls that are sent back where staff falls.
CentreDay day_of(const World& world);

}  // namespace callmill
