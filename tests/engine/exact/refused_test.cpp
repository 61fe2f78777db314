// What has no exact answer is refused, all of it at once, by the field's name.

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>

#include "engine/study/exact.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

std::vector<std::string> refused(const World& world) {
  std::vector<std::string> paths;
  for (const Fault& fault : refused_exactly(world)) {
    CHECK(fault.code == "not-exact");
    CHECK_FALSE(fault.message.empty());
    paths.push_back(fault.path);
  }
  return paths;
}

World small() {
  OneQueue spec;
  spec.agents = 3;
  spec.lines = 8;
  spec.patience = ExponentialLaw{100};
  return one_queue(spec);
}

}  // namespace

TEST_CASE(
    "Exact answers: a plain small centre has one, each change that a chain cannot hold none") {
  CHECK(refused(small()).empty());
  const auto alone = [](const char* path, auto&& change) {
    World world = small();
    change(world);
    CHECK(refused(world) == std::vector<std::string>{path});
  };
  alone("callers.callers.talk", [](World& w) { w.caller_types[0].talk = ConstantLaw{180}; });
  alone("callers.callers.wrap", [](World& w) { w.caller_types[0].wrap = ConstantLaw{20}; });
  alone("callers.callers.patience", [](World& w) {
    w.caller_types[0].patience = LognormalLaw{90, 60};
  });
  alone("callers.callers.redial.after_block.limit", [](World& w) {
    w.caller_types[0].redial.after_block = {Probability{0.5}, ExponentialLaw{60}, 9};
  });
  alone("callers.callers.redial.after_abandon.limit", [](World& w) {
    w.caller_types[0].redial.after_abandon = {Probability{0.5}, ExponentialLaw{60}, 3};
  });
  alone("callers.callers.patience_factor", [](World& w) {
    w.caller_types[0].patience_factor = Profile{5h, {1, 2}};
  });
  alone("callers.callers.opening", [](World& w) { w.caller_types[0].opening = 2; });
  alone("callers.callers.redial", [](World& w) {
    w.caller_types[0].redial.after_block = {Probability{0.5}, ExponentialLaw{60}, 5000};
    w.caller_types[0].redial.after_abandon = {Probability{0.5}, ExponentialLaw{90}, 5000};
  });
  alone("queues.queue.route.agents.after", [](World& w) { w.queues[0].route[0].after = 10s; });
  alone("queues.queue.announce", [](World& w) { w.queues[0].announce.emplace(); });
  alone("queues.queue.pick_agent", [](World& w) {
    w.groups[0].staff = Profile{5h, {4, 3}};
    w.queues[0].pick_agent = PickAgent::kRandom;
  });
  alone("groups.agents.staff_release", [](World& w) {
    w.groups[0].staff = Profile{5h, {4, 3}};
    w.groups[0].staff_release = StaffRelease::kIdleThenBusy;
    w.caller_types[0].wrap = ExponentialLaw{20};
  });
  alone("groups.agents.wrap_cap", [](World& w) { w.groups[0].wrap_cap = 10s; });
  alone("groups.agents.ringing", [](World& w) { w.groups[0].ringing.emplace(); });
  alone("lines.lines.network_loss", [](World& w) { w.trunks[0].network_loss = Probability{0.01}; });
  alone("busyness", [](World& w) { w.busyness_cv = 0.1; });
  alone("callers.second.priority", [](World& w) {
    CallerType second = w.caller_types[0];
    second.name = "second";
    w.caller_types.push_back(second);
  });
}

TEST_CASE("Exact answers: everything in the way is named at once") {
  const std::vector<std::string> paths = refused(everything());
  CHECK(paths.size() > 15);
  for (const char* part : {"busyness", "menus.", "queues.", "groups.", "callers."})
    CHECK(std::any_of(paths.begin(), paths.end(),
                      [&](const std::string& path) { return path.starts_with(part); }));
}

