// Drawing one variate: the engine's keyed, inverted draws beside the yardsticks' ziggurat and the
// standard library.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>

#include "base/random/sampler.h"
#include "base/random/stream.h"
#include "bench/fast_exponential.h"

namespace callmill::bench {
namespace {

void draw_keyed(benchmark::State& state, const Law& law) {
  const Sampler sampler{law};
  const ReplicationKey key{1, 0};
  std::uint64_t caller = 0;
  for (auto _ : state) {
    const OwnerKey owner = key.owner(Owner::kCaller, 0, ++caller);
    benchmark::DoNotOptimize(sampler.draw(owner.uniform(Purpose::kTalk)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(draw_keyed, exponential, Law{ExponentialLaw{180}});
BENCHMARK_CAPTURE(draw_keyed, lognormal, Law{LognormalLaw{180, 200}});
BENCHMARK_CAPTURE(draw_keyed, gamma, Law{GammaLaw{180, 2.5}});
BENCHMARK_CAPTURE(draw_keyed, hyperexponential, Law{HyperexponentialLaw{{0.3, 0.7}, {30, 240}}});
BENCHMARK_CAPTURE(draw_keyed, hazard, Law{HazardLaw{{0, 10, 60}, {0.02, 0.005, 0.01}}});

void draw_key_only(benchmark::State& state) {
  const ReplicationKey key{1, 0};
  std::uint64_t caller = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(key.owner(Owner::kCaller, 0, ++caller).uniform(Purpose::kTalk));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(draw_key_only);

void draw_ziggurat(benchmark::State& state) {
  FastRandom random{1};
  const FastExponential law{180};
  for (auto _ : state) benchmark::DoNotOptimize(law(random));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(draw_ziggurat);

void draw_standard_library(benchmark::State& state) {
  std::mt19937_64 random{1};
  std::exponential_distribution<double> law{1 / 180.0};
  for (auto _ : state) benchmark::DoNotOptimize(law(random));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(draw_standard_library);

}  // namespace
}  // namespace callmill::bench
