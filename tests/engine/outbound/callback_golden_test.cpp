// Callbacks from a list against exact Markov chains (tests/golden/callback.csv).

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

constexpr SimDuration kBlock = 20h;  // the first one is warm-up
constexpr std::int64_t kBlocks = 6, kReplications = 40;

World world_of(const GoldenRow& row) {
  OneQueue spec;
  spec.agents = number(row, "n");
  spec.lines = 200;
  spec.per_hour = number(row, "lam") * 3600;
  spec.talk = ExponentialLaw{1 / number(row, "mu")};
  spec.patience = ExponentialLaw{1 / number(row, "theta")};
  spec.within = from_seconds(number(row, "t"));
  spec.length = kBlock * kBlocks;
  spec.interval = spec.warm_up = kBlock;
  World world = one_queue(spec);
  Queue& queue = world.queues.front();
  queue.capacity = static_cast<std::uint32_t>(number(row, "qcap"));
  Callback callback;
  callback.when_waiting = static_cast<std::uint32_t>(number(row, "cb_thr"));
  callback.accept = Probability{number(row, "p_acc")};
  callback.capacity = static_cast<std::uint32_t>(number(row, "cb_cap"));
  callback.reserve = static_cast<std::uint32_t>(number(row, "cb_reserve"));
  if (!row.at("cb_prio").empty())
    callback.priority_from = static_cast<std::uint32_t>(number(row, "cb_prio"));
  callback.talk = ExponentialLaw{1 / number(row, "mu_cb")};
  queue.callback = callback;
  return world;
}

Estimate scaled(Estimate e, double by) {
  return {e.value * by, e.ci_low * by, e.ci_high * by, e.n};
}

void compare(const GoldenRow& row, std::uint64_t seed, Ledger& ledger) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = kReplications;
  const KpiTable kpis = replicate(make_blueprint(world_of(row)), options).kpis;
  const double calls = number(row, "lam") * to_seconds(kBlock) * (kBlocks - 1);
  const auto add = [&](const char* column, const char* key, Scope scope, double per, double exact) {
    // What happens in one replication in forty is no normal mean.
    if (exact * calls * kReplications / per < 400 && per == 1) return;
    ledger.add(row.at("id") + " " + column,
               scaled(kpis.day(key, scope, Ledger::kConfidence), 1 / per), exact);
  };
  const Scope queue{ScopeKind::kQueue, 0}, all{};
  const auto count = [&](const char* column, const char* key, Scope scope) {
    if (number(row, column) * calls * kReplications < 400) return;
    add(column, key, scope, calls, number(row, column));
  };
  count("p_block", "blocked", all);
  count("p_callback", "callbacks", queue);
  count("p_cb_done", "callbacks_made", queue);
  count("p_ab", "abandoned", queue);
  count("p_live_answered", "answered", queue);
  const double live = number(row, "p_live_answered") + number(row, "p_ab");
  add("EQ", "mean_wait", queue, 1, number(row, "EQ") / number(row, "lam") / live);
  add("EW_cb", "time_to_callback", queue, 1, number(row, "EW_cb"));
  add("occ", "occupancy", {ScopeKind::kGroup, 0}, 1, number(row, "occ"));
  if (row.at("p_live_answered_le").empty()) return;
  add("p_live_answered_le", "service_level", queue, 1, number(row, "p_live_answered_le") / live);
  add("p_ab_le", "service_level_f1", queue, 1,
      (number(row, "p_live_answered_le") + number(row, "p_ab_le")) / live);
}

}  // namespace

TEST_CASE("Callbacks from a list: every row of the golden chains") {
  Ledger ledger{"callback.csv"};
  std::uint64_t seed = 800;
  for (const GoldenRow& row : golden("callback.csv")) compare(row, ++seed, ledger);
  ledger.judge();
}

}  // namespace callmill::test
