// Exact answers against the simulation of the same World: every indicator that both have, at 99.9
// %.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <utility>

#include "tests/engine/centre/worlds.h"
#include "tests/engine/exact/compare.h"

namespace callmill::test {
namespace {

ExactResult exact_of(const World& world) {
  REQUIRE(faults(world).empty());
  for (const Fault& fault : refused_exactly(world)) FAIL(fault.path + " " + fault.message);
  CHECK_FALSE(exact_by_day(world));
  ExactRefusal why;
  const auto exact = exact_answer(world, make_blueprint(world), why);
  INFO(why.message);
  REQUIRE(exact);
  CHECK(exact->residual < 1e-12);
  CHECK(exact->cut <= 1e-12);
  return *exact;
}

OneQueue base(double agents, double per_hour) {
  OneQueue spec;
  spec.agents = agents;
  spec.per_hour = per_hour;
  spec.patience = ExponentialLaw{120};
  spec.length = 60h;
  spec.interval = spec.warm_up = 6h;
  spec.lines = 60;
  return spec;
}

// A line limit that bites, a capacity, balking.
World tight() {
  OneQueue spec = base(4, 90);
  spec.lines = 9;
  spec.balk = 0.15;
  World world = one_queue(spec);
  world.queues[0].capacity = 4;
  return world;
}

// A menu with few ports; self-service, hanging up.
World with_menu() {
  OneQueue spec = base(3, 100);
  spec.lines = 10;
  World world = one_queue(spec);
  Menu menu;
  menu.name = "menu";
  menu.prompt = ExponentialLaw{40};
  menu.hang_up = Probability{0.1};
  menu.options.push_back({"1", Probability{0.7}, to_queue(0)});
  Destination machine = to_self_service(ConstantLaw{0});
  machine.served = Probability{0.8};
  menu.options.push_back({"2", Probability{0.3}, machine});
  world.menus.push_back(menu);
  world.ivr.ports = 3;
  world.caller_types[0].enters = to_menu(0);
  return world;
}

// Callers who ring again after a block and after giving up.
World with_redials() {
  OneQueue spec = base(3, 65);
  spec.lines = 6;
  World world = one_queue(spec);
  Redial& redial = world.caller_types[0].redial;
  redial.after_block = {Probability{0.7}, ExponentialLaw{150}, 5000};
  redial.after_abandon = {Probability{0.4}, ExponentialLaw{150}, 5000};
  return world;
}

// Two types on the same lines and in one queue by priority, a third with a queue of its own;
// overflow with a reserve and for long queues, talk by group, a group that dials.
World with_skills() {
  OneQueue spec = base(2, 25);
  spec.lines = 8;
  World world = one_queue(spec);
  world.caller_types[0].priority = 1;
  CallerType second = callers("second", flat_rate(20, spec.length), 0);
  second.talk = ExponentialLaw{140};
  second.patience = ExponentialLaw{90};
  world.caller_types.push_back(second);
  CallerType third = callers("third", flat_rate(24, spec.length), 1);
  third.talk = ExponentialLaw{200};
  third.trunks = TrunkGroupId{1};
  third.patience = ExponentialLaw{240};
  world.caller_types.push_back(third);
  world.trunks.push_back(lines("more", 5));
  world.queues.push_back(queue_to("other", {1}, 30s));
  world.queues[0].route.push_back({GroupId{1}, 0s});
  world.queues[0].route[1].min_queue = 2;
  world.groups.push_back(agents("flex", flat(2, spec.length)));
  AgentGroup& flex = world.groups[1];
  flex.takes = {QueueId{1}, QueueId{0}};
  flex.handling.push_back({world.caller_types[0].name, ExponentialLaw{230}, {}, 1, 1});
  flex.kind = GroupKind::kFlex;
  flex.dialling = Dialling{ExponentialLaw{60}, Probability{1}, ExponentialLaw{100}};
  flex.dialling->reserve = 1;
  return world;
}

void compare(const std::string& name, const World& world, const ExactResult& exact,
             std::uint64_t seed, Ledger& ledger) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = 25;
  const KpiTable simulated = replicate(make_blueprint(world), options).kpis;
  CHECK(compare_period(name, simulated, exact.kpis, simulated.layout().intervals(), 0.002, ledger) >
        40);
}

}  // namespace

TEST_CASE("Exact answers: the simulation agrees on every indicator") {
  const std::pair<const char*, World> worlds[] = {{"one queue", one_queue(base(5, 95))},
                                                  {"tight", tight()},
                                                  {"menu", with_menu()},
                                                  {"redials", with_redials()},
                                                  {"skills", with_skills()}};
  // Indicators of one run hang together; runs of several seeds do not.
  Ledger ledger{"exact"};
  std::uint64_t seed = 11;
  for (const auto& [name, world] : worlds) {
    const ExactResult exact = exact_of(world);
    std::printf("%s: %zu states\n", name, exact.states);
    for (int run = 0; run < 8; ++run) compare(name, world, exact, seed++, ledger);
  }
  ledger.judge();
}

// The interval of warm-up is left out of the day, and every interval has the same indicators.
TEST_CASE("Exact answers: counts of the day are rates times the counted time") {
  const World world = tight();
  const ExactResult exact = exact_of(world);
  const std::uint32_t day = exact.kpis.layout().intervals();
  const auto value = [&](const char* key, std::uint32_t period) {
    return exact.kpis.estimate(*find_metric(key, ScopeKind::kTotal), {}, period, 0.95).value;
  };
  CHECK(value("attempts", day) == Approx(90 * 54.0).epsilon(1e-12));
  CHECK(value("attempts", 3) == Approx(90 * 6.0).epsilon(1e-12));
  CHECK(value("service_level", 3) == Approx(value("service_level", day)).epsilon(1e-12));
  // Flows balance: what comes is blocked, answered or gives up.
  CHECK(value("attempts", day) ==
        Approx(value("blocked", day) + value("answered", day) + value("abandoned", day))
            .epsilon(1e-11));
  CHECK(std::isnan(value("max_wait", day)));
  CHECK(std::isnan(value("wait_p80", day)));
}

}  // namespace callmill::test
