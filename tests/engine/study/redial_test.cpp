// Callers who ring again, against the exact chain of calls and orbit; and the plain chances of a
// scenario, against what was said in it.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/stats/tally.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/golden.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {
namespace {

constexpr std::int64_t kReplications = 40;
constexpr double kCalls = 250'000;  // fresh ones, in all replications together

World orbit_world(const GoldenRow& row) {
  const double unit = number(row, "mu") >= 0.1 ? 100 : 1;  // of golden's time, in seconds
  OneQueue spec;
  spec.agents = number(row, "n");
  spec.lines = static_cast<std::int64_t>(number(row, "K"));
  spec.per_hour = number(row, "lam") / unit * 3600;
  spec.talk = ExponentialLaw{unit / number(row, "mu")};
  if (number(row, "theta") > 0) spec.patience = ExponentialLaw{unit / number(row, "theta")};
  spec.within = from_seconds(number(row, "t") * unit);
  const double delay_s = unit / number(row, "gamma");
  const double counted_s = kCalls / static_cast<double>(kReplications) / spec.per_hour * 3600;
  spec.interval =
      from_seconds(std::ceil(std::max(counted_s / 5, 50 * (delay_s + mean(spec.talk)))));
  spec.warm_up = spec.interval;
  spec.length = spec.interval *
                (1 + static_cast<std::int64_t>(std::ceil(counted_s / to_seconds(spec.interval))));
  World world = one_queue(spec);
  Redial& redial = world.caller_types[0].redial;
  redial.after_block = Probability{number(row, "p_retry_block")};
  redial.after_abandon = Probability{number(row, "p_retry_ab")};
  redial.delay = ExponentialLaw{delay_s};
  redial.max_attempts = 10'000;
  return world;
}

}  // namespace

TEST_CASE("Redials against the exact chain of calls and orbit") {
  Ledger ledger{"retrial"};
  std::uint64_t seed = 1101;
  for (const GoldenRow& row : golden("retrial.csv")) {
    ReplicateOptions options;
    options.seed = seed++;
    options.replications = kReplications;
    const KpiTable kpis = replicate(make_blueprint(orbit_world(row)), options).kpis;
    const auto add = [&](const char* key, double exact) {
      if (std::min(exact, 1 - exact) * kCalls >= 300)
        ledger.add(row.at("id") + " " + key, kpis.day(key, {}, Ledger::kConfidence), exact);
    };
    const double accepted = 1 - number(row, "p_block_att");
    add("loss_rate", number(row, "p_block_att"));
    add("overall_answer_rate", number(row, "p_served_att"));
    add("repeat_share", 1 - 1 / number(row, "attempts_per_fresh"));
    add("service_level", number(row, "SL_offered_att") / accepted);
    add("occupancy", number(row, "occ"));
    if (number(row, "p_wait_att") * kCalls >= 300) {
      const double unit = number(row, "mu") >= 0.1 ? 100 : 1;
      ledger.add(row.at("id") + " asa", kpis.day("asa", {}, Ledger::kConfidence),
                 number(row, "EW_served_att") * unit);
    }
  }
  ledger.judge();
}

TEST_CASE("A caller gives up after the last attempt") {
  OneQueue spec;
  spec.agents = 0;
  spec.lines = 1;  // the first caller holds it for ever, all others are blocked
  spec.length = 50h;
  World world = one_queue(spec);
  Redial& redial = world.caller_types[0].redial;
  redial.after_block = Probability{1};
  redial.delay = ConstantLaw{60};
  redial.max_attempts = 3;
  ReplicateOptions options;
  options.replications = 10;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  const double attempts = kpis.day("attempts", {}, 0.95).value;
  const double redials = kpis.day("repeat_share", {}, 0.95).value * attempts;
  // Two for each fresh caller but the first, less those cut off by the end of the day.
  const double fresh = attempts - redials;
  CHECK(redials <= 2 * (fresh - 1));
  CHECK(redials >= 2 * (fresh - 1) - 12);
}

// N of a day is Poisson given the day's factor: mean m, variance m + (cv m)^2.
TEST_CASE("Days differ as much as the scenario says") {
  OneQueue spec;
  spec.agents = 1;
  spec.lines = 1;
  spec.per_hour = 200;
  spec.length = spec.interval = 2h;
  World world = one_queue(spec);
  for (const double cv : {0.0, 0.1, 0.3}) {
    world.busyness_cv = cv;
    const Blueprint plan = make_blueprint(world);
    Recorder recorder{plan};
    Tally days;
    constexpr std::uint64_t kDays = 3000;
    for (std::uint64_t day = 0; day < kDays; ++day) {
      run_day(plan, 5, day, recorder);
      days.add(static_cast<double>(recorder.calls(0, 1, 0)[at(CallCount::kAttempts)]));
    }
    const double variance = 400 + cv * cv * 400 * 400;
    INFO("cv " << cv << ": mean " << days.mean() << ", variance " << days.variance());
    CHECK(std::abs(days.mean() - 400) < 4 * std::sqrt(variance / kDays));
    // Standard error of a sample variance: about sqrt(2 / n), somewhat more for a gamma factor.
    CHECK(days.variance() == Approx(variance).epsilon(4 * 1.3 * std::sqrt(2.0 / kDays)));
  }
}

TEST_CASE(
    "Shares of a menu, chance of being reached and factor on talk are those of the scenario") {
  OneQueue spec;
  spec.agents = 30;
  spec.lines = 500;
  spec.per_hour = 400;
  spec.length = 60h;
  spec.talk = GammaLaw{100, 2};
  World world = one_queue(spec);
  Menu menu;
  menu.name = "menu";
  menu.prompt = ExponentialLaw{10};
  menu.hang_up = Probability{0.1};
  menu.options = {{"1", Probability{0.25}, to_queue(0)},
                  {"2", Probability{0.35}, to_self_service(ExponentialLaw{30})},
                  {"3", Probability{0.4}, to_queue(0)}};
  world.menus.push_back(menu);
  world.caller_types[0].enters = to_menu(0);
  world.caller_types[0].talk_factor = Profile{20h, {0.5, 1.0, 2.0}};
  world.groups[0].kind = GroupKind::kFlex;
  world.groups[0].dialling = Dialling{ExponentialLaw{60}, Probability{0.3}, ConstantLaw{20}};
  ReplicateOptions options;
  options.replications = 20;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  Ledger ledger{"plain chances"};
  const auto add = [&](const char* key, double exact) {
    ledger.add(key, kpis.day(key, {}, Ledger::kConfidence), exact);
  };
  add("containment", 0.9 * 0.35);
  add("overall_answer_rate", 0.9);  // everyone who asks for an agent is answered
  add("reach_rate", 0.3);
  for (const std::uint32_t hour : {3u, 23u, 43u}) {
    const double factor = hour < 20 ? 0.5 : hour < 40 ? 1.0 : 2.0;
    ledger.add(
        "talk in hour " + std::to_string(hour),
        kpis.estimate(*find_metric("talk", ScopeKind::kTotal), {}, hour, Ledger::kConfidence),
        100 * factor);
  }
  ledger.judge();
}

}  // namespace callmill::test
