// A callback that is made is a contact as any other: it settles the matter or not, is followed by
// the survey, earns what an answered call earns, and its caller may call again.

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "engine/kpi/kpi_table.h"
#include "engine/study/replicate.h"
#include "models/value/measured_fcr.h"
#include "models/value/satisfaction.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/messages/chain.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/run.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Whoever finds no agent is called back, so that each attempt becomes a contact: about half of them
// by telephoning back.
World called_back() {
  OneQueue spec;
  spec.agents = 5;
  spec.lines = 400;
  spec.per_hour = 60;
  spec.length = 20h;
  spec.talk = ExponentialLaw{180};
  World world = one_queue(spec);
  world.queues[0].callback = Callback{};
  Resolution& r = world.caller_types[0].resolution.emplace();
  r.first_contact = Probability{0.6};
  r.repeat = Probability{0.5};
  r.returns = {Probability{0.75}, ExponentialLaw{300}, 1000};
  return world;
}

struct Talks : Observer {
  explicit Talks(const Blueprint& p) : plan{p} {}
  void answered(const Call& call, std::uint32_t, SimDuration, SimDuration talk) {
    CHECK(has(call, Mark::kCallback) == (call.type >= plan.caller_types));
    CHECK(has(call, Mark::kRepeat) == (call.attempt > 0));
    lengths[has(call, Mark::kCallback)][has(call, Mark::kRepeat)].insert(talk);
    ++(has(call, Mark::kCallback) ? callbacks : calls);
  }
  void line_seized(std::uint32_t trunks, std::uint32_t, SimTime t) {
    area[trunks] -= t.time_since_epoch();
  }
  void line_released(std::uint32_t trunks, SimTime t) { area[trunks] += t.time_since_epoch(); }
  void survey_ended(const Call& call) {
    ++(has(call, Mark::kCallback) ? callback_surveys : surveys);
  }
  const Blueprint& plan;
  std::set<SimDuration> lengths[2][2];
  std::int64_t calls = 0, callbacks = 0, surveys = 0, callback_surveys = 0;
  SimDuration area[2]{};
};

void run_one(const Blueprint& plan, Talks& talks) {
  Centre c = open_centre(plan, 4, 0);
  Watched<Talks> flow{plan, c, talks};
  for (SimTime t = kStart; t < kStart + 20h; t += 7min) {
    flow.run_until(t);
    for (const char* law : broken_laws(plan, c)) FAIL(law);
  }
  flow.run_out();
  for (const char* law : broken_laws(plan, c)) FAIL(law);
}

double value(const KpiTable& kpis, const char* key) {
  return kpis.day(key, {}, 0.95).value;
}

}  // namespace

TEST_CASE("Contacts a caller are the geometric series, by call or by callback") {
  Ledger ledger{"attempts per caller, half of them called back"};
  World world = called_back();
  for (const double repeat : {0.5, 0.8}) {
    world.caller_types[0].resolution->repeat = Probability{repeat};
    const KpiTable kpis = run(world, repeat == 0.5 ? 31 : 32, 40);
    const Metric& attempts = *find_metric("attempts_per_caller", ScopeKind::kTotal);
    for (const std::uint32_t hour : {0u, 5u, 10u})
      ledger.add("hour " + std::to_string(hour),
                 kpis.estimate(attempts, {}, hour, Ledger::kConfidence),
                 1 + 0.4 * 0.75 / (1 - (1 - repeat) * 0.75));
    ledger.add("fcr", kpis.day("fcr", {}, Ledger::kConfidence), 0.6);
    // Contacts are calls answered and callbacks made, neither more nor less; and everyone is
    // reached.
    CHECK(value(kpis, "contacts") ==
          Approx(value(kpis, "answered") + value(kpis, "callbacks_made")).epsilon(1e-12));
    CHECK(value(kpis, "contacts") == Approx(value(kpis, "attempts")).epsilon(1e-12));
    CHECK(value(kpis, "callbacks_made") > 0.3 * value(kpis, "attempts"));
    CHECK(value(kpis, "served_in_the_end") == 1);
    CHECK(value(kpis, "gave_up") == 0);
  }
  ledger.judge();
}

TEST_CASE("Nobody is resolved: each caller returns to the limit, called back or not") {
  World world = called_back();
  world.caller_types[0].resolution->first_contact = Probability{0};
  world.caller_types[0].resolution->repeat.reset();
  world.caller_types[0].resolution->returns = {Probability{1}, ConstantLaw{60}, 1};
  const KpiTable kpis = run(world, 33, 3);
  const Metric& attempts = *find_metric("attempts_per_caller", ScopeKind::kTotal);
  CHECK(kpis.estimate(attempts, {}, 0, 0.95).value == 2);
  CHECK(value(kpis, "fcr") == 0);
  const Metric& open = *find_metric("unresolved_in_the_end", ScopeKind::kTotal);
  CHECK(kpis.estimate(open, {}, 0, 0.95).value == 1);
  CHECK(value(kpis, "callbacks_made") > 0.3 * value(kpis, "attempts"));
}

