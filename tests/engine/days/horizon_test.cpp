// The calendar by itself: open days, their profiles, and when it is open again.

#include <catch2/catch.hpp>

#include "engine/blueprint/blueprint.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {
namespace {

// Monday 2026-11-23 to Sunday, 8 to 18 h; Sundays closed, Thursday a holiday, the Saturday worked
// like a Monday.
World week() {
  OneQueue spec;
  spec.agents = 2;
  spec.lines = 10;
  spec.length = 10h;
  World world = one_queue(spec);
  world.day.opens = 8h;
  world.day.closes = 18h;
  world.days.count = 7;
  world.days.first = parse_date("2026-11-23");
  world.days.closed = {"sunday"};
  world.days.special = {{"2026-11-26", "closed"}, {"2026-11-28", "monday"}, {"2026-11-25", "bill"}};
  return world;
}

constexpr SimDuration kDay = 24h;

}  // namespace

TEST_CASE("dates are read, written and have their weekday") {
  CHECK(in_words(*parse_date("2026-02-28")) == "2026-02-28");
  CHECK(weekday_of(*parse_date("2026-11-23")) == "monday");
  CHECK(weekday_of(*parse_date("2000-02-29")) == "tuesday");
  for (const char* wrong : {"2026-02-29", "2026-2-28", "2026/02/28", "26-02-28", "2026-13-01", ""})
    CHECK_FALSE(parse_date(wrong));
}

TEST_CASE("open days: closed weekdays and holidays are left out, the others have their kind") {
  const World world = week();
  REQUIRE(faults(world).empty());
  std::string kinds;
  for (const OpenDay& day : world.open_days()) {
    CHECK(day.opens == kStart + kDay * day.number);
    kinds += day.kind + " ";
  }
  CHECK(kinds == "monday tuesday bill friday monday ");
  CHECK(world.horizon() == 5 * kDay + 10h);
  World warm = world;
  warm.day.warm_up = 3 * kDay + 90min;  // three days, one of them closed, and an hour and a half
  CHECK(warm.first_counted() == 3 * 10 + 0);
  warm.day.warm_up = 4 * kDay + 90min;
  CHECK(warm.first_counted() == 3 * 10 + 2);
}

TEST_CASE("a profile gives each day the entry that fits it best") {
  World world = week();
  Profile profile{10h, {1}};
  profile.by_day = {{"workday", 10h, {2}}, {"tuesday", 5h, {3, 4}}, {"2026-11-27", 10h, {5}}};
  const auto on = [&](std::size_t day) { return profile_on(profile, world.open_days()[day]); };
  CHECK(on(0).values[0] == 2);  // Monday: workday
  CHECK(on(1).values[1] == 4);  // Tuesday by name
  CHECK(on(2).values[0] == 2);  // Wednesday: of a kind that the profile does not name
  CHECK(on(3).values[0] == 5);  // Friday by date
  CHECK(on(4).values[0] == 2);  // the Saturday that is like a Monday
  profile.by_day.push_back({"bill", 10h, {6}});
  CHECK(on(2).values[0] == 6);
  const DayCurve curve{profile, world};
  CHECK(curve.at(kStart) == 2);
  CHECK(curve.at(kStart + kDay + 4h) == 3);
  CHECK(curve.at(kStart + kDay + 5h) == 4);
  CHECK(curve.at(kStart + kDay + 20h) == 4);  // at night as it closed
  CHECK(curve.at(kStart + 2 * kDay) == 6);
  CHECK(curve.at(kStart + 3 * kDay) == 6);  // closed: as the day before
  CHECK(curve.at(kStart + 5 * kDay) == 2);
}

TEST_CASE("who would come when it is closed comes as long after the next opening") {
  const Horizon h = make_horizon(week());
  REQUIRE(h.spells.size() == 5);
  CHECK(h.intervals() == 50);
  CHECK(h.begin_of(23) == kStart + 2 * kDay + 3h);
  CHECK(h.begin_of(30) == kStart + 4 * kDay);  // Friday: the Thursday is closed
  CHECK(h.when_open(kStart + 9h) == kStart + 9h);
  CHECK(h.when_open(kStart + 10h) == kStart + kDay);
  CHECK(h.when_open(kStart + 13h) == kStart + kDay + 3h);
  CHECK(h.when_open(kStart + 2 * kDay + 34h) == kStart + 4 * kDay + 4h);  // 24 h after closing
  CHECK(h.when_open(kStart + 5 * kDay + 10h) == SimTime::max());
}

TEST_CASE("days of 24 hours in a row are one open spell") {
  World world = week();
  world.day = {0h, 24h, 1h, 0h, AtClose::kServe};
  world.caller_types[0].volume = flat_rate(60, 24h);
  world.groups[0].staff = flat(2, 24h);
  const Horizon h = make_horizon(world);
  REQUIRE(h.spells.size() == 2);  // up to the holiday, and after it
  CHECK(h.spells[0].to == kStart + 3 * kDay);
  CHECK(h.spells[1].first_interval == 72);
  CHECK(h.spells[1].from == kStart + 4 * kDay);
}

TEST_CASE("contradictions of the calendar") {
  const auto codes = [](const World& world) {
    std::string text;
    for (const Fault& fault : contradictions(world)) text += fault.path + " ";
    return text;
  };
  World world = week();
  world.days.special.push_back({"2027-01-01", "closed"});
  world.days.special.push_back({"Christmas", "closed"});
  CHECK(codes(world) == "days.special.Christmas ");
  world = week();
  world.days.closed = {"monday", "tuesday", "friday"};
  world.days.special = {{"2026-11-25", "closed"},
                        {"2026-11-26", "closed"},
                        {"2026-11-28", "closed"},
                        {"2026-11-29", "closed"}};
  CHECK(codes(world) == "days ");
  world = week();
  world.groups[0].staff->values.clear();
  world.groups[0].staff->by_day = {{"workday", 10h, {2}}, {"funday", 10h, {2}}};
  CHECK(codes(world) == "groups.agents.staff.by_day.funday ");
  world.groups[0].staff->by_day = {{"monday", 10h, {2}}, {"friday", 4h, {2}}};
  CHECK(codes(world) == "groups.agents.staff.by_day.friday groups.agents.staff.by_day ");
  world.days.first.reset();
  CHECK(codes(world) == "groups.agents.staff.by_day ");
}

}  // namespace callmill::test
