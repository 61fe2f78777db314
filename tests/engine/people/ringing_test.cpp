// Phones that ring before they are answered, against an exact chain and by the clock.

#include <catch2/catch.hpp>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/people/steady.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

struct Case {
  const char* name;
  int agents;
  double rate, mu, theta, ring, no_answer, gives_up, rest;  // rates, 1/s
  std::uint64_t seed;
};

constexpr Case kCases[] = {
    {"desk phones", 5, 1.0 / 40, 1.0 / 150, 1.0 / 90, 1.0 / 5, 0.05, 1.0 / 15, 1.0 / 60, 21},
    {"mobile agents", 4, 1.0 / 60, 1.0 / 160, 1.0 / 120, 1.0 / 12, 0.25, 1.0 / 20, 1.0 / 30, 22},
    {"nobody is in", 3, 1.0 / 60, 1.0 / 120, 1.0 / 60, 1.0 / 8, 0.6, 1.0 / 10, 1.0 / 90, 23},
};
constexpr int kRoom = 24;  // of the wait; blocking beyond it is the same in both

// State: waiting, ringing and to be answered, ringing in vain, talking, resting.
enum Part { kWaiting, kWill, kVain, kTalk, kRest };

// The exact chain. Calls that ring lose patience like those that wait.
Steady solve(const Case& k) {
  const auto settle = [&](ChainState s, const auto& visit, double rate) {
    // Idle agents take waiting calls until one or the other is gone; each draw splits the flow.
    const std::function<void(ChainState, double)> next = [&](ChainState t, double r) {
      const int idle = k.agents - t[kWill] - t[kVain] - t[kTalk] - t[kRest];
      if (idle == 0 || t[kWaiting] == 0) {
        visit(t, r);
        return;
      }
      --t[kWaiting];
      ChainState will = t, vain = t;
      ++will[kWill];
      ++vain[kVain];
      next(will, r * (1 - k.no_answer));
      next(vain, r * k.no_answer);
    };
    next(std::move(s), rate);
  };
  return Steady{{0, 0, 0, 0, 0}, [&](const ChainState& s, const Visit& visit) {
                  const auto move = [&](double rate,
                                        std::initializer_list<std::pair<Part, int>> d) {
                    if (rate <= 0) return;
                    ChainState to = s;
                    for (const auto& [part, by] : d) to[part] += by;
                    settle(to, visit, rate);
                  };
                  const int in = s[kWaiting] + s[kWill] + s[kVain] + s[kTalk];
                  if (in < kRoom) move(k.rate, {{kWaiting, 1}});
                  move(s[kWaiting] * k.theta, {{kWaiting, -1}});
                  move(s[kWill] * k.ring, {{kWill, -1}, {kTalk, 1}});
                  move(s[kWill] * k.theta, {{kWill, -1}});
                  move(s[kVain] * k.theta, {{kVain, -1}});
                  move(s[kVain] * k.gives_up, {{kVain, -1}, {kRest, 1}, {kWaiting, 1}});
                  move(s[kTalk] * k.mu, {{kTalk, -1}});
                  move(s[kRest] * k.rest, {{kRest, -1}});
                }};
}

World world_of(const Case& k) {
  OneQueue spec;
  spec.agents = k.agents;
  spec.lines = kRoom;
  spec.per_hour = k.rate * 3600;
  spec.talk = ExponentialLaw{1 / k.mu};
  spec.patience = ExponentialLaw{1 / k.theta};
  spec.length = 310h;
  spec.interval = spec.warm_up = 10h;
  World world = one_queue(spec);
  world.groups[0].ringing = Ringing{ExponentialLaw{1 / k.ring}, Probability{k.no_answer},
                                    ExponentialLaw{1 / k.gives_up}, ExponentialLaw{1 / k.rest}};
  return world;
}

}  // namespace

