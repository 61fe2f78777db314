// Several caller types and groups against exact Markov chains: golden's where the model is the same
// (talk time by caller type only, no reserves), and small ones solved here (chain.h), which add
// overflow through three groups and outbound calls in idle time.

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/chain.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

constexpr std::int64_t kReplications = 40;
enum class Order { kByTakes, kByPriority };

World world_of(const ChainSpec& spec, Order order, const std::vector<double>& within_s) {
  OneQueue base;
  base.length = 110h;
  base.interval = base.warm_up = 10h;
  base.lines = 400;
  World world = one_queue(base);
  world.caller_types.clear();
  world.queues.clear();
  world.groups.clear();
  for (std::size_t c = 0; c < spec.classes.size(); ++c) {
    const ChainSpec::Class& k = spec.classes[c];
    CallerType type =
        callers("class " + std::to_string(c), flat_rate(k.rate * 3600, base.length), c);
    type.talk = ExponentialLaw{1 / k.mu};
    if (k.theta > 0) type.patience = ExponentialLaw{1 / k.theta};
    if (order == Order::kByPriority) type.priority = -static_cast<std::int32_t>(c);
    world.caller_types.push_back(std::move(type));
    world.queues.push_back(queue_to("queue " + std::to_string(c), {}, from_seconds(within_s[c])));
    for (const std::size_t g : k.pref) world.queues.back().route.push_back({GroupId{g}, 0s});
  }
  for (std::size_t g = 0; g < spec.groups.size(); ++g) {
    const ChainSpec::Group& from = spec.groups[g];
    AgentGroup group = agents("group " + std::to_string(g), flat(from.agents, base.length));
    if (order == Order::kByTakes)
      for (const std::size_t c : from.take) group.takes.push_back(QueueId{c});
    if (from.dial_rate > 0) {
      group.kind = GroupKind::kFlex;
      group.dialling = Dialling{ExponentialLaw{1 / from.dial_rate}, Probability{1},
                                ExponentialLaw{1 / from.dial_mu}};
    }
    world.groups.push_back(std::move(group));
  }
  return world;
}

KpiTable run(const World& world, std::uint64_t seed) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = kReplications;
  return replicate(make_blueprint(world), options).kpis;
}

struct NamedSpec {
  const char* name;
  ChainSpec spec;
};

void compare_with_chain(const NamedSpec& named, std::uint64_t seed, Ledger& ledger) {
  const ChainSpec& spec = named.spec;
  const SkillsResult exact = solve(spec);
  const std::vector<double> at_once(spec.classes.size(), 0.0);
  const KpiTable kpis = run(world_of(spec, Order::kByTakes, at_once), seed);
  const auto add = [&](const std::string& what, const char* key, Scope scope, double value) {
    ledger.add(std::string{named.name} + " " + what + " " + key,
               kpis.day(key, scope, Ledger::kConfidence), value);
  };
  for (std::uint32_t c = 0; c < spec.classes.size(); ++c) {
    REQUIRE(exact.classes[c].p_block < 1e-6);
    const Scope queue{ScopeKind::kQueue, c};
    const std::string what = "class " + std::to_string(c);
    add(what, "service_level", queue, exact.classes[c].p_nowait);
    add(what, "abandon_rate", queue, exact.classes[c].p_abandon);
    add(what, "mean_wait", queue, exact.classes[c].mean_queue / spec.classes[c].rate);
  }
  for (std::uint32_t g = 0; g < spec.groups.size(); ++g) {
    const Scope group{ScopeKind::kGroup, g};
    const std::string what = "group " + std::to_string(g);
    add(what, "occupancy", group, exact.groups[g].occupancy);
    if (spec.groups[g].dial_rate > 0)
      add(what, "dials", group, exact.groups[g].outbound_rate * 100 * 3600);  // 100 counted hours
  }
}

// The classes and groups of golden's skills_cases.json.
ChainSpec golden_spec(const std::string& name) {
  if (name == "V2")
    return {{{0.02, 1.0 / 120, 1.0 / 60, 10, {0}}, {0.03, 1.0 / 200, 1.0 / 120, 12, {0}}},
            {{6, {0, 1}}}};
  if (name == "V5")
    return {{{0.012, 1.0 / 150, 1.0 / 40, 6, {0}},
             {0.012, 1.0 / 150, 1.0 / 80, 6, {0}},
             {0.012, 1.0 / 150, 1.0 / 160, 6, {0}}},
            {{6, {0, 1, 2}}}};
  REQUIRE(name == "M2");
  return {{{0.02, 1.0 / 150, 1.0 / 60, 8, {2, 0}}, {0.02, 1.0 / 150, 1.0 / 60, 8, {2, 1}}},
          {{2, {0}}, {2, {1}}, {3, {1, 0}}}};
}

}  // namespace

