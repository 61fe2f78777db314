// Predictive dialling against exact Markov chains (tests/golden/dialer.csv).

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/messages/chain.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/look.h"

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

// Dials in flight, parties who wait, agents who talk; parties who answered, and who had an agent at
// once.
class DiallerLook : public Look {
 public:
  explicit DiallerLook(const Watch& watch) : Look{watch, 3, 3} {}
  void event(SimTime t, Calendar::Slot) {
    const CampaignState& list = centre().campaigns[0];
    const double busy = static_cast<double>(centre().agents.size()) - centre().idle[0].size;
    pass(t, {static_cast<double>(list.dialled), static_cast<double>(list.waiting), busy});
  }
  void campaign_reached(std::uint32_t, const Call&, SimDuration wait) {
    count(2);
    count(0);
    if (wait == 0s) count(1);
  }
  void campaign_outcome(std::uint32_t, const Call&, DialCause cause) {
    if (cause == DialCause::kDropped || cause == DialCause::kHungUp) count(0);
  }
};

void compare_states(const GoldenRow& row, std::uint64_t seed, Ledger& ledger) {
  const auto block = from_seconds(std::ceil(kDials / number(row, "dial_rate") / 60) * 60);
  constexpr std::int64_t kLooks = 12;
  const Moments of = look<DiallerLook>(world_of(row, block), seed, kLooks);
  const double counted_s = to_seconds(block) * 4;
  const auto add = [&](const char* column, const Estimate& e) {
    ledger.add(row.at("id") + " " + column, e, number(row, column));
  };
  const auto level = [&](std::size_t i, double by = 1) {
    return average(of, i, Ledger::kConfidence, by);
  };
  const double lost = number(row, "drop_rate") * counted_s * kLooks;
  add("E_dials", level(0));
  if (lost >= 400) add("E_wait", level(1));
  add("E_busy", level(2));
  add("calls_per_agent", level(5, 1 / counted_s / number(row, "n")));
  if (lost >= 400) add("immediate_frac", share(of, {4}, 3, Ledger::kConfidence));
}

// A row as the reference makes them, of parameters that it has none of: by a chain of our own on
// (busy agents, dials in flight, parties who wait).
struct Pacing {
  int n;
  double mu, nu, p, alpha, beta;
  int dmax, wcap;
  double xi;
};
GoldenRow row_of(const std::string& id, const Pacing& r) {
  const auto wanted = [&](int busy, int waiting) {
    const double dials = std::floor(r.alpha * (r.n - busy) + r.beta * busy + 1e-9);
    return std::max(0, std::min(r.dmax, static_cast<int>(dials)) - waiting);
  };
  const SmallChain<3> chain([&](const std::array<int, 3>& s, auto&& visit) {
    const auto [busy, dials, waiting] = s;
    const auto topped = [&](int b, int d, int w, double rate) {
      if (rate > 0) visit({b, std::max(d, wanted(b, w)), w}, rate);
    };
    if (dials < wanted(busy, waiting)) {  // the very beginning
      topped(busy, dials, waiting, 1);
      return;
    }
    topped(busy, dials - 1, waiting, dials * r.nu * (1 - r.p));
    if (busy < r.n)
      topped(busy + 1, dials - 1, waiting, dials * r.nu * r.p);
    else
      topped(busy, dials - 1, std::min(waiting + 1, r.wcap), dials * r.nu * r.p);
    topped(waiting > 0 ? busy : busy - 1, dials, std::max(waiting - 1, 0), busy * r.mu);
    topped(busy, dials, waiting - 1, waiting * r.xi);
  });
  const double dials = r.nu * chain.mean([](auto& s) { return s[1]; });
  const double lost = r.xi * chain.mean([](auto& s) {
    return s[2];
  }) + r.nu * r.p * chain.mean([&](auto& s) { return s[0] == r.n && s[2] == r.wcap ? s[1] : 0; });
  GoldenRow row{{"id", id}};
  const auto set = [&](const char* column, double value) { row[column] = in_cell(value); };
  set("n", r.n);
  set("mu", r.mu);
  set("nu", r.nu);
  set("p", r.p);
  set("alpha", r.alpha);
  set("beta", r.beta);
  set("dmax", r.dmax);
  set("wcap", r.wcap);
  set("xi", r.xi);
  set("dial_rate", dials);
  set("answer_rate", dials * r.p);
  set("served_rate", r.mu * chain.mean([](auto& s) { return s[0]; }));
  set("occ", chain.mean([&](auto& s) { return s[0] / static_cast<double>(r.n); }));
  set("drop_rate", lost);
  set("nuisance_frac", lost / (dials * r.p));
  return row;
}

}  // namespace

TEST_CASE("Predictive dialling: parameters beyond the table") {
  Ledger ledger{"dialler, chains of our own"};
  const Pacing all[] = {
      {3, 1 / 80.0, 1 / 12.0, 0.5, 1.5, 0.25, 6, 2, 0.1},    // fractions of dials
      {8, 1 / 120.0, 1 / 25.0, 0.2, 4.0, 1.3, 20, 5, 0.02},  // patient parties
      {5, 1 / 60.0, 1 / 8.0, 0.9, 1.0, 0.0, 3, 0, 1.0},    // at the limit of dials most of the time
      {1, 1 / 100.0, 1 / 15.0, 0.4, 2.0, 1.0, 4, 1, 0.3},  // a single agent
      {12, 1 / 200.0, 1 / 20.0, 0.35, 2.5, 0.45, 30, 3, 0.05},
  };
  std::uint64_t seed = 930;
  for (const Pacing& pacing : all) {
    ++seed;
    compare(row_of("own " + std::to_string(seed - 930), pacing), seed, ledger);
  }
  ledger.judge();
}

TEST_CASE("Predictive dialling: dials, parties and agents at every moment") {
  Ledger ledger{"dialer.csv, states"};
  std::uint64_t seed = 960;
  for (const GoldenRow& row : golden("dialer.csv")) compare_states(row, ++seed, ledger);
  ledger.judge();
}

TEST_CASE("Predictive dialling: every row of the golden chains") {
  Ledger ledger{"dialer.csv"};
  std::uint64_t seed = 900;
  for (const GoldenRow& row : golden("dialer.csv")) compare(row, ++seed, ledger);
  ledger.judge();
}

}  // namespace callmill::test
