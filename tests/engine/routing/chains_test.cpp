// Two classes and two groups by the rules of tests/golden/skills_cases.json, of parameters that the
// table has none of: reserves, help for long queues, limited queues, talk times by class and group,
// outbound calls by pauses or at once, all at the same time. Against a chain of our own.

#include <catch2/catch.hpp>
#include <string>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/messages/chain.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

struct Out {
  double mu = 0, rate = 0;  // mu 0: the group does not dial; rate 0: it dials at once
  int reserve = 0;
};
// [class][group]; talks and patience by rate, a second.
struct Spec {
  double lam[2], theta[2];
  int room[2];
  int agents[2];
  double mu[2][2];                 // 0: cannot serve
  std::vector<int> pref[2];        // groups, by class
  std::vector<int> take[2];        // classes, by group
  int reserve[2][2], least[2][2];  // least: of the queue, for the group to take from it
  Out out[2];
};

// Waiting by class, busy by class and group, dialling by group.
using State = std::array<int, 8>;
int& busy(State& s, int c, int g) {
  return s[static_cast<std::size_t>(2 + 2 * c + g)];
}
int busy(const State& s, int c, int g) {
  return s[static_cast<std::size_t>(2 + 2 * c + g)];
}
int& queue(State& s, int c) {
  return s[static_cast<std::size_t>(c)];
}
int& dialling(State& s, int g) {
  return s[static_cast<std::size_t>(6 + g)];
}
int idle(const Spec& spec, const State& s, int g) {
  return spec.agents[g] - busy(s, 0, g) - busy(s, 1, g) - s[static_cast<std::size_t>(6 + g)];
}

bool may_take(const Spec& spec, const State& s, int c, int g) {
  return spec.mu[c][g] > 0 && s[static_cast<std::size_t>(c)] >= spec.least[c][g] &&
         idle(spec, s, g) > spec.reserve[c][g];
}

void dial_at_once(const Spec& spec, State& s, int g) {
  const Out& out = spec.out[g];
  if (out.mu > 0 && out.rate == 0)
    while (idle(spec, s, g) > out.reserve) ++dialling(s, g);
}

// An agent of `g` has become idle.
State freed(const Spec& spec, State s, int g) {
  for (const int c : spec.take[g])
    if (s[static_cast<std::size_t>(c)] > 0 && may_take(spec, s, c, g)) {
      --queue(s, c);
      ++busy(s, c, g);
      return s;
    }
  dial_at_once(spec, s, g);
  return s;
}

// True when the caller is lost.
bool arrives(const Spec& spec, State& s, int c) {
  ++queue(s, c);
  for (const int g : spec.pref[c])
    if (may_take(spec, s, c, g)) {
      --queue(s, c);
      ++busy(s, c, g);
      return false;
    }
  if (s[static_cast<std::size_t>(c)] <= spec.room[c]) return false;
  --queue(s, c);
  return true;
}

SmallChain<8> chain_of(const Spec& spec) {
  return SmallChain<8>{[&](const State& from, auto&& visit) {
    const auto to = [&](const State& s, double rate) {
      if (rate > 0) visit(s, rate);
    };
    for (int c = 0; c < 2; ++c) {
      State s = from;
      if (!arrives(spec, s, c)) to(s, spec.lam[c]);
      s = from;
      const int waiting = queue(s, c)--;
      to(s, waiting * spec.theta[c]);
      for (int g = 0; g < 2; ++g) {
        s = from;
        const int talk = busy(s, c, g)--;
        if (talk > 0) to(freed(spec, s, g), talk * spec.mu[c][g]);
      }
    }
    for (int g = 0; g < 2; ++g) {
      State s = from;
      const int dials = dialling(s, g)--;
      if (dials > 0) to(freed(spec, s, g), dials * spec.out[g].mu);
      s = from;
      const int free = idle(spec, s, g);
      ++dialling(s, g);
      if (spec.out[g].mu > 0 && free > spec.out[g].reserve) to(s, free * spec.out[g].rate);
    }
  }};
}

World world_of(const Spec& spec) {
  OneQueue base;
  base.length = 44h;
  base.interval = base.warm_up = 4h;
  base.lines = 100;
  World world = one_queue(base);
  world.caller_types.clear();
  world.queues.clear();
  world.groups.clear();
  for (int c = 0; c < 2; ++c) {
    const std::string name = c == 0 ? "a" : "b";
    world.caller_types.push_back(callers("callers-" + name,
                                         flat_rate(spec.lam[c] * 3600, base.length),
                                         static_cast<std::size_t>(c)));
    world.caller_types.back().patience = ExponentialLaw{1 / spec.theta[c]};
    Queue queue = queue_to("queue-" + name, {});
    queue.capacity = spec.room[c];
    for (const int g : spec.pref[c]) {
      RouteStep step;
      step.group = GroupId{static_cast<std::size_t>(g)};
      step.reserve = spec.reserve[c][g];
      step.min_queue = spec.least[c][g];
      queue.route.push_back(step);
    }
    world.queues.push_back(std::move(queue));
  }
  for (int g = 0; g < 2; ++g) {
    AgentGroup group = agents(g == 0 ? "first" : "second", flat(spec.agents[g], base.length));
    for (const int c : spec.take[g]) {
      group.takes.push_back(QueueId{static_cast<std::size_t>(c)});
      group.handling.push_back({world.caller_types[static_cast<std::size_t>(c)].name,
                                ExponentialLaw{1 / spec.mu[c][g]}, std::nullopt, 1, 1});
    }
    if (const Out& out = spec.out[g]; out.mu > 0) {
      group.kind = GroupKind::kFlex;
      Dialling& dials = group.dialling.emplace();
      dials.talk = ExponentialLaw{1 / out.mu};
      dials.reserve = out.reserve;
      dials.pause = out.rate > 0 ? Law{ExponentialLaw{1 / out.rate}} : Law{ConstantLaw{0}};
    }
    world.groups.push_back(std::move(group));
  }
  return world;
}

