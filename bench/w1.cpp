// callmill_bench_w1: nanoseconds a call of workload W1, the engine beside our yardsticks, timed in
// turn so that a noisy machine disturbs all alike. The median of the rounds is printed.
//
//   callmill_bench_w1 [--json] [--calls N] [--rounds N] [--only NAME]

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "bench/w1_engine.h"
#include "bench/w1_yardsticks.h"

namespace callmill::bench {
namespace {

struct Contestant {
  std::string name;
  std::function<W1Result(std::int64_t calls, std::uint64_t seed)> run;
  std::vector<double> ns_per_call = {};
  W1Result total = {};
};

std::vector<Contestant> contestants() {
  std::vector<Contestant> all;
  all.push_back({"engine", engine_w1});
  all.push_back({"specialised", specialised_w1});
  all.push_back({"recursion", recursion_w1});
  all.push_back({"general", general_w1});
  all.push_back({"textbook", textbook_w1});
  return all;
}

void add(W1Result& total, const W1Result& r) {
  total.offered += r.offered;
  total.blocked += r.blocked;
  total.abandoned += r.abandoned;
  total.served += r.served;
  total.answered_within += r.answered_within;
  total.wait_served_s += r.wait_served_s;
}

void time_once(Contestant& who, std::int64_t calls, std::uint64_t seed) {
  const std::clock_t start = std::clock();
  const W1Result result = who.run(calls, seed);
  const double took_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  who.ns_per_call.push_back(took_s * 1e9 / static_cast<double>(calls + kW1WarmUpCalls));
  add(who.total, result);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

void print_json(const std::vector<Contestant>& all) {
  std::string fields;
  for (const Contestant& who : all)
    fields += fmt::format("{}\"{}_ns_per_call\": {:.2f}", fields.empty() ? "" : ", ", who.name,
                          median(who.ns_per_call));
  fmt::print("{{{}}}\n", fields);
}

void print_table(const std::vector<Contestant>& all, std::int64_t calls, int rounds) {
  fmt::print("W1: M/M/{}/{}+M, {:.0f} calls a minute; {} rounds of {} calls, median\n", kW1Agents,
             kW1Lines, 60 / kW1ArrivalGapS, rounds, calls);
  fmt::print("{:<12} {:>8} {:>8} {:>8}  {:>9} {:>9} {:>9} {:>9}\n", "simulator", "ns/call",
             "fastest", "relative", "blocked", "abandoned", "wait_s", "in_20s");
  double specialised = 0;
  for (const Contestant& who : all)
    if (who.name == "specialised") specialised = median(who.ns_per_call);
  for (const Contestant& who : all) {
    const auto offered = static_cast<double>(who.total.offered);
    const double middle = median(who.ns_per_call);
    fmt::print("{:<12} {:>8.1f} {:>8.1f} {:>8.2f}  {:>9.6f} {:>9.6f} {:>9.5f} {:>9.6f}\n", who.name,
               middle, *std::min_element(who.ns_per_call.begin(), who.ns_per_call.end()),
               middle / specialised, static_cast<double>(who.total.blocked) / offered,
               static_cast<double>(who.total.abandoned) / offered,
               who.total.wait_served_s / static_cast<double>(who.total.served),
               static_cast<double>(who.total.answered_within) / offered);
  }
  fmt::print("{:<12} {:>8} {:>8} {:>8}  {:>9.6f} {:>9.6f} {:>9.5f} {:>9.6f}\n", "exact", "", "", "",
             kW1ExactBlocked, kW1ExactAbandoned, kW1ExactMeanWaitServedS, kW1ExactAnsweredWithin);
}

// Wall nanoseconds a call of `replications` replications on `threads` threads.
double wall_ns(std::int64_t calls, std::int64_t replications, int threads) {
  const auto start = std::chrono::steady_clock::now();
  engine_w1_replications(calls, 1, replications, threads);
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  return took.count() / static_cast<double>((calls + kW1WarmUpCalls) * replications);
}

void print_threads(std::int64_t calls) {
  const int all = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  const std::int64_t replications = std::int64_t{4} * all;
  const double one = wall_ns(calls, replications, 1), many = wall_ns(calls, replications, all);
  fmt::print(
      "engine, {} replications, wall: 1 thread {:.1f} ns/call, {} threads {:.1f} ns/call, {:.2f} "
      "times\n",
      replications, one, all, many, one / many);
}

int run_alone(std::vector<Contestant>& all, const std::string& name, std::int64_t calls,
              int rounds) {
  for (Contestant& who : all) {
    if (who.name != name) continue;
    for (int round = 0; round < rounds; ++round)
      time_once(who, calls, static_cast<std::uint64_t>(round) + 1);
    return 0;
  }
  fmt::print(stderr, "no simulator is called {}\n", name);
  return 2;
}

int run(int argc, char** argv) {
  bool json = false;
  std::int64_t calls = 1'000'000;
  int rounds = 7;
  std::string only;
  CLI::App app{"Nanoseconds a call of workload W1"};
  app.add_flag("--json", json, "One object of numbers instead of the table");
  app.add_option("--calls", calls, "Calls a round")->check(CLI::Range(1'000, 100'000'000));
  app.add_option("--rounds", rounds, "Rounds")->check(CLI::Range(1, 1'000));
  app.add_option("--only", only, "Run this simulator alone and print nothing, for a profiler");
  CLI11_PARSE(app, argc, argv);

  std::vector<Contestant> all = contestants();
  if (!only.empty()) return run_alone(all, only, calls, rounds);
  for (int round = 0; round < rounds; ++round)
    for (Contestant& who : all) time_once(who, calls, static_cast<std::uint64_t>(round) + 1);
  if (json)
    print_json(all);
  else
    print_table(all, calls, rounds);
  if (!json) print_threads(calls);
  return 0;
}

}  // namespace
}  // namespace callmill::bench

int main(int argc, char** argv) {
  return callmill::bench::run(argc, argv);
}
