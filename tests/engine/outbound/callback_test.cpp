// Callbacks: what becomes of each, counted.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Four agents, far too many callers: callbacks pile up.
World busy(Callback callback) {
  OneQueue spec;
  spec.agents = 4;
  spec.lines = 30;
  spec.per_hour = 90;
  spec.patience = ExponentialLaw{90};
  spec.length = 8h;
  World world = one_queue(spec);
  world.queues.front().callback = std::move(callback);
  return world;
}

Callback rung(Callback::Mode mode) {
  Callback callback;
  callback.mode = mode;
  callback.accept = Probability{0.6};
  callback.ring = UniformLaw{5, 20};
  callback.answered = Probability{0.7};
  callback.retries = 2;
  callback.retry_delay = ExponentialLaw{600};
  callback.appointment = UniformLaw{600, 5400};
  callback.talk_factor = 0.8;
  return callback;
}

struct Counts {
  std::int64_t offered = 0, answered = 0, abandoned = 0, refused = 0;
  std::int64_t offers = 0, accepted = 0, tries = 0, made = 0, failed = 0;
};

struct Counting : Observer {
  Counts n;
  const Blueprint& plan;
  explicit Counting(const Blueprint& p) : plan{p} {}
  void offered(const Call&) { ++n.offered; }
  void answered(const Call& call, std::uint32_t, SimDuration, SimDuration) {
    n.answered += call.type < plan.caller_types ? 1 : 0;
  }
  void abandoned(const Call&, SimDuration) { ++n.abandoned; }
  void refused(const Call&) { ++n.refused; }
  void callback_offered(const Call&) { ++n.offers; }
  void callback_accepted(const Call&) { ++n.accepted; }
  void callback_tried(const Call&) { ++n.tries; }
  void callback_made(const Call& call, SimDuration) {
    ++n.made;
    CHECK(plan.types[call.type].stands_for == 0);
  }
  void callback_failed(const Call&) { ++n.failed; }
};

}  // namespace

TEST_CASE("Every accepted callback is open, on the telephone, made or failed, at every moment") {
  for (const auto mode :
       {Callback::Mode::kList, Callback::Mode::kVirtualQueue, Callback::Mode::kAppointment}) {
    for (const bool with_lines : {false, true}) {
      Callback callback = rung(mode);
      if (with_lines) callback.trunks = TrunkGroupId{1};
      World world = busy(callback);
      world.trunks.push_back(lines("out", 1));
      world.queues.front().capacity = 1;
      const Blueprint plan = make_blueprint(world);
      Centre centre = open_centre(plan, 5, 0);
      Counting books{plan};
      const Counts& n = books.n;
      Watched<Counting> flow{plan, centre, books};
      const auto look = [&] {
        for (const char* law : broken_laws(plan, centre)) FAIL(law);
        std::int64_t ringing = 0, waiting = 0;
        for (const Call& call : centre.calls) {
          ringing += call.state == CallState::kDialled ? 1 : 0;
          waiting += call.state == CallState::kWaiting && !has(call, Mark::kCallback) ? 1 : 0;
        }
        CHECK(n.offered == n.answered + n.abandoned + n.accepted + waiting);
        CHECK(n.accepted == n.made + n.failed + ringing + centre.queues[0].open_callbacks);
      };
      for (SimTime t = kStart; t < kStart + 9h; t += 3min) {
        flow.run_until(t);
        look();
      }
      flow.run_out();
      look();
      // Served out after closing, but for those whose time comes on another day.
      const auto planned =
          std::count_if(centre.calls.begin(), centre.calls.end(),
                        [](const Call& call) { return call.state == CallState::kPlanned; });
      CHECK(centre.queues[0].open_callbacks == planned);
      CHECK(n.accepted > 100);
      CHECK(n.made > 0);
      CHECK(n.failed > 0);
      CHECK(n.refused > 0);
      CHECK(n.offers > n.accepted);
      CHECK(n.tries > n.made + n.failed);
      CHECK(n.tries <= 3 * (n.made + n.failed));
    }
  }
}

