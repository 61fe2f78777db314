// Calls that agents pass on, and messages, in their callers' stories: one contact, which ends with
// the last talk; whoever gives up before it is a lost caller who may ring again.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/kpi/kpi_table.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/messages/chain.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/run.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

const Scope kFirstType{ScopeKind::kCallerType, 0}, kSecondType{ScopeKind::kCallerType, 1};

double value(const KpiTable& kpis, const char* key, Scope scope = {}) {
  return kpis.day(key, scope, 0.95).value;
}
// Of callers of the first hour, whose stories are over.
double early(const KpiTable& kpis, const char* key) {
  return kpis.estimate(*find_metric(key, ScopeKind::kTotal), {}, 0, 0.95).value;
}

// A front desk with an agent for each line, which passes everything on to `desks` specialists.
World passing(double desks) {
  OneQueue spec;
  spec.agents = 300;
  spec.lines = 300;
  spec.per_hour = 100;
  spec.length = 10h;
  spec.talk = ConstantLaw{20};
  World world = one_queue(spec);
  world.groups.push_back(agents("second", flat(desks, spec.length)));
  world.queues.push_back(queue_to("second", {1}));
  CallerType next = callers("next", flat_rate(0, spec.length), 1);
  next.talk = ConstantLaw{60};
  world.caller_types.push_back(next);
  Transfer transfer;
  transfer.share = Probability{1};
  transfer.as = CallerTypeId{1};
  world.caller_types[0].transfers = {transfer};
  return world;
}

}  // namespace

TEST_CASE("Who gives up after a transfer is lost, and rings again as the type that rang") {
  World world = passing(0);
  world.caller_types[1].patience = ConstantLaw{30};
  world.caller_types[0].redial.after_abandon = {Probability{1}, ConstantLaw{60}, 2};
  world.costs = Costs{0, 7, 2, 3};
  for (const auto how : {Transfer::How::kCold, Transfer::How::kWarm, Transfer::How::kConference}) {
    world.caller_types[0].transfers[0].how = how;
    const KpiTable kpis = run(world, 41, 3);
    CHECK(early(kpis, "attempts_per_caller") == 3);
    CHECK(early(kpis, "gave_up") == 1);
    CHECK(value(kpis, "served_in_the_end") == 0);
    CHECK(value(kpis, "another_day") < 0.01);
    CHECK(value(kpis, "abandoned") == Approx(value(kpis, "attempts")).epsilon(1e-12));
    // A caller is of the type that rang, also in the books of callers.
    CHECK(value(kpis, "callers", kFirstType) == value(kpis, "callers"));
    CHECK(value(kpis, "callers", kSecondType) == 0);
    CHECK(value(kpis, "attempts", kSecondType) == 0);
    const double lost = value(kpis, "callers") * value(kpis, "gave_up");
    CHECK(value(kpis, "cost_lost_callers") == Approx(7 * lost).epsilon(1e-12));
    // Each attempt was answered once, and nothing was settled.
    CHECK(value(kpis, "revenue") == Approx(2 * value(kpis, "attempts")).epsilon(1e-12));
  }
}

// Patience kept: a second attempt meets the same wait. Whether it is the last is drawn anew.
TEST_CASE("Redials after a transfer are drawn attempt by attempt, patience kept or not") {
  World world = passing(0);
  world.caller_types[1].patience = ConstantLaw{30};
  for (const bool keeps : {false, true}) {
    Redial& redial = world.caller_types[0].redial;
    redial.after_abandon = {Probability{0.5}, ConstantLaw{60}, 1000};
    redial.keeps_patience = keeps;
    const KpiTable kpis = run(world, 42, 40);
    Ledger ledger{keeps ? "redials after a transfer, patience kept" : "redials after a transfer"};
    const Metric& attempts = *find_metric("attempts_per_caller", ScopeKind::kTotal);
    for (const std::uint32_t hour : {0u, 3u, 6u})
      ledger.add("attempts", kpis.estimate(attempts, {}, hour, Ledger::kConfidence), 2);
    ledger.judge();
  }
}

