// Calls that are passed on: small cases, and chains for warm and cold transfers.

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "engine/study/replicate.h"
#include "tests/engine/floor/floor_worlds.h"
#include "tests/engine/floor/periodic_chain.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

constexpr double kHours = 24, kWarmUp = 1;
constexpr double kLambda = 30.0 / 3600, kMu1 = 1.0 / 200, kMu2 = 1.0 / 240, kTheta1 = 1.0 / 150,
                 kTheta2 = 1.0 / 90, kShare = 0.4;
constexpr int kFirst = 3, kSecond = 1, kLines = 7;

// Two groups; 40 % of the first group's talks go on to the second.
World passing(Transfer::How how, Law pre_service = ConstantLaw{}) {
  OneQueue spec;
  spec.agents = kFirst;
  spec.lines = kLines;
  spec.per_hour = kLambda * 3600;
  spec.talk = ExponentialLaw{1 / kMu1};
  spec.patience = ExponentialLaw{1 / kTheta1};
  spec.length = hours(kHours);
  spec.interval = spec.warm_up = 1h;
  World world = one_queue(spec);
  world.groups.push_back(agents("second", flat(kSecond, hours(kHours))));
  world.queues.push_back(queue_to("second", {1}));
  CallerType next = callers("next", flat_rate(0, hours(kHours)), 1);
  next.patience = ExponentialLaw{1 / kTheta2};
  next.talk = ExponentialLaw{1 / kMu2};
  world.caller_types.push_back(next);
  Transfer transfer;
  transfer.share = Probability{kShare};
  transfer.as = CallerTypeId{1};
  transfer.how = how;
  transfer.pre_service = std::move(pre_service);
  world.caller_types[0].transfers = {transfer};
  return world;
}

// Talking first, waiting first, waiting second, talking second. Who waits second holds a first
// agent when the transfer is warm.
using State = std::array<int, 4>;

PeriodicChain<State> chain_of(bool warm) {
  const auto free_first = [=](const State& s) { return kFirst - s[0] - (warm ? s[2] : 0); };
  const auto take = [=](State s) {  // a first agent may have become free
    while (s[1] > 0 && free_first(s) > 0) {
      --s[1];
      ++s[0];
    }
    return s;
  };
  return PeriodicChain<State>(
      {0, 0, 0, 0},
      [=](const State& s, const auto& visit) {
        if (s[0] + s[1] + s[2] + s[3] < kLines) {
          State next = s;
          ++next[1];
          visit(take(next), kLambda);
        }
        if (s[0] > 0) {
          State ends = s;
          --ends[0];
          visit(take(ends), s[0] * kMu1 * (1 - kShare));
          State passes = s;
          --passes[0];
          ++passes[s[3] < kSecond ? 3 : 2];
          visit(take(passes), s[0] * kMu1 * kShare);
        }
        if (s[1] > 0) visit({s[0], s[1] - 1, s[2], s[3]}, s[1] * kTheta1);
        if (s[2] > 0) visit(take({s[0], s[1], s[2] - 1, s[3]}), s[2] * kTheta2);
        if (s[3] > 0) {
          const bool next = s[2] > 0;
          visit(take({s[0], s[1], next ? s[2] - 1 : s[2], next ? s[3] : s[3] - 1}), s[3] * kMu2);
        }
      },
      [](const State& s) { return s; }, 600);
}

void agree(Transfer::How how, const std::string& title) {
  const bool warm = how == Transfer::How::kWarm;
  const PeriodicChain<State> chain = chain_of(warm);
  const auto mean = [&](int i) {
    return chain.mean([i](const State& s) { return s[static_cast<std::size_t>(i)]; });
  };
  const double lost =
      chain.mean([](const State& s) { return s[0] + s[1] + s[2] + s[3] == kLines; });
  const double offered = kLambda * (1 - lost), passed = mean(0) * kMu1 * kShare;
  const Blueprint plan = make_blueprint(passing(how));
  ReplicateOptions options;
  options.seed = 5;
  options.replications = 400;
  const KpiTable kpis = replicate(plan, options).kpis;
  Ledger ledger{title};
  const auto day = [&](const char* key, Scope scope = {}) {
    return kpis.day(key, scope, Ledger::kConfidence);
  };
  const Scope first{ScopeKind::kCallerType, 0}, next{ScopeKind::kCallerType, 1};
  const double counted = (kHours - kWarmUp) * 3600;
  ledger.add("loss_rate", day("loss_rate"), lost);
  ledger.add("wait of the first", day("mean_wait", first), mean(1) / offered);
  ledger.add("abandoned first", day("abandon_rate", first), mean(1) * kTheta1 / offered);
  ledger.add("transfer_rate", day("transfer_rate", first), kShare);
  ledger.add("transferred in", day("transferred_in", next), passed * counted);
  ledger.add("wait of the passed on", day("mean_wait", next), mean(2) / passed);
  ledger.add("abandoned second", day("abandon_rate", next), mean(2) * kTheta2 / passed);
  ledger.add("first agents", day("occupancy", {ScopeKind::kGroup, 0}),
             (mean(0) + (warm ? mean(2) : 0)) / kFirst);
  ledger.add("second agents", day("occupancy", {ScopeKind::kGroup, 1}), mean(3) / kSecond);
  ledger.judge();
}

