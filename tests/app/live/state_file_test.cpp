// States as files: read back as written, and whatever is wrong is said at once.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "app/live/state_file.h"
#include "engine/live/seed.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

World small() {
  OneQueue spec;
  spec.agents = 8;
  spec.lines = 30;
  spec.per_hour = 150;
  spec.patience = ExponentialLaw{120};
  spec.length = 8h;
  World world = one_queue(spec);
  world.day.opens = 8h;
  world.day.closes = 16h;
  return world;
}

std::vector<Diagnostic> errors_of(const std::string& text) {
  Diagnostics diagnostics;
  CHECK_FALSE(read_state_text("state.json", text, small(), diagnostics));
  return diagnostics.errors();
}

}  // namespace

TEST_CASE("A state reads back as it was written") {
  const World world = small();
  const Blueprint plan = make_blueprint(world);
  const Snapshot eleven = take_snapshot(plan, 3, 0, kStart + 3h);
  const std::string text =
      state_file(world, live::situation_of(plan, eleven.centre, &eleven.recorder));
  Diagnostics diagnostics;
  const auto back = read_state_text("state.json", text, world, diagnostics);
  REQUIRE(back);
  CHECK(back->at == "11:00");
  CHECK(back->situation.at == kStart + 3h - SimDuration{1});
  CHECK(back->situation.so_far.size() == 3);
  CHECK(state_file(world, back->situation) == text);
  CHECK(live::faults(plan, back->situation).empty());
}

TEST_CASE("A state written by hand") {
  Diagnostics diagnostics;
  const auto state = read_state_text("state.json", R"({
    "at": "11:00",
    "waiting": [{"queue": "queue", "for": "1min30s"}, {"queue": "queue", "since": "10:59"}],
    "talks": [{"group": "agents", "count": 5}],
    "groups": {"agents": {"available": 1}},
    "so_far": [{"from": "08:00", "queues": {"queue": {"answered": 50, "abandoned": 2}}}]
  })",
                                     small(), diagnostics);
  for (const Diagnostic& d : diagnostics.errors()) FAIL_CHECK(render(d));
  REQUIRE(state);
  CHECK(state->situation.waiting.size() == 2);
  CHECK(state->situation.waiting[0].since == state->situation.at - 90s);
  CHECK(state->situation.talks.size() == 5);
  CHECK(state->situation.talks[4].since == kSinceUnknown);
  CHECK(state->situation.so_far[0].calls == 52);
  CHECK(state->situation.so_far[0].queues[0].answered_within == 50);
}

TEST_CASE("All that is wrong with a state is said at once, with the nearest right name") {
  const auto errors = errors_of(R"({
    "at": "11:00",
    "waitin": [],
    "waiting": [{"queue": "quue", "since": "11:30"}, {"since": "25:00"}],
    "talks": {"group": "agents"},
    "groups": {"agent": {"available": -1, "idle": 2}},
    "so_far": [{"from": "08:20"},
               {"from": "09:00", "queues": {"queue": {"offered": 1, "answered": 2}}}]
  })");
  std::string all;
  for (const Diagnostic& d : errors) all += render(d);
  INFO(all);
  for (const char* part :
       {"waitin is no field of the state", "did you mean waiting?",
        "the scenario has no queue quue", "did you mean queue?", "since is 11:30; that is after",
        "queue is missing", "talks must be a list", "the scenario has no group agent",
        "available is -1", "idle is no field of a group", "08:20 is no start of an interval",
        "more calls are answered", "so_far lacks the interval from 08:00"})
    CHECK(all.find(part) != std::string::npos);
  CHECK(errors_of("{}").size() == 1);
  CHECK(errors_of("[1, 2]").size() >= 1);
  CHECK(errors_of("{\"at\": \"03:00\"}").size() == 1);
  CHECK(errors_of("{\"at\": ").size() >= 1);
}

TEST_CASE("Whatever the bytes, a state is read or refused") {
  const World world = small();
  const std::string good = R"({"at": "11:00", "waiting": [{"queue": "queue", "since": "10:59"}],
    "groups": {"agents": {"available": 1}}, "so_far": [{"from": "08:00", "calls": 3}]})";
  std::uint64_t key = 1;
  for (int i = 0; i < 3000; ++i) {
    std::string text = good;
    key = mix64(key + kGolden);
    for (std::uint64_t k = 0; k <= key % 3; ++k) {
      const std::uint64_t draw = mix64(key + k);
      const std::size_t at = draw % text.size();
      if (draw % 5 == 0)
        text.resize(at + 1);
      else
        text[at] = static_cast<char>(draw >> 32);
    }
    Diagnostics diagnostics;
    const auto state = read_state_text("state.json", text, world, diagnostics);
    CHECK(state.has_value() == diagnostics.ok());
    if (state) CHECK(live::faults(make_blueprint(world), state->situation).empty());
    if (i == 0) continue;
  }
}

}  // namespace callmill::test
