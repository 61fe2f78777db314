// The curves by which covers place agents, corrected by the exact day.

#include <catch2/catch.hpp>
#include <functional>

#include "engine/planning/plan_round.h"
#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {

// Exact covers, so that costs compare: the curve's own, and the one corrected by the exact day.
TEST_CASE("Slopes of the exact day never make a cover that it holds dearer, and some cheaper") {
  int cheaper = 0, held = 0;
  for (const double scale : {0.7, 1.0, 1.4, 2.0}) {
    CAPTURE(scale);
    World world = plan_world();
    world.day.interval = 30min;
    for (double& calls : world.caller_types[0].volume.values) calls *= scale;
    const CoverOptions exact{0, 20};
    const std::function<void(const PlanRound&)> silent;  // outlives the rounds
    const auto first_cover = [&](bool correct) {
      PlanOptions options = plan_options();
      if (!correct) options.requirement.corrections = 0;
      planning::Rounds rounds{world, options, silent, nullptr};
      rounds.correct_goals(exact);
      const PlanResult plan = rounds.try_out(rounds.first(), "first plan", exact).plan;
      return plan.groups.at(0);
    };
    const GroupPlanResult before = first_cover(false), after = first_cover(true);
    const auto holds = [&world](const GroupPlanResult& g) {
      return holds_day_goals(world, g.requirement, g.cover.present);
    };
    REQUIRE(before.requirement.day_goals.at(0).exact);
    CHECK(holds(after));
    if (!holds(before)) continue;  // too little: no price to compare
    ++held;
    CHECK(after.cover.cost <= before.cover.cost + 1e-9);
    cheaper += after.cover.cost < before.cover.cost - 1e-9;
  }
  CHECK(held >= 2);
  CHECK(cheaper >= 1);
}

}  // namespace callmill::test
