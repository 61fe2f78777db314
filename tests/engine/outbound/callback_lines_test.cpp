// When callbacks are made: they wait for a line, and for the centre to be open. Days counted by
// hand.

#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

constexpr auto kModes = {Callback::Mode::kList, Callback::Mode::kVirtualQueue,
                         Callback::Mode::kAppointment};

// `callers` ring at opening; each talks for 60 s and costs the agent 10 s more. Who finds nobody is
// rung back on `out` lines, which takes 5 s.
World morning(Callback::Mode mode, double agents, std::uint32_t callers, std::int64_t out) {
  OneQueue spec;
  spec.agents = agents;
  spec.lines = 10;
  spec.per_hour = 0;
  spec.talk = ConstantLaw{60};
  spec.length = 2h;
  World world = one_queue(spec);
  world.day.opens = 8h;
  world.day.closes = 10h;
  world.caller_types[0].wrap = ConstantLaw{10};
  world.caller_types[0].opening = callers;
  world.trunks.push_back(lines("out", out));
  Callback callback;
  callback.mode = mode;
  callback.ring = ConstantLaw{5};
  callback.trunks = TrunkGroupId{1};
  callback.appointment = ConstantLaw{20};
  world.queues[0].callback = callback;
  return world;
}

World fails(World world, SimDuration from, SimDuration to) {
  LineOutage outage;
  outage.from = from;
  outage.to = to;
  outage.share = 1;
  world.trunks[1].outages = {outage};
  return world;
}

struct Log : Observer {
  void answered(const Call& call, std::uint32_t, SimDuration wait, SimDuration) {
    if (!has(call, Mark::kCallback)) answers.push_back(call.joined + wait - kStart);
  }
  void callback_made(const Call&, SimDuration after) { made.push_back(after); }
  void callback_tried(const Call&) { ++tries; }
  void callback_failed(const Call&) { ++failed; }
  std::vector<SimDuration> answers, made;  // after opening
  int tries = 0, failed = 0;
};

struct Day {
  explicit Day(const World& world) : plan{make_blueprint(world)}, centre{open_centre(plan, 1, 0)} {
    Watched<Log>{plan, centre, log}.run_out();
    for (const char* law : broken_laws(plan, centre)) FAIL(law);
  }
  Blueprint plan;
  Centre centre;
  Log log;
};

using Times = std::vector<SimDuration>;

}  // namespace

TEST_CASE("An agent who idles calls back as soon as a failed line is in service again") {
  for (const auto mode : kModes) {
    const Day day{fails(morning(mode, 1, 2, 2), 8h + 1min, 8h + 10min)};
    CHECK(day.log.made == Times{605s});
    CHECK(day.log.tries == 1);
    CHECK(day.centre.queues[0].open_callbacks == 0);
  }
}

TEST_CASE("The second callback waits for the one line, not for the agent who has just used it") {
  // Both agents are free at 70 s. The first callback holds the line until 135 s, its agent's
  // wrap-up ends at 145 s.
  for (const auto mode : kModes) CHECK(Day{morning(mode, 2, 4, 1)}.log.made == Times{75s, 140s});
}

TEST_CASE("A line that serves callers, too, goes to a callback when its caller hangs up") {
  World world = morning(Callback::Mode::kList, 1, 2, 1);
  world.groups.push_back(agents("others", flat(1, 2h)));
  world.queues.push_back(queue_to("others", {1}));
  world.caller_types.push_back(callers("others", flat_rate(0, 2h), 1));
  world.caller_types[1].trunks = TrunkGroupId{1};
  world.caller_types[1].talk = ConstantLaw{600};
  world.caller_types[1].opening = 1;
  CHECK(Day{world}.log.made == Times{605s});
}

