// Predictive dialling against exact Markov chains (tests/golden/dialer.csv).

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

constexpr std::int64_t kReplications = 40;
constexpr double kDials = 6000;  // a block; the first of five is warm-up

World world_of(const GoldenRow& row, SimDuration block) {
  OneQueue spec;
  spec.agents = number(row, "n");
  spec.per_hour = 0;
  spec.length = block * 5;
  spec.interval = spec.warm_up = block;
  World world = one_queue(spec);
  Campaign campaign;
  campaign.name = "list";
  campaign.numbers = 100'000'000;
  campaign.queue = QueueId{0};
  campaign.mode = DialMode::kPredictive;
  campaign.per_idle = number(row, "alpha");
  campaign.per_busy = number(row, "beta");
  campaign.most = static_cast<std::uint32_t>(number(row, "dmax"));
  campaign.outcome[static_cast<std::size_t>(DialCause::kNoAnswer)] =
      flat(1 - number(row, "p"), spec.length);
  campaign.ring_answered = campaign.ring_unanswered = ExponentialLaw{1 / number(row, "nu")};
  campaign.talk = ExponentialLaw{1 / number(row, "mu")};
  campaign.patience = ExponentialLaw{1 / number(row, "xi")};
  campaign.drop_after = 24h;
  campaign.most_waiting = static_cast<std::uint32_t>(number(row, "wcap"));
  world.campaigns.push_back(campaign);
  return world;
}

Estimate scaled(Estimate e, double by) {
  return {e.value * by, e.ci_low * by, e.ci_high * by, e.n};
}

void compare(const GoldenRow& row, std::uint64_t seed, Ledger& ledger) {
  const auto block = from_seconds(std::ceil(kDials / number(row, "dial_rate") / 60) * 60);
  ReplicateOptions options;
  options.seed = seed;
  options.replications = kReplications;
  const KpiTable kpis = replicate(make_blueprint(world_of(row, block)), options).kpis;
  const double counted_s = to_seconds(block) * 4;
  const Scope campaign{ScopeKind::kCampaign, 0};
  const auto add = [&](const char* column, const char* key, Scope scope, double by) {
    ledger.add(row.at("id") + " " + column, scaled(kpis.day(key, scope, Ledger::kConfidence), by),
               number(row, column));
  };
  add("dial_rate", "campaign_dials", campaign, 1 / counted_s);
  add("answer_rate", "live_answers", campaign, 1 / counted_s);
  add("served_rate", "parties_reached", campaign, 1 / counted_s);
  add("occ", "occupancy", {ScopeKind::kGroup, 0}, 1);
  const double lost = number(row, "drop_rate") * counted_s * kReplications;
  if (lost >= 400) add("nuisance_frac", "dialler_abandon_rate", campaign, 1);
}

}  // namespace

TEST_CASE("Predictive dialling: every row of the golden chains") {
  Ledger ledger{"dialer.csv"};
  std::uint64_t seed = 900;
  for (const GoldenRow& row : golden("dialer.csv")) compare(row, ++seed, ledger);
  ledger.judge();
}

}  // namespace callmill::test