TEST_CASE("Tries and failures are as the shares say") {
  World world = busy(rung(Callback::Mode::kList));
  // Nobody comes in the second half of the day: no try is left for another one.
  world.caller_types[0].volume = Profile{4h, {360, 0}};
  ReplicateOptions options;
  options.replications = 60;
  const KpiTable kpis = replicate(make_blueprint(world), options).kpis;
  const auto near = [&](const char* key, double exact) {
    const Estimate e = kpis.day(key, {ScopeKind::kQueue, 0}, 0.999);
    INFO(key << ": " << e.value << " [" << e.ci_low << ", " << e.ci_high << "]");
    CHECK(e.ci_low <= exact);
    CHECK(exact <= e.ci_high);
  };
  near("callback_acceptance", 0.6);
  near("callback_success", 1 - 0.3 * 0.3 * 0.3);
  near("callback_tries", 1 + 0.3 + 0.3 * 0.3);
}

TEST_CASE("A callback has the talk time that the call would have had, times the factor") {
  // One caller a minute for a day, one agent for ever busy with the first: all others are called
  // back, and their talk is half of that in the same world with agents for all.
  struct Talks : Observer {
    std::vector<std::pair<std::uint32_t, SimDuration>> talks;
    void answered(const Call& call, std::uint32_t, SimDuration, SimDuration talk) {
      talks.emplace_back(call.caller, talk);
    }
  };
  const auto talks_of = [](const World& world) {
    const Blueprint plan = make_blueprint(world);
    Centre centre = open_centre(plan, 3, 0);
    Talks talks;
    Watched<Talks> flow{plan, centre, talks};
    flow.run_out();
    std::sort(talks.talks.begin(), talks.talks.end());
    return talks.talks;
  };
  OneQueue spec;
  spec.lines = 500;
  spec.agents = 200;
  spec.length = 2h;
  World many = one_queue(spec);
  World one = many;
  one.groups.front().staff->values = {1};
  Callback callback;
  callback.talk_factor = 0.5;
  one.queues.front().callback = callback;
  const auto live = talks_of(many), back = talks_of(one);
  REQUIRE(live.size() == back.size());
  std::size_t halved = 0;
  for (std::size_t i = 0; i < live.size(); ++i) {
    REQUIRE(live[i].first == back[i].first);
    if (back[i].second == live[i].second) continue;
    CHECK(std::abs((back[i].second * 2 - live[i].second).count()) <= 2);
    ++halved;
  }
  CHECK(halved > live.size() / 2);
}

// By the rule of the queue's length, three who wait for four agents expect three quarters of a
// talk.
TEST_CASE("An offer from an expected wait on is an offer from so many waiting on") {
  const auto print = [](const Callback& callback) {
    const World world = busy(callback);
    const Blueprint plan = make_blueprint(world);
    Centre centre = open_centre(plan, 9, 0);
    TrajectoryPrint day;
    Watched<TrajectoryPrint>{plan, centre, day}.run_out();
    return day.bits();
  };
  Callback callback = rung(Callback::Mode::kList);
  callback.when_waiting = 2;  // others
  const std::uint64_t by_length = print(callback);
  callback.when_waiting = 3;
  CHECK(print(callback) != by_length);
  callback.when_waiting = Callback{}.when_waiting;
  const World plain = busy(callback);
  callback.when_expected_wait = from_seconds(0.7 * mean(plain.caller_types[0].talk));
  CHECK(print(callback) == by_length);
}

TEST_CASE("A virtual queue keeps the order of arrival") {
  struct Order : Observer {
    std::vector<std::uint32_t> callers;
    void answered(const Call& call, std::uint32_t, SimDuration, SimDuration) {
      callers.push_back(call.caller);
    }
  };
  OneQueue spec;
  spec.agents = 2;
  spec.lines = 300;
  spec.per_hour = 60;
  spec.length = 4h;
  World world = one_queue(spec);
  Callback callback;
  callback.mode = Callback::Mode::kVirtualQueue;
  callback.accept = Probability{0.5};
  world.queues.front().callback = callback;
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 9, 0);
  Order order;
  Watched<Order> flow{plan, centre, order};
  flow.run_out();
  REQUIRE(order.callers.size() > 150);
  CHECK(std::is_sorted(order.callers.begin(), order.callers.end()));
}

TEST_CASE("A copy of a centre with open callbacks runs on alike") {
  const Blueprint plan = make_blueprint(busy(rung(Callback::Mode::kAppointment)));
  Observer nobody;
  Centre whole = open_centre(plan, 11, 2);
  Watched<Observer> first{plan, whole, nobody};
  first.run_until(kStart + 5h);
  REQUIRE(whole.queues[0].open_callbacks > 0);
  Centre copy = whole;
  first.run_out();
  Watched<Observer> second{plan, copy, nobody};
  second.run_out();
  CHECK(fingerprint(whole) == fingerprint(copy));
}

}  // namespace callmill::test