TEST_CASE("Ringing, no answer and the rest after it, against the exact chain") {
  Ledger ledger{"ringing"};
  for (const Case& k : kCases) {
    const Steady exact = solve(k);
    const auto mean = [&](std::initializer_list<Part> parts) {
      return exact.mean([&](const ChainState& s) {
        double sum = 0;
        for (const Part p : parts) sum += s[p];
        return sum;
      });
    };
    const double waiting = mean({kWaiting}), ringing = mean({kWill, kVain});
    const double full = exact.mean([](const ChainState& s) {
      return s[kWaiting] + s[kWill] + s[kVain] + s[kTalk] == kRoom ? 1.0 : 0.0;
    });
    const double offered = k.rate * (1 - full);
    ReplicateOptions options;
    options.seed = k.seed;
    options.replications = 40;
    const KpiTable kpis = replicate(make_blueprint(world_of(k)), options).kpis;
    const auto add = [&](const char* key, double value) {
      ledger.add(std::string{k.name} + " " + key, kpis.day(key, {}, Ledger::kConfidence), value);
    };
    add("abandon_rate", (waiting + ringing) * k.theta / offered);
    add("mean_wait", (waiting + ringing) / offered);
    const double talk = mean({kTalk}), rest = mean({kRest});
    add("talk_utilisation", talk / k.agents);
    add("occupancy", talk / (k.agents - rest));
  }
  ledger.judge();
}

namespace {

struct Log : Observer {
  struct Line {
    SimTime at;
    char what;  // r rings, n not picked up, a answered, x abandoned
    std::uint32_t caller;
    SimDuration wait;
  };
  void rang(const Call& c, std::uint32_t, SimTime t) { lines.push_back({t, 'r', c.caller, 0s}); }
  void not_picked_up(const Call& c, std::uint32_t, SimTime t) {
    lines.push_back({t, 'n', c.caller, 0s});
  }
  void answered(const Call& c, std::uint32_t, SimDuration wait, SimDuration) {
    lines.push_back({c.joined + wait, 'a', c.caller, wait});
  }
  void abandoned(const Call& c, SimDuration wait) {
    lines.push_back({c.joined + wait, 'x', c.caller, wait});
  }
  std::vector<Line> lines;
};

Log run(const World& world) {
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 2, 0);
  Log log;
  Watched<Log>{plan, centre, log}.run_out();
  CHECK(broken_laws(plan, centre).empty());
  return log;
}

World three_calls() {
  OneQueue spec;
  spec.agents = 1;
  spec.lines = 5;
  spec.per_hour = 0;
  spec.talk = ConstantLaw{100};
  spec.length = 1h;
  World world = one_queue(spec);
  world.caller_types[0].opening = 3;
  return world;
}

}  // namespace

TEST_CASE("By the clock: a call that nobody picks up keeps its place at the head") {
  World world = three_calls();
  world.groups[0].ringing =
      Ringing{ConstantLaw{4}, Probability{1}, ConstantLaw{10}, ConstantLaw{30}};
  world.caller_types[0].patience = ConstantLaw{95};
  const Log log = run(world);
  // Rings 0-10, rests 10-40, rings the same call 40-50, rests, rings it 80; at 95 all hang up.
  const std::vector<std::pair<int, char>> expected = {{0, 'r'},  {10, 'n'}, {40, 'r'},
                                                      {50, 'n'}, {80, 'r'}, {90, 'n'},
                                                      {95, 'x'}, {95, 'x'}, {95, 'x'}};
  REQUIRE(log.lines.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(log.lines[i].at == kStart + std::chrono::seconds{expected[i].first});
    CHECK(log.lines[i].what == expected[i].second);
    if (expected[i].second != 'x') CHECK(log.lines[i].caller == kFirstOpeningCaller);
  }
}

TEST_CASE("By the clock: patience goes on while it rings, and the agent turns to the next call") {
  World world = three_calls();
  world.groups[0].ringing =
      Ringing{ConstantLaw{50}, Probability{0}, ConstantLaw{10}, ConstantLaw{30}};
  world.caller_types[0].patience = ConstantLaw{30};
  const Log log = run(world);
  REQUIRE(log.lines.size() >= 2);
  CHECK(log.lines[0].what == 'r');
  CHECK(log.lines[1].what == 'x');
  CHECK(log.lines[1].at == kStart + 30s);
  // All three lose patience at that moment; nobody is ever answered.
  for (const Log::Line& line : log.lines) CHECK(line.what != 'a');
}

TEST_CASE("The reported wait includes the ringing or ends when it begins") {
  World world = three_calls();
  world.groups[0].ringing =
      Ringing{ConstantLaw{7}, Probability{0}, ConstantLaw{10}, ConstantLaw{30}};
  for (const bool in_wait : {true, false}) {
    world.groups[0].ringing->in_wait = in_wait;
    const Log log = run(world);
    std::vector<SimDuration> waits;
    for (const Log::Line& line : log.lines)
      if (line.what == 'a') waits.push_back(line.wait);
    const SimDuration ring = in_wait ? 7s : 0s;
    CHECK(waits == std::vector<SimDuration>{ring, 107s + ring, 214s + ring});
  }
}

}  // namespace callmill::test
