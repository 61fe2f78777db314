// Callers who ring again, against the exact chain of calls and orbit: attempts, and whole callers.

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
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

}  // namespace

TEST_CASE("Redials against the exact chain of calls and orbit") {
  Ledger ledger{"retrial"};
  std::uint64_t seed = 1101;
  for (const GoldenRow& row : golden("retrial.csv")) {
    ReplicateOptions options;
    options.seed = seed++;
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
    add("service_level", number(row, "SL_offered_att") / accepted);
    add("occupancy", number(row, "occ"));
    if (number(row, "p_wait_att") * kCalls >= 300) {
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
  ledger.judge();
}

}  // namespace callmill::test