void compare(const std::string& name, const Spec& spec, std::uint64_t seed, Ledger& ledger) {
  const SmallChain<8> chain = chain_of(spec);
  const World world = world_of(spec);
  REQUIRE(faults(world).empty());
  ReplicateOptions options;
  options.seed = seed;
  options.replications = 160;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  const double counted_s = 40 * 3600;
  const auto add = [&](const char* key, Scope scope, double exact, double by = 1) {
    Estimate e = kpis.day(key, scope, Ledger::kConfidence);
    e = {e.value / by, e.ci_low / by, e.ci_high / by, e.n};
    ledger.add(name + " " + key + " " + std::to_string(scope.index), e, exact);
  };
  const auto mean = [&](auto&& f) {
    return chain.mean([&](const State& s) { return static_cast<double>(f(s)); });
  };
  for (int c = 0; c < 2; ++c) {
    const Scope of{ScopeKind::kCallerType, static_cast<std::uint32_t>(c)};
    const double lost = mean([&](State s) { return arrives(spec, s, c) ? 1 : 0; });
    const double waiting = mean([&](State s) { return queue(s, c); });
    const double served = mean([&](const State& s) {
      return busy(s, c, 0) * spec.mu[c][0] + busy(s, c, 1) * spec.mu[c][1];
    });
    if (lost > 2e-3) add("refused", of, lost * spec.lam[c], counted_s);
    add("abandoned", of, waiting * spec.theta[c], counted_s);
    add("answered", of, served, counted_s);
    add("mean_wait", of, waiting / (spec.lam[c] * (1 - lost)));
  }
  for (int g = 0; g < 2; ++g) {
    const Scope of{ScopeKind::kGroup, static_cast<std::uint32_t>(g)};
    add("occupancy", of, mean([&](const State& s) {
          return (busy(s, 0, g) + busy(s, 1, g) + s[static_cast<std::size_t>(6 + g)]) /
                 static_cast<double>(spec.agents[g]);
        }));
    if (spec.out[g].mu > 0)
      add("dials", of, spec.out[g].mu * mean([&](State s) { return dialling(s, g); }), counted_s);
  }
}

}  // namespace

TEST_CASE("Routing: two classes and two groups, parameters beyond the table") {
  const double mu = 1 / 180.0;
  const Spec all[] = {
      // Each has its own group, which helps the other only when it is idle enough and the queue
      // long.
      {{0.018, 0.012},
       {1 / 120.0, 1 / 90.0},
       {4, 3},
       {3, 2},
       {{mu, mu * 1.3}, {mu * 0.8, mu}},
       {{0, 1}, {1, 0}},
       {{0, 1}, {1, 0}},
       {{0, 1}, {2, 0}},
       {{1, 2}, {3, 1}},
       {{}, {}}},
      // The second group dials by pauses and keeps one agent for callers.
      {{0.020, 0.008},
       {1 / 200.0, 1 / 60.0},
       {3, 5},
       {3, 3},
       {{mu, mu}, {0, mu * 1.5}},
       {{0, 1}, {1}},
       {{0}, {1, 0}},
       {{0, 1}, {0, 0}},
       {{1, 1}, {1, 1}},
       {{}, {1 / 90.0, 0.02, 1}}},
      // It dials at once, whenever more than one is idle; both classes share it.
      {{0.015, 0.015},
       {1 / 150.0, 1 / 150.0},
       {5, 2},
       {2, 4},
       {{mu, mu * 0.7}, {0, mu}},
       {{0, 1}, {1}},
       {{0}, {0, 1}},
       {{0, 0}, {0, 0}},
       {{1, 2}, {1, 1}},
       {{}, {1 / 60.0, 0, 1}}},
      // Nobody waits for the second class; both groups dial, in both ways.
      {{0.022, 0.010},
       {1 / 80.0, 1 / 300.0},
       {6, 0},
       {3, 2},
       {{mu, 0}, {mu * 2, mu}},
       {{0}, {1, 0}},
       {{0, 1}, {1}},
       {{0, 0}, {1, 0}},
       {{1, 1}, {1, 1}},
       {{1 / 120.0, 0.01, 2}, {1 / 40.0, 0, 0}}},
      // A group that takes a class only out of a long queue: idle agents beside callers who wait.
      {{0.024, 0.006},
       {1 / 60.0, 1 / 60.0},
       {5, 4},
       {2, 2},
       {{mu, mu * 1.1}, {0, mu}},
       {{0, 1}, {1}},
       {{0}, {1, 0}},
       {{0, 0}, {0, 0}},
       {{1, 4}, {1, 2}},
       {{}, {}}},
  };
  Ledger ledger{"routing, chains of our own"};
  std::uint64_t seed = 4200;
  for (const Spec& spec : all) {
    compare("own " + std::to_string(seed - 4199), spec, seed, ledger);
    ++seed;
  }
  ledger.judge();
}

}  // namespace callmill::test
