#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/queueing/erlang.h"
#include "models/staffing/requirement.h"
#include "tests/models/staffing/worlds.h"

namespace callmill {
namespace {

World world_with(double loss) {
  World world = small_world();
  world.targets = {target("service_level", Sense::kAtLeast, 0.8),
                   target("loss_rate", Sense::kAtMost, loss)};
  return world;
}

LinesNeeded lines_of(const World& world) {
  const std::vector<LinesNeeded> all = lines_requirement(world, staff_requirement(world));
  REQUIRE(all.size() == 1);
  return all[0];
}

TEST_CASE("without menu and wrap, lines are those of M/M/n/K+M in the busiest interval") {
  World world = world_with(0.01);
  world.caller_types[0].wrap = ConstantLaw{0};
  const LinesNeeded got = lines_of(world);
  QueueInput in;
  in.arrival_rate = 240 / 3600.0;
  in.service_rate = 1.0 / 180;
  in.patience_rate = 1.0 / 120;
  in.agents = std::floor(staff_requirement(world)[0].intervals[2].agents);
  CHECK(got.busiest_interval == 2);
  CHECK(got.lines == lines_for(in, 0.01));
  in.lines = got.lines;
  CHECK(got.analytic_loss == Approx(solve_queue(in).p_block));
  CHECK(got.analytic_loss <= 0.01);
  in.lines = got.lines - 1;
  CHECK(solve_queue(in).p_block > 0.01);
}

TEST_CASE("a machine alone is Erlang B: whatever the law of its time") {
  World world = world_with(0.02);
  world.caller_types[0].enters.kind = Destination::Kind::kSelfService;
  world.caller_types[0].enters.self_service_time = LognormalLaw{90, 200};
  CHECK(lines_of(world).lines == lines_for_erlang_b(240 * 90 / 3600.0, 0.02));
}

TEST_CASE("tighter targets, menus and longer talk need no fewer lines") {
  const std::int64_t lines = lines_of(world_with(0.01)).lines;
  CHECK(lines_of(world_with(0.001)).lines > lines);

  World menu = world_with(0.01);
  Menu top;
  top.prompt = ConstantLaw{40};
  top.options = {{"1", Probability{1.0}, menu.caller_types[0].enters}};
  menu.menus = {top};
  menu.caller_types[0].enters.kind = Destination::Kind::kMenu;
  menu.caller_types[0].enters.menu = MenuId{0};
  CHECK(lines_of(menu).lines > lines);

  World talk = world_with(0.01);
  talk.caller_types[0].talk = ExponentialLaw{240};
  CHECK(lines_of(talk).lines > lines);

  // Wrap-up holds an agent, not a line: the lines hardly change.
  World wrap = world_with(0.01);
  wrap.caller_types[0].wrap = ConstantLaw{90};
  CHECK(std::abs(static_cast<double>(lines_of(wrap).lines - lines)) <= 3);
}

TEST_CASE("each trunk group is sized for its own calls and its own target") {
  World world = world_with(0.01);
  const std::int64_t alone = lines_of(world).lines;
  world.trunks.push_back({"other", std::nullopt, 0});
  CallerType second = world.caller_types[0];
  second.trunks = TrunkGroupId{1};
  second.volume.values = {0, 10, 0, 0};
  world.caller_types.push_back(second);
  Target own = target("loss_rate", Sense::kAtMost, 0.2);
  own.trunks = TrunkGroupId{1};
  world.targets.push_back(own);

  const std::vector<LinesNeeded> got = lines_requirement(world, staff_requirement(world));
  REQUIRE(got.size() == 2);
  CHECK(got[0].trunks == TrunkGroupId{0});
  CHECK(got[0].lines == alone);
  CHECK(got[1].trunks == TrunkGroupId{1});
  CHECK(got[1].busiest_interval == 1);
  CHECK(got[1].lines < alone);
  CHECK(got[1].analytic_loss <= 0.01);  // the centre's target is the tighter one

  world.targets = {own};
  CHECK(lines_requirement(world, staff_requirement(world))[1].analytic_loss <= 0.2);
  CHECK(lines_requirement(world, staff_requirement(world))[1].lines < got[1].lines);
}

TEST_CASE("trunks without calls need no lines; a loss of nothing cannot be had") {
  World world = world_with(0.01);
  for (double& calls : world.caller_types[0].volume.values) calls = 0;
  CHECK(lines_of(world).lines == 0);
  CHECK(lines_of(world_with(-1)).lines == -1);
}

}  // namespace
}  // namespace callmill
