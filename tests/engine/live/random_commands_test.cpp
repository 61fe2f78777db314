// Whatever is ordered, whenever: the laws of the centre hold, and the same orders again give the
// same bytes.

#include <catch2/catch.hpp>

#include "engine/live/live_centre.h"
#include "tests/engine/live/some_world.h"

namespace callmill::test {
namespace {

using live::LiveCentre;

std::string broken(const LiveCentre& centre) {
  std::string text;
  for (const char* law : broken_laws(centre.plan(), centre.centre()))
    text += std::string{law} + "\n";
  return text;
}

TEST_CASE("Laws hold after every command, and a day again is the same day") {
  int carried_out = 0, refused = 0;
  for (int round = 0; round < rounds(16); ++round) {
    const auto seed = static_cast<unsigned>(1000 + round);
    INFO("seed " << seed);
    const World world = random_centre(seed);
    Draw draw{seed};
    LiveCentre live{world, {}};
    const SimDuration all = live.plan().horizon;
    for (int k = 0; k < 24; ++k) {
      live.run_until(kStart + all * (k + 1) / 26);
      if (draw.chance(0.2)) live.step();
      const live::Command command = random_command(draw, live);
      const auto applied = live.apply(command);
      INFO("command " << k << " " << name_of(command.kind));
      (applied.seq != 0 ? carried_out : refused) += 1;
      REQUIRE((applied.seq != 0) == applied.errors.empty());
      REQUIRE(broken(live) == "");
    }
    live.run_out();
    REQUIRE(broken(live) == "");
    LiveCentre again{world, {}};
    for (const live::Done& done : live.done()) {
      REQUIRE(again.run_to(done.at, done.events));
      REQUIRE(again.apply(done.command).seq != 0);
    }
    again.run_out();
    REQUIRE(again.fingerprint() == live.fingerprint());
  }
  // Both are tried, or this shows nothing.
  CHECK(carried_out > 80);
  CHECK(refused > 20);
}

}  // namespace
}  // namespace callmill::test
