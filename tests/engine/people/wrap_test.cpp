// Wrap-up that is capped or cut short, in closed form, by an exact chain and by the clock.

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/people/steady.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

KpiTable run(const World& world, std::uint64_t seed) {
  ReplicateOptions options;
  options.seed = seed;
  options.replications = 40;
  return replicate(make_blueprint(world), options).kpis;
}

World steady_world(int agents, std::int64_t lines, double rate, double mu, double theta, Law wrap) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = lines;
  spec.per_hour = rate * 3600;
  spec.talk = ExponentialLaw{1 / mu};
  if (theta > 0) spec.patience = ExponentialLaw{1 / theta};
  spec.length = 310h;
  spec.interval = spec.warm_up = 10h;
  World world = one_queue(spec);
  world.caller_types[0].wrap = std::move(wrap);
  return world;
}

}  // namespace

TEST_CASE("A capped exponential wrap-up has the mean m (1 - exp(-cap / m))") {
  World world = steady_world(6, 40, 1.0 / 60, 1.0 / 150, 1.0 / 90, ExponentialLaw{50});
  world.groups[0].wrap_cap = 60s;
  Ledger ledger{"wrap cap"};
  ledger.add("mean wrap", run(world, 31).day("wrap", {}, Ledger::kConfidence),
             50 * (1 - std::exp(-60.0 / 50)));
  ledger.judge();
}

TEST_CASE("Wrap-up cut short when m calls wait, against the exact chain") {
  Ledger ledger{"wrap cut short"};
  constexpr int kAgents = 4, kRoom = 22;
  constexpr double kRate = 1.0 / 45, kMu = 1.0 / 120, kWrap = 1.0 / 60, kTheta = 1.0 / 100;
  for (const int threshold : {1, 2, 4}) {
    // State: waiting, talking, in wrap. With `threshold` calls waiting no wrap-up goes on.
    const auto settle = [&](ChainState s) {
      while (s[0] > 0 && s[1] + s[2] < kAgents) --s[0], ++s[1];
      while (s[0] >= threshold && s[2] > 0) --s[0], --s[2], ++s[1];
      return s;
    };
    const Steady exact{{0, 0, 0}, [&](const ChainState& s, const Visit& visit) {
                         // The room is of lines: those who wait and those who talk hold one.
                         if (s[0] + s[1] < kRoom) visit(settle({s[0] + 1, s[1], s[2]}), kRate);
                         if (s[0] > 0) visit({s[0] - 1, s[1], s[2]}, s[0] * kTheta);
                         if (s[1] > 0) visit(settle({s[0], s[1] - 1, s[2] + 1}), s[1] * kMu);
                         if (s[2] > 0) visit(settle({s[0], s[1], s[2] - 1}), s[2] * kWrap);
                       }};
    const double waiting = exact.mean([](const ChainState& s) { return s[0]; });
    const double talking = exact.mean([](const ChainState& s) { return s[1]; });
    const double wrapping = exact.mean([](const ChainState& s) { return s[2]; });
    const double full =
        exact.mean([](const ChainState& s) { return s[0] + s[1] == kRoom ? 1.0 : 0.0; });
    World world = steady_world(kAgents, kRoom, kRate, kMu, kTheta, ExponentialLaw{1 / kWrap});
    world.groups[0].wrap_interrupt =
        WrapInterrupt{static_cast<std::uint32_t>(threshold), std::nullopt, false};
    const KpiTable kpis = run(world, 40 + static_cast<std::uint64_t>(threshold));
    const auto add = [&](const char* key, double value) {
      ledger.add(std::to_string(threshold) + " waiting: " + key,
                 kpis.day(key, {}, Ledger::kConfidence), value);
    };
    add("abandon_rate", waiting * kTheta / (kRate * (1 - full)));
    add("talk_utilisation", talking / kAgents);
    add("wrap_utilisation", wrapping / kAgents);
    // What was cut off does not count as wrap: by Little's law over the answered.
    add("wrap", wrapping / (talking * kMu));
  }
  ledger.judge();
}

