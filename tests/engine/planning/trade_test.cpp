// Trading agents between hours, groups and lines: what it finds costs less and still holds.

#include "engine/planning/trade.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <vector>

#include "engine/planning/levers.h"
#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {
namespace {

// Two languages with agents of their own and, where `both`, agents who speak both at the same wage.
World two_languages(bool both) {
  World world = plan_world();
  world.name = "two languages";
  CallerType second = world.caller_types.front();
  second.name = "others";
  second.enters.queue = QueueId{std::size_t{1}};
  world.caller_types.push_back(second);
  AgentGroup group;
  group.name = "second";
  world.groups.push_back(group);
  Queue queue = queue_to("others", {1});
  if (both) {
    group.name = "both";
    world.groups.push_back(group);
    world.queues[0] = queue_to("service", {0, 2});
    queue = queue_to("others", {1, 2});
  }
  world.queues.push_back(queue);
  const std::vector<ShiftPattern> first = world.shifts;
  for (std::size_t g = 1; g < world.groups.size(); ++g)
    for (ShiftPattern shift : first) {
      shift.name += "-" + world.groups[g].name;
      shift.group = GroupId{g};
      world.shifts.push_back(shift);
    }
  return world;
}

TEST_CASE("a group that helps two queues is staffed, and the plan is cheaper and holds") {
  const PlanResult apart = plan_day(two_languages(false), plan_options());
  const PlanResult together = plan_day(two_languages(true), plan_options());
  REQUIRE(apart.status == PlanStatus::kMet);
  REQUIRE(together.status == PlanStatus::kMet);
  for (const PlanRound& r : together.rounds)
    UNSCOPED_INFO(r.what << " " << r.cost << " " << r.worst);
  CHECK(together.cost() < 0.97 * apart.cost());
  double helpers = 0;
  for (const double agents : together.groups[2].present) helpers += agents;
  CHECK(helpers > 0);
  REQUIRE(together.program_bound.has_value());
  CHECK(together.bound <= together.cost());
  CHECK(together.bound > 0.5 * together.cost());
  ReplicateOptions fresh;
  fresh.seed = 99;
  fresh.replications = 400;
  const KpiTable kpis = replicate(make_blueprint(together.planned), fresh).kpis;
  CHECK(kpis.day("service_level", {}, 0.95).value > 0.8);
}

TEST_CASE("ports with a rent are sized with the lines, and no fewer would do") {
  World world = plan_world();
  Menu menu;
  menu.name = "welcome";
  menu.prompt = ConstantLaw{20};
  Destination machine;
  machine.kind = Destination::Kind::kSelfService;
  machine.self_service_time = ExponentialLaw{60};
  menu.options = {{"1", Probability{0.5}, machine}, {"0", Probability{0.5}, to_queue(0)}};
  world.menus.push_back(menu);
  world.caller_types[0].enters.kind = Destination::Kind::kMenu;
  world.caller_types[0].enters.menu = MenuId{std::size_t{0}};
  world.ivr.rent_per_day = 2;
  const PlanResult plan = plan_day(world, plan_options());
  REQUIRE(plan.status == PlanStatus::kMet);
  REQUIRE(plan.day.ports.has_value());
  CHECK(*plan.day.ports < plan.day.lines[0].lines);
  CHECK(plan.planned.ivr.ports == plan.day.ports);
  CHECK(plan.rent == Approx(3.0 * static_cast<double>(plan.day.lines[0].lines) +
                            2.0 * static_cast<double>(*plan.day.ports)));
  CHECK(rent_of(world, plan.day) == Approx(plan.rent));
}

TEST_CASE("a target with a price is missed where that is cheaper") {
  World world = plan_world();
  const double hard = plan_day(world, plan_options()).cost();
  world.targets[0].price = 1000;  // a point: dearer than any agent
  const PlanResult dear = plan_day(world, plan_options());
  CHECK(dear.status == PlanStatus::kMet);
  CHECK(dear.penalties < 200);
  world.targets[0].price = 2;
  const PlanResult cheap = plan_day(world, plan_options());
  CHECK(cheap.status == PlanStatus::kMet);  // nothing that must be met is missed
  CHECK(cheap.penalties > 0);
  CHECK(cheap.cost() < 0.97 * hard);
  CHECK(cheap.penalties == Approx(penalties_of(cheap.targets)));
  CHECK(cheap.cost() == Approx(cheap.wages + cheap.rent + cheap.penalties));
}

TEST_CASE("what one more is worth has the right sign, and is most where agents lack") {
  World world = plan_world();
  world.caller_types[0].volume = Profile{1h, {20, 20, 20, 20, 80, 20, 20, 20}};
  const PlanOptions options = plan_options();
  planning::Rounds rounds{world, options, {}, nullptr};
  planning::Candidate flat = rounds.first();
  for (std::size_t i = 0; i < flat.factor[0].size(); ++i)  // hardly enough at the peak
    flat.factor[0][i] = i == 4 ? 0.7 : 1.2;
  const planning::Outcome at = rounds.try_out(flat, "by hand", {});
  REQUIRE(!at.plan.groups[0].cover.choices.empty());
  const auto worths = planning::worths_at(at, rounds);
  REQUIRE(worths.size() == 2);
  const std::vector<double>& level = worths[0].agents[0];
  for (std::size_t i = 0; i < level.size(); ++i) CHECK(level[i] >= 0);
  CHECK(std::distance(level.begin(), std::max_element(level.begin(), level.end())) == 4);
  CHECK(worths[1].lines[0] < 0);  // a line more loses fewer
}

}  // namespace
}  // namespace callmill::test
