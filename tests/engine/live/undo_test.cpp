// Undo is a fork from before: what comes then is what would have come without the command.

#include <catch2/catch.hpp>

#include "engine/live/live_centre.h"
#include "tests/engine/live/some_world.h"

namespace callmill::test {
namespace {

using namespace std::chrono_literals;
using live::Checkpoints;
using live::Command;
using live::LiveCentre;

Command agents(std::int64_t by) {
  Command command;
  command.kind = Command::Kind::kAgents;
  command.group = "desk";
  command.by = by;
  return command;
}

TEST_CASE("After an undo the day goes on as if the command had never been") {
  LiveCentre live{plain_world(), {}}, never{plain_world(), {}};
  live.run_until(kStart + 1h);
  never.run_until(kStart + 1h);
  const std::uint64_t before = live.fingerprint();
  CHECK(live.apply(agents(3)).seq == 1);
  live.run_until(kStart + 2h);
  CHECK(live.apply(agents(-2)).seq == 2);
  live.run_until(kStart + 2h + 10min);
  CHECK(live.undo(1).empty());
  CHECK(live.now() == kStart + 1h);
  CHECK(live.fingerprint() == before);
  CHECK(live.done().empty());
  // Numbers go on: the undo has had one.
  CHECK(live.apply(agents(-1)).seq == 4);
  CHECK(never.apply(agents(-1)).seq == 1);
  live.run_out();
  never.run_out();
  CHECK(live.fingerprint() == never.fingerprint());
}

TEST_CASE("Undo of a later command keeps the earlier ones") {
  LiveCentre live{plain_world(), {}}, straight{plain_world(), {}};
  for (LiveCentre* c : {&live, &straight}) {
    c->run_until(kStart + 50min);
    c->apply(agents(2));
    c->run_until(kStart + 80min);
  }
  live.apply(agents(-3));
  live.run_until(kStart + 3h);
  CHECK(live.undo(2).empty());
  REQUIRE(live.done().size() == 1);
  live.run_out();
  straight.run_out();
  CHECK(live.fingerprint() == straight.fingerprint());
  CHECK(live.undo(2).size() == 1);  // is not among them any more
}

TEST_CASE("With few checkpoints undo runs again what is not kept") {
  live::LiveOptions few;
  few.checkpoints = 3;
  LiveCentre live{plain_world(), few}, straight{plain_world(), few};
  std::vector<std::uint64_t> prints;
  for (int k = 0; k < 10; ++k) {
    live.run_until(kStart + 20min * (k + 1));
    if (k % 3 == 0) live.step();
    prints.push_back(live.fingerprint());
    REQUIRE(live.apply(agents(k % 2 == 0 ? 1 : -1)).seq == static_cast<std::uint64_t>(k + 1));
  }
  for (int k = 9; k >= 0; k -= 3) {
    CHECK(live.undo(static_cast<std::uint64_t>(k + 1)).empty());
    CHECK(live.fingerprint() == prints[static_cast<std::size_t>(k)]);
  }
}

TEST_CASE("Checkpoints: at most so many, the first and those before commands stay longest") {
  Checkpoints points{6};
  for (int i = 0; i < 40; ++i) points.add({kStart + i * 1min, 0, i == 10 || i == 20, nullptr});
  REQUIRE(points.points().size() <= 6);
  CHECK(points.points().front().at == kStart);
  const auto kept = [&](SimTime at) {
    for (const Checkpoints::Point& p : points.points())
      if (p.at == at) return true;
    return false;
  };
  CHECK(kept(kStart + 10min));
  CHECK(kept(kStart + 20min));
  CHECK(kept(kStart + 39min));
}

}  // namespace
}  // namespace callmill::test