TEST_CASE("A wrap-up that is resumed keeps its length: talk and wrap are those without the rule") {
  World world = steady_world(5, 40, 1.0 / 40, 1.0 / 110, 0, LognormalLaw{50, 30});
  world.groups[0].wrap_interrupt = WrapInterrupt{2u, std::nullopt, true};
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  run_day(plan, 5, 0, recorder);
  std::int64_t in_wrap = 0, promised = 0, answered = 0;
  for (std::uint32_t i = 0; i < plan.intervals; ++i) {
    in_wrap += recorder.agents(0, i)[at(AgentCount::kWrap)];
    promised += recorder.calls(0, 0, i)[at(CallCount::kWrap)];
    answered += recorder.calls(0, 0, i)[at(CallCount::kAnswered)];
  }
  REQUIRE(answered > 20'000);
  // All of it is worked, but for what is left when the day closes.
  CHECK(std::abs(in_wrap - promised) < from_seconds(5 * 600).count());
}

namespace {

struct Answers : Observer {
  void answered(const Call& c, std::uint32_t, SimDuration wait, SimDuration) {
    at.push_back(c.joined + wait);
  }
  std::vector<SimTime> at;
};

}  // namespace

TEST_CASE("By the clock: a call that has waited so long ends the wrap-up") {
  OneQueue spec;
  spec.agents = 1;
  spec.lines = 5;
  spec.per_hour = 0;
  spec.talk = ConstantLaw{100};
  spec.length = 2h;
  World world = one_queue(spec);
  world.caller_types[0].wrap = ConstantLaw{300};
  world.caller_types[0].opening = 3;
  const auto answers = [&] {
    const Blueprint plan = make_blueprint(world);
    Centre centre = open_centre(plan, 1, 0);
    Answers log;
    Watched<Answers>{plan, centre, log}.run_out();
    CHECK(broken_laws(plan, centre).empty());
    return log.at;
  };
  CHECK(answers() == std::vector<SimTime>{kStart, kStart + 400s, kStart + 800s});
  // At 150 s the second has waited 150 s; the third has at 250 s, when the second's talk ends.
  world.groups[0].wrap_interrupt = WrapInterrupt{std::nullopt, 150s, false};
  CHECK(answers() == std::vector<SimTime>{kStart, kStart + 150s, kStart + 250s});
  world.groups[0].wrap_interrupt = WrapInterrupt{2u, std::nullopt, false};
  CHECK(answers() == std::vector<SimTime>{kStart, kStart + 100s, kStart + 500s});
  // Resumed: 300 s are left at 100 s and follow the 300 s of the second call.
  world.groups[0].wrap_interrupt = WrapInterrupt{2u, std::nullopt, true};
  CHECK(answers() == std::vector<SimTime>{kStart, kStart + 100s, kStart + 800s});
}

namespace {

// When each caller of a day is answered, after opening; by the order of their types.
std::vector<SimDuration> answered_at(const World& world) {
  struct ByType : Observer {
    std::vector<SimDuration> at;
    void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration) {
      at[call.type] = call.joined + wait - kStart;
    }
  };
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 1, 0);
  ByType log;
  log.at.resize(plan.types.size());
  Watched<ByType>{plan, centre, log}.run_out();
  CHECK(broken_laws(plan, centre).empty());
  return log.at;
}

CallerType one_caller(std::string name, std::size_t queue, double talk, double wrap) {
  CallerType type = callers(std::move(name), flat_rate(0, 2h), queue);
  type.talk = ConstantLaw{talk};
  type.wrap = ConstantLaw{wrap};
  type.opening = 1;
  return type;
}

// The agent's first caller is a. Then x joins the other queue at opening and y at 15 s; the agent
// may take from there who has waited 10 s, and leaves wrap-up for two of them.
World two_wait(double talk, double wrap) {
  OneQueue spec;
  spec.lines = 10;
  spec.length = 2h;
  World world = one_queue(spec);
  world.caller_types = {one_caller("a", 0, talk, wrap), one_caller("x", 1, 20, 0),
                        one_caller("y", 1, 20, 0)};
  world.groups[0].wrap_interrupt = WrapInterrupt{2u, std::nullopt, false};
  world.groups.push_back(agents("nobody", flat(0, 2h)));
  world.queues.push_back(queue_to("other", {1, 0}));
  world.queues[1].route[1].after = 10s;
  Menu menu;
  menu.name = "menu";
  menu.prompt = ConstantLaw{15};
  menu.options = {{"1", Probability{1}, to_queue(1)}};
  world.menus = {menu};
  world.caller_types[2].enters = to_menu(0);
  return world;
}

}  // namespace

TEST_CASE("Only calls that the group may take count for its wrap-up") {
  World world = two_wait(2, 200);
  const std::vector<SimDuration> right = {0s, 25s, 45s};  // y has waited 10 s at 25 s
  CHECK(answered_at(world) == right);
  CHECK(answered_at(two_wait(20, 100)) == right);  // wrap-up begins at 20 s
  world.queues[1].route[1].after = 0s;
  CHECK(answered_at(world) == std::vector<SimDuration>{0s, 15s, 35s});
}

TEST_CASE("A group without agents further along the route changes nothing") {
  for (const SimDuration after : {10s, 12s, 18s, 24s, 40s}) {
    World world = two_wait(2, 200);
    world.groups.push_back(agents("ghost", flat(0, 2h)));
    world.queues[1].route.push_back({GroupId{2}, after});
    CHECK(answered_at(world) == std::vector<SimDuration>{0s, 25s, 45s});
  }
}

TEST_CASE("Each group leaves its wrap-up by its own limit") {
  OneQueue spec;
  spec.lines = 10;
  spec.length = 2h;
  World world = one_queue(spec);
  world.groups.push_back(agents("second", flat(1, 2h)));
  world.queues = {queue_to("a", {0}), queue_to("b", {1}), queue_to("x", {0, 1})};
  world.caller_types = {one_caller("a", 0, 1000, 0), one_caller("b", 1, 2, 300),
                        one_caller("x", 2, 20, 0)};
  world.groups[0].wrap_interrupt = WrapInterrupt{std::nullopt, 30s, false};
  world.groups[1].wrap_interrupt = WrapInterrupt{std::nullopt, 70s, false};
  CHECK(answered_at(world) == std::vector<SimDuration>{0s, 0s, 70s});
}

}  // namespace callmill::test
