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
