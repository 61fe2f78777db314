// Resolution, returns and the survey, by exact small cases; satisfaction and money.

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "engine/kpi/kpi_table.h"
#include "engine/study/replicate.h"
#include "models/value/satisfaction.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/ledger.h"
#include "tests/engine/study/run.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Plenty of agents: everyone is answered at once.
World plenty() {
  OneQueue spec;
  spec.agents = 100;
  spec.lines = 400;
  spec.per_hour = 300;
  spec.length = 20h;
  spec.talk = ConstantLaw{100};
  World world = one_queue(spec);
  world.caller_types[0].resolution.emplace();
  return world;
}

struct Talks : Observer {
  void answered(const Call& call, std::uint32_t, SimDuration, SimDuration talk) {
    CHECK(has(call, Mark::kRepeat) == (call.attempt > 0));
    (call.attempt == 0 ? first : repeat)[talk] += 1;
  }
  std::map<SimDuration, int> first, repeat;
};

struct Lines : Observer {
  void line_seized(std::uint32_t, std::uint32_t, SimTime t) { area -= t.time_since_epoch(); }
  void line_released(std::uint32_t, SimTime t) { area += t.time_since_epoch(); }
  void answered(const Call&, std::uint32_t, SimDuration, SimDuration) { ++answers; }
  void survey_ended(const Call&) { ++surveys; }
  SimDuration area{};
  std::int64_t answers = 0, surveys = 0;
};

template <class O>
void run_one(const World& world, O& observer) {
  const Blueprint plan = make_blueprint(world);
  Centre c = open_centre(plan, 4, 0);
  Watched<O> flow{plan, c, observer};
  flow.run_out();
  CHECK(broken_laws(plan, c).empty());
}

}  // namespace

TEST_CASE("Nobody is resolved: each caller returns to the limit") {
  World world = plenty();
  world.caller_types[0].resolution->first_contact = Probability{0};
  world.caller_types[0].resolution->returns = {Probability{1}, ConstantLaw{60}, 2};
  const KpiTable kpis = run(world, 1, 5);
  CHECK(kpis.day("fcr", {}, 0.95).value == 0);
  // Three contacts each, but for those whose next call lies beyond the end of the run.
  const Metric& attempts = *find_metric("attempts_per_caller", ScopeKind::kTotal);
  CHECK(kpis.estimate(attempts, {}, 0, 0.95).value == 3);
  const double other_day = kpis.day("another_day", {}, 0.95).value;
  CHECK(other_day < 0.02);
  CHECK(kpis.day("unresolved_in_the_end", {}, 0.95).value == Approx(1 - other_day).epsilon(1e-12));
  CHECK(kpis.day("served_in_the_end", {}, 0.95).value == 1);
}

TEST_CASE("The volume shrinks as resolution grows: geometric series") {
  Ledger ledger{"attempts per caller"};
  std::uint64_t seed = 11;
  for (const double fcr : {0.5, 0.7, 0.9}) {
    World world = plenty();
    Resolution& r = *world.caller_types[0].resolution;
    r.first_contact = Probability{fcr};
    r.repeat = Probability{0.6};
    r.returns = {Probability{0.75}, ExponentialLaw{300}, 1000};
    const KpiTable kpis = run(world, seed++, 40);
    const Metric& attempts = *find_metric("attempts_per_caller", ScopeKind::kTotal);
    const double exact = 1 + (1 - fcr) * 0.75 / (1 - 0.4 * 0.75);
    for (const std::uint32_t hour : {0u, 5u, 10u})
      ledger.add("resolution " + std::to_string(fcr),
                 kpis.estimate(attempts, {}, hour, Ledger::kConfidence), exact);
    ledger.add("resolution rate", kpis.day("fcr", {}, Ledger::kConfidence), fcr);
  }
  ledger.judge();
}

TEST_CASE("Repeats are marked and take longer; groups resolve as they are able") {
  World world = plenty();
  Resolution& r = *world.caller_types[0].resolution;
  r.first_contact = Probability{0.8};
  r.repeat_talk_factor = 1.5;
  r.returns = {Probability{1}, ConstantLaw{60}, 1};
  Talks talks;
  run_one(world, talks);
  REQUIRE(talks.first.size() == 1);
  REQUIRE(talks.repeat.size() == 1);
  CHECK(talks.first.begin()->first == 100s);
  CHECK(talks.repeat.begin()->first == 150s);

  world.groups[0].resolution_factor = 0.5;
  Ledger ledger{"resolution factor"};
  ledger.add("half", run(world, 3, 30).day("fcr", {}, Ledger::kConfidence), 0.4);
  ledger.judge();
  world.groups[0].resolution_factor = 2;
  CHECK(run(world, 3, 3).day("fcr", {}, 0.95).value == 1);
}