TEST_CASE("A call that is passed on is one contact, of the type whose talk ends it") {
  World world = passing(300);
  world.costs = Costs{0, 0, 2, 3};
  world.groups[0].wage_per_hour = 36;
  // The second type's resolution, not the first one's, says what comes of it, and who returns.
  Resolution& second = world.caller_types[1].resolution.emplace();
  second.first_contact = Probability{0};
  second.returns = {Probability{1}, ConstantLaw{60}, 1};
  world.caller_types[0].resolution.emplace().first_contact = Probability{0.5};
  KpiTable kpis = run(world, 43, 3);
  CHECK(early(kpis, "attempts_per_caller") == 2);
  CHECK(early(kpis, "unresolved_in_the_end") == 1);
  CHECK(value(kpis, "fcr") == 0);
  CHECK(value(kpis, "attempts", kFirstType) == value(kpis, "attempts"));
  CHECK(value(kpis, "contacts", kFirstType) == 0);
  CHECK(value(kpis, "contacts", kSecondType) == value(kpis, "attempts"));
  CHECK(value(kpis, "answered") == Approx(2 * value(kpis, "attempts")).epsilon(1e-12));
  CHECK(value(kpis, "revenue") == Approx(2 * value(kpis, "attempts")).epsilon(1e-12));
  CHECK(value(kpis, "cost_per_answer") ==
        Approx(value(kpis, "cost") / value(kpis, "attempts")).epsilon(1e-12));

  // A second type without one settles everything, of repeats too.
  world.caller_types[1].resolution.reset();
  kpis = run(world, 43, 3);
  CHECK(value(kpis, "attempts_per_caller") == 1);
  CHECK(value(kpis, "unresolved_in_the_end") == 0);
  CHECK(value(kpis, "served_in_the_end") == 1);
  CHECK(value(kpis, "revenue") == Approx(5 * value(kpis, "attempts")).epsilon(1e-12));
}

TEST_CASE("A callback to whom an agent had passed on is still the same contact") {
  World world = passing(2);
  world.queues[1].callback = Callback{};
  world.costs = Costs{0, 0, 2, 3};
  world.caller_types[1].resolution.emplace().first_contact = Probability{0};
  world.caller_types[1].resolution->returns = {Probability{1}, ConstantLaw{600}, 1};
  for (const auto how : {Transfer::How::kCold, Transfer::How::kConference}) {
    Transfer& transfer = world.caller_types[0].transfers[0];
    transfer.how = how;
    transfer.pre_service = how == Transfer::How::kCold ? Law{ConstantLaw{5}} : Law{ConstantLaw{}};
    transfer.conference = how == Transfer::How::kCold ? Law{ConstantLaw{}} : Law{ConstantLaw{9}};
    const Blueprint plan = make_blueprint(world);
    struct Talks : Observer {
      void answered(const Call& call, std::uint32_t, SimDuration, SimDuration talk) {
        if (!has(call, Mark::kCallback)) return;
        CHECK(talk == expected);  // who talked along before is no longer there
        ++callbacks;
      }
      SimDuration expected{};
      int callbacks = 0;
    } talks;
    talks.expected = how == Transfer::How::kCold ? 65s : 60s;
    Centre c = open_centre(plan, 44, 0);
    Watched<Talks> flow{plan, c, talks};
    for (SimTime t = kStart; t < kStart + 10h; t += 3min) {
      flow.run_until(t);
      CHECK(broken_laws(plan, c).empty());
    }
    flow.run_out();
    CHECK(talks.callbacks > 100);

    const KpiTable kpis = run(world, 44, 3);
    const double contacts = value(kpis, "contacts");
    CHECK(value(kpis, "callbacks_made") > 100);
    CHECK(contacts == Approx(value(kpis, "attempts")).epsilon(1e-12));
    CHECK(value(kpis, "revenue") == Approx(2 * contacts).epsilon(1e-12));
    CHECK(early(kpis, "attempts_per_caller") == 2);
    CHECK(value(kpis, "callers", kFirstType) == value(kpis, "callers"));
  }
}

TEST_CASE("Who leaves a message that nobody works off is neither served nor lost") {
  World world = passing(0);
  world.queues[1].voicemail = Voicemail{30s, 10s, std::nullopt};
  world.costs = Costs{0, 7, 0, 0};
  world.caller_types[0].redial.after_abandon = {Probability{1}, ConstantLaw{60}, 2};
  for (const SimDuration length : {0s, 10s}) {
    world.queues[1].voicemail->length = length;
    const KpiTable kpis = run(world, 45, 3);
    CHECK(value(kpis, "left_message_in_the_end") == 1);
    CHECK(value(kpis, "served_in_the_end") == 0);
    CHECK(value(kpis, "gave_up") == 0);
    CHECK(value(kpis, "attempts_per_caller") == 1);
    CHECK(value(kpis, "cost_lost_callers") == 0);
    CHECK(value(kpis, "callers") == value(kpis, "attempts"));
  }
}

