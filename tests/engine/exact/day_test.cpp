// Exact days against the simulation of the same World, interval by interval: every rule of leaving,
// every kind of step of a call, both ways to close.

#include <catch2/catch.hpp>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "tests/engine/centre/worlds.h"
#include "tests/engine/exact/compare.h"

namespace callmill::test {
namespace {

// 2 h in four intervals, overload in the middle; staff rises and falls.
World base(StaffRelease release, std::vector<double> staff) {
  OneQueue spec;
  spec.lines = 9;
  spec.patience = ExponentialLaw{150};
  spec.length = 2h;
  spec.interval = 30min;
  World world = one_queue(spec);
  world.caller_types[0].volume = {30min, {20, 45, 35, 15}};
  world.groups[0].staff = Profile{spec.length / static_cast<std::int64_t>(staff.size()), staff};
  world.groups[0].staff_release = release;
  return world;
}

World named() {
  World world = base(StaffRelease::kNamed, {3, 5, 2, 4, 1, 3});
  world.day.at_close = AtClose::kClear;
  world.caller_types[0].wrap = ExponentialLaw{40};
  return world;
}

World sent_back() {
  World world = base(StaffRelease::kPreempt, {4, 5, 2, 3});
  world.caller_types[0].talk = ExponentialLaw{300};
  world.queues[0].capacity = 3;
  return world;
}

// Nobody gives up, so those who wait at closing are served for long.
World patient() {
  World world = base(StaffRelease::kIdleFirst, {2, 4, 3, 2});
  world.caller_types[0].patience.reset();
  world.caller_types[0].balk = Probability{0.1};
  world.trunks[0].lines = 40;
  return world;
}

// Callers who are blocked try twice more.
World with_redials() {
  World world = base(StaffRelease::kNamed, {2, 1});
  world.trunks[0].lines = 3;
  world.caller_types[0].volume = {1h, {30, 24}};
  world.caller_types[0].redial.after_block = {Probability{0.8}, ExponentialLaw{60}, 2};
  return world;
}

// A menu that leads to another and to a machine, few ports.
World with_menus() {
  World world = base(StaffRelease::kNamed, {2, 3, 3, 2});
  world.trunks[0].lines = 6;
  world.ivr.ports = 3;
  Menu inner;
  inner.name = "inner";
  inner.prompt = ExponentialLaw{20};
  inner.options.push_back({"1", Probability{0.6}, to_queue(0)});
  Destination machine = to_self_service(ExponentialLaw{60});
  machine.served = Probability{0.7};
  machine.otherwise.push_back(to_queue(0));
  inner.options.push_back({"2", Probability{0.4}, machine});
  Menu outer;
  outer.name = "outer";
  outer.prompt = ExponentialLaw{25};
  outer.hang_up = Probability{0.1};
  outer.options.push_back({"1", Probability{0.5}, to_queue(0)});
  outer.options.push_back({"2", Probability{0.5}, to_menu(1)});
  world.menus = {outer, inner};
  world.caller_types[0].enters = to_menu(0);
  return world;
}

// Two types on one line group: overflow for long
// queues, handle times by group, wrap-ups, a group that dials; two staffs that change at once.
World with_skills() {
  World world = base(StaffRelease::kNamed, {2, 2, 1, 1});
  world.trunks[0].lines = 4;
  world.caller_types[0].volume = {1h, {25, 30}};
  CallerType second = callers("second", Profile{30min, {6, 8, 10, 4}}, 1);
  second.talk = ExponentialLaw{140};
  second.wrap = ExponentialLaw{60};
  second.patience = ExponentialLaw{90};
  world.caller_types.push_back(second);
  world.queues.push_back(queue_to("other", {1}, 30s));
  world.queues[0].route.push_back({GroupId{1}, 0s});
  world.queues[0].route[1].min_queue = 2;
  world.groups.push_back(agents("a flex", Profile{30min, {1, 2, 2, 1}}));
  AgentGroup& flex = world.groups[1];
  flex.takes = {QueueId{1}, QueueId{0}};
  flex.handling.push_back({world.caller_types[0].name, ExponentialLaw{230}, {}, 1, 1});
  flex.kind = GroupKind::kFlex;
  flex.dialling = Dialling{ExponentialLaw{60}, Probability{1}, ExponentialLaw{100}};
  return world;
}

void compare(const std::string& name, const World& world, std::uint64_t seed, Ledger& ledger) {
  REQUIRE(faults(world).empty());
  for (const Fault& fault : refused_exactly(world)) FAIL(fault.path + " " + fault.message);
  REQUIRE(exact_by_day(world));
  const Blueprint plan = make_blueprint(world);
  ExactRefusal why;
  const auto exact = exact_answer(world, plan, why);
  INFO(name << " " << why.message);
  REQUIRE(exact);
  CHECK(exact->by_day);
  CHECK(exact->cut <= 1e-12);
  std::printf("%s: %zu states\n", name.c_str(), exact->states);
  std::fflush(stdout);
  // Indicators of one run hang together; runs of several seeds do not.
  for (int run = 0; run < 6; ++run) {
    ReplicateOptions options;
    options.seed = seed + static_cast<std::uint64_t>(run);
    options.replications = 300;
    const KpiTable simulated = replicate(plan, options).kpis;
    for (std::uint32_t period = 0; period <= plan.intervals; ++period)
      CHECK(compare_period(name, simulated, exact->kpis, period, 0.01, ledger) > 20);
  }
}

}  // namespace

TEST_CASE("Exact days: the simulation agrees on every indicator of every interval") {
  const std::vector<double> staff{3, 5, 2, 4, 1, 3};
  const std::pair<const char*, World> worlds[] = {
      {"named", named()},
      {"idle first", base(StaffRelease::kIdleFirst, staff)},
      {"idle, then busy", base(StaffRelease::kIdleThenBusy, staff)},
      {"sent back", sent_back()},
      {"patient", patient()},
      {"redials", with_redials()},
      {"menus", with_menus()},
      {"skills", with_skills()}};
  Ledger ledger{"exact days"};
  std::uint64_t seed = 71;
  for (const auto& [name, world] : worlds) compare(name, world, seed += 10, ledger);
  ledger.judge();
}

}  // namespace callmill::test
