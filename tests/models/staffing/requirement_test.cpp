#include "models/staffing/requirement.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "models/queueing/erlang.h"
#include "models/world/menu_flow.h"
#include "tests/models/staffing/worlds.h"

namespace callmill {
namespace {

using namespace std::chrono_literals;

std::vector<RequirementInterval> intervals(const World& world) {
  const std::vector<Requirement> all = staff_requirement(world);
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].group == GroupId{0});
  REQUIRE(all[0].intervals.size() == world.intervals());
  return all[0].intervals;
}

TEST_CASE("a simple world needs what Erlang A says, interval by interval") {
  struct Case {
    const char* metric;
    Sense sense;
    double value;
    Measure measure;
    const char* binding;
  };
  const Case cases[] = {
      {"service_level", Sense::kAtLeast, 0.8, Measure::kServiceLevelAccepted,
       "service_level >= 80% in 20s"},
      {"answer_rate", Sense::kAtLeast, 0.95, Measure::kServed, "answer_rate >= 95%"},
      {"abandon_rate", Sense::kAtMost, 0.03, Measure::kAbandon, "abandon_rate <= 3%"},
      {"asa", Sense::kAtMost, 15, Measure::kMeanWaitServed, "asa <= 15s"},
      {"occupancy", Sense::kAtMost, 0.75, Measure::kOccupancy, "occupancy <= 75%"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.metric);
    World world = small_world();
    world.targets = {target(c.metric, c.sense, c.value)};
    const std::vector<RequirementInterval> got = intervals(world);
    const double per_hour[] = {120, 180, 240};
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(got[i].offered_per_hour == Approx(per_hour[i]));
      CHECK(got[i].aht_s == Approx(210));
      CHECK(got[i].patience_s == Approx(120));
      CHECK(got[i].load_erlang == Approx(per_hour[i] * 210 / 3600));
      CHECK(got[i].binding == c.binding);
      QueueInput in;
      in.arrival_rate = per_hour[i] / 3600;
      in.service_rate = 1.0 / 210;
      in.patience_rate = 1.0 / 120;
      in.within = 20;
      const Goal goal{c.measure, c.sense == Sense::kAtLeast, c.value};
      CHECK(std::ceil(got[i].agents) == static_cast<double>(agents_for(in, goal)));
      in.agents = got[i].agents;
      CHECK(value_of(c.measure, solve_queue(in)) == Approx(c.value).epsilon(1e-8));
      CHECK(got[i].answer_rate == Approx(solve_queue(in).p_served));
      CHECK(got[i].service_level == Approx(solve_queue(in).sl_accepted));
      CHECK(got[i].occupancy == Approx(solve_queue(in).occupancy));
    }
    CHECK(got[3].offered_per_hour == 0);
    CHECK(got[3].agents == 0);
    CHECK(got[3].answer_rate == 1);
  }
}

TEST_CASE("the largest of several targets decides, and says so") {
  World world = small_world();
  world.targets = {target("answer_rate", Sense::kAtLeast, 0.5),
                   target("service_level", Sense::kAtLeast, 0.9),
                   target("occupancy", Sense::kAtMost, 0.99)};
  const RequirementInterval got = intervals(world)[0];
  CHECK(got.binding == "service_level >= 90% in 20s");
  CHECK(got.service_level == Approx(0.9));
  CHECK(got.answer_rate >= 0.5);
}

TEST_CASE("without a target the agents carry the load") {
  World world = small_world();
  CHECK(intervals(world)[0].agents == Approx(7));
  CHECK(intervals(world)[0].binding == "the load");
  world.targets = {target("occupancy", Sense::kAtLeast, 0.8),
                   target("loss_rate", Sense::kAtMost, 0.01)};
  CHECK(intervals(world)[0].binding == "the load");
}

TEST_CASE("a target out of reach is named and the others hold") {
  World world = small_world();
  world.targets = {target("answer_rate", Sense::kAtLeast, 0.9),
                   target("occupancy", Sense::kAtMost, -0.1)};
  const RequirementInterval got = intervals(world)[0];
  CHECK(got.binding == "answer_rate >= 90%; no number of agents meets occupancy <= -10%");
  CHECK(got.answer_rate == Approx(0.9));
}

