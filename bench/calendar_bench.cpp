// The pending-event set under the hold model: take the earliest event, schedule the next of the
// same slot an exponential delay later, every slot always pending. items_per_second is events per
// second.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "bench/fast_exponential.h"
#include "engine/calendar/calendar.h"

namespace callmill::bench {
namespace {

// Drawn beforehand, so that only the set is timed.
std::vector<SimDuration> delays() {
  FastRandom random{7};
  const FastExponential law{10.0};
  std::vector<SimDuration> all(1 << 16);
  for (SimDuration& delay : all) delay = SimDuration{static_cast<std::int64_t>(law(random)) + 1};
  return all;
}

void hold_calendar(benchmark::State& state) {
  const auto slots = static_cast<Calendar::Slot>(state.range(0));
  const std::vector<SimDuration> delay = delays();
  std::size_t drawn = 0;
  const auto next = [&] { return delay[drawn++ & (delay.size() - 1)]; };
  Calendar calendar{slots};
  for (Calendar::Slot slot = 0; slot < slots; ++slot) calendar.schedule(slot, kStart + next());
  for (auto _ : state) {
    calendar.schedule(calendar.next_slot(), calendar.next_time() + next());
    benchmark::DoNotOptimize(calendar);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hold_calendar)->Arg(300)->Arg(3'000)->Arg(30'000)->Arg(60'000);

void hold_priority_queue(benchmark::State& state) {
  using Event = std::pair<SimTime, std::uint32_t>;
  const auto slots = static_cast<std::uint32_t>(state.range(0));
  const std::vector<SimDuration> delay = delays();
  std::size_t drawn = 0;
  const auto next = [&] { return delay[drawn++ & (delay.size() - 1)]; };
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
  for (std::uint32_t slot = 0; slot < slots; ++slot) events.emplace(kStart + next(), slot);
  for (auto _ : state) {
    const Event event = events.top();
    events.pop();
    events.emplace(event.first + next(), event.second);
    benchmark::DoNotOptimize(events);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hold_priority_queue)->Arg(300)->Arg(3'000)->Arg(30'000)->Arg(60'000);

// A timer that is set and nearly always cancelled: the patience of a caller who is answered.
void set_and_cancel(benchmark::State& state) {
  const auto slots = static_cast<Calendar::Slot>(state.range(0));
  const std::vector<SimDuration> delay = delays();
  FastRandom random{11};
  Calendar calendar{slots};
  for (Calendar::Slot slot = 0; slot < slots; slot += 2)
    calendar.schedule(slot, kStart + delay[slot & 0xffff]);
  std::size_t drawn = 0;
  for (auto _ : state) {
    const auto slot = static_cast<Calendar::Slot>(((random() >> 32) * slots) >> 32);
    calendar.schedule(slot, kStart + delay[drawn++ & (delay.size() - 1)]);
    calendar.cancel(slot);
    benchmark::DoNotOptimize(calendar);
  }
  state.SetItemsProcessed(state.iterations() * 2);
}
BENCHMARK(set_and_cancel)->Arg(300)->Arg(3'000)->Arg(30'000)->Arg(60'000);

}  // namespace
}  // namespace callmill::bench