struct Log : Observer {
  void answered(const Call& call, std::uint32_t group, SimDuration, SimDuration talk) {
    answers.push_back({call.type, group, talk});
  }
  void abandoned(const Call& call, SimDuration) { given_up += call.type == 1 ? 1 : 0; }
  void transferred(const Call&, std::uint32_t) { ++passed; }
  struct Answer {
    std::uint16_t type;
    std::uint32_t group;
    SimDuration talk;
  };
  std::vector<Answer> answers;
  int passed = 0, given_up = 0;
};

// Everything is passed on, with constant times.
World constant(Transfer::How how) {
  World world = passing(how);
  world.caller_types[0].talk = ConstantLaw{100};
  world.caller_types[0].wrap = ConstantLaw{7};
  world.caller_types[1].talk = ConstantLaw{60};
  world.caller_types[1].patience.reset();
  world.groups[1].staff = flat(20, hours(kHours));
  Transfer& transfer = world.caller_types[0].transfers[0];
  transfer.share = Probability{1};
  transfer.talk_before = 0.25;
  transfer.dial = ConstantLaw{10};
  return world;
}

}  // namespace

TEST_CASE("Warm and cold transfers agree with their chains") {
  agree(Transfer::How::kCold, "cold transfers");
  agree(Transfer::How::kWarm, "warm transfers");
}

TEST_CASE("A talk that is passed on is cut short, the number dialled, and the second talk opened") {
  for (const auto how : {Transfer::How::kCold, Transfer::How::kWarm, Transfer::How::kConference}) {
    World world = constant(how);
    if (how == Transfer::How::kCold)
      world.caller_types[0].transfers[0].pre_service = ConstantLaw{9};
    if (how == Transfer::How::kConference)
      world.caller_types[0].transfers[0].conference = ConstantLaw{13};
    const Blueprint plan = make_blueprint(world);
    Centre centre = open_centre(plan, 1, 0);
    Log log;
    Recorder recorder{plan};
    Observers<Log, Recorder> both{log, recorder};
    Watched<Observers<Log, Recorder>> flow{plan, centre, both};
    for (SimTime t = kStart; t < kStart + 6h; t += 41s) {
      flow.run_until(t);
      CHECK(broken_laws(plan, centre).empty());
    }
    flow.run_out();
    CHECK(log.passed > 500);
    const SimDuration second = how == Transfer::How::kCold   ? 69s
                               : how == Transfer::How::kWarm ? 60s
                                                             : 73s;
    for (const Log::Answer& a : log.answers) {
      CHECK(a.talk == (a.type == 0 ? 35s : second));
      CHECK(a.group == a.type);
    }
    // The first agents talk 35 s, and 13 s more in a conference; then they wrap up.
    std::int64_t talk = 0, wrap = 0;
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      talk += recorder.agents(0, i)[at(AgentCount::kTalk)];
      wrap += recorder.agents(0, i)[at(AgentCount::kWrap)];
    }
    const double ratio = static_cast<double>(talk) / static_cast<double>(wrap);
    const double exact = (how == Transfer::How::kConference ? 48.0 : 35.0) / 7;
    CHECK(ratio == Approx(exact).epsilon(0.01));  // calls in hand at the end
  }
}