TEST_CASE("Agents in reserve do not call back when a line comes free; after closing they do") {
  // One line is back at 08:10, the other one is held until 10:05.
  World world = fails(morning(Callback::Mode::kList, 1, 2, 2), 8h + 1min, 8h + 10min);
  world.trunks[1].outages[0].share = 0.5;
  world.trunks[1].outages[0].cuts = false;
  world.queues[0].callback->reserve = 1;
  world.groups.push_back(agents("others", flat(1, 2h)));
  world.queues.push_back(queue_to("others", {1}));
  world.caller_types.push_back(callers("others", flat_rate(0, 2h), 1));
  world.caller_types[1].trunks = TrunkGroupId{1};
  world.caller_types[1].talk = ConstantLaw{2 * 3600 + 300};
  world.caller_types[1].opening = 1;
  CHECK(Day{world}.log.made == Times{2h + 305s});
  world.queues[0].callback->reserve = 0;
  CHECK(Day{world}.log.made == Times{605s});
}

TEST_CASE("Who keeps a place and has no line lets others pass, and is first once there is one") {
  World world = morning(Callback::Mode::kVirtualQueue, 1, 4, 1);
  world.queues[0].callback->capacity = 1;  // the second caller's; the others wait on the telephone
  // The agent is free at 70 s and 140 s: no line at the one, a line since 100 s at the other.
  const Day early{fails(world, 8h, 8h + 100s)};
  CHECK(early.log.answers == Times{0s, 70s, 145s + 70s});
  CHECK(early.log.made == Times{145s});
  const Day late{fails(world, 8h, 9h)};
  CHECK(late.log.answers == Times{0s, 70s, 140s});
  CHECK(late.log.made == Times{1h + 5s});
  const Day never{fails(world, 8h, 12h)};
  CHECK(never.log.answers == Times{0s, 70s, 140s});
  CHECK(never.log.made.empty());
  CHECK(never.log.tries == 0);
  CHECK(never.log.failed == 0);
  CHECK(never.centre.queues[0].open_callbacks == 1);
  CHECK(never.centre.queues[0].in_place == 0);
}

TEST_CASE("No wrap-up is cut short for a callback that has no line") {
  World world = fails(morning(Callback::Mode::kVirtualQueue, 1, 2, 1), 8h, 8h + 65s);
  world.caller_types[0].wrap = ConstantLaw{300};
  world.groups[0].wrap_interrupt = WrapInterrupt{1u, std::nullopt, false};
  CHECK(Day{world}.log.made == Times{365s});
  CHECK(Day{fails(world, 8h, 8h + 55s)}.log.made == Times{65s});  // cut short at 60 s
}

TEST_CASE("A callback that falls due after closing is due at the next opening") {
  World world = morning(Callback::Mode::kAppointment, 1, 2, 1);
  world.queues[0].callback->appointment = ConstantLaw{2 * 3600};  // at closing time
  const Day one{world};
  CHECK(one.log.made.empty());
  CHECK(one.centre.queues[0].open_callbacks == 1);
  CHECK(one.centre.now == kStart + 2h);  // nothing goes on at night
  world.days.count = 3;
  CHECK(Day{world}.log.made == Times{24h + 5s});
  world.queues[0].callback->appointment = ConstantLaw{25 * 3600};  // 09:00 of the second day
  CHECK(Day{world}.log.made == Times{25h + 5s});
  world.queues[0].callback->appointment = ConstantLaw{30 * 3600};
  CHECK(Day{world}.log.made == Times{48h + 5s});
}

TEST_CASE("So is the next try of one that nobody answered") {
  World world = morning(Callback::Mode::kList, 1, 2, 1);
  world.queues[0].callback->answered = Probability{0};
  world.queues[0].callback->retries = 1;
  world.queues[0].callback->retry_delay = ConstantLaw{3 * 3600};
  const Day one{world};
  CHECK(one.log.tries == 1);
  CHECK(one.log.failed == 0);
  CHECK(one.centre.queues[0].open_callbacks == 1);
  world.days.count = 2;
  const Day two{world};
  CHECK(two.log.tries == 2);
  CHECK(two.log.failed == 1);
  CHECK(two.centre.now >= kStart + 24h);
}

}  // namespace callmill::test
