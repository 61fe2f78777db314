// The desk with a clock that the test moves: pace, lag, jumps, commands, undo, the journal.

#include "app/sessions/desk.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/app/sessions/small_day.h"

namespace callmill::live {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

struct Watch {
  WallTime now = std::chrono::hours{100};
  WallSource source() {
    return [this] { return now; };
  }
};

// Lets the desk do all that is due at once.
WallTime settle(Desk& desk, const Watch& watch) {
  WallTime next = desk.advance();
  while (next <= watch.now) next = desk.advance();
  return next;
}

DeskOptions at_speed(std::optional<double> speed, bool paused = false) {
  DeskOptions options;
  options.session = {"s1", "Small", "small"};
  options.speed = speed;
  options.paused = paused;
  return options;
}

SimTime at_open(const LiveCentre& centre) {
  return time_of(centre, "10:00").value();
}

Command more_agents() {
  Command command;
  command.kind = Command::Kind::kAgents;
  command.group = test::small_group();
  command.by = 2;
  return command;
}

}  // namespace

TEST_CASE("Desk: simulated time is wall time times the speed, without drift") {
  for (const double speed : {0.1, 1.0, 60.0, 10'000.0}) {
    Watch watch;
    Desk desk{test::small_centre(), nullptr, at_speed(speed), watch.source()};
    const SimTime began = desk.centre().now();
    const WallTime start = watch.now;
    for (int i = 0; i < 1000; ++i) {
      watch.now += milliseconds{i % 7 + 1};
      settle(desk, watch);
      if (desk.ended()) break;
      const double wall = std::chrono::duration<double>(watch.now - start).count();
      const double simulated = to_seconds(desk.centre().now() - began);
      REQUIRE(simulated == Approx(wall * speed).margin(2e-6 * std::max(1.0, speed)));
    }
  }
}

TEST_CASE("Desk: says when it has to be called again, and is late by no more than that") {
  Watch watch;
  auto centre = test::small_centre();
  centre->run_until(at_open(*centre));
  Desk desk{std::move(centre), nullptr, at_speed(1), watch.source()};
  for (int i = 0; i < 50; ++i) {
    const WallTime next = settle(desk, watch);
    REQUIRE(next > watch.now);
    REQUIRE(next < watch.now + std::chrono::hours{1});
    watch.now = next;
  }
  desk.advance();
  CHECK(desk.take_lag_ms() < 0.001);
  const WallTime next = settle(desk, watch);
  watch.now = next + milliseconds{250};
  desk.advance();
  CHECK(desk.take_lag_ms() == Approx(250).margin(0.01));
  CHECK(desk.clock().lag_ms == Approx(250).margin(0.01));
}

TEST_CASE("Desk: paused nothing happens, and going on starts from there") {
  Watch watch;
  Desk desk{test::small_centre(), nullptr, at_speed(10, true), watch.source()};
  const SimTime began = desk.centre().now();
  CHECK(desk.advance() == WallTime::max());
  watch.now += seconds{100};
  CHECK(desk.advance() == WallTime::max());
  CHECK(desk.centre().now() == began);
  ClockChange on;
  on.paused = false;
  REQUIRE(desk.set_clock(on).empty());
  watch.now += seconds{6};
  settle(desk, watch);
  CHECK(desk.centre().now() - began == minutes{1});
  ClockChange faster;
  faster.change_speed = true;
  faster.speed = 100;
  REQUIRE(desk.set_clock(faster).empty());
  watch.now += seconds{6};
  settle(desk, watch);
  CHECK(desk.centre().now() - began == minutes{11});
}

TEST_CASE("Desk: steps and jumps") {
  Watch watch;
  Desk desk{test::small_centre(), nullptr, at_speed(1, true), watch.source()};
  ClockChange jump;
  jump.step = ClockChange::Step::kUntil;
  jump.until = "10:00";
  REQUIRE(desk.set_clock(jump).empty());
  CHECK(desk.centre().now() == at_open(desk.centre()));
  CHECK(desk.set_clock(jump).empty());
  jump.until = "09:59";
  CHECK(desk.set_clock(jump).at(0).pointer == "/until");
  jump.until = "late";
  CHECK(desk.set_clock(jump).size() == 1);
  ClockChange step;
  step.step = ClockChange::Step::kLength;
  step.length = seconds{90};
  REQUIRE(desk.set_clock(step).empty());
  CHECK(desk.centre().now() == at_open(desk.centre()) + seconds{90});
  const std::uint64_t events = desk.centre().centre().events;
  step.step = ClockChange::Step::kEvent;
  REQUIRE(desk.set_clock(step).empty());
  CHECK(desk.centre().centre().events == events + 1);
  CHECK(desk.clock().paused);
}

TEST_CASE("Desk: as fast as it can, to the end, and to where it was told to stop") {
  Watch watch;
  Desk whole{test::small_centre(), nullptr, at_speed(std::nullopt), watch.source()};
  for (int i = 0; i < 100'000 && !whole.ended(); ++i) whole.advance();
  CHECK(whole.ended());
  CHECK(whole.advance() == WallTime::max());
  DeskOptions options = at_speed(std::nullopt);
  auto centre = test::small_centre();
  options.stop_at = at_open(*centre);
  Desk part{std::move(centre), nullptr, options, watch.source()};
  for (int i = 0; i < 100'000 && !part.reached_stop(); ++i) part.advance();
  CHECK(part.centre().now() == at_open(part.centre()));
  CHECK(part.clock().paused);
  CHECK_FALSE(part.ended());
}

TEST_CASE("Desk: however it is paced, the day counts the same") {
  Watch watch;
  Desk fast{test::small_centre(), nullptr, at_speed(std::nullopt), watch.source()};
  Desk slow{test::small_centre(), nullptr, at_speed(7.3), watch.source()};
  while (!fast.ended()) fast.advance();
  const SimTime end = time_of(slow.centre(), "11:30").value();
  while (slow.centre().now() < end) {
    watch.now += milliseconds{977};
    settle(slow, watch);
  }
  auto plain = test::small_centre();
  plain->run_until(slow.centre().now());
  CHECK(slow.centre().fingerprint() == plain->fingerprint());
  plain->run_until(fast.centre().now());
  CHECK(fast.centre().fingerprint() == plain->fingerprint());
}

TEST_CASE("Desk: commands are journalled before they are done; undo goes back") {
  Watch watch;
  const std::string file = test::fresh_file("desk.journal");
  std::uint64_t print = 0;
  {
    auto centre = test::small_centre();
    std::string error;
    auto journal = Journal::create(file, make_header(*centre, "small.yaml"), error);
    REQUIRE(error.empty());
    Desk desk{std::move(centre), std::move(journal), at_speed(1, true), watch.source()};
    ClockChange jump;
    jump.step = ClockChange::Step::kUntil;
    jump.until = "10:00";
    REQUIRE(desk.set_clock(jump).empty());
    const std::uint64_t before = desk.centre().fingerprint();
    const std::uint64_t version = desk.version();
    CHECK(desk.command(more_agents()).seq == 1);
    CHECK(desk.version() > version);
    CHECK(desk.centre().done().size() == 1);
    Command wrong = more_agents();
    wrong.group = "nobody";
    CHECK(desk.command(wrong).errors.at(0).pointer == "/group");
    jump.until = "11:00";
    REQUIRE(desk.set_clock(jump).empty());
    CHECK(desk.undo(99).size() == 1);
    REQUIRE(desk.undo(1).empty());
    CHECK(desk.centre().now() == at_open(desk.centre()));
    CHECK(desk.centre().fingerprint() == before);
    REQUIRE(desk.command(more_agents()).errors.empty());
    REQUIRE(desk.set_clock(jump).empty());
    print = desk.centre().fingerprint();
  }
  std::string error;
  const std::optional<JournalFile> journal = read_journal(file, error);
  REQUIRE(journal);
  REQUIRE(journal->records.size() == 4);
  CHECK(journal->records[1].kind == JournalRecord::Kind::kUndo);
  CHECK(journal->records[3].fingerprint == print);
  const std::unique_ptr<LiveCentre> again = replay(*journal, std::nullopt, error);
  INFO(error);
  REQUIRE(again != nullptr);
  CHECK(again->fingerprint() == print);
  std::filesystem::remove(file);
}

}  // namespace callmill::live
