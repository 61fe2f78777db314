// Workload W1: seconds a call (items_per_second is calls a second). `callmill_bench_w1` compares
// them in turn.

#include <benchmark/benchmark.h>

#include <cstdint>

#include "bench/w1_engine.h"
#include "bench/w1_yardsticks.h"

namespace callmill::bench {
namespace {

constexpr std::int64_t kCalls = 200'000;

template <class Simulator>
void simulate(benchmark::State& state, Simulator simulator) {
  std::uint64_t seed = 0;
  for (auto _ : state) benchmark::DoNotOptimize(simulator(kCalls, ++seed));
  state.SetItemsProcessed(state.iterations() * (kCalls + kW1WarmUpCalls));
}
BENCHMARK_CAPTURE(simulate, specialised_w1, specialised_w1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(simulate, recursion_w1, recursion_w1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(simulate, general_w1, general_w1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(simulate, textbook_w1, textbook_w1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(simulate, engine_w1, engine_w1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace callmill::bench
