#pragma once
// A small World as a chain: what a Markov chain in steady state can hold, and what it cannot.

#include <vector>

#include "models/chains/centre_spec.h"
#include "models/world/world.h"

namespace callmill {

// Everything in the World that a chain in steady state cannot hold, each with its field and what to
// change: laws that are not exponential, anything that remembers how long something has lasted,
// anything that changes over the day. Empty when centre_of(world) is the same centre.
std::vector<Fault> not_markov(const World& world);

// Needs not_markov(world) to be empty. Classes are the caller types in their order, queues and
// groups those of the World, rates per second. Queues without a capacity are left without bound.
CentreSpec centre_of(const World& world);

}  // namespace callmill