TEST_CASE("callers who wait for ever are Erlang C") {
  World world = small_world();
  world.caller_types[0].patience.reset();
  world.targets = {target("service_level", Sense::kAtLeast, 0.8)};
  const RequirementInterval got = intervals(world)[1];
  CHECK(std::isinf(got.patience_s));
  CHECK(got.agents > got.load_erlang);
  QueueInput in;
  in.arrival_rate = 180 / 3600.0;
  in.service_rate = 1.0 / 210;
  in.within = 20;
  CHECK(std::ceil(got.agents) ==
        static_cast<double>(agents_for(in, {Measure::kServiceLevel, true, 0.8})));
}

TEST_CASE("a target of a queue holds for its pool with the queue's own limit of time") {
  World world = small_world();
  world.groups.push_back(world.groups[0]);
  world.groups[1].name = "others";
  world.queues.push_back(world.queues[0]);
  world.queues[1].name = "fast";
  world.queues[1].answer_within = 5s;
  world.queues.push_back(world.queues[0]);
  world.queues[2].name = "elsewhere";
  world.queues[2].route = {{GroupId{1}, 0s}, {GroupId{0}, 30s}};
  Target of_queue = target("service_level", Sense::kAtLeast, 0.8);
  of_queue.queue = QueueId{0};
  world.targets = {of_queue};
  CHECK(intervals(world)[0].binding == "service_level >= 80% in 20s for 'calls'");
  // A queue that only overflows into the group does not count as its own.
  world.targets[0].queue = QueueId{2};
  CHECK(intervals(world)[0].binding == "the load");
  // A target of the centre is held with the shortest limit of the pool's queues.
  world.targets[0].queue.reset();
  CHECK(intervals(world)[0].binding == "service_level >= 80% in 5s");
}

TEST_CASE("menus send shares of the calls, and their time is a mean over all calls") {
  World world = small_world();
  world.queues.push_back(world.queues[0]);
  Menu top, sub;
  top.prompt = ConstantLaw{20};
  top.hang_up = Probability{0.1};
  Destination to_queue0, to_queue1, to_sub, to_self, to_end;
  to_queue0.kind = to_queue1.kind = Destination::Kind::kQueue;
  to_queue0.queue = QueueId{0};
  to_queue1.queue = QueueId{1};
  to_sub.kind = Destination::Kind::kMenu;
  to_sub.menu = MenuId{1};
  to_self.kind = Destination::Kind::kSelfService;
  to_self.self_service_time = ExponentialLaw{60};
  to_end.kind = Destination::Kind::kHangUp;
  top.options = {{"0", Probability{0.5}, to_queue0}, {"1", Probability{0.5}, to_sub}};
  sub.prompt = UniformLaw{10, 30};
  sub.options = {{"1", Probability{0.4}, to_self},
                 {"2", Probability{0.4}, to_queue1},
                 {"3", Probability{0.2}, to_end}};
  world.menus = {top, sub};
  world.caller_types[0].enters = to_sub;
  world.caller_types[0].enters.menu = MenuId{0};

  const MenuOutcome got = menu_outcome(world, world.caller_types[0]);
  CHECK(got.to_queue[0] == Approx(0.45));
  CHECK(got.to_queue[1] == Approx(0.18));
  CHECK(got.self_served == Approx(0.18));
  CHECK(got.hung_up == Approx(0.1 + 0.09));
  CHECK(got.mean_menu_s == Approx(20 + 0.45 * 20 + 0.18 * 60));
  CHECK(got.to_queue[0] + got.to_queue[1] + got.self_served + got.hung_up == Approx(1));

  world.targets = {target("answer_rate", Sense::kAtLeast, 0.9)};
  CHECK(intervals(world)[0].offered_per_hour == Approx(120 * 0.63));
}