// The first agents' 100 x 0.25 + 10 s of talk and 7 s of wrap-up, the second ones' 60 s; hold is
// 13 s of talking along. Half of all answers are first ones.
TEST_CASE("Average handle time is agent time for each answer, hold included") {
  struct Way {
    Transfer::How how;
    double talk, hold;
  };
  for (const Way& way : {Way{Transfer::How::kCold, (35.0 + 60) / 2, 0},
                         Way{Transfer::How::kWarm, (35.0 + 60) / 2, 0},
                         Way{Transfer::How::kConference, (35.0 + 73) / 2, 13.0 / 2}}) {
    World world = constant(way.how);
    if (way.how == Transfer::How::kConference)
      world.caller_types[0].transfers[0].conference = ConstantLaw{13};
    // Nobody rings in the last hours, so that all is over by closing; and no warm-up.
    world.day.warm_up = {};
    world.caller_types[0].volume = Profile{12h, {12 * kLambda * 3600, 0}};
    ReplicateOptions options;
    options.replications = 5;
    const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
    const auto day = [&](const char* key) { return kpis.day(key, {}, 0.95).value; };
    CHECK(day("answered") == Approx(2 * day("transferred_in")).epsilon(1e-12));
    CHECK(day("talk") == Approx(way.talk).epsilon(1e-12));
    CHECK(day("hold") == Approx(way.hold).epsilon(1e-12));
    CHECK(day("wrap") == Approx(3.5).epsilon(1e-12));
    CHECK(day("aht") == Approx(way.talk + way.hold + 3.5).epsilon(1e-12));
    CHECK(day("aht") * day("answered") == Approx(day("busy_agents") * kHours * 3600).epsilon(1e-9));
  }
}

// One specialist for all: first agents wait for him with the caller. No abandonment there.
TEST_CASE("Who waits with the caller for the next agent holds, and that is handle time") {
  for (const auto how : {Transfer::How::kWarm, Transfer::How::kConference}) {
    World world = constant(how);
    world.day.warm_up = {};
    world.groups[1].staff = flat(1, hours(kHours));
    world.caller_types[0].volume = Profile{12h, {12 * kLambda * 3600, 0}};
    ReplicateOptions options;
    options.replications = 5;
    const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
    const auto day = [&](const char* key, Scope scope = {}) {
      return kpis.day(key, scope, 0.95).value;
    };
    // Held from the transfer to the answer of the second agent.
    CHECK(day("hold") * day("answered") ==
          Approx(day("asa", {ScopeKind::kQueue, 1}) * day("transferred_in")).epsilon(1e-9));
    CHECK(day("hold") > 5);
    CHECK(day("hold", {ScopeKind::kCallerType, 0}) ==
          Approx(day("asa", {ScopeKind::kQueue, 1})).epsilon(1e-9));
    CHECK(day("hold", {ScopeKind::kQueue, 1}) == 0);
    CHECK(day("aht") * day("answered") == Approx(day("busy_agents") * kHours * 3600).epsilon(1e-9));
  }
}

TEST_CASE("The line stays held, and the books of calls add up") {
  const World world = passing(Transfer::How::kWarm);
  const Blueprint plan = make_blueprint(world);
  Recorder recorder{plan};
  run_day(plan, 3, 0, recorder);
  Cell<CallCount> all{};
  for (std::uint32_t type = 0; type < 2; ++type)
    for (std::uint32_t queue = 0; queue <= 2; ++queue)
      for (std::uint32_t i = 0; i < plan.intervals; ++i)
        for (std::size_t k = 0; k < all.size(); ++k) all[k] += recorder.calls(type, queue, i)[k];
  const auto n = [&](CallCount c) { return all[at(c)]; };
  CHECK(n(CallCount::kAttempts) == n(CallCount::kBlocked) + n(CallCount::kOffered));
  CHECK(n(CallCount::kOffered) + n(CallCount::kTransferredIn) ==
        n(CallCount::kAnswered) + n(CallCount::kAbandoned));
  CHECK(n(CallCount::kTransferred) == n(CallCount::kTransferredIn));
  CHECK(n(CallCount::kTransferredIn) > 100);
  CHECK(n(CallCount::kTransferredAnswered) < n(CallCount::kTransferredIn));
}

TEST_CASE("A fork with held agents runs on as the original does") {
  World world = passing(Transfer::How::kConference);
  world.caller_types[0].transfers[0].conference = ExponentialLaw{40};
  const Blueprint plan = make_blueprint(world);
  Observer nobody;
  Centre first = open_centre(plan, 2, 0);
  Watched<Observer>{plan, first, nobody}.run_until(kStart + 5h);
  Centre fork = first;
  Watched<Observer>{plan, first, nobody}.run_out();
  Watched<Observer>{plan, fork, nobody}.run_out();
  CHECK(fingerprint(first) == fingerprint(fork));
}

}  // namespace callmill::test
