// Patience: every law of the reference against its exact M/M/n+G, and what changes patience,
// exactly.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "engine/study/replicate.h"
#include "models/queueing/general_patience.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

constexpr std::int64_t kReplications = 20;
constexpr double kCalls = 120'000;  // a row, in all replications together
constexpr double kEnough = 300;     // expected events: fewer have no normal interval

// Parameters as in tests/golden/README.md; `unit` is the length of golden's unit of time, in
// seconds.
Law patience_law(const std::string& family, const std::string& params, double unit) {
  double a = 0, b = 0, c = 0;
  REQUIRE(std::sscanf(params.c_str(), "[%lf, %lf, %lf", &a, &b, &c) >= 1);
  if (family == "det") return ConstantLaw{a * unit};
  if (family == "exp") return ExponentialLaw{unit / a};
  if (family == "unif") return UniformLaw{a * unit, b * unit};
  if (family == "weibull") return WeibullLaw{b * unit, a};
  if (family == "gamma") return GammaLaw{a * b * unit, a};
  if (family == "hyper2") return HyperexponentialLaw{{a, 1 - a}, {unit / b, unit / c}};
  REQUIRE(family == "lognorm");
  const double mean = std::exp(a + b * b / 2) * unit;
  return LognormalLaw{mean, mean * std::sqrt(std::expm1(b * b))};
}

World world_of(const GoldenRow& row, double unit) {
  OneQueue spec;
  spec.agents = number(row, "n");
  spec.lines = static_cast<std::int64_t>(spec.agents + 2 * number(row, "EQ")) + 1000;
  spec.per_hour = number(row, "lam") / unit * 3600;
  spec.talk = ExponentialLaw{unit / number(row, "mu")};
  spec.patience = patience_law(row.at("family"), row.at("params"), unit);
  spec.balk = number(row, "p0");
  spec.within = from_seconds(number(row, "t") * unit);
  const double counted_s = kCalls / static_cast<double>(kReplications) / spec.per_hour * 3600;
  const double slowest_s = mean(spec.talk) + number(row, "mean_cont") * unit;
  spec.warm_up = spec.interval = from_seconds(std::ceil(std::max(counted_s / 10, 8 * slowest_s)));
  spec.length = spec.interval *
                (1 + static_cast<std::int64_t>(std::ceil(counted_s / to_seconds(spec.interval))));
  World world = one_queue(spec);
  world.caller_types[0].never_hangs_up = Probability{number(row, "pinf")};
  return world;
}

KpiTable run(const World& world, std::uint64_t seed, std::int64_t replications = kReplications) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = replications;
  return replicate(make_blueprint(world), options).kpis;
}

}  // namespace

TEST_CASE("Patience of any law, balking, and callers who never hang up") {
  Ledger ledger{"M/M/n+G"};
  std::uint64_t seed = 601;
  for (const GoldenRow& row : golden("mmng.csv")) {
    const double unit = number(row, "mu") >= 0.1 ? 100 : 1;
    const KpiTable kpis = run(world_of(row, unit), seed++);
    const std::string name = row.at("id") + " " + row.at("family") + " ";
    const auto share = [&](const char* key, const char* column) {
      const double exact = number(row, column);
      if (std::min(exact, 1 - exact) * kCalls >= kEnough)
        ledger.add(name + key, kpis.day(key, {}, Ledger::kConfidence), exact);
    };
    const auto wait = [&](const char* key, const char* column, double events) {
      if (events * kCalls >= kEnough)
        ledger.add(name + key, kpis.day(key, {}, Ledger::kConfidence), number(row, column) * unit);
    };
    share("abandon_rate", "p_ab");
    share("service_level", "SL_offered");
    share("service_level_f1", "SL_ab_ok");
    share("service_level_f4", "SL_excl_short_ab");
    share("occupancy", "occ");
    const double waited_out = number(row, "p_ab") - number(row, "p_balk");
    const double waited_served = number(row, "p_served") - number(row, "p_nowait");
    const auto of_calls = [&](const char* column, std::initializer_list<LinearTerm> over) {
      const double exact = number(row, column);
      if (std::min(exact, 1 - exact) * kCalls < kEnough) return;
      const Metric metric{
          "", "", "", "", Unit::kShare, Family::kCalls, {}, over, {{at(CallCount::kAttempts), 1}}};
      ledger.add(name + column,
                 kpis.estimate(metric, {}, kpis.layout().intervals(), Ledger::kConfidence), exact);
    };
    const LinearTerm served{at(CallCount::kAnswered), 1}, lost{at(CallCount::kAbandoned), 1},
        served_in_time{at(CallCount::kAnsweredWithin), -1},
        lost_in_time{at(CallCount::kAbandonedWithin), -1};
    of_calls("p_nowait", {{at(CallCount::kAnsweredAtOnce), 1}});
    of_calls("P_served_gt", {served, served_in_time});
    of_calls("P_ab_gt", {lost, lost_in_time});
    of_calls("P_ab_le", {{lost_in_time.index, 1}});
    share("service_level_f2", "SL_answered");
    wait("asa", "EW_served", waited_served);
    wait("mean_wait", "EW_offered", waited_served + waited_out);
    wait("mean_time_to_abandon", "EW_ab", waited_out);
  }
  ledger.judge();
}

