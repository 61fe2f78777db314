// The plain chances of a scenario, against what was said in it.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/stats/tally.h"
#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/study/ledger.h"

namespace callmill::test {

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
