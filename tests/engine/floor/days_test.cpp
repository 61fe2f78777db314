// Events in runs of several days: at the time of day of each open day, or of some.

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/engine/floor/floor_worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

// Four days from a Friday on, the Saturday closed; an agent from 0:00 to 4:00.
World four_days() {
  World world = crowd();
  world.day.opens = 8h;
  world.day.closes = 12h;
  world.days.count = 4;
  world.days.first = parse_date("2026-11-27");
  world.days.closed = {"saturday"};
  world.busyness_cv = 0.3;
  return world;
}

std::vector<double> turns_h(const World& world) {
  REQUIRE(faults(world).empty());
  std::vector<double> hours;
  for (const FloorTurn& turn : make_blueprint(world).floor.turns)
    hours.push_back(to_hours(turn.at - kStart));
  return hours;
}

std::uint64_t print_of(const World& world) {
  const Blueprint plan = make_blueprint(world);
  Centre centre = open_centre(plan, 5, 2);
  TrajectoryPrint print;
  Watched<TrajectoryPrint>{plan, centre, print}.run_out();
  return print.bits();
}

}  // namespace

TEST_CASE("An event strikes on each open day, or on the days that it names") {
  World world = four_days();
  world.events.push_back(event(Event::Kind::kSlowDown, 9h, 30min));
  using H = std::vector<double>;
  CHECK(turns_h(world) == H{1, 1.5, 49, 49.5, 73, 73.5});
  world.events[0].day = "sunday";
  CHECK(turns_h(world) == H{49, 49.5});
  world.events[0].day = "workday";
  CHECK(turns_h(world) == H{1, 1.5, 73, 73.5});
  world.events[0].day = "2026-11-30";
  CHECK(turns_h(world) == H{73, 73.5});
  world.days.special.push_back({"2026-11-29", "fair"});
  world.events[0].day = "fair";
  CHECK(turns_h(world) == H{49, 49.5});
  world.events[0].day.clear();
  world.events[0].length = 30h;  // from Sunday until Tuesday it does not end
  CHECK(turns_h(world) == H{1, 31, 49, 103});
  world.events[0].day = "someday";
  CHECK(faults(world).size() == 1);
}

TEST_CASE("A surge on one of several days is that day's profile with those hours multiplied") {
  World surge = four_days();
  surge.caller_types[0].volume = Profile{1h, {30, 60, 40, 20}};
  World profile = surge;
  surge.events.push_back(event(Event::Kind::kSurge, 9h, 2h));
  surge.events[0].factor = 3;
  surge.events[0].day = "sunday";
  profile.caller_types[0].volume.by_day.push_back({"sunday", 1h, {30, 180, 120, 20}});
  // Nothing happens in these: the floor is active in both.
  for (World* world : {&surge, &profile})
    world->events.push_back(event(Event::Kind::kSlowDown, 8h, 1h));
  CHECK(print_of(surge) == print_of(profile));
}

}  // namespace callmill::test
