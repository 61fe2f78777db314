#include "engine/live/pace.h"

#include <catch2/catch.hpp>

namespace callmill::test {
namespace {

using namespace std::chrono_literals;
using live::Pace;

TEST_CASE("The simulation goes so many times as fast as the wall clock") {
  Pace pace;
  CHECK(pace.due(5s) == kStart);  // paused at first
  pace.set(kStart + 1h, 100s, 10, false);
  CHECK(pace.due(100s) == kStart + 1h);
  CHECK(pace.due(106s) == kStart + 1h + 60s);
  CHECK(pace.when(kStart + 1h + 60s) == 106s);
  CHECK(pace.lag(kStart + 1h + 50s, 106s) == 1s);
  CHECK(pace.lag(kStart + 1h + 60s, 106s) == 0s);
  // Before it began nothing is due.
  CHECK(pace.due(90s) == kStart + 1h);
}

TEST_CASE("Paused, nothing is ever due; as fast as it can, all is") {
  Pace pace;
  pace.set(kStart + 1h, 0s, 10, true);
  CHECK(pace.due(1h) == kStart + 1h);
  CHECK(pace.when(kStart + 2h) == live::WallTime::max());
  pace.set(kStart, 7s, {}, false);
  CHECK(pace.due(7s) == SimTime::max());
  CHECK(pace.when(kStart + 24h) == 7s);
  CHECK(pace.lag(kStart, 1h) == 0s);
}

TEST_CASE("A day at the slowest pace does not drift by a microsecond") {
  Pace pace;
  pace.set(kStart, 0s, live::kSlowest, false);
  CHECK(pace.due(240h) == kStart + 24h);
  CHECK(pace.when(kStart + 24h) == 240h);
}

}  // namespace
}  // namespace callmill::test
