// Random small days, every part in any combination, against their simulation.

#include <catch2/catch.hpp>
#include <cstdio>
#include <string>

#include "tests/engine/centre/dice.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/exact/compare.h"

namespace callmill::test {
namespace {

constexpr std::size_t kMostHere = 3'000;  // states: what a test has time for

Law exponential(Dice& dice, double typical_s) {
  return ExponentialLaw{typical_s * dice.between(0.5, 1.5)};
}

Profile staff(Dice& dice, SimDuration length, std::int64_t most) {
  const std::int64_t steps = std::int64_t{1} << dice.below(3);
  Profile p{length / steps, {}};
  for (std::int64_t i = 0; i < steps; ++i)
    p.values.push_back(static_cast<double>(dice.whole(i + 1 < steps ? 0 : 1, most)));
  return p;
}

Menu random_menu(Dice& dice, std::size_t queue) {
  Menu menu;
  menu.name = "menu";
  menu.prompt = exponential(dice, 30);
  if (dice.chance(0.5)) menu.hang_up = Probability{dice.between(0, 0.3)};
  Destination machine = to_self_service(dice.chance(0.5) ? exponential(dice, 60) : ConstantLaw{0});
  machine.served = Probability{dice.between(0.3, 1)};
  if (dice.chance(0.5)) machine.otherwise.push_back(to_queue(queue));
  menu.options = {{"1", Probability{0.625}, to_queue(queue)}, {"2", Probability{0.375}, machine}};
  return menu;
}

CallerType random_type(Dice& dice, World& world, std::size_t number, std::size_t queue) {
  CallerType type = callers("type " + std::to_string(number), {}, queue);
  type.volume = {30min, {}};
  for (int i = 0; i < 4; ++i) type.volume.values.push_back(dice.between(3, 20));
  type.talk = exponential(dice, 150);
  type.priority = static_cast<std::int32_t>(number);
  if (dice.chance(0.8)) type.patience = exponential(dice, 120);
  if (dice.chance(0.3)) type.balk = Probability{dice.between(0, 0.4)};
  if (dice.chance(0.4)) type.wrap = exponential(dice, 40);
  if (dice.chance(0.3)) {
    type.redial.after_block = {Probability{dice.between(0.2, 0.9)}, ExponentialLaw{90}, 5000};
    if (dice.chance(0.5))
      type.redial.after_abandon = type.redial.after_block;
    else if (dice.chance(0.5))
      type.redial.after_block.limit = 1;
  }
  if (number == 0 && dice.chance(0.3)) {
    world.menus.push_back(random_menu(dice, queue));
    type.enters = to_menu(0);
    if (dice.chance(0.5)) world.ivr.ports = dice.whole(1, 3);
  }
  return type;
}

void add_group(Dice& dice, World& world, std::size_t number) {
  // Names out of order: agents come by name.
  AgentGroup group = agents(number == 0 ? "z" : "a", staff(dice, world.day.length(), 3));
  group.staff_release = static_cast<StaffRelease>(dice.below(4));
  if (number > 0 && dice.chance(0.4)) {
    group.kind = GroupKind::kFlex;
    group.dialling = Dialling{exponential(dice, 60), Probability{1}, exponential(dice, 100)};
    if (dice.chance(0.3)) group.dialling->pause = ConstantLaw{0};
    if (dice.chance(0.5)) group.dialling->wrap = exponential(dice, 30);
    if (dice.chance(0.5)) group.dialling->reserve = 1;
  }
  if (dice.chance(0.3)) group.handling.push_back({"type 0", exponential(dice, 150), {}, 1, 1});
  world.groups.push_back(std::move(group));
}

World random_day(std::uint64_t number) {
  Dice dice{number};
  World world;
  world.day.opens = 0s;
  world.day.closes = 2h;
  world.day.interval = 30min;
  if (dice.chance(0.5)) world.day.at_close = AtClose::kClear;
  world.trunks.push_back(lines("lines", dice.whole(2, 5)));
  if (dice.chance(0.3)) world.trunks.push_back(lines("more", dice.whole(2, 4)));
  const std::size_t types = dice.chance(0.5) ? 2 : 1, groups = dice.chance(0.6) ? 2 : 1;
  const std::size_t queues = types == 2 && dice.chance(0.6) ? 2 : 1;
  for (std::size_t g = 0; g < groups; ++g) add_group(dice, world, g);
  for (std::size_t q = 0; q < queues; ++q) {
    world.queues.push_back(queue_to("queue " + std::to_string(q), {q % groups}, 20s));
    if (groups == 2 && dice.chance(0.7)) world.queues[q].route.push_back({GroupId{1 - q}, 0s});
    for (RouteStep& step : world.queues[q].route) {
      if (dice.chance(0.2)) step.reserve = 1;
      if (dice.chance(0.2)) step.min_queue = 2;
    }
    if (dice.chance(0.3)) world.queues[q].capacity = dice.whole(0, 3);
  }
  if (dice.chance(0.2)) world.max_waiting = dice.whole(1, 3);
  for (std::size_t t = 0; t < types; ++t) {
    world.caller_types.push_back(random_type(dice, world, t, t % queues));
    world.caller_types[t].trunks = TrunkGroupId{t % world.trunks.size()};
  }
  return world;
}

}  // namespace

TEST_CASE("Random small days: the simulation agrees with the chain") {
  Ledger ledger{"random days"};
  int refused = 0, large = 0, held = 0;
  for (std::uint64_t number = 1; number <= 60; ++number) {
    const World world = random_day(number);
    INFO("world " << number);
    REQUIRE(faults(world).empty());
    if (!refused_exactly(world).empty()) {
      ++refused;
      continue;
    }
    const Blueprint plan = make_blueprint(world);
    ExactRefusal why;
    const auto exact = exact_day(world, plan, why, kMostHere);
    if (!exact) {
      CHECK(why.code == "too-large");
      ++large;
      continue;
    }
    ++held;
    ReplicateOptions options;
    options.seed = number;
    options.replications = 300;
    const KpiTable simulated = replicate(plan, options).kpis;
    for (std::uint32_t period = 0; period <= plan.intervals; ++period)
      compare_period("world " + std::to_string(number), simulated, exact->kpis, period, 0.02,
                     ledger);
  }
  std::printf("%d refused, %d too large, %d held to simulation\n", refused, large, held);
  CHECK(held >= 35);
  ledger.judge();
}

}  // namespace callmill::test
