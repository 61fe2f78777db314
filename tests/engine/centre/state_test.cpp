// The state is a value: a copy of a running centre is a fork that runs on alike. And a table of
// fingerprints that shows when a trajectory changes.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#include "engine/kpi/kpi_table.h"
#include "tests/engine/centre/random_world.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"
#include "tests/place.h"

namespace callmill::test {
namespace {

struct End {
  std::uint64_t trajectory = 0, state = 0, events = 0;
  friend bool operator==(const End&, const End&) = default;
};

End run_on(const Blueprint& plan, Centre& c, TrajectoryPrint print) {
  Watched<TrajectoryPrint> flow{plan, c, print};
  flow.run_out();
  return {print.bits(), fingerprint(c), c.events};
}

End run_whole(const Blueprint& plan, std::uint64_t seed, std::uint64_t replication) {
  Centre c = open_centre(plan, seed, replication);
  return run_on(plan, c, {});
}

struct Tracked {
  std::string name;
  std::function<World()> make;
};
std::vector<Tracked> tracked_worlds() {
  std::vector<Tracked> worlds = {
      {"w1", [] { return w1(2h, 0s); }},
      {"everything", [] { return everything(); }},
  };
  for (const std::uint64_t number : {1, 7, 19, 42})
    worlds.push_back(
        {"random-" + std::to_string(number), [number] { return random_world(number); }});
  return worlds;
}

std::string hex(std::uint64_t x) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(x));
  return text;
}

}  // namespace

TEST_CASE("A copy of a running centre runs on like the original, whenever it is made") {
  std::vector<World> worlds = {everything(), w1(4h, 0s)};
  for (std::uint64_t number = 300; number < 330; ++number) worlds.push_back(random_world(number));
  for (const World& world : worlds) {
    INFO(world.name);
    const Blueprint plan = make_blueprint(world);
    const End whole = run_whole(plan, 11, 2);
    Centre original = open_centre(plan, 11, 2);
    TrajectoryPrint print;
    for (SimDuration hour = 0s; hour < plan.horizon; hour += 1h) {
      {
        Watched<TrajectoryPrint> flow{plan, original, print};
        flow.run_until(kStart + hour);
      }
      Centre fork = original;
      REQUIRE(fingerprint(fork) == fingerprint(original));
      const std::uint64_t before = fingerprint(original);
      CHECK(run_on(plan, fork, print) == whole);
      CHECK(fingerprint(original) == before);  // the fork shares nothing with it
    }
    CHECK(run_on(plan, original, print) == whole);
  }
}

// A live twin forks the books with the centre.
TEST_CASE("A copy of the centre with its recorder ends with the same counts") {
  const Blueprint plan = make_blueprint(everything());
  const KpiLayout layout{plan};
  ReplicationCounts whole, forked;
  Recorder recorder{plan};
  Centre c = open_centre(plan, 13, 0);
  Watched<Recorder>{plan, c, recorder}.run_until(kStart + 100min);
  Recorder recorder_fork = recorder;
  Centre fork = c;
  Watched<Recorder>{plan, c, recorder}.run_out();
  export_counts(recorder, layout, whole);
  Watched<Recorder>{plan, fork, recorder_fork}.run_out();
  export_counts(recorder_fork, layout, forked);
  CHECK(whole == forked);
}

TEST_CASE("Another seed, another replication: another fingerprint, from the first moment") {
  const Blueprint plan = make_blueprint(everything());
  const std::uint64_t opening = fingerprint(open_centre(plan, 1, 0));
  CHECK(opening == fingerprint(open_centre(plan, 1, 0)));
  CHECK(opening != fingerprint(open_centre(plan, 2, 0)));
  CHECK(opening != fingerprint(open_centre(plan, 1, 1)));
  const End one = run_whole(plan, 1, 0);
  CHECK(one == run_whole(plan, 1, 0));
  for (const End& other : {run_whole(plan, 2, 0), run_whole(plan, 1, 1)}) {
    CHECK(one.trajectory != other.trajectory);
    CHECK(one.state != other.state);
  }
}

TEST_CASE("The fingerprint sees each part of the state") {
  const Blueprint plan = make_blueprint(everything());
  Centre c = open_centre(plan, 5, 0);
  TrajectoryPrint print;
  Watched<TrajectoryPrint>{plan, c, print}.run_until(kStart + 90min);
  const std::uint64_t whole = fingerprint(c);
  const auto changes = [&](const std::function<void(Centre&)>& change) {
    Centre other = c;
    change(other);
    return fingerprint(other) != whole;
  };
  CHECK(changes([](Centre& o) { o.now += SimDuration{1}; }));
  CHECK(changes([](Centre& o) { ++o.interval; }));
  CHECK(changes([](Centre& o) { ++o.next_change; }));
  CHECK(changes([](Centre& o) { ++o.sources[1].callers; }));
  CHECK(changes([](Centre& o) { ++o.trunks[0].in_use; }));
  CHECK(changes([](Centre& o) { ++o.agents[3].dials; }));
  CHECK(changes([](Centre& o) { ++o.agents[3].pauses; }));
  CHECK(changes([](Centre& o) { o.agents[3].duty = Duty::kSurplus; }));
  CHECK(changes([](Centre& o) { ++o.idle[0].size; }));
  CHECK(changes([](Centre& o) { ++o.waiting[0].size; }));
  CHECK(changes([](Centre& o) { o.later.add({kStart + 3h, Later::What::kRedial, 0, 1, 1}); }));
  CHECK(changes([](Centre& o) { o.calendar.schedule(0, o.now + 1h); }));
  CHECK(changes([](Centre& o) { o.key = ReplicationKey{6, 0}; }));
  const auto busy = static_cast<std::size_t>(
      std::find_if(c.calls.begin(), c.calls.end(),
                   [](const Call& call) { return call.state == CallState::kTalking; }) -
      c.calls.begin());
  REQUIRE(busy < c.calls.size());
  CHECK(changes([&](Centre& o) { o.calls[busy].arrived += SimDuration{1}; }));
  CHECK(changes([&](Centre& o) { ++o.calls[busy].attempt; }));
  CHECK(changes([&](Centre& o) { o.calls[busy].key = OwnerKey{1}; }));
  CHECK(changes([&](Centre& o) { o.calls[busy].state = CallState::kMenu; }));
}

// CALLMILL_UPDATE=1 rewrites the table; the difference is to be reviewed like code. The last bit of
// log and exp may differ between maths libraries, and the prints with them.
TEST_CASE("Trajectories are those of the table of fingerprints") {
  const std::string path = test::source_path("tests/engine/centre/fingerprints.csv");
  std::ostringstream now;
  now << "world,seed,replication,horizon_h,events,trajectory,state\n";
  for (const Tracked& tracked : tracked_worlds()) {
    const Blueprint plan = make_blueprint(tracked.make());
    for (const std::uint64_t seed : {1, 2}) {
      const End end = run_whole(plan, seed, seed - 1);
      now << tracked.name << ',' << seed << ',' << seed - 1 << ',' << to_hours(plan.horizon) << ','
          << end.events << ',' << hex(end.trajectory) << ',' << hex(end.state) << '\n';
    }
  }
  const char* update = std::getenv("CALLMILL_UPDATE");
  if (update != nullptr && std::string{update} == "1") std::ofstream{path} << now.str();
  std::ifstream in{path};
  std::stringstream table;
  table << in.rdbuf();
  CHECK(now.str() == table.str());
}

}  // namespace callmill::test