TEST_CASE("Exact answers: too large a centre is told so") {
  World world = small();
  ExactRefusal why;
  CHECK_FALSE(exact_steady(world, make_blueprint(world), why, 5));
  CHECK(why.code == "too-large");
  CHECK(why.message.find("states, and 5 are the limit") != std::string::npos);
  CHECK_FALSE(exact_day(world, make_blueprint(world), why, 5));
  CHECK(why.message.find("states, and 5 are the limit") != std::string::npos);
  // More kinds of work than a state counts.
  World many = small();
  for (int i = 1; i < 20; ++i) {
    many.caller_types.push_back(many.caller_types[0]);
    many.caller_types.back().name = "type " + std::to_string(i);
    many.caller_types.back().priority = i;
  }
  REQUIRE(refused(many).empty());
  for (const bool by_day : {false, true}) {
    const Blueprint plan = make_blueprint(many);
    CHECK_FALSE((by_day ? exact_day(many, plan, why) : exact_steady(many, plan, why)));
    CHECK(why.message.find("count 40 kinds of calls and agents, and 32 are the limit") !=
          std::string::npos);
  }
  // The order of two bands of 200 agents.
  World large = small();
  large.groups[0].staff = Profile{5h, {200, 100}};
  CHECK_FALSE(exact_day(large, make_blueprint(large), why));
  CHECK(why.message.find(" are the limit: ") != std::string::npos);
  // A day of too many steps.
  World busy = small();
  busy.trunks[0].lines = 400;
  busy.groups[0].staff = flat(300, busy.day.length());
  busy.caller_types[0].volume = flat_rate(9'000'000, busy.day.length());
  CHECK_FALSE(exact_day(busy, make_blueprint(busy), why));
  CHECK(why.message.find("steps from state to state, and 3e+10 are the limit") !=
        std::string::npos);
  // Patient callers, more of them than can be served, and no limit but 5,000 lines.
  world.caller_types[0].patience.reset();
  world.trunks[0].lines = 5000;
  world.caller_types[0].volume = flat_rate(90, world.day.length());
  CHECK_FALSE(exact_steady(world, make_blueprint(world), why));
  CHECK(why.code == "unstable");
  CHECK(why.message.find("64 places") != std::string::npos);  // not after the last cut
  // As close to the 60 calls an hour of three agents as this, thousands of places would do: no want
  // of capacity.
  world.caller_types[0].volume = flat_rate(59.9, world.day.length());
  CHECK_FALSE(exact_steady(world, make_blueprint(world), why, 2'000));
  CHECK(why.code == "too-large");
}

TEST_CASE("Exact answers: callers who ring again and again, more than can be served, are named") {
  // 3 agents of 180 s end 60 calls an hour, 5 waiting callers of 100 s of patience 180 more, of
  // whom a share gives up for good.
  const auto code = [](double per_hour, double gives_up, double after_block) {
    World world = small();
    world.caller_types[0].volume = flat_rate(per_hour, world.day.length());
    Redial& redial = world.caller_types[0].redial;
    redial.after_block = {Probability{after_block}, ExponentialLaw{60}, 5000};
    redial.after_abandon = {Probability{1 - gives_up}, ExponentialLaw{60}, 5000};
    ExactRefusal why;
    const bool solved = exact_steady(world, make_blueprint(world), why).has_value();
    if (why.code == "unstable")
      CHECK(why.message.find("callers.callers.redial: ") != std::string::npos);
    return solved ? "" : why.code;
  };
  CHECK(code(63, 0, 1) == "unstable");
  CHECK(code(57, 0, 1).empty());
  CHECK(code(130, 0.25, 1) == "unstable");
  CHECK(code(100, 0.25, 1).empty());
  CHECK(code(63, 0, 0.8).empty());
}

// Beyond the capacity, long patience and long delays take much room, and then find it.
TEST_CASE("Exact answers: patience of hours and delays of weeks have a steady state") {
  World world = small();
  world.trunks[0].lines = 400;
  world.caller_types[0].patience = ExponentialLaw{20 * 3600.0};
  world.caller_types[0].volume = flat_rate(70, world.day.length());
  ExactRefusal why;
  const auto waiting = exact_steady(world, make_blueprint(world), why);
  REQUIRE(waiting);
  // Three agents of 180 s are hardly ever idle: they answer 60 of 70 an hour, the others give up.
  CHECK(waiting->kpis.day("answer_rate", {}, 0.95).value == Approx(60.0 / 70).epsilon(1e-6));
  world = small();
  world.caller_types[0].volume = flat_rate(40, world.day.length());
  Redial& redial = world.caller_types[0].redial;
  redial.after_block = redial.after_abandon = {Probability{1}, ExponentialLaw{500 * 3600.0}, 5000};
  const auto orbit = exact_steady(world, make_blueprint(world), why);
  REQUIRE(orbit);
  // All who come are answered in the end: 40 an hour, 3 minutes each.
  CHECK(orbit->kpis.day("occupancy", {}, 0.95).value == Approx(40.0 / 60).epsilon(1e-9));
  CHECK(orbit->states > 5000);
}

TEST_CASE("Exact answers: once stopped there is none, of a steady state or a day") {
  const std::atomic<bool> stop{true};
  ExactWatch watch;
  watch.stop = &stop;
  const Blueprint plan = make_blueprint(small());
  for (const bool by_day : {false, true}) {
    ExactRefusal why;
    CHECK_FALSE((by_day ? exact_day(small(), plan, why, kMostExactStates, watch)
                        : exact_steady(small(), plan, why, kMostExactStates, watch)));
    CHECK(why.code == "interrupted");
  }
}

}  // namespace callmill::test