TEST_CASE("types add up, their means weighted by calls") {
  World world = small_world();
  CallerType second = world.caller_types[0];
  second.volume.values = {20, 30, 40, 10};
  second.talk = ExponentialLaw{330};
  second.patience.reset();
  second.talk_factor = Profile{1h, {2.0, 1.0}};
  world.caller_types.push_back(second);
  const RequirementInterval got = intervals(world)[0];
  CHECK(got.offered_per_hour == Approx(160));
  CHECK(got.aht_s == Approx((120 * 210 + 40 * 690) / 160.0));
  CHECK(got.patience_s == Approx(120 * 160 / 120.0));
  CHECK(intervals(world)[2].aht_s == Approx((240 * 210 + 80 * 360) / 320.0));
}

TEST_CASE("volumes of any step are averaged over the planning interval") {
  World world = small_world();
  world.caller_types[0].volume = {20min, {40, 10, 30, 20, 0, 60}};
  const std::vector<RequirementInterval> got = intervals(world);
  CHECK(got[0].offered_per_hour == Approx(2 * (40 + 5)));
  CHECK(got[1].offered_per_hour == Approx(2 * (5 + 30)));
  CHECK(got[2].offered_per_hour == Approx(2 * (20 + 0)));
  CHECK(got[3].offered_per_hour == Approx(2 * (0 + 60)));
}

TEST_CASE("redials raise the load to a fixed point") {
  World world = small_world();
  world.targets = {target("abandon_rate", Sense::kAtMost, 0.1)};
  CHECK(intervals(world)[0].offered_per_hour == Approx(120));
  world.caller_types[0].redial.after_abandon = {Probability{0.5}, ExponentialLaw{300}, 1};
  CHECK(intervals(world)[0].offered_per_hour == Approx(120 * 1.05));
  world.caller_types[0].redial.after_abandon.limit = 1000;
  CHECK(intervals(world)[0].offered_per_hour == Approx(120 / 0.95));
  // Without a target the load itself answers the abandonment: the same equation, looser.
  world.targets.clear();
  const RequirementInterval loose = intervals(world)[0];
  CHECK(loose.offered_per_hour == Approx(120 / (1 - 0.5 * (1 - loose.answer_rate))).epsilon(1e-4));
  CHECK(loose.offered_per_hour > 120 / 0.95);
}

TEST_CASE("what the network loses does not reach the agents; who calls again does") {
  World world = small_world();
  world.trunks[0].network_loss = Probability{0.1};
  CHECK(intervals(world)[0].offered_per_hour == Approx(120 * 0.9));
  world.caller_types[0].redial.after_block = {Probability{1}, ExponentialLaw{60}, 1};
  CHECK(intervals(world)[0].offered_per_hour == Approx(120 * 0.9 * 1.1));
  world.caller_types[0].redial.after_block.limit = 1000;  // everybody gets through in the end
  CHECK(intervals(world)[0].offered_per_hour == Approx(120));
}

TEST_CASE("repeats raise the load, and take longer") {
  World world = small_world();
  CallerType& type = world.caller_types[0];
  type.patience.reset();  // everybody is answered
  world.targets = {target("asa", Sense::kAtMost, 15)};
  type.resolution = Resolution{};
  type.resolution->first_contact = Probability{0.8};
  type.resolution->repeat = Probability{0.5};
  type.resolution->repeat_talk_factor = 1.4;
  type.resolution->returns = {Probability{1}, ConstantLaw{1}, 3};
  const double repeats = 0.2 * (1 + 0.5 + 0.25);
  RequirementInterval got = intervals(world)[0];
  CHECK(got.offered_per_hour == Approx(120 * (1 + repeats)));
  CHECK(got.aht_s == Approx(180 * (1 + 1.4 * repeats) / (1 + repeats) + 30));
  // The group settles more: 0.8 x 1.1, and 0.5 x 1.1.
  world.groups[0].resolution_factor = 1.1;
  CHECK(intervals(world)[0].offered_per_hour ==
        Approx(120 * (1 + 0.12 * (1 + 0.45 + 0.45 * 0.45))));
  // Who comes back after closing is no load of this day: of a delay of 90 minutes, only callers of
  // the first half-hour do.
  world.groups[0].resolution_factor = 1;
  type.resolution->returns.delay = ConstantLaw{90 * 60};
  CHECK(intervals(world)[0].offered_per_hour == Approx(120 * (1 + repeats)));
  CHECK(intervals(world)[1].offered_per_hour == Approx(180));
}