TEST_CASE("The survey holds the line, not the agent") {
  World world = plenty();
  world.caller_types[0].survey.emplace();
  Survey& survey = *world.caller_types[0].survey;
  survey.resolved_respond = survey.open_respond = Probability{1};
  survey.length = ConstantLaw{25};
  Lines lines;
  run_one(world, lines);
  CHECK(lines.surveys == lines.answers);
  CHECK(lines.area == 125s * lines.answers);
  const KpiTable kpis = run(world, 4, 2);
  CHECK(kpis.day("talk", {}, 0.95).value == Approx(100).epsilon(1e-12));
  CHECK(kpis.day("survey_response", {}, 0.95).value == 1);
  survey.offered = Probability{0};
  Lines none;
  run_one(world, none);
  CHECK(none.surveys == 0);
  CHECK(none.area == 100s * none.answers);
}

TEST_CASE("A machine that does not settle the matter sends the caller back") {
  World world = plenty();
  Menu menu;
  menu.name = "menu";
  menu.prompt = ConstantLaw{5};
  menu.options = {{"1", Probability{1}, to_self_service(ConstantLaw{30})}};
  world.menus.push_back(menu);
  CallerType& type = world.caller_types[0];
  type.enters = to_menu(0);
  type.resolution->self_service = Probability{0};
  type.resolution->returns = {Probability{1}, ConstantLaw{60}, 1};
  const KpiTable kpis = run(world, 5, 3);
  CHECK(kpis.day("self_service_resolution", {}, 0.95).value == 0);
  const Metric& attempts = *find_metric("attempts_per_caller", ScopeKind::kTotal);
  CHECK(kpis.estimate(attempts, {}, 0, 0.95).value == 2);
}

TEST_CASE("Satisfaction is the stated function") {
  CHECK(logistic(0) == 0.5);
  CHECK(logistic(1000) == 1);
  CHECK(logistic(-1000) == 0);
  for (const double u : {1e-9, 0.2, 0.5, 0.99})
    CHECK(logistic(logit(u)) == Approx(u).epsilon(1e-12));
  const Satisfaction model{2, -0.25, -2, -0.4, -0.6, 1.5, -0.5};
  CHECK(satisfaction_score(model, {4, false, 2, 1}) ==
        Approx(2 - 1 - 2 - 0.8 - 0.6).epsilon(1e-14));

  // Near a threshold or far from it, a verdict is what the logarithm says.
  bool same = true;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const double u = to_uniform(mix64(i)), score = 8 * to_uniform(mix64(i + kGolden)) - 4;
    const double felt = score + logit(u);
    const Verdict v = verdict(model, score, u);
    same = same && v.satisfied == (felt > 0) && v.promoter == (felt > model.promoter) &&
           v.detractor == (felt < model.detractor);
  }
  CHECK(same);

  // No wait, all settled: the shares are those of the score `base`.
  World world = plenty();
  world.satisfaction = model;
  world.caller_types[0].survey.emplace();
  const KpiTable kpis = run(world, 6, 40);
  Ledger ledger{"satisfaction"};
  const double nps = 100 * (logistic(2 - 1.5) - logistic(-0.5 - 2));
  ledger.add("csat", kpis.day("csat", {}, Ledger::kConfidence), logistic(2));
  ledger.add("csat_true", kpis.day("csat_true", {}, Ledger::kConfidence), logistic(2));
  ledger.add("nps", kpis.day("nps", {}, Ledger::kConfidence), nps);
  ledger.add("nps_true", kpis.day("nps_true", {}, Ledger::kConfidence), nps);
  // Nothing settled: another score. Who answers the survey depends on it, so it shows a bias.
  Resolution& r = *world.caller_types[0].resolution;
  r.first_contact = Probability{0.6};
  Survey& survey = *world.caller_types[0].survey;
  survey.resolved_respond = Probability{0.5};
  survey.open_respond = Probability{0.1};
  const KpiTable half = run(world, 7, 40);
  const double good = logistic(2), bad = logistic(0);
  ledger.add("csat_true, 60% settled", half.day("csat_true", {}, Ledger::kConfidence),
             0.6 * good + 0.4 * bad);
  ledger.add("csat, 60% settled", half.day("csat", {}, Ledger::kConfidence),
             (0.3 * good + 0.04 * bad) / 0.34);
  ledger.judge();
}

