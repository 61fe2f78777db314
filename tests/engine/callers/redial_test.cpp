// Callers who ring again, against the exact chain of calls and orbit: attempts, and whole callers.

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/messages/chain.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

constexpr std::int64_t kReplications = 40;
constexpr double kCalls = 250'000;  // fresh ones, in all replications together

World orbit_world(const GoldenRow& row) {
  const double unit = number(row, "mu") >= 0.1 ? 100 : 1;  // of golden's time, in seconds
  OneQueue spec;
  spec.agents = number(row, "n");
  spec.lines = static_cast<std::int64_t>(number(row, "K"));
  spec.per_hour = number(row, "lam") / unit * 3600;
  spec.talk = ExponentialLaw{unit / number(row, "mu")};
  if (number(row, "theta") > 0) spec.patience = ExponentialLaw{unit / number(row, "theta")};
  spec.within = from_seconds(number(row, "t") * unit);
  const double delay_s = unit / number(row, "gamma");
  const double counted_s = kCalls / static_cast<double>(kReplications) / spec.per_hour * 3600;
  spec.interval =
      from_seconds(std::ceil(std::max(counted_s / 5, 50 * (delay_s + mean(spec.talk)))));
  spec.warm_up = spec.interval;
  spec.length = spec.interval *
                (1 + static_cast<std::int64_t>(std::ceil(counted_s / to_seconds(spec.interval))));
  World world = one_queue(spec);
  Redial& redial = world.caller_types[0].redial;
  constexpr std::uint32_t kNoLimit = 10'000;
  redial.after_block = {Probability{number(row, "p_retry_block")}, ExponentialLaw{delay_s},
                        kNoLimit};
  redial.after_abandon = {Probability{number(row, "p_retry_ab")}, ExponentialLaw{delay_s},
                          kNoLimit};
  return world;
}

// Columns that a row has.
void compare(const GoldenRow& row, std::uint64_t seed, Ledger& ledger) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = kReplications;
  const KpiTable kpis = replicate(make_blueprint(orbit_world(row)), options).kpis;
  const auto add = [&](const char* key, double exact) {
    if (std::min(exact, 1 - exact) * kCalls >= 300)
      ledger.add(row.at("id") + " " + key, kpis.day(key, {}, Ledger::kConfidence), exact);
  };
  const double accepted = 1 - number(row, "p_block_att");
  add("loss_rate", number(row, "p_block_att"));
  add("overall_answer_rate", number(row, "p_served_att"));
  add("repeat_share", 1 - 1 / number(row, "attempts_per_fresh"));
  if (row.contains("SL_offered_att"))
    add("service_level", number(row, "SL_offered_att") / accepted);
  add("occupancy", number(row, "occ"));
  if (row.contains("EW_served_att") && number(row, "p_wait_att") * kCalls >= 300) {
    const double unit = number(row, "mu") >= 0.1 ? 100 : 1;
    ledger.add(row.at("id") + " asa", kpis.day("asa", {}, Ledger::kConfidence),
               number(row, "EW_served_att") * unit);
  }
  // Whole callers, of intervals early enough that their stories are over by the end.
  for (const std::uint32_t interval : {1u, 2u}) {
    const auto per_caller = [&](const char* key, double value) {
      const Metric& metric = *find_metric(key, ScopeKind::kTotal);
      ledger.add(row.at("id") + " " + key + " of interval " + std::to_string(interval),
                 kpis.estimate(metric, {}, interval, Ledger::kConfidence), value);
    };
    per_caller("served_in_the_end", number(row, "p_eventual_served"));
    per_caller("attempts_per_caller", number(row, "attempts_per_fresh"));
  }
}

// A row of parameters that the reference has none of, by a chain of our own on (calls, orbit); the
// orbit is cut where it never comes.
struct Orbit {
  double lam, mu, theta;
  int n, k;
  double again_blocked, again_abandoned, gamma;
  int most;
};
GoldenRow row_of(const std::string& id, const Orbit& o) {
  const SmallChain<2> chain([&](const std::array<int, 2>& s, auto&& visit) {
    const auto [calls, orbit] = s;
    const int more = std::min(orbit + 1, o.most);
    if (calls < o.k)
      visit({calls + 1, orbit}, o.lam);
    else
      visit({calls, more}, o.lam * o.again_blocked);
    if (orbit > 0) {
      if (calls < o.k)
        visit({calls + 1, orbit - 1}, orbit * o.gamma);
      else
        visit({calls, orbit - 1}, orbit * o.gamma * (1 - o.again_blocked));
    }
    if (calls > 0) visit({calls - 1, orbit}, std::min(calls, o.n) * o.mu);
    const double abandons = std::max(calls - o.n, 0) * o.theta;
    if (abandons > 0) {
      visit({calls - 1, more}, abandons * o.again_abandoned);
      visit({calls - 1, orbit}, abandons * (1 - o.again_abandoned));
    }
  });
  const auto rate = [&](const auto& s) { return o.lam + o.gamma * s[1]; };
  const double attempts = chain.mean(rate);
  const double busy = chain.mean([&](auto& s) { return std::min(s[0], o.n); });
  CHECK(chain.mean([&](auto& s) { return s[1] == o.most ? 1 : 0; }) < 1e-9);
  GoldenRow row{{"id", id}, {"t", "0"}};
  const auto set = [&](const char* column, double value) { row[column] = in_cell(value); };
  set("lam", o.lam);
  set("mu", o.mu);
  set("theta", o.theta);
  set("n", o.n);
  set("K", o.k);
  set("p_retry_block", o.again_blocked);
  set("p_retry_ab", o.again_abandoned);
  set("gamma", o.gamma);
  set("p_block_att", chain.mean([&](auto& s) { return s[0] == o.k ? rate(s) : 0.0; }) / attempts);
  set("p_served_att", busy * o.mu / attempts);
  set("attempts_per_fresh", attempts / o.lam);
  set("occ", busy / o.n);
  set("p_eventual_served", busy * o.mu / o.lam);
  return row;
}

}  // namespace

TEST_CASE("Redials against the exact chain of calls and orbit") {
  Ledger ledger{"retrial"};
  std::uint64_t seed = 1101;
  for (const GoldenRow& row : golden("retrial.csv")) compare(row, seed++, ledger);
  ledger.judge();
}

TEST_CASE("Redials: parameters beyond the table") {
  Ledger ledger{"retrial, chains of our own"};
  const Orbit all[] = {
      {0.9, 1, 0.5, 1, 3, 0.6, 0.9, 0.4, 80},    // abandoned ones come back more than blocked ones
      {2.5, 1, 2.0, 3, 3, 0.8, 0.0, 2.0, 80},    // no place to wait, quick redials
      {4.0, 1, 1.0, 5, 8, 0.95, 0.3, 0.1, 300},  // slow and stubborn
      {1.5, 1, 0.2, 2, 12, 0.0, 0.7, 1.0, 120},  // who is blocked is gone
      {6.0, 1, 3.0, 4, 6, 0.5, 0.5, 0.5, 150},   // overload
  };
  std::uint64_t seed = 1131;
  for (const Orbit& orbit : all) {
    compare(row_of("own " + std::to_string(seed - 1130), orbit), seed, ledger);
    ++seed;
  }
  ledger.judge();
}

}  // namespace callmill::test
