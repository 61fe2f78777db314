// Closed forms: one answer, sweeps over agents, batches.

#include <benchmark/benchmark.h>

#include <vector>

#include "models/queueing/batch.h"
#include "models/queueing/general_patience.h"
#include "models/queueing/general_service.h"
#include "models/queueing/ivr_trunks.h"

namespace callmill {
namespace {

QueueInput hotline(double agents, double load_per_agent) {
  return {.agents = agents,
          .arrival_rate = agents * load_per_agent / 180,
          .service_rate = 1.0 / 180,
          .patience_rate = 1.0 / 120,
          .within = 20};
}

void erlang_b_one(benchmark::State& state) {
  double load = 0.97 * static_cast<double>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(erlang_b(state.range(0), load));
}
BENCHMARK(erlang_b_one)->Arg(50)->Arg(500)->Arg(20000);

void erlang_a_one(benchmark::State& state) {
  const QueueInput in = hotline(static_cast<double>(state.range(0)), 0.97);
  for (auto _ : state) benchmark::DoNotOptimize(solve_queue(in));
}
BENCHMARK(erlang_a_one)->Arg(50)->Arg(500)->Arg(20000);

// Items are answers: 128 numbers of agents from 90% of the argument on.
void erlang_a_sweep(benchmark::State& state) {
  QueueInput in = hotline(static_cast<double>(state.range(0)), 0.97);
  in.agents *= 0.9;
  std::vector<QueueResult> out(128);
  for (auto _ : state) {
    sweep_agents(in, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}
BENCHMARK(erlang_a_sweep)->Arg(50)->Arg(500)->Arg(20000);

void finite_lines(benchmark::State& state) {
  QueueInput in = hotline(static_cast<double>(state.range(0)), 0.97);
  in.lines = state.range(0) * 11 / 10;
  for (auto _ : state) benchmark::DoNotOptimize(solve_queue(in));
}
BENCHMARK(finite_lines)->Arg(50)->Arg(500);

void general_patience(benchmark::State& state) {
  const Law laws[] = {
      ExponentialLaw{120},    ConstantLaw{120},
      LognormalLaw{120, 150}, GammaLaw{120, 2.5},
      WeibullLaw{120, 0.7},   HazardLaw{{0, 10, 60, 180}, {0.02, 0.005, 0.01, 0.004}}};
  const PatienceQueueInput in{
      500, 500 * 0.97 / 180, 1.0 / 180, {laws[state.range(0)], 0, 0.02}, state.range(1), 20};
  for (auto _ : state) benchmark::DoNotOptimize(solve_patience_queue(in));
  state.SetLabel(describe(laws[state.range(0)]));
}
BENCHMARK(general_patience)->ArgsProduct({{0, 1, 2, 3, 4, 5}, {0, 550}});

void general_service(benchmark::State& state) {
  const ServiceQueueInput in{
      500, 500 * 0.97 / 180, LognormalLaw{180, 200}, {LognormalLaw{120, 150}, 0, 0.02}, 0, 20};
  for (auto _ : state) benchmark::DoNotOptimize(approximate_queue(in));
}
BENCHMARK(general_service);

void ivr_trunks(benchmark::State& state) {
  const double agents = static_cast<double>(state.range(0));
  const IvrTrunksInput in{.arrival_rate = agents / 180,
                          .menu_rate = 1.0 / 60,
                          .p_agent = 0.95,
                          .agents = state.range(0),
                          .lines = 2 * state.range(0),
                          .service_rate = 1.0 / 180,
                          .patience_rate = 1.0 / 120,
                          .within = 20};
  for (auto _ : state) benchmark::DoNotOptimize(solve_ivr_trunks(in));
}
BENCHMARK(ivr_trunks)->Arg(50)->Arg(500);

}  // namespace
}  // namespace callmill
