#pragma once
// Workload W1 through the full engine: an ordinary scenario, callers' keys, every KPI on.

#include <cstdint>

#include "bench/w1_yardsticks.h"
#include "models/world/world.h"

namespace callmill::bench {

// An ordinary scenario, half-hour indicators and all: nothing in the engine knows that it is W1.
// About `calls` calls after an hour of warm-up.
World w1_world(std::int64_t calls);

// About `calls` offered calls after an hour of warm-up, one replication, one thread.
W1Result engine_w1(std::int64_t calls, std::uint64_t seed);

// Replications of the same on `threads` threads, reduced to indicators as `callmill run` does.
void engine_w1_replications(std::int64_t calls, std::uint64_t seed, std::int64_t replications,
                            int threads);

}  // namespace callmill::bench
