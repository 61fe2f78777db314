// scenarios/tutorial/01-first-queue.queue_log: three hours of that scenario as an Asterisk server
// would have told them. Made here (CALLMILL_UPDATE=1), and followed here.

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "app/files/scenario.h"
#include "app/sessions/desk.h"
#include "tests/engine/live/teller.h"
#include "tests/place.h"

namespace callmill::live {
namespace {

constexpr std::int64_t kMidnight = 1'777'852'800;  // 2026-05-04 UTC
constexpr SimDuration kLength = std::chrono::hours{3};

World first_queue() {
  Diagnostics diagnostics;
  std::optional<Scenario> scenario =
      read_scenario(test::source_path("scenarios/tutorial/01-first-queue.yaml"), {}, diagnostics);
  REQUIRE(scenario);
  return std::move(scenario->world);
}

// time|call|queue|agent|verb|...: whole seconds, as queue_log has them.
std::string as_queue_log(const std::vector<FloorEvent>& events) {
  using Kind = FloorEvent::Kind;
  std::map<std::string, int> number;  // of calls, in the order of their arrival
  std::string text;
  for (const FloorEvent& event : events) {
    const char* verb = nullptr;
    if (event.kind == Kind::kEntered) verb = "ENTERQUEUE||13800000000|1";
    if (event.kind == Kind::kConnected) verb = "CONNECT|0|0|0";
    if (event.kind == Kind::kAbandoned) verb = "ABANDON|1|1|0";
    if (event.kind == Kind::kCompleted) verb = "COMPLETECALLER|0|0|1";
    if (event.kind == Kind::kLogin) verb = "ADDMEMBER";
    if (verb == nullptr) continue;
    int call = 0;
    if (!event.call.empty())
      call = number.emplace(event.call, static_cast<int>(number.size()) + 1).first->second;
    text += fmt::format("{}|{}|{}|{}|{}\n", event.at_us / 1'000'000,
                        call == 0 ? "NONE" : fmt::format("{}.{}", kMidnight, call),
                        event.queue.empty() ? "service" : event.queue,
                        event.agent.empty() ? "NONE" : "SIP/" + event.agent.substr(6), verb);
  }
  return text;
}

}  // namespace

TEST_CASE("The recorded morning is the scenario's, and is followed to the same figures") {
  const World world = first_queue();
  const Blueprint plan = make_blueprint(world);
  std::vector<FloorEvent> events;
  Centre centre = open_centre(plan, 3, 0);
  Recorder recorder{plan};
  test::Teller teller{world, kMidnight * 1'000'000, events};
  Observers<Recorder, test::Teller> both{recorder, teller};
  Flow<Observers<Recorder, test::Teller>> flow{plan, centre, both};
  flow.run_until(kStart + kLength);
  const Situation then = situation_of(plan, centre, &recorder);
  const std::string path = test::source_path("scenarios/tutorial/01-first-queue.queue_log");
  const std::string text = as_queue_log(events);
  if (std::getenv("CALLMILL_UPDATE") != nullptr) std::ofstream{path} << text;
  std::ostringstream stored;
  stored << std::ifstream{path}.rdbuf();
  CHECK((stored.str() == text));

  auto live = std::make_unique<LiveCentre>(world, LiveOptions{});
  FollowWish wish;
  wish.spec.file = path;
  wish.replay = true;
  wish.opens_us = kMidnight * 1'000'000;
  std::string error;
  auto shadow = Shadow::make(*live, wish, error);
  REQUIRE(shadow != nullptr);
  Desk desk{std::move(live), nullptr, {}, [] { return WallTime{}; }, std::move(shadow)};
  ClockChange jump;
  jump.step = ClockChange::Step::kLength;
  jump.length = kLength;
  REQUIRE(desk.set_clock(jump).empty());
  const LiveCentre& shown = desk.centre();
  const Situation seen = situation_of(shown.plan(), shown.centre(), &shown.recorder());
  CHECK(seen.talks.size() == then.talks.size());
  CHECK(seen.waiting.size() == then.waiting.size());
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(seen.so_far[i].queues[0].offered == then.so_far[i].queues[0].offered);
    CHECK(seen.so_far[i].queues[0].answered == then.so_far[i].queues[0].answered);
    CHECK(seen.so_far[i].queues[0].abandoned == then.so_far[i].queues[0].abandoned);
  }
}

}  // namespace callmill::live
