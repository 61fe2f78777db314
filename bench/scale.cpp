// callmill_bench_scale: nanoseconds a call from a centre of 100 calls a day to one of 10 million
// and 20,000 agents, each a day of half-hours with about as many agents as Erlangs. Rounds take
// turns; the fastest of each is printed. Memory is what the process has held at most so far, so
// that a line shows what its centre adds to those above.
//
//   callmill_bench_scale [--rounds N] [--calls N]

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "bench/w1_engine.h"
#include "engine/study/replicate.h"

namespace callmill::bench {
namespace {

constexpr double kTalkS = 170;
constexpr double kSpare = 2.3;  // agents above the load, in its square roots

struct Size {
  double calls_a_day = 0;
  std::int64_t agents = 0, lines = 0;
  Blueprint plan;
  std::int64_t days = 1;
  double events_a_day = 0, made_a_day = 0, fastest_ns = 0;
};

World day_of(const Size& size) {
  World world = w1_world(1);
  world.day.warm_up = {};
  world.day.closes = std::chrono::hours{24};
  world.trunks[0].lines = static_cast<int>(size.lines);
  world.groups[0].staff = Profile{world.day.closes, {static_cast<double>(size.agents)}};
  world.caller_types[0].volume = Profile{world.day.closes, {size.calls_a_day}};
  world.caller_types[0].talk = ExponentialLaw{kTalkS};
  return world;
}

Size make_size(double calls_a_day, double calls_a_round) {
  Size size;
  size.calls_a_day = calls_a_day;
  const double load = calls_a_day * kTalkS / 86'400;
  size.agents = static_cast<std::int64_t>(std::ceil(load + kSpare * std::sqrt(load)));
  size.lines = size.agents + size.agents / 10 + 2;
  size.days = std::max<std::int64_t>(1, std::llround(calls_a_round / calls_a_day));
  size.plan = make_blueprint(day_of(size));
  return size;
}

void time_round(Size& size) {
  const KpiLayout layout{size.plan};
  const KpiLayout::Row& row = layout.rows()[layout.find(Family::kCalls, {})];
  Recorder recorder{size.plan};
  ReplicationCounts counts;
  std::uint64_t events = 0;
  double calls = 0;
  const std::clock_t start = std::clock();
  for (std::int64_t day = 0; day < size.days; ++day) {
    events += run_day(size.plan, 1, static_cast<std::uint64_t>(day), recorder);
    export_counts(recorder, layout, counts);
    calls += counts[row.offset + layout.intervals() * row.width + at(CallCount::kAttempts)];
  }
  const double ns = static_cast<double>(std::clock() - start) * 1e9 / CLOCKS_PER_SEC;
  const auto days = static_cast<double>(size.days);
  size.events_a_day = static_cast<double>(events) / days;
  size.made_a_day = calls / days;
  const double a_day = ns / days;
  size.fastest_ns = size.fastest_ns == 0 ? a_day : std::min(size.fastest_ns, a_day);
}

long most_memory_kb() {
  std::ifstream status{"/proc/self/status"};
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      long kb = 0;
      status >> kb;
      return kb;
    }
  return 0;
}

int run(int argc, char** argv) {
  int rounds = 3;
  double calls = 2e6;
  CLI::App app{"Nanoseconds a call, from small centres to large ones"};
  app.add_option("--rounds", rounds, "Rounds")->check(CLI::Range(1, 1'000));
  app.add_option("--calls", calls, "Calls a round of each size, a day at the least")
      ->check(CLI::Range(1e3, 1e9));
  CLI11_PARSE(app, argc, argv);

  std::vector<Size> all;
  std::vector<long> memory_kb;
  for (const double calls_a_day : {1e2, 1e3, 1e4, 1e5, 1e6, 1e7}) {
    all.push_back(make_size(calls_a_day, calls));
    time_round(all.back());
    memory_kb.push_back(most_memory_kb());
  }
  for (int round = 1; round < rounds; ++round)
    for (Size& size : all) time_round(size);

  fmt::print("{:>10} {:>7} {:>7} {:>8} {:>9} {:>10}\n", "calls/day", "agents", "lines", "ns/call",
             "ns/event", "memory kB");
  for (std::size_t i = 0; i < all.size(); ++i)
    fmt::print("{:>10.0f} {:>7} {:>7} {:>8.1f} {:>9.1f} {:>10}\n", all[i].calls_a_day,
               all[i].agents, all[i].lines, all[i].fastest_ns / all[i].made_a_day,
               all[i].fastest_ns / all[i].events_a_day, memory_kb[i]);
  return 0;
}

}  // namespace
}  // namespace callmill::bench

int main(int argc, char** argv) {
  return callmill::bench::run(argc, argv);
}