TEST_CASE("Patience by measured hazard, against the exact law of its queue") {
  Ledger ledger{"M/M/n+G, hazards"};
  // Impatient at first; a wave at the announcement after a minute; some who never hang up.
  const HazardLaw hazards[] = {{{0, 10, 60}, {0.02, 0.002, 0.01}},
                               {{0, 55, 65}, {0.001, 0.08, 0.002}},
                               {{0, 20, 90}, {0.01, 0.005, 0}}};
  std::uint64_t seed = 790;
  for (const HazardLaw& hazard : hazards) {
    OneQueue spec;
    spec.agents = 8;
    spec.lines = 1000;
    spec.per_hour = 200;
    spec.talk = ExponentialLaw{150};
    spec.patience = hazard;
    spec.within = 20s;
    spec.warm_up = spec.interval = 5h;
    spec.length = 45h;
    PatienceQueueInput in;
    in.agents = spec.agents;
    in.arrival_rate = spec.per_hour / 3600;
    in.service_rate = 1 / mean(spec.talk);
    in.patience.law = hazard;
    in.within = to_seconds(spec.within);
    const QueueResult exact = solve_patience_queue(in);
    const KpiTable kpis = run(one_queue(spec), ++seed);
    const auto add = [&](const char* key, double value) {
      ledger.add(std::to_string(seed - 790) + " " + key, kpis.day(key, {}, Ledger::kConfidence),
                 value);
    };
    add("abandon_rate", exact.p_abandon);
    add("delay_share", exact.p_wait);
    add("mean_wait", exact.mean_wait_offered);
    add("occupancy", exact.occupancy);
  }
  ledger.judge();
}

TEST_CASE("Patience by the hour of the call") {
  OneQueue spec;
  spec.agents = 0;
  spec.lines = 1000;
  spec.per_hour = 400;
  spec.length = 4h;
  spec.patience = ConstantLaw{60};
  World world = one_queue(spec);
  world.caller_types[0].patience_factor = Profile{2h, {0.5, 2.5}};
  const KpiTable kpis = run(world, 5, 3);
  const Metric& wait = *find_metric("mean_time_to_abandon", ScopeKind::kTotal);
  for (const std::uint32_t hour : {0u, 1u, 2u, 3u})
    CHECK(kpis.estimate(wait, {}, hour, 0.95).value == Approx(hour < 2 ? 30 : 150).epsilon(1e-12));
}

TEST_CASE("A share of callers never hangs up") {
  OneQueue spec;
  spec.agents = 0;
  spec.lines = 10'000;
  spec.per_hour = 1000;
  spec.length = 4h;
  spec.patience = ConstantLaw{60};
  World world = one_queue(spec);
  world.caller_types[0].never_hangs_up = Probability{0.25};
  const KpiTable kpis = run(world, 6, 20);
  const double offered = kpis.day("offered", {}, 0.95).value * 20;
  const double abandoned = kpis.day("abandoned", {}, 0.95).value * 20;
  CHECK(std::abs(abandoned - 0.75 * offered) < 3.29 * std::sqrt(offered * 0.75 * 0.25));
}

}  // namespace callmill::test
