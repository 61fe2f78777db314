// People's weeks: each rule broken alone is found, and nothing else; hours and pay of several days.

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "models/plans/day_plan.h"
#include "models/plans/pay.h"

namespace callmill {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Codes = std::vector<std::string>;

// Monday 2026-11-23 to Sunday, 08:00 to 22:00; shifts of 8 h from 08:00 to 14:00.
World week() {
  World world;
  world.day = {hours{8}, hours{22}, minutes{30}, {}, {}};
  world.days.count = 7;
  world.days.first = parse_date("2026-11-23");
  world.groups.resize(1);
  world.groups[0].name = "front";
  ShiftPattern day;
  day.name = "day";
  day.group = GroupId{0};
  day.length = hours{8};
  day.first_start = hours{8};
  day.last_start = hours{14};
  day.wage_per_hour = 10;
  world.shifts = {day};
  world.groups[0].tours = Tours{};
  return world;
}

PlannedShift at(std::uint32_t agent, std::int64_t day, SimDuration from = hours{8}) {
  PlannedShift shift{GroupId{0}, agent, "", std::size_t{0}, from, from + hours{8}, {}};
  shift.day = day;
  return shift;
}

DayPlan days_of(const std::vector<std::vector<std::int64_t>>& people) {
  DayPlan plan;
  for (std::size_t p = 0; p < people.size(); ++p)
    for (const std::int64_t day : people[p])
      plan.shifts.push_back(at(static_cast<std::uint32_t>(p), day));
  return plan;
}

Codes codes(const World& world, const DayPlan& plan) {
  Codes all;
  for (const PlanFault& fault : check_plan(world, plan)) all.push_back(fault.code);
  return all;
}

TEST_CASE("a week of five days keeps the rules; each rule broken alone is found") {
  const DayPlan good = days_of({{0, 1, 2, 3, 4}, {2, 3, 4, 5, 6}});
  CHECK(codes(week(), good).empty());
  const auto broken = [](const std::function<void(World&)>& rule, const DayPlan& plan) {
    World world = week();
    rule(world);
    return codes(world, plan);
  };
  const auto none = [](World&) {};
  const auto tours = [](const std::function<void(Tours&)>& change) {
    return [change](World& world) { change(*world.groups[0].tours); };
  };
  CHECK(broken(none, days_of({{0, 1, 2, 3}})) == Codes{"days"});
  CHECK(broken(tours([](Tours& t) { t.min_days = 4; }), days_of({{0, 1, 2, 3}})).empty());
  CHECK(broken(none, days_of({{0, 1, 2, 3, 4, 5}})) == Codes{"days"});
  CHECK(broken(none, days_of({{0, 1, 2, 3, 4, 4}})) == Codes{"twice"});
  // The week follows upon itself: off on Sunday and Monday is together.
  const auto together = tours([](Tours& t) { t.min_days_off_in_a_row = 2; });
  CHECK(broken(together, days_of({{1, 2, 3, 4, 5}})).empty());
  CHECK(broken(together, days_of({{0, 1, 3, 4, 5}})) == Codes{"days-off", "days-off"});
  const auto at_most_4 = tours([](Tours& t) { t.max_days_in_a_row = 4; });
  CHECK(broken(at_most_4, days_of({{0, 1, 3, 4, 5}})).empty());
  CHECK(broken(at_most_4, days_of({{0, 1, 4, 5, 6}})) == Codes{"days-in-a-row"});
  CHECK(broken(tours([](Tours& t) { t.max_hours = hours{39}; }), days_of({{0, 1, 2, 3, 4}})) ==
        Codes{"hours"});
  CHECK(broken(tours([](Tours& t) { t.min_hours = hours{41}; }), days_of({{0, 1, 2, 3, 4}})) ==
        Codes{"hours"});
  CHECK(broken(tours([](Tours& t) { t.weekends_off = 0.5; }), good).empty());
  CHECK(broken(tours([](Tours& t) { t.weekends_off = 0.6; }), good) == Codes{"weekends"});
  CHECK(broken([](World& world) { world.days.closed = {"sunday"}; }, good) == Codes{"closed"});
}

TEST_CASE("labour rules of a week hold for people of a week's plan") {
  World world = week();
  world.labour.preset = LabourPreset::kCnStandard;
  world.groups[0].tours->days = 6;
  world.groups[0].tours->min_days = 1;
  CHECK(codes(world, days_of({{0, 1, 2, 3, 4}})).empty());
  CHECK(codes(world, days_of({{0, 1, 2, 3, 4, 5}})) == Codes{"working-week"});
  world.groups[0].tours.reset();
  CHECK(codes(world, days_of({{0, 1, 2, 3, 4, 5, 6}})) == Codes{"rest-days", "working-week"});
  // 36 h of a month are 8 h 18 min of a week: 9 h on each of 5 days are 5 h of overtime, and may
  // be.
  world.shifts[0].length = hours{9};
  DayPlan longer = days_of({{0, 1, 2, 3, 4}});
  for (PlannedShift& shift : longer.shifts) shift.to = shift.from + hours{9};
  CHECK(codes(world, longer).empty());
  world.labour.overtime_month = hours{20};
  CHECK(codes(world, longer) == Codes{"overtime"});
}

TEST_CASE("rest is from a shift's end to the next one's start, Sunday's to Monday's among them") {
  World world = week();
  world.labour.rest = hours{11};
  world.groups[0].tours.reset();
  DayPlan plan;
  plan.shifts = {at(0, 0, hours{14}), at(0, 1, hours{8})};  // 22:00 to 08:00
  CHECK(codes(world, plan) == Codes{"rest"});
  plan.shifts = {at(0, 0, hours{14}), at(0, 1, hours{9})};
  CHECK(codes(world, plan).empty());
  plan.shifts = {at(0, 6, hours{14}), at(0, 0, hours{8})};
  CHECK(codes(world, plan) == Codes{"rest"});
  plan.shifts = {at(0, 0, hours{14}), at(1, 1, hours{8})};
  CHECK(codes(world, plan).empty());
}

TEST_CASE("nights of a week are counted") {
  World world = week();
  world.day = {hours{0}, hours{24}, minutes{30}, {}, {}};
  world.shifts[0].last_start = hours{22};
  world.groups[0].tours->days = 3;
  world.groups[0].tours->max_nights = 2;
  DayPlan plan;
  for (const int day : {0, 1, 6}) plan.shifts.push_back(at(0, day, hours{22}));
  CHECK(codes(world, plan) == Codes{"nights"});
  plan.shifts[2] = at(0, 6, hours{8});
  CHECK(codes(world, plan).empty());
  CHECK(is_night(hours{22}, hours{30}));
  CHECK(is_night(hours{16}, hours{24} + minutes{1}));
  CHECK_FALSE(is_night(hours{16}, hours{24}));
  CHECK_FALSE(is_night(hours{5}, hours{13}));
  CHECK(is_night(hours{4}, hours{12}));
}

TEST_CASE("limits hold on each day") {
  World world = week();
  world.shifts[0].max_agents = 1;
  world.groups[0].tours.reset();
  CHECK(codes(world, days_of({{0, 1}, {2, 3}})).empty());
  const std::vector<PlanFault> faults = check_plan(world, days_of({{0, 1}, {1, 2}}));
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].message == "2 agents work day on 2026-11-24; max_agents is 1");
}

TEST_CASE("a week's shifts lie on their days, wrap from its end, and are paid as their day") {
  World world = week();
  world.day = {hours{0}, hours{24}, minutes{30}, {}, {}};
  DayPlan plan;
  plan.shifts = {at(0, 2, hours{20}), at(1, 6, hours{20})};
  const std::vector<DutyPeriod> roster = roster_of(world.day, plan.shifts, 7);
  REQUIRE(roster.size() == 3);
  CHECK(roster[0].from == kStart + hours{68});
  CHECK(roster[0].to == kStart + hours{76});
  CHECK(roster[1].to == kStart + hours{168});
  CHECK(roster[2].from == kStart);
  CHECK(roster[2].to == kStart + hours{4});
  PayRule sunday;
  sunday.name = "sunday";
  sunday.on = {"sunday"};
  sunday.rate = 2;
  world.pay = {sunday};
  CHECK(wages_of(world, plan) == Approx(80 + 160));
  const std::vector<PaidPart> parts = pay_parts(world, plan);
  REQUIRE(parts.size() == 2);
  CHECK(parts[1].rule == "sunday");
  CHECK(parts[1].amount == Approx(80));
}

}  // namespace
}  // namespace callmill
