// The twin beside a centre that is known: events of a simulated day go in, and what comes out is
// what the centre shows of itself.

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "engine/centre/flow.h"
#include "engine/live/seed.h"
#include "engine/live/twin.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/live/teller.h"

namespace callmill::test {
namespace {

using live::FloorEvent;
using live::Impossible;
using live::Situation;
using live::Twin;
using live::TwinOptions;
using Kind = FloorEvent::Kind;

constexpr std::int64_t kOpens = 1'777'881'600'000'000;  // 2026-05-04 08:00 UTC

World busy() {
  OneQueue spec;
  spec.agents = 6;
  spec.lines = 30;
  spec.per_hour = 130;
  spec.talk = LognormalLaw{180, 150};
  spec.patience = ExponentialLaw{120};
  spec.length = 4h;
  World world = one_queue(spec);
  world.groups[0].staff = {1h, {6, 8, 7, 5}};
  return world;
}

struct Day {
  std::vector<FloorEvent> events;
  std::vector<Situation> shown;  // at each quarter of an hour
};

Day simulate(const World& world, const Blueprint& plan) {
  Day day;
  Centre centre = open_centre(plan, 5, 0);
  Recorder recorder{plan};
  Teller teller{world, kOpens, day.events};
  Observers<Recorder, Teller> both{recorder, teller};
  Flow<Observers<Recorder, Teller>> flow{plan, centre, both};
  for (SimTime at = kStart + 15min; at < kStart + 4h; at += 15min) {
    flow.run_until(at);
    day.shown.push_back(live::situation_of(plan, centre, &recorder));
  }
  return day;
}

TwinOptions options() {
  TwinOptions options;
  options.opens_us = kOpens;
  return options;
}

// The twin's view after all events up to each moment.
void compare(const World& world, const Blueprint& plan, const std::vector<FloorEvent>& events,
             const std::vector<Situation>& shown) {
  Twin twin{world, plan, options()};
  std::size_t next = 0;
  for (const Situation& centre : shown) {
    const std::int64_t until = kOpens + (centre.at - kStart).count();
    for (; next < events.size() && events[next].at_us <= until; ++next) twin.take(events[next]);
    const Situation seen = twin.situation(centre.at);
    INFO("after " << to_seconds(centre.at - kStart) << " s");
    REQUIRE(seen.waiting.size() == centre.waiting.size());
    for (std::size_t i = 0; i < seen.waiting.size(); ++i)
      CHECK(seen.waiting[i].since == centre.waiting[i].since);
    std::vector<SimTime> mine, theirs;
    for (const auto& talk : seen.talks) mine.push_back(talk.since);
    for (const auto& talk : centre.talks) theirs.push_back(talk.since);
    std::sort(mine.begin(), mine.end());
    std::sort(theirs.begin(), theirs.end());
    CHECK(mine == theirs);
    CHECK(seen.groups[0].available == centre.groups[0].available);
    REQUIRE(seen.so_far.size() == centre.so_far.size());
    for (std::size_t i = 0; i < seen.so_far.size(); ++i) {
      CHECK(seen.so_far[i].queues[0].offered == centre.so_far[i].queues[0].offered);
      CHECK(seen.so_far[i].queues[0].answered == centre.so_far[i].queues[0].answered);
      CHECK(seen.so_far[i].queues[0].answered_within == centre.so_far[i].queues[0].answered_within);
      CHECK(seen.so_far[i].queues[0].abandoned == centre.so_far[i].queues[0].abandoned);
    }
    CHECK(live::faults(plan, seen).empty());
  }
  const live::TwinCounts& counts = twin.counts();
  CHECK(counts.events == counts.taken + counts.duplicate + counts.impossible_in_all() +
                             static_cast<std::int64_t>(twin.kept()));
}

FloorEvent told(Kind kind, int second, std::string call, std::string agent = "",
                std::string queue = "queue") {
  return {kind, kOpens + second * std::int64_t{1'000'000}, std::move(call), std::move(queue),
          std::move(agent)};
}

}  // namespace

TEST_CASE("The twin shows what the centre shows") {
  const World world = busy();
  const Blueprint plan = make_blueprint(world);
  const Day day = simulate(world, plan);
  REQUIRE(day.events.size() > 1000);
  compare(world, plan, day.events, day.shown);
}

TEST_CASE("Events told twice, or swapped within seconds, change nothing") {
  const World world = busy();
  const Blueprint plan = make_blueprint(world);
  const Day day = simulate(world, plan);
  std::vector<FloorEvent> twice;
  for (const FloorEvent& event : day.events) {
    twice.push_back(event);
    if (event.kind != Kind::kPaused) twice.push_back(event);
  }
  compare(world, plan, twice, day.shown);
  // Calls that are answered at once are told connected first.
  std::vector<FloorEvent> swapped = day.events;
  std::size_t swaps = 0;
  for (std::size_t i = 0; i + 1 < swapped.size(); ++i)
    if (swapped[i].call == swapped[i + 1].call && swapped[i].kind == Kind::kEntered &&
        swapped[i].at_us == swapped[i + 1].at_us) {
      std::swap(swapped[i], swapped[i + 1]);
      ++swaps;
      ++i;
    }
  REQUIRE(swaps > 50);
  compare(world, plan, swapped, day.shown);
}

TEST_CASE("What cannot be is counted by its cause, and stops nothing") {
  const World world = busy();
  const Blueprint plan = make_blueprint(world);
  Twin twin{world, plan, options()};
  const auto impossible = [&](Impossible why) {
    return twin.counts().impossible[static_cast<std::size_t>(why)];
  };
  twin.take(told(Kind::kConnected, 10, "never entered", "li"));
  CHECK(twin.kept() == 1);
  twin.take(told(Kind::kEntered, 20, "a"));
  CHECK(impossible(Impossible::kUnknownCall) == 1);
  twin.take(told(Kind::kConnected, 30, "a", "li"));
  twin.take(told(Kind::kConnected, 30, "a", "li"));
  CHECK(twin.counts().duplicate == 1);
  CHECK(twin.counts().implied_login == 1);
  twin.take(told(Kind::kEntered, 35, "b"));
  twin.take(told(Kind::kConnected, 40, "b", "li"));  // the end of a has been lost
  CHECK(twin.counts().in_two_calls == 1);
  CHECK(twin.situation(twin.newest()).talks.size() == 1);
  twin.take(told(Kind::kAbandoned, 50, "b"));
  twin.take(told(Kind::kEntered, 60, "c", "", "quue"));
  CHECK(impossible(Impossible::kNotWaiting) == 1);
  CHECK(twin.unknown() == std::vector<std::string>{"queue quue: 1 events; did you mean queue?"});
  // Late, and still of use.
  twin.take(told(Kind::kEntered, 12, "late"));
  CHECK(twin.counts().late == 1);
  CHECK(twin.situation(twin.newest()).waiting.size() == 1);
  twin.take(told(Kind::kEntered, 2'000'000, "next month"));
  CHECK(impossible(Impossible::kOutOfDay) == 1);
  twin.take(told(Kind::kRestart, 70, "", "", ""));
  CHECK(twin.counts().lost_calls == 2);
  CHECK(twin.situation(twin.newest()).talks.empty());
  // A second leg of the same call, in another queue or again.
  twin.take(told(Kind::kEntered, 80, "d"));
  twin.take(told(Kind::kLeft, 90, "d"));
  twin.take(told(Kind::kEntered, 91, "d"));
  CHECK(twin.situation(twin.newest()).waiting.size() == 1);
  CHECK(twin.situation(kStart + 2h).waiting.empty());  // nothing was heard of it since
  CHECK(twin.counts().events == twin.counts().taken + twin.counts().duplicate +
                                    twin.counts().impossible_in_all() +
                                    static_cast<std::int64_t>(twin.kept()));
}

TEST_CASE("Agents: maps, sessions, pauses") {
  const World world = busy();
  const Blueprint plan = make_blueprint(world);
  TwinOptions with_maps = options();
  with_maps.queues["600"] = "queue";
  with_maps.groups["SIP/8007"] = world.groups[0].name;
  Twin twin{world, plan, with_maps};
  CHECK_FALSE(twin.situation(kStart + 1min).groups[0].available);  // nobody has said who is there
  twin.take(told(Kind::kLogin, 100, "", "SIP/8007", ""));
  twin.take(told(Kind::kLogin, 101, "", "li", "600"));
  CHECK(twin.situation(kStart + 2min).groups[0].available == 2u);
  twin.take(told(Kind::kPaused, 110, "", "li", ""));
  CHECK(twin.situation(kStart + 2min).groups[0].available == 1u);
  CHECK(twin.situation(kStart + 2min).groups[0].aux == 1u);
  twin.take(told(Kind::kEntered, 120, "a", "", "600"));
  twin.take(told(Kind::kConnected, 121, "a", "SIP/8007", "600"));
  CHECK(twin.situation(kStart + 3min).groups[0].available == 0u);
  twin.take(told(Kind::kLogout, 130, "", "SIP/8007", ""));
  CHECK(twin.situation(kStart + 3min).talks.empty());
}

}  // namespace callmill::test