// Each question has its own answers: 0.8 offered, 0.5 of the settled and 0.25 of the others take
// part, and of these 0.9 say whether it is settled, 0.6 whether they are satisfied, 0.4 whether
// they would recommend. Who answers one does not tell who answers another, so what they say is
// unbiased by it.
TEST_CASE("The questions of the survey have each their response") {
  World world = plenty();
  world.satisfaction.emplace();
  CallerType& type = world.caller_types[0];
  type.resolution->first_contact = Probability{0.6};
  Survey& survey = type.survey.emplace();
  survey.offered = Probability{0.8};
  survey.resolved_respond = Probability{0.5};
  survey.open_respond = Probability{0.25};
  survey.answers = {Probability{0.9}, Probability{0.6}, Probability{0.4}};
  const KpiTable kpis = run(world, 9, 40);
  Ledger ledger{"questions of the survey"};
  const auto add = [&](const char* key, double exact) {
    ledger.add(key, kpis.day(key, {}, Ledger::kConfidence), exact);
  };
  const double takes = 0.6 * 0.5 + 0.4 * 0.25, settled = 0.3 / takes;
  add("survey_response", takes);
  add("survey_response_fcr", takes * 0.9);
  add("survey_response_csat", takes * 0.6);
  add("survey_response_nps", takes * 0.4);
  add("fcr_survey", settled);
  const double good = world.satisfaction->base, bad = good + world.satisfaction->unresolved;
  const double up = world.satisfaction->promoter, down = world.satisfaction->detractor;
  const auto score = [&](double z) { return 100 * (logistic(z - up) - logistic(down - z)); };
  add("csat", settled * logistic(good) + (1 - settled) * logistic(bad));
  add("nps", settled * score(good) + (1 - settled) * score(bad));
  ledger.judge();

  // A question that is not asked has no answers; the others keep theirs, caller by caller.
  const double csat = kpis.day("csat", {}, 0.95).value, nps = kpis.day("nps", {}, 0.95).value;
  survey.answers.nps = Probability{0};
  const KpiTable without = run(world, 9, 40);
  CHECK(without.day("survey_response_nps", {}, 0.95).value == 0);
  CHECK(std::isnan(without.day("nps", {}, 0.95).value));
  CHECK(without.day("csat", {}, 0.95).value == csat);
  survey.answers.nps = Probability{0.4};
  survey.answers.csat = Probability{0};
  CHECK(run(world, 9, 40).day("nps", {}, 0.95).value == nps);
}

TEST_CASE("A caller who is lost costs the same, however and whether or not stories are kept") {
  OneQueue spec;
  spec.agents = 2;
  spec.lines = 6;
  spec.per_hour = 120;
  spec.length = 4h;
  spec.patience = ExponentialLaw{120};
  World world = one_queue(spec);
  world.day.at_close = AtClose::kClear;
  world.trunks[0].network_loss = Probability{0.2};
  world.trunks[0].outages.push_back({2h, 3h, 6, {}, true});
  Callback& callback = world.queues[0].callback.emplace();
  callback.when_expected_wait = 60s;
  callback.accept = Probability{0.5};
  callback.answered = Probability{0.3};
  callback.ring = ConstantLaw{20};
  world.costs = Costs{0, 7, 0, 0};
  const KpiTable plain = run(world, 12, 20);
  CHECK(plain.day("callbacks_failed", {}, 0.95).value > 0);
  CHECK(plain.day("disconnected", {}, 0.95).value > 0);
  CHECK(plain.day("cut", {}, 0.95).value > 0);
  // Nobody calls again, but who would is asked for.
  world.caller_types[0].redial.after_block.share = Probability{1e-12};
  const KpiTable stories = run(world, 12, 20);
  CHECK(plain.day("cost_lost_callers", {}, 0.95).value ==
        Approx(stories.day("cost_lost_callers", {}, 0.95).value).epsilon(1e-12));
}

TEST_CASE("Money by component, by hand") {
  // No agent comes: 3 of 3 lines fill with callers of an hour's patience, the rest are blocked.
  OneQueue spec;
  spec.agents = 0;
  spec.lines = 3;
  spec.per_hour = 120;
  spec.length = 4h;
  World world = one_queue(spec);
  world.groups[0].wage_per_hour = 36;
  world.trunks[0].rent_per_day = 2;
  world.costs = Costs{0.6, 5, 1, 2};
  KpiTable kpis = run(world, 8, 4);
  const auto value = [&](const char* key) { return kpis.day(key, {}, 0.95).value; };
  CHECK(value("cost_wages") == 0);
  CHECK(value("cost_lines") == Approx(6).epsilon(1e-12));
  CHECK(value("cost_lost_callers") == Approx(5 * value("blocked")).epsilon(1e-12));
  CHECK(value("cost_call_minutes") ==
        Approx(0.6 * 60 * 4 * 3 * value("trunk_occupancy")).epsilon(1e-9));
  CHECK(value("revenue") == 0);

  spec.agents = 100;
  spec.lines = 400;
  world = one_queue(spec);
  world.groups[0].wage_per_hour = 36;
  world.costs = Costs{0, 0, 1, 2};
  world.caller_types[0].resolution.emplace();
  kpis = run(world, 8, 4);
  CHECK(value("cost_wages") == Approx(36 * 100 * 4).epsilon(1e-12));
  CHECK(value("revenue") == Approx(3 * value("answered")).epsilon(1e-12));
  CHECK(value("margin") == Approx(value("revenue") - value("cost")).epsilon(1e-9));
  CHECK(value("cost_per_answer") == Approx(value("cost") / value("answered")).epsilon(1e-12));
}

}  // namespace callmill::test
