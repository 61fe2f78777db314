// Threshold rules against exact chains, and what shedding buys and costs.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

#include "base/stats/interval.h"
#include "engine/study/replicate.h"
#include "tests/engine/floor/floor_worlds.h"
#include "tests/engine/floor/periodic_chain.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

constexpr double kHours = 24, kWarmUp = 1;

OneQueue small(double agents, std::int64_t lines, double per_hour) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = lines;
  spec.per_hour = per_hour;
  spec.talk = ExponentialLaw{180};
  spec.patience = ExponentialLaw{120};
  spec.length = hours(kHours);
  spec.interval = spec.warm_up = 1h;
  return spec;
}

KpiTable run(const World& world, std::int64_t replications) {
  ReplicateOptions options;
  options.seed = 11;
  options.replications = replications;
  return replicate(make_blueprint(world), options).kpis;
}

}  // namespace

TEST_CASE("Shedding above a threshold agrees with the chain that is looked at every minute") {
  constexpr double kShare = 0.6, kLambda = 120.0 / 3600, kMu = 1.0 / 180, kTheta = 1.0 / 120;
  constexpr int kAgents = 4, kLines = 30, kOn = 4, kOff = 1;
  World world = one_queue(small(kAgents, kLines, 120));
  Action shed = action(Action::Kind::kShed);
  shed.share = Probability{kShare};
  Rule r = rule(waiting(kOn), shed);
  r.until = {waiting(kOff, Sense::kAtMost)};
  world.rules = {r};

  using State = std::array<int, 2>;  // calls, whether the rule is on
  const PeriodicChain<State> chain(
      {0, 0},
      [&](const State& s, const auto& visit) {
        if (s[0] < kLines) visit({s[0] + 1, s[1]}, kLambda * (s[1] != 0 ? 1 - kShare : 1));
        const int talking = std::min(s[0], kAgents);
        if (s[0] > 0) visit({s[0] - 1, s[1]}, talking * kMu + (s[0] - talking) * kTheta);
      },
      [&](const State& s) {
        const int queue = std::max(0, s[0] - kAgents);
        if (s[1] == 0) return State{s[0], queue >= kOn ? 1 : 0};
        return State{s[0], queue <= kOff ? 0 : 1};
      },
      60);
  const double on = chain.mean([](const State& s) { return s[1]; });
  const double queue = chain.mean([](const State& s) { return std::max(0, s[0] - kAgents); });
  const double full_off = chain.mean([](const State& s) { return s[0] == kLines && s[1] == 0; });
  const double full_on = chain.mean([](const State& s) { return s[0] == kLines && s[1] != 0; });
  const double lost = on * kShare + full_off + full_on * (1 - kShare);
  const double counted = (kHours - kWarmUp) * 3600;

  const KpiTable kpis = run(world, 300);
  Ledger ledger{"shed above a threshold"};
  const auto day = [&](const char* key, Scope scope = {}) {
    return kpis.day(key, scope, Ledger::kConfidence);
  };
  ledger.add("loss_rate", day("loss_rate"), lost);
  ledger.add("calls_shed", day("calls_shed"), kLambda * counted * on * kShare);
  ledger.add("time on", day("rule_time_on", {ScopeKind::kRule, 0}), on * counted);
  ledger.add(
      "firings", day("rule_firings"),
      counted * chain.looks([](const State& a, const State& b) { return a[1] == 0 && b[1] == 1; }));
  ledger.add("abandon_rate", day("abandon_rate"), queue * kTheta / (kLambda * (1 - lost)));
  ledger.add("mean_wait", day("mean_wait"), queue / (kLambda * (1 - lost)));
  ledger.judge();
}

