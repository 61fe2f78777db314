// A session that follows a centre which is known: what a simulated day would tell goes in as a
// recorded file, or piece by piece, and what is shown is what the day was.

#include "app/sessions/shadow.h"

#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "app/sessions/desk.h"
#include "engine/live/fork_ahead.h"
#include "tests/app/sessions/small_day.h"
#include "tests/engine/live/teller.h"

namespace callmill::live {
namespace {

namespace json = boost::json;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kOpens = 1'777'881'600'000'000;  // 2026-05-04 08:00 UTC

struct Told {
  std::vector<FloorEvent> events;
  std::vector<Situation> shown;  // at each quarter of an hour
};

Told simulate() {
  Told day;
  const World world = test::small_day().world;
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 0);
  Recorder recorder{plan};
  test::Teller teller{world, kOpens, day.events};
  Observers<Recorder, test::Teller> both{recorder, teller};
  Flow<Observers<Recorder, test::Teller>> flow{plan, centre, both};
  for (SimTime at = kStart + minutes{15}; at < kStart + plan.horizon; at += minutes{15}) {
    flow.run_until(at);
    day.shown.push_back(situation_of(plan, centre, &recorder));
  }
  return day;
}

std::string as_line(const FloorEvent& event) {
  return json::serialize(json::object{{"event", name_of(event.kind)},
                                      {"time", static_cast<double>(event.at_us) * 1e-6},
                                      {"call", event.call},
                                      {"queue", event.queue},
                                      {"agent", event.agent}}) +
         "\n";
}

std::string recorded(const Told& day) {
  const std::string path = test::fresh_file("shadow.jsonl");
  std::ofstream out{path};
  for (const FloorEvent& event : day.events) out << as_line(event);
  return path;
}

FollowWish replay_wish(const Told& day) {
  FollowWish wish;
  wish.spec.format = EventFormat::kJson;
  wish.spec.file = recorded(day);
  wish.replay = true;
  wish.opens_us = kOpens;
  wish.date = Date{std::chrono::days{kOpens / 86'400'000'000}};
  return wish;
}

FollowWish pushed_wish(const std::int64_t& clock_us) {
  FollowWish wish;
  wish.spec.pushed = true;
  wish.opens_us = kOpens;
  wish.clock_us = [&clock_us] { return clock_us; };
  return wish;
}

struct Watch {
  WallTime now = std::chrono::hours{100};
  WallSource source() {
    return [this] { return now; };
  }
};

std::unique_ptr<Desk> desk_of(const FollowWish& wish, Watch& watch, std::optional<double> speed) {
  auto centre = test::small_centre();
  std::string error;
  auto shadow = Shadow::make(*centre, wish, error);
  INFO(error);
  REQUIRE(shadow != nullptr);
  DeskOptions options;
  options.session = {"s1", "Small", "small"};
  options.speed = speed;
  return std::make_unique<Desk>(std::move(centre), nullptr, options, watch.source(),
                                std::move(shadow));
}

// What the session shows, as a supervisor would see it, is what the centre was.
void check_shown(const Desk& desk, const Situation& centre) {
  const LiveCentre& live = desk.centre();
  const Situation seen = situation_of(live.plan(), live.centre(), &live.recorder());
  CHECK(live.now() == centre.at);
  CHECK(seen.waiting.size() == centre.waiting.size());
  CHECK(seen.talks.size() == centre.talks.size());
  CHECK(seen.groups[0].available == centre.groups[0].available);
  REQUIRE(seen.so_far.size() == centre.so_far.size());
  for (std::size_t i = 0; i < seen.so_far.size(); ++i) {
    CHECK(seen.so_far[i].queues[0].offered == centre.so_far[i].queues[0].offered);
    CHECK(seen.so_far[i].queues[0].answered == centre.so_far[i].queues[0].answered);
    CHECK(seen.so_far[i].queues[0].abandoned == centre.so_far[i].queues[0].abandoned);
  }
}

json::object state_of(const Desk& desk) {
  return json::parse(desk.state({})).as_object();
}

}  // namespace

TEST_CASE("Shadow: a recorded day is shown as it was, at its own pace") {
  const Told day = simulate();
  const FollowWish wish = replay_wish(day);
  Watch watch;
  const auto desk = desk_of(wish, watch, 60);
  for (const Situation& then : day.shown) {
    INFO("after " << to_seconds(then.at - kStart) << " s");
    watch.now += seconds{15};  // a quarter of an hour
    while (desk->advance() <= watch.now) {
    }
    check_shown(*desk, then);
  }
  const json::object twin = state_of(*desk).at("twin").as_object();
  CHECK(twin.at("replay") == true);
  CHECK(twin.at("impossible") == 0);
  CHECK(twin.at("broken_lines") == 0);
  CHECK(twin.at("unknown") == 0);
  CHECK(twin.at("events").as_int64() > 500);
  const json::object talk = twin.at("talks").as_array().at(0).as_object();
  CHECK(talk.at("queue") == "综合服务");
  CHECK(talk.at("over").as_int64() > 150);
  CHECK(talk.at("scale").to_number<double>() == Approx(1).margin(0.1));
  // To its end: then it stands.
  watch.now += seconds{60};
  while (desk->advance() <= watch.now) {
  }
  CHECK(desk->ended());
  CHECK(state_of(*desk).at("clock").at("ended") == true);
  CHECK(state_of(*desk).at("clock").at("date") == "2026-05-04");
  std::filesystem::remove(wish.spec.file);
}

TEST_CASE("Shadow: a recorded day pauses and jumps, but never back") {
  const Told day = simulate();
  const FollowWish wish = replay_wish(day);
  Watch watch;
  const auto desk = desk_of(wish, watch, 1);
  ClockChange jump;
  jump.step = ClockChange::Step::kUntil;
  jump.until = "09:00";
  jump.paused = true;
  CHECK(desk->set_clock(jump).empty());
  check_shown(*desk, day.shown[3]);
  watch.now += seconds{100};
  CHECK(desk->advance() == WallTime::max());
  check_shown(*desk, day.shown[3]);
  jump.until = "08:30";
  CHECK(desk->set_clock(jump).size() == 1);
  jump.step = ClockChange::Step::kEvent;
  CHECK(desk->set_clock(jump).size() == 1);
  std::filesystem::remove(wish.spec.file);
}

TEST_CASE("Shadow: a real centre's clock is the wall's, and nobody changes it from here") {
  const Told day = simulate();
  std::int64_t clock_us = kOpens;
  Watch watch;
  const auto desk = desk_of(pushed_wish(clock_us), watch, 1);
  std::size_t next = 0;
  for (const Situation& then : day.shown) {
    clock_us = kOpens + (then.at - kStart).count();
    std::vector<FloorEvent> events;
    for (; next < day.events.size() && day.events[next].at_us <= clock_us; ++next)
      events.push_back(day.events[next]);
    CHECK(desk->push_events(std::move(events), {}));
    watch.now += minutes{15};
    desk->advance();
    check_shown(*desk, then);
  }
  const SimTime at = desk->centre().now();
  ClockChange change;
  change.paused = true;
  CHECK(desk->set_clock(change).size() == 1);
  Command command;
  command.kind = Command::Kind::kAgents;
  command.group = test::small_group();
  command.by = 2;
  CHECK(desk->command(command).errors.size() == 1);
  CHECK(desk->undo(1).size() == 1);
  CHECK(desk->centre().now() == at);
  CHECK_FALSE(desk->clock().paused);
}

TEST_CASE("Shadow: futures of what is shown, with a change and without, whatever the threads") {
  const Told day = simulate();
  std::int64_t clock_us = kOpens + std::int64_t{90} * 60 * 1'000'000;
  Watch watch;
  const auto desk = desk_of(pushed_wish(clock_us), watch, 1);
  std::vector<FloorEvent> events;
  for (const FloorEvent& event : day.events)
    if (event.at_us <= clock_us) events.push_back(event);
  CHECK(desk->push_events(std::move(events), {}));
  watch.now += minutes{1};
  desk->advance();
  check_shown(*desk, day.shown[5]);
  const auto seeds = desk->shadow()->seeds();
  REQUIRE(seeds != nullptr);
  Command fewer;
  fewer.kind = Command::Kind::kAgents;
  fewer.group = test::small_group();
  fewer.by = -3;
  ForkOptions options;
  options.paths = 60;
  options.seeds = seeds.get();
  options.threads = 1;
  const Futures one = fork_ahead(desk->centre(), {{fewer}, {}}, options);
  options.threads = 2;
  const Futures two = fork_ahead(desk->centre(), {{fewer}, {}}, options);
  REQUIRE(one.with.size() == 2);
  REQUIRE(one.with[0].errors.empty());
  const auto service = [](const Bands& bands) {
    for (const Band& band : bands.day)
      if (band.metric == "service_level") return band.mean;
    return -1.0;
  };
  CHECK(service(one.without) == service(two.without));
  CHECK(service(one.with[0].bands) == service(two.with[0].bands));
  CHECK(service(one.with[0].bands) < service(one.without) - 0.05);
  // The same callers on each path: no change, no difference.
  for (const Difference& none : one.with[1].differences) CHECK(none.mean == 0);
}

TEST_CASE("Shadow: what does not begin says why") {
  std::string error;
  FollowWish wish;
  wish.replay = true;
  wish.spec.file = "/nowhere/at/all.log";
  CHECK(Shadow::make(*test::small_centre(), wish, error) == nullptr);
  CHECK(error.find("all.log") != std::string::npos);
}

}  // namespace callmill::live