TEST_CASE("Repeats that are called back take longer, too; the survey follows on the line") {
  World world = called_back();
  CallerType& type = world.caller_types[0];
  type.talk = ConstantLaw{100};
  type.resolution->repeat_talk_factor = 1.5;
  Survey& survey = type.survey.emplace();
  survey.resolved_respond = survey.open_respond = Probability{1};
  survey.length = ConstantLaw{25};
  Callback& callback = *world.queues[0].callback;
  callback.talk_factor = 0.5;
  for (const bool with_lines : {false, true}) {
    if (with_lines) {
      world.trunks.push_back(lines("out", 100));
      callback.trunks = TrunkGroupId{1};
    }
    const Blueprint plan = make_blueprint(world);
    Talks talks{plan};
    run_one(plan, talks);
    CHECK(talks.lengths[0][0] == std::set<SimDuration>{100s});
    CHECK(talks.lengths[0][1] == std::set<SimDuration>{150s});
    CHECK(talks.lengths[1][0] == std::set<SimDuration>{50s});
    CHECK(talks.lengths[1][1] == std::set<SimDuration>{75s});
    CHECK(talks.callbacks > 200);
    CHECK(talks.surveys == talks.calls);
    CHECK(talks.callback_surveys == talks.callbacks);
    if (!with_lines) continue;
    // The line of a callback is held for its talk of 50 s or 75 s, and for the survey.
    CHECK(talks.area[1] > 75s * talks.callbacks);
    CHECK(talks.area[1] < 100s * talks.callbacks);
  }
}

TEST_CASE("Callbacks earn as answered calls do, and their callers are no less satisfied") {
  World world = called_back();
  Satisfaction& model = world.satisfaction.emplace();
  model.unresolved = 0;
  model.per_earlier_contact = 0;
  model.per_minute_waited = -50;  // who is rung has not waited in a queue
  world.groups[0].wage_per_hour = 36;
  world.costs = Costs{0, 7, 2, 3};
  const KpiTable kpis = run(world, 34, 20);
  const double contacts = value(kpis, "answered") + value(kpis, "callbacks_made");
  CHECK(value(kpis, "revenue") ==
        Approx(contacts * (2 + 3 * value(kpis, "resolution_rate"))).epsilon(1e-12));
  CHECK(value(kpis, "cost_lost_callers") == 0);
  CHECK(value(kpis, "cost_per_answer") == Approx(value(kpis, "cost") / contacts).epsilon(1e-12));
  CHECK(value(kpis, "answered") == Approx(value(kpis, "offered") - value(kpis, "callbacks")));
  Ledger ledger{"satisfaction of who is called back"};
  ledger.add("csat_true", kpis.day("csat_true", {}, Ledger::kConfidence), logistic(model.base));
  ledger.judge();

  // Without a resolution every contact settles the matter, and is paid as such.
  world.caller_types[0].resolution.reset();
  const KpiTable settled = run(world, 34, 5);
  CHECK(value(settled, "revenue") ==
        Approx(5 * (value(settled, "answered") + value(settled, "callbacks_made"))).epsilon(1e-12));
}

TEST_CASE("The four measures of first-contact resolution see callbacks") {
  World world = called_back();
  CallerType& type = world.caller_types[0];
  Resolution& r = *type.resolution;
  r.returns = {Probability{0.8}, ExponentialLaw{7200}, 3};
  r.quality_check = QualityCheck{Probability{0.3}, Probability{0.15}, Probability{0.05}};
  r.agent_code = AgentCode{Probability{0.4}, Probability{0.03}};
  r.system_match = SystemMatch{3h, Probability{0.2}, Probability{0.06}};
  Survey& survey = type.survey.emplace();
  survey.resolved_respond = Probability{0.4};
  survey.open_respond = Probability{0.25};
  survey.open_say_yes = Probability{0.1};
  const KpiTable kpis = run(world, 35, 100);
  Ledger ledger{"measured FCR with callbacks"};
  const auto add = [&](const char* key, double exact) {
    ledger.add(key, kpis.day(key, {}, Ledger::kConfidence), exact);
  };
  add("fcr", 0.6);
  add("fcr_survey", measured_by_survey(0.6, survey));
  add("fcr_quality", measured_by_check(0.6, *r.quality_check));
  add("fcr_agent_code", measured_by_code(0.6, *r.agent_code));
  add("fcr_system", measured_by_match(0.6, *r.system_match, r.returns));
  ledger.judge();
}