TEST_CASE("Small chains: the oracle agrees with golden") {
  const std::vector<GoldenRow> rows = golden("skills_excerpt.csv");
  for (const char* name : {"V2", "V5", "M2"}) {
    const ChainSpec spec = golden_spec(name);
    const SkillsResult exact = solve(spec);
    for (const GoldenRow& row : rows) {
      if (row.at("case") != name) continue;
      const std::string measure = row.at("measure");
      const double value = number(row, "value");
      for (std::size_t c = 0; c < spec.classes.size(); ++c) {
        const std::string prefix = "c" + std::to_string(c) + "_";
        if (measure == prefix + "p_nowait")
          CHECK(exact.classes[c].p_nowait == Approx(value).epsilon(1e-8));
        if (measure == prefix + "p_ab")
          CHECK(exact.classes[c].p_abandon == Approx(value).epsilon(1e-8));
        if (measure == prefix + "EQ")
          CHECK(exact.classes[c].mean_queue == Approx(value).epsilon(1e-8));
        if (measure == prefix + "p_block")
          CHECK(exact.classes[c].p_block == Approx(value).epsilon(1e-8));
      }
    }
  }
}

TEST_CASE("Skills: golden cases, by the order of takes and by priority") {
  Ledger ledger{"skills, golden"};
  const std::vector<GoldenRow> rows = golden("skills_excerpt.csv");
  struct Case {
    const char* name;
    Order order;
    std::vector<double> within_s;
  };
  std::uint64_t seed = 901;
  for (const Case& c :
       {Case{"V2", Order::kByTakes, {20, 30}}, Case{"V2", Order::kByPriority, {20, 30}},
        Case{"V5", Order::kByPriority, {20, 20, 20}}, Case{"V5", Order::kByTakes, {20, 20, 20}},
        Case{"M2", Order::kByTakes, {15, 15}}}) {
    const ChainSpec spec = golden_spec(c.name);
    const KpiTable kpis = run(world_of(spec, c.order, c.within_s), seed++);
    for (const GoldenRow& row : rows) {
      if (row.at("case") != c.name) continue;
      const std::string measure = row.at("measure");
      const auto add = [&](const char* key, Scope scope) {
        ledger.add(std::string{c.name} + " " + measure, kpis.day(key, scope, Ledger::kConfidence),
                   number(row, "value"));
      };
      for (std::uint32_t i = 0; i < spec.classes.size(); ++i) {
        const std::string prefix = "c" + std::to_string(i) + "_";
        const Scope queue{ScopeKind::kQueue, i};
        if (measure == prefix + "p_ab") add("abandon_rate", queue);
        if (measure == prefix + "p_served") add("answer_rate", queue);
        if (measure == prefix + "SL_offered") add("service_level", queue);
        if (measure == prefix + "EW_offered") add("mean_wait", queue);
      }
      for (std::uint32_t g = 0; g < spec.groups.size(); ++g)
        if (measure == "occ_g" + std::to_string(g)) add("occupancy", {ScopeKind::kGroup, g});
    }
  }
  ledger.judge();
}

TEST_CASE("Skills, overflow and outbound calls against chains solved here") {
  const std::vector<NamedSpec> specs = {
      {"N",
       {{{0.020, 1.0 / 150, 1.0 / 60, 16, {0, 1}}, {0.012, 1.0 / 200, 1.0 / 90, 14, {1}}},
        {{3, {0}}, {3, {1, 0}}}}},
      {"W",
       {{{0.010, 1.0 / 150, 1.0 / 60, 9, {0}},
         {0.012, 1.0 / 180, 1.0 / 60, 9, {0, 1}},
         {0.009, 1.0 / 160, 1.0 / 60, 9, {1}}},
        {{2, {1, 0}}, {2, {1, 2}}}}},
      {"X",
       {{{0.013, 1.0 / 150, 1.0 / 60, 14, {0, 1}}, {0.012, 1.0 / 200, 1.0 / 90, 14, {1, 0}}},
        {{2, {0, 1}}, {2, {1, 0}}}}},
      {"overflow with outbound",
       {{{0.040, 1.0 / 150, 1.0 / 60, 20, {0, 1, 2}}},
        {{3, {0}}, {2, {0}, 1.0 / 15, 1.0 / 200}, {2, {0}, 1.0 / 20, 1.0 / 120}}}},
      {"blend",
       {{{0.015, 1.0 / 180, 1.0 / 90, 14, {0}}, {0.008, 1.0 / 100, 1.0 / 40, 10, {0}}},
        {{5, {0, 1}, 1.0 / 30, 1.0 / 150}}}},
      {"long pauses", {{{0.030, 1.0 / 60, 1.0 / 60, 14, {0}}}, {{3, {0}, 1.0 / 120, 1.0 / 90}}}},
  };
  Ledger ledger{"skills, chains"};
  std::uint64_t seed = 951;
  for (const NamedSpec& named : specs) compare_with_chain(named, seed++, ledger);
  ledger.judge();
}

}  // namespace callmill::test
