// Simulation against exact values: Erlang B, C, A and finite lines.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "models/queueing/erlang.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

struct Case {
  double agents;
  std::int64_t lines;  // 0: as many as never matter
  double load;         // erlang offered
  double talk_s;
  double patience_s;  // 0: waits for ever
  double within_s;
  double calls = 500'000;  // in all replications together
};

constexpr std::int64_t kReplications = 40;

QueueInput input_of(const Case& c) {
  QueueInput in;
  in.agents = c.agents;
  in.service_rate = 1 / c.talk_s;
  in.arrival_rate = c.load / c.talk_s;
  in.patience_rate = c.patience_s > 0 ? 1 / c.patience_s : 0;
  in.lines = c.lines;
  in.within = c.within_s;
  return in;
}

// Ten times the time in which an empty centre forgets that it was empty.
double warm_up_s(const Case& c) {
  double relaxation = std::max(c.talk_s, c.patience_s);
  if (c.patience_s == 0 && c.lines == 0)  // M/M/n: 1 / (sqrt(n mu) - sqrt(lambda))^2
    relaxation =
        std::max(relaxation, c.talk_s / std::pow(std::sqrt(c.agents) - std::sqrt(c.load), 2));
  if (c.patience_s == 0 && c.lines > 0)
    relaxation = std::max(relaxation, c.talk_s * static_cast<double>(c.lines) / c.agents * 2);
  return 10 * relaxation;
}

World world_of(const Case& c) {
  const double counted_s = c.calls / static_cast<double>(kReplications) / c.load * c.talk_s;
  const double interval_s = std::ceil(warm_up_s(c));
  OneQueue spec;
  spec.agents = c.agents;
  spec.lines = c.lines > 0 ? c.lines : static_cast<std::int64_t>(c.agents) + 1500;
  spec.per_hour = c.load / c.talk_s * 3600;
  spec.talk = ExponentialLaw{c.talk_s};
  if (c.patience_s > 0) spec.patience = ExponentialLaw{c.patience_s};
  spec.within = from_seconds(c.within_s);
  spec.warm_up = spec.interval = from_seconds(interval_s);
  spec.length = spec.interval * static_cast<std::int64_t>(1 + std::ceil(counted_s / interval_s));
  return one_queue(spec);
}

// Compares what is frequent enough for a normal interval: 300 expected events at the least.
void compare(const Case& c, std::uint64_t seed, Ledger& ledger) {
  const Blueprint plan = make_blueprint(world_of(c));
  ReplicateOptions options;
  options.seed = seed;
  options.replications = kReplications;
  const KpiTable kpis = replicate(plan, options).kpis;
  const QueueResult exact = solve_queue(input_of(c));
  const std::string name = "n " + std::to_string(static_cast<int>(c.agents)) + " K " +
                           std::to_string(c.lines) + " a " + std::to_string(c.load) + " patience " +
                           std::to_string(c.patience_s) + " T " + std::to_string(c.within_s) + " ";
  const auto add = [&](const char* key, double value) {
    ledger.add(name + key, kpis.day(key, {}, Ledger::kConfidence), value);
  };
  const auto add_share = [&](const char* key, double value) {
    if (std::min(value, 1 - value) * c.calls >= 300) add(key, value);
  };
  const double accepted = 1 - exact.p_block;
  add_share("loss_rate", exact.p_block);
  add_share("abandon_rate", exact.p_abandon / accepted);
  add_share("service_level", exact.sl_accepted);
  add_share("service_level_f1", exact.sl_abandon_ok);
  add_share("service_level_f2", exact.sl_answered);
  add_share("service_level_f4", exact.sl_excl_short_abandon);
  if (exact.p_wait * c.calls >= 300) {
    add("asa", exact.mean_wait_served);
    add("mean_wait", exact.mean_wait_offered / accepted);
  }
  if (exact.p_abandon * c.calls >= 300) add("mean_time_to_abandon", exact.mean_wait_abandoned);
  add("occupancy", exact.occupancy);
  if (c.lines > 0)
    add("trunk_occupancy", (exact.mean_busy + exact.mean_queue) / static_cast<double>(c.lines));
}

void compare_all(const char* title, const std::vector<Case>& cases, std::uint64_t seed) {
  Ledger ledger{title};
  for (const Case& c : cases) compare(c, seed++, ledger);
  ledger.judge();
}

}  // namespace

TEST_CASE("Erlang B: as many lines as agents") {
  compare_all("M/M/n/n",
              {{1, 1, 0.5, 180, 0, 20},
               {2, 2, 3, 60, 0, 20},
               {5, 5, 3, 240, 0, 20},
               {10, 10, 12, 180, 0, 0},
               {20, 20, 15, 300, 0, 20},
               {50, 50, 45, 180, 0, 20},
               {100, 100, 90, 180, 0, 20},
               {200, 200, 215, 120, 0, 20}},
              101);
}

TEST_CASE("Erlang C: callers wait for ever") {
  compare_all("M/M/n",
              {{1, 0, 0.6, 60, 0, 30},
               {2, 0, 1.3, 180, 0, 0},
               {3, 0, 1.5, 240, 0, 60},
               {5, 0, 4, 120, 0, 20},
               {10, 0, 8, 180, 0, 20},
               {20, 0, 17, 180, 0, 0},
               {50, 0, 45, 240, 0, 20},
               {100, 0, 92, 180, 0, 15}},
              201);
}

TEST_CASE("Erlang A: exponential patience") {
  compare_all("M/M/n+M",
              {{1, 0, 1.5, 60, 90, 20},
               {2, 0, 1.2, 180, 20, 0},
               {4, 0, 4, 180, 120, 10},
               {6, 0, 9, 240, 60, 30},
               {10, 0, 9, 180, 300, 20},
               {20, 0, 20, 180, 120, 20},
               {20, 0, 30, 180, 600, 400},
               {50, 0, 52, 170, 90, 0},
               {100, 0, 98, 180, 60, 20},
               {250, 0, 260, 200, 150, 15}},
              301);
}

TEST_CASE("Finite lines, with and without patience") {
  compare_all("M/M/n/K+M",
              {{1, 3, 1.2, 60, 60, 20},
               {2, 5, 1.8, 120, 0, 30},
               {5, 8, 6, 180, 90, 20},
               {10, 12, 11, 180, 30, 0},
               {10, 20, 10, 180, 0, 60},
               {20, 24, 22, 240, 120, 20},
               {50, 55, 53, 180, 200, 20},
               {100, 115, 104, 180, 120, 20},
               {150, 160, 150, 120, 0, 5},
               {300, 330, 300, 180, 120, 20, 2'000'000}},  // W1
              401);
}

TEST_CASE("The published values of W1 are those of the formula") {
  Case w1{300, 330, 300, 180, 120, 20};
  const QueueResult exact = solve_queue(input_of(w1));
  CHECK(exact.p_block == Approx(0.0028102815781).epsilon(1e-9));
  CHECK(exact.p_abandon == Approx(0.0229377467353).epsilon(1e-9));
  CHECK(exact.mean_wait_served == Approx(2.7137323579).epsilon(1e-9));
  CHECK(exact.sl_offered == Approx(0.9722892373047).epsilon(1e-9));
}

}  // namespace callmill::test