// Cold transfers with redial and returns of both types: (first agents busy, waiting there, waiting
// for the second, second agents busy, callers who will ring again). Callers away are cut off at 22,
// where the chain has less than 1e-9 of its time.
TEST_CASE("Transfers with redial and resolution against an exact chain") {
  constexpr int kFirst = 2, kSecond = 1, kLines = 5, kAway = 22;
  constexpr double kLambda = 0.009, kMu1 = 1 / 120.0, kMu2 = 1 / 160.0, kTheta1 = 1 / 200.0,
                   kTheta2 = 1 / 90.0, kAgain = 1 / 500.0, kShare = 0.4, kRedial = 0.5;
  constexpr double kOpen1 = 0.3 * 0.5, kOpen2 = 0.6 * 0.8;  // left open, and comes back
  const SmallChain<5> chain([&](const std::array<int, 5>& s, auto&& visit) {
    const auto [talk, wait, wait2, talk2, away] = s;
    const auto arrive = [&](double rate, int still_away) {
      if (talk + wait + wait2 + talk2 == kLines) {
        if (still_away < away) visit({talk, wait, wait2, talk2, still_away}, rate);
        return;
      }
      const bool idle = talk < kFirst;
      visit({talk + (idle ? 1 : 0), wait + (idle ? 0 : 1), wait2, talk2, still_away}, rate);
    };
    // An event with a chance that its caller will ring again.
    const auto with_return = [&](std::array<int, 5> next, double rate, double chance) {
      visit(next, rate * (1 - chance));
      next[4] = std::min(away + 1, kAway);
      visit(next, rate * chance);
    };
    arrive(kLambda, away);
    if (away > 0) arrive(away * kAgain, away - 1);
    if (talk > 0) {
      const int next = wait > 0 ? talk : talk - 1, left = std::max(wait - 1, 0);
      with_return({next, left, wait2, talk2, away}, talk * kMu1 * (1 - kShare), kOpen1);
      const bool idle = talk2 < kSecond;
      visit({next, left, wait2 + (idle ? 0 : 1), talk2 + (idle ? 1 : 0), away},
            talk * kMu1 * kShare);
    }
    if (wait > 0) with_return({talk, wait - 1, wait2, talk2, away}, wait * kTheta1, kRedial);
    if (wait2 > 0) with_return({talk, wait, wait2 - 1, talk2, away}, wait2 * kTheta2, kRedial);
    if (talk2 > 0) {
      const int next = wait2 > 0 ? talk2 : talk2 - 1;
      with_return({talk, wait, std::max(wait2 - 1, 0), next, away}, talk2 * kMu2, kOpen2);
    }
  });
  CHECK(chain.mean([](auto& s) { return s[4] == kAway ? 1.0 : 0.0; }) < 1e-9);

  World world = passing(kSecond);
  world.day.closes = 120h;
  world.day.interval = world.day.warm_up = 20h;
  world.trunks[0].lines = kLines;
  world.groups[0].staff = flat(kFirst, 120h);
  world.groups[1].staff = flat(kSecond, 120h);
  CallerType &own = world.caller_types[0], &next = world.caller_types[1];
  own.volume = flat_rate(kLambda * 3600, 120h);
  next.volume = flat_rate(0, 120h);
  own.talk = ExponentialLaw{1 / kMu1};
  own.patience = ExponentialLaw{1 / kTheta1};
  own.transfers[0].share = Probability{kShare};
  own.redial.after_abandon = {Probability{kRedial}, ExponentialLaw{1 / kAgain}, 1000};
  own.resolution.emplace().first_contact = Probability{0.7};
  own.resolution->returns = {Probability{0.5}, ExponentialLaw{1 / kAgain}, 1000};
  next.talk = ExponentialLaw{1 / kMu2};
  next.patience = ExponentialLaw{1 / kTheta2};
  next.resolution.emplace().first_contact = Probability{0.4};
  next.resolution->returns = {Probability{0.8}, ExponentialLaw{1 / kAgain}, 1000};
  const KpiTable kpis = run(world, 46, 60);

  const auto mean = [&](int i) {
    return chain.mean([i](auto& s) { return s[static_cast<std::size_t>(i)]; });
  };
  const double attempts = kLambda + mean(4) * kAgain, counted = 100 * 3600;
  const double full = chain.mean(
      [&](auto& s) { return s[0] + s[1] + s[2] + s[3] == kLines ? kLambda + s[4] * kAgain : 0.0; });
  const double passed = mean(0) * kMu1 * kShare, contacts1 = mean(0) * kMu1 * (1 - kShare),
               contacts2 = mean(3) * kMu2;
  Ledger ledger{"transfers with redial and resolution, exact chain"};
  const auto add = [&](const char* key, double exact, Scope scope = {}) {
    ledger.add(key, kpis.day(key, scope, Ledger::kConfidence), exact);
  };
  add("attempts", attempts * counted);
  add("loss_rate", full / attempts);
  add("repeat_share", 1 - kLambda / attempts);
  add("mean_wait", mean(1) / (attempts - full), kFirstType);
  add("transferred_in", passed * counted, kSecondType);
  add("abandon_rate", mean(2) * kTheta2 / passed, kSecondType);
  add("mean_wait", mean(2) / passed, kSecondType);
  add("contacts", contacts1 * counted, kFirstType);
  add("contacts", contacts2 * counted, kSecondType);
  add("resolution_rate", 0.7, kFirstType);
  add("resolution_rate", 0.4, kSecondType);
  add("occupancy", mean(3) / kSecond, {ScopeKind::kGroup, 1});
  ledger.judge();
}

}  // namespace callmill::test