TEST_CASE("A person called in above a threshold agrees with the chain") {
  constexpr double kLambda = 70.0 / 3600, kMu = 1.0 / 180, kTheta = 1.0 / 120, kComes = 1.0 / 300;
  constexpr int kAgents = 3, kLines = 25, kOn = 3;
  World world = one_queue(small(kAgents, kLines, 70));
  AgentGroup reserve = agents("reserve", flat(0, hours(kHours)));
  reserve.call_in = CallIn{1, ExponentialLaw{1 / kComes}, 0s, 36};
  world.groups.push_back(reserve);
  world.queues[0].route.push_back({GroupId{1}, 0s});
  Rule r = rule(waiting(kOn), action(Action::Kind::kCallIn, 1));
  r.until = {waiting(0, Sense::kAtMost)};
  r.every = 30s;
  world.rules = {r};

  // Busy agents, whether the person talks, queue, and the person: 0 away, 1 on the way, 2 here. The
  // rule is on while the person is on the way or here.
  using State = std::array<int, 4>;
  const PeriodicChain<State> chain(
      {0, 0, 0, 0},
      [&](const State& s, const auto& visit) {
        const auto [busy, person, queue, where] = s;
        if (busy < kAgents)
          visit({busy + 1, person, queue, where}, kLambda);
        else if (where == 2 && person == 0)
          visit({busy, 1, queue, where}, kLambda);
        else if (busy + person + queue < kLines)
          visit({busy, person, queue + 1, where}, kLambda);
        if (queue > 0) visit({busy, person, queue - 1, where}, queue * kTheta);
        if (busy > 0)
          visit({queue > 0 ? busy : busy - 1, person, std::max(0, queue - 1), where}, busy * kMu);
        if (person == 1) {
          const bool takes = where == 2 && queue > 0;
          visit({busy, takes ? 1 : 0, takes ? queue - 1 : queue, where}, kMu);
        }
        if (where == 1) {
          const bool takes = person == 0 && queue > 0;
          visit({busy, takes ? 1 : person, takes ? queue - 1 : queue, 2}, kComes);
        }
      },
      [&](const State& s) {
        State next = s;
        if (s[3] == 0 && s[2] >= kOn) next[3] = 1;
        if (s[3] != 0 && s[2] == 0) next[3] = 0;
        return next;
      },
      30);
  const double counted = (kHours - kWarmUp) * 3600;
  const double queue = chain.mean([](const State& s) { return s[2]; });
  const double here = chain.mean([](const State& s) { return s[3] == 2; });
  const double full = chain.mean([](const State& s) { return s[0] + s[1] + s[2] == kLines; });

  const KpiTable kpis = run(world, 400);
  Ledger ledger{"called in above a threshold"};
  const auto day = [&](const char* key) { return kpis.day(key, {}, Ledger::kConfidence); };
  ledger.add("mean_wait", day("mean_wait"), queue / (kLambda * (1 - full)));
  ledger.add("abandon_rate", day("abandon_rate"), queue * kTheta / (kLambda * (1 - full)));
  ledger.add("time on", day("rule_time_on"),
             counted * chain.mean([](const State& s) { return s[3] != 0; }));
  ledger.add("extra_time", day("extra_time"), here * counted);
  ledger.add("cost", day("rule_cost"), here * counted / 100);  // CNY 36/h
  ledger.add(
      "called_in", day("called_in"),
      counted * chain.looks([](const State& a, const State& b) { return a[3] == 0 && b[3] == 1; }));
  ledger.judge();
}

TEST_CASE("Shedding raises the service level of the others and lowers what the public gets") {
  World without = one_queue(small(10, 60, 260));
  World with = without;
  Action shed = action(Action::Kind::kShed);
  shed.share = Probability{0.5};
  Rule r = rule(waiting(6), shed);
  r.until = {waiting(1, Sense::kAtMost)};
  with.rules = {r};
  const Blueprint plans[2] = {make_blueprint(without), make_blueprint(with)};
  std::vector<double> level, answered;  // with minus without, day by day: the same callers
  for (std::uint64_t day = 0; day < 40; ++day) {
    double sl[2], ar[2];
    for (int i = 0; i < 2; ++i) {
      Recorder recorder{plans[i]};
      run_day(plans[i], 7, day, recorder);
      Cell<CallCount> sum{};
      for (std::uint32_t hour = 1; hour < plans[i].intervals; ++hour)
        for (std::uint32_t queue = 0; queue <= 1; ++queue)
          for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += recorder.calls(0, queue, hour)[k];
      const auto n = [&](CallCount c) { return static_cast<double>(sum[at(c)]); };
      sl[i] = n(CallCount::kAnsweredWithin) / (n(CallCount::kAnswered) + n(CallCount::kAbandoned));
      ar[i] = n(CallCount::kAnswered) / n(CallCount::kAttempts);
    }
    level.push_back(sl[1] - sl[0]);
    answered.push_back(ar[1] - ar[0]);
  }
  const auto interval = [](const std::vector<double>& x) {
    double mean = 0, squares = 0;
    for (const double v : x) mean += v / static_cast<double>(x.size());
    for (const double v : x) squares += (v - mean) * (v - mean);
    const auto n = static_cast<double>(x.size());
    return std::pair{mean, student_t(0.999, n - 1) * std::sqrt(squares / (n - 1) / n)};
  };
  const auto [up, up_width] = interval(level);
  const auto [down, down_width] = interval(answered);
  std::printf("shedding: service level %+.4f +- %.4f, overall answer rate %+.4f +- %.4f\n", up,
              up_width, down, down_width);
  CHECK(up - up_width > 0);
  CHECK(down + down_width < 0);
}

}  // namespace callmill::test
