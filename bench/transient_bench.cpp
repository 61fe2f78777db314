// A day of 96 quarter-hours through the exact time-varying queue and its approximations, the staff
// that each asks for, and the worth of an agent. The argument is the day's highest load in erlang.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>

#include "models/staffing/day_staff.h"
#include "models/transient/approximate.h"
#include "models/transient/worth.h"

namespace callmill::bench {
namespace {

// A morning and an afternoon peak; 4 minutes a call, 3 minutes of patience, 80 % within 20 s.
DayStaffInput day_of(double peak) {
  DayStaffInput in;
  in.day.service_rate = 1.0 / 240;
  in.day.patience_rate = 1.0 / 180;
  in.day.within = in.within = 20;
  in.day.steady_start = true;
  in.goal = {Measure::kServiceLevel, true, 0.8};
  for (int i = 0; i < 96; ++i) {
    const double morning = (i - 43) / 7.0, afternoon = (i - 62) / 9.0;
    const double shape = 0.04 + 0.96 * std::exp(-morning * morning / 2) +
                         0.75 * std::exp(-afternoon * afternoon / 2);
    in.day.pieces.push_back({900, peak * shape / 1.1 / 240, 0});
  }
  in.method = RequirementMethod::kOfferedLoad;
  const DayStaff staff = staff_day(in);
  for (std::size_t i = 0; i < staff.agents.size(); ++i)
    in.day.pieces[i].agents = static_cast<std::int64_t>(std::ceil(staff.agents[i]));
  return in;
}

void exact_day(benchmark::State& state) {
  TransientInput day = day_of(static_cast<double>(state.range(0))).day;
  day.tolerance = std::pow(10.0, static_cast<double>(-state.range(1)));
  TransientResult result;
  for (auto _ : state) result = solve_transient(day);
  state.counters["ticks"] = result.ticks;
  state.counters["band"] = static_cast<double>(result.widest_band);
  state.counters["left_out"] = result.left_out;
}
BENCHMARK(exact_day)
    ->ArgsProduct({{50, 500, 5000}, {12, 9}})
    ->ArgNames({"peak", "digits"})
    ->Unit(benchmark::kMillisecond);

void approximate(benchmark::State& state, Approximation how) {
  const TransientInput day = day_of(static_cast<double>(state.range(0))).day;
  for (auto _ : state) benchmark::DoNotOptimize(approximate_day(day, how));
}
BENCHMARK_CAPTURE(approximate, pointwise, Approximation::kPointwise)
    ->Arg(50)
    ->Arg(500)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(approximate, lagged, Approximation::kLagged)
    ->Arg(50)
    ->Arg(500)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(approximate, mol, Approximation::kOfferedLoad)
    ->Arg(50)
    ->Arg(500)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond);

void requirement(benchmark::State& state, RequirementMethod method) {
  DayStaffInput in = day_of(static_cast<double>(state.range(0)));
  in.method = method;
  for (auto _ : state) benchmark::DoNotOptimize(staff_day(in));
}
BENCHMARK_CAPTURE(requirement, sipp, RequirementMethod::kSipp)
    ->Arg(50)
    ->Arg(500)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(requirement, mol, RequirementMethod::kOfferedLoad)
    ->Arg(50)
    ->Arg(500)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(requirement, transient, RequirementMethod::kTransient)
    ->Arg(50)
    ->Arg(500)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond);

void worth(benchmark::State& state) {
  TransientInput day = day_of(static_cast<double>(state.range(0))).day;
  day.tolerance = 1e-9;
  for (auto _ : state) benchmark::DoNotOptimize(agent_worth(day));
}
BENCHMARK(worth)->Arg(50)->Arg(500)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace callmill::bench