TEST_CASE("redials and repeats have limits of their own") {
  World world = small_world();
  world.targets = {target("abandon_rate", Sense::kAtMost, 0.1)};
  CallerType& type = world.caller_types[0];
  type.redial.after_abandon = {Probability{0.5}, ExponentialLaw{300}, 1};
  type.resolution = Resolution{};
  type.resolution->first_contact = Probability{0.8};
  type.resolution->returns = {Probability{1}, ConstantLaw{1}, 1};
  // One redial x and one repeat y, in either order: 1 + x + y + 2 x y.
  const double x = 0.1 * 0.5, y = 0.9 * 0.2;
  CHECK(intervals(world)[0].offered_per_hour ==
        Approx(120 * (1 + x + y + 2 * x * y)).epsilon(1e-4));
}

TEST_CASE("a group's own handling times make its load") {
  World world = small_world();
  Handling handling;
  handling.callers = "callers";
  handling.talk = ExponentialLaw{100};
  handling.talk_factor = 1.5;
  handling.wrap_factor = 2;
  world.groups[0].handling = {handling};
  CHECK(intervals(world)[0].aht_s == Approx(100 * 1.5 + 30 * 2));
  world.groups[0].handling[0].callers = "others";
  CHECK(intervals(world)[0].aht_s == Approx(180 + 30));
}

TEST_CASE("more of anything that costs agents never needs fewer, in any interval") {
  World base = small_world();
  base.caller_types[0].redial.after_abandon = {Probability{0.3}, ExponentialLaw{300}, 2};
  base.targets = {target("service_level", Sense::kAtLeast, 0.8),
                  target("answer_rate", Sense::kAtLeast, 0.95)};
  const auto not_fewer = [&](const char* what, const World& harder) {
    CAPTURE(what);
    const std::vector<RequirementInterval> before = intervals(base), after = intervals(harder);
    for (std::size_t i = 0; i < before.size(); ++i)
      CHECK(after[i].agents >= before[i].agents * (1 - 1e-6));
    CHECK(after[0].agents > before[0].agents);
  };
  World harder = base;
  for (double& calls : harder.caller_types[0].volume.values) calls *= 1.2;
  not_fewer("calls", harder);
  harder = base;
  harder.caller_types[0].talk = ExponentialLaw{200};
  not_fewer("talk", harder);
  harder = base;
  harder.caller_types[0].wrap = ConstantLaw{60};
  not_fewer("wrap", harder);
  harder = base;
  harder.targets[0].value = harder.targets[1].value = 0.97;
  not_fewer("targets", harder);
  harder = base;
  harder.targets.push_back(target("occupancy", Sense::kAtMost, 0.5));
  not_fewer("one more target", harder);
  harder = base;
  harder.queues[0].answer_within = 1s;
  harder.targets[0].value = 0.95;
  not_fewer("less time to answer", harder);
}

TEST_CASE("a run of one day is its day: its targets ask for the same agents") {
  World world = small_world();
  Target target;
  target.metric = "service_level";
  target.value = 0.8;
  world.targets = {target};
  const RequirementOptions options{RequirementMethod::kAuto, 3};
  const Requirement day = staff_requirement(world, options).at(0);
  world.targets[0].per = Per::kRun;
  const Requirement run = staff_requirement(world, options).at(0);
  world.targets[0].per = Per::kInterval;
  const Requirement each = staff_requirement(world, options).at(0);
  CHECK(run.day_goals.size() == 1);
  CHECK(run.day_goals.size() == day.day_goals.size());
  CHECK(each.day_goals.empty());
  double of_run = 0, of_each = 0;
  for (std::size_t i = 0; i < world.intervals(); ++i) {
    CHECK(run.intervals[i].agents == day.intervals[i].agents);
    CHECK(run.intervals[i].floor == day.intervals[i].floor);
    of_run += run.intervals[i].agents;
    of_each += each.intervals[i].agents;
  }
  CHECK(of_run < of_each);
}

TEST_CASE("only groups with shifts have a requirement") {
  World world = small_world();
  world.shifts.clear();
  CHECK(staff_requirement(world).empty());
}

}  // namespace
}  // namespace callmill
