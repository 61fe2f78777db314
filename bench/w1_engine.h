#pragma once
// Workload W1 through the full engine: scenario, callers' keys, every KPI on. bench/w1_engine.cpp
// defines it; the programs print the engine's column when that file is there.

#include <cstdint>

#include "bench/w1_yardsticks.h"

namespace callmill::bench {

// `calls` offered calls after the warm-up, in replications on `threads` threads.
W1Result engine_w1(std::int64_t calls, std::uint64_t seed, int threads);

}  // namespace callmill::bench