// Callbacks whose callers come back after a while: (agents with callers, agents with callbacks,
// callers waiting, callbacks open, callers who will ring again). Each contact leaves the matter
// open and its caller comes back with chance 0.35. Callers to come back are cut off at 20, where
// the chain has less than 1e-9 of its time.
TEST_CASE("Callbacks with repeats against an exact chain") {
  constexpr int kAgents = 2, kRoom = 3, kOpen = 3, kAway = 20;
  constexpr double kLambda = 0.008, kMu = 1 / 150.0, kMuBack = 1 / 100.0, kTheta = 1 / 120.0,
                   kReturn = 1 / 600.0, kAccept = 0.6, kShare = 0.5 * 0.7;
  const SmallChain<5> chain([&](const std::array<int, 5>& s, auto&& visit) {
    const auto [live, back, waiting, open, away] = s;
    const auto arrive = [&](double rate, int still_away) {
      if (live + back < kAgents) {
        visit({live + 1, back, waiting, open, still_away}, rate);
        return;
      }
      const double accepts = open < kOpen ? kAccept : 0;
      if (accepts > 0) visit({live, back, waiting, open + 1, still_away}, rate * accepts);
      const int next = std::min(waiting + 1, kRoom);  // else refused, and not heard of again
      visit({live, back, next, open, still_away}, rate * (1 - accepts));
    };
    arrive(kLambda, away);
    if (away > 0) arrive(away * kReturn, away - 1);
    const auto freed = [&](int l, int b, double rate, int now_away) {
      if (waiting > 0)
        visit({l + 1, b, waiting - 1, open, now_away}, rate);
      else if (open > 0)
        visit({l, b + 1, waiting, open - 1, now_away}, rate);
      else
        visit({l, b, waiting, open, now_away}, rate);
    };
    const auto over = [&](int l, int b, double rate) {
      freed(l, b, rate * (1 - kShare), away);
      freed(l, b, rate * kShare, std::min(away + 1, kAway));
    };
    if (live > 0) over(live - 1, back, live * kMu);
    if (back > 0) over(live, back - 1, back * kMuBack);
    if (waiting > 0) visit({live, back, waiting - 1, open, away}, waiting * kTheta);
  });
  CHECK(chain.mean([](auto& s) { return s[4] == kAway ? 1.0 : 0.0; }) < 1e-9);

  OneQueue spec;
  spec.agents = kAgents;
  spec.lines = 50;
  spec.per_hour = kLambda * 3600;
  spec.talk = ExponentialLaw{1 / kMu};
  spec.patience = ExponentialLaw{1 / kTheta};
  spec.interval = spec.warm_up = 20h;
  spec.length = 120h;
  World world = one_queue(spec);
  world.queues[0].capacity = kRoom;
  Callback& callback = world.queues[0].callback.emplace();
  callback.accept = Probability{kAccept};
  callback.capacity = kOpen;
  callback.talk = ExponentialLaw{1 / kMuBack};
  Resolution& r = world.caller_types[0].resolution.emplace();
  r.first_contact = Probability{0.5};
  r.returns = {Probability{0.7}, ExponentialLaw{1 / kReturn}, 1000};
  const KpiTable kpis = run(world, 36, 60);

  const auto mean = [&](int i) {
    return chain.mean([i](auto& s) { return s[static_cast<std::size_t>(i)]; });
  };
  const auto rate_of = [](auto& s) { return kLambda + s[4] * kReturn; };
  const auto accepts = [](auto& s) { return s[3] < kOpen ? kAccept : 0.0; };
  const double attempts = kLambda + mean(4) * kReturn;
  const double callbacks =
      chain.mean([&](auto& s) { return s[0] + s[1] == kAgents ? rate_of(s) * accepts(s) : 0.0; });
  const double refused = chain.mean([&](auto& s) {
    return s[0] + s[1] == kAgents && s[2] == kRoom ? rate_of(s) * (1 - accepts(s)) : 0.0;
  });
  const double made = mean(1) * kMuBack, answered = mean(0) * kMu, gone = mean(2) * kTheta;
  Ledger ledger{"callbacks with repeats, exact chain"};
  const auto add = [&](const char* key, double exact, Scope scope = {}) {
    ledger.add(key, kpis.day(key, scope, Ledger::kConfidence), exact);
  };
  const double counted = 100 * 3600;
  add("attempts", attempts * counted);
  add("repeat_share", 1 - kLambda / attempts);
  add("loss_rate", refused / attempts);
  add("callbacks", callbacks * counted);
  add("callbacks_made", made * counted);
  add("answered", answered * counted);
  add("contacts", (answered + made) * counted);
  add("abandon_rate", gone / (answered + gone));
  add("mean_wait", mean(2) / (answered + gone));
  add("time_to_callback", mean(3) / callbacks);
  add("occupancy", (mean(0) + mean(1)) / kAgents, {ScopeKind::kGroup, 0});
  add("resolution_rate", 0.5);
  ledger.judge();
}

}  // namespace callmill::test
