// What hours are paid: each rule alone and beside others, by hand.

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "models/plans/pay.h"

namespace callmill {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Round the clock on a Friday. A shift of 10 h at 40 with a paid rest and an unpaid meal whose
// window is 4 h to 5 h, so that it counts from 4.5 h on.
World friday() {
  World world;
  world.day = {hours{0}, hours{24}, minutes{30}, {}, {}};
  world.days.first = parse_date("2026-11-27");
  world.groups.resize(1);
  world.groups[0].name = "front";
  ShiftPattern full;
  full.name = "full";
  full.group = GroupId{0};
  full.length = hours{10};
  full.last_start = hours{23};
  full.breaks = {{"rest", minutes{15}, hours{1}, hours{2}, true},
                 {"meal", minutes{30}, hours{4}, hours{5}, false}};
  full.wage_per_hour = 40;
  ShiftPattern other = full;
  other.name = "other";
  world.shifts = {full, other};
  return world;
}

PlannedShift from(SimDuration start, std::size_t kind = 0, SimDuration more = {}) {
  return {GroupId{0},
          0,
          "",
          kind,
          start,
          start + hours{10} + more,
          {{start + hours{1}, start + hours{1} + minutes{15}},
           {start + hours{4}, start + hours{4} + minutes{30}}}};
}

PayRule rule(const char* name) {
  PayRule one;
  one.name = name;
  return one;
}

using Hours = std::map<std::string, double>;
Hours hours_of(const World& world, const PlannedShift& shift) {
  Hours all;
  for (const PaidPart& part : DayPay{world}.parts(shift)) all[part.rule] = to_hours(part.time);
  return all;
}

}  // namespace

TEST_CASE("pay: hours of the clock, over midnight, without the unpaid meal") {
  World world = friday();
  PayRule night = rule("night");
  night.from = hours{22};
  night.to = hours{6};
  night.per_hour = 12;
  world.pay = {night};
  CHECK(hours_of(world, from(hours{8})) == Hours{{"wage", 9.5}});
  // 20:00 to 06:00; the meal counts from 00:30 to 01:00 and is no night work.
  CHECK(hours_of(world, from(hours{20})) == Hours{{"wage", 9.5}, {"night", 7.5}});
  CHECK(wage_of(world, from(hours{20})) == Approx(9.5 * 40 + 7.5 * 12));
  // Where the meal is really taken changes nothing.
  PlannedShift late = from(hours{20});
  late.breaks[1] = {hours{25}, hours{25} + minutes{30}};
  CHECK(wage_of(world, late) == wage_of(world, from(hours{20})));
  // 17:45 to 03:45: the meal counts from 22:15 to 22:45.
  CHECK(hours_of(world, from(hours{17} + minutes{45})) ==
        Hours{{"wage", 9.5}, {"night", 5.75 - 0.5}});
}

TEST_CASE("pay: the kind's own night supplement counts paid time alone, as such a rule does") {
  World world = friday();
  world.shifts[0].night_supplement = 12;
  World ruled = friday();
  PayRule night = rule("night");
  night.from = hours{22};
  night.to = hours{6};
  night.per_hour = 12;
  ruled.pay = {night};
  for (SimDuration start{}; start < hours{24}; start += minutes{15})
    CHECK(wage_of(world, from(start)) == Approx(wage_of(ruled, from(start))));
}

TEST_CASE("pay: overtime is the end of the paid time") {
  World world = friday();
  PayRule overtime = rule("overtime");
  overtime.after = hours{8};
  overtime.rate = 1.5;
  world.pay = {overtime};
  CHECK(hours_of(world, from(hours{8})) == Hours{{"wage", 9.5}, {"overtime", 1.5}});
  CHECK(hours_of(world, from(hours{8}, 0, hours{1})) == Hours{{"wage", 10.5}, {"overtime", 2.5}});
  CHECK(wage_of(world, from(hours{8})) == Approx(8 * 40 + 1.5 * 60));
  // Of one kind of shift alone.
  world.pay[0].shifts = {"other"};
  CHECK(wage_of(world, from(hours{8})) == Approx(9.5 * 40));
  CHECK(wage_of(world, from(hours{8}, 1)) == Approx(8 * 40 + 1.5 * 60));
}

TEST_CASE("pay: of rates the highest counts, supplements add") {
  World world = friday();
  PayRule overtime = rule("overtime"), evening = rule("evening"), extra = rule("extra");
  overtime.after = hours{8};
  overtime.rate = 1.5;
  evening.from = hours{16};
  evening.to = hours{24};
  evening.rate = 2;
  extra.share = 0.25;
  world.pay = {overtime, evening, extra};
  // 08:00 to 18:00, 9.5 h paid: the evening is 2 h, and the overtime lies in it from 16:30 on.
  CHECK(hours_of(world, from(hours{8})) == Hours{{"wage", 9.5}, {"evening", 2}, {"extra", 9.5}});
  CHECK(wage_of(world, from(hours{8})) == Approx(7.5 * 40 + 2 * 80 + 9.5 * 10));
  world.pay[1].rate = 1.25;
  CHECK(wage_of(world, from(hours{8})) == Approx(7.5 * 40 + 0.5 * 40 * 1.25 + 1.5 * 60 + 9.5 * 10));
}

TEST_CASE("pay: days by the calendar, and the rates of labour rules") {
  World world = friday();
  PayRule weekend = rule("weekend");
  weekend.on = {"weekend"};
  weekend.rate = 1.75;
  world.pay = {weekend};
  const auto wage_on = [&](const char* date) {
    world.days.first = parse_date(date);
    return wage_of(world, from(hours{8}));
  };
  const double plain = 9.5 * 40;
  CHECK(wage_on("2026-11-27") == Approx(plain));
  CHECK(wage_on("2026-11-28") == Approx(1.75 * plain));
  world.labour.preset = LabourPreset::kCnStandard;
  CHECK(wage_on("2026-11-27") == Approx(8 * 40 + 1.5 * 60));
  CHECK(wage_on("2026-11-28") == Approx(2 * plain));  // overtime as well
  // A Saturday that is worked in place of a Thursday; a holiday on a Thursday.
  world.days.special = {{"2026-11-28", "thursday"}, {"2026-10-01", "holiday"}};
  CHECK(wage_on("2026-11-28") == Approx(8 * 40 + 1.5 * 60));
  CHECK(wage_on("2026-10-01") == Approx(3 * plain));
  world.labour.holiday_rate = 2.5;
  CHECK(wage_on("2026-10-01") == Approx(2.5 * plain));
}

TEST_CASE("pay: hours off are not paid, and move the meal behind them") {
  World world = friday();
  world.shifts[0].split = SplitGap{hours{3}, hours{3}, hours{2}, hours{4}, hours{1}};
  PayRule evening = rule("evening");
  evening.from = hours{18};
  evening.to = hours{20};
  evening.per_hour = 5;
  world.pay = {evening};
  PlannedShift shift = from(hours{10}, 0, hours{4});
  shift.off = {hours{13}, hours{17}};
  // 10-13 and 17-24 with the meal at 4.5 h on duty: 18:30 to 19:00.
  CHECK(hours_of(world, shift) == Hours{{"wage", 9.5}, {"evening", 1.5}});
}

TEST_CASE("pay: the parts of a day add up to its wages, rule by rule") {
  World world = friday();
  world.shifts[0].night_supplement = 3;
  PayRule late = rule("late");
  late.from = hours{20};
  late.to = hours{23};
  late.share = 0.1;
  world.pay = {late};
  world.labour.preset = LabourPreset::kCnStandard;
  const DayPlan plan{{from(hours{8}), from(hours{14}), from(hours{15}, 1)}, {}};
  const std::vector<PaidPart> parts = pay_parts(world, plan);
  std::vector<std::string> names;
  double sum = 0;
  for (const PaidPart& part : parts) {
    names.push_back(part.rule);
    sum += part.amount;
  }
  CHECK(names == std::vector<std::string>{"wage", "night_supplement", "late", "overtime"});
  CHECK(sum == Approx(wages_of(world, plan)));
  CHECK(to_hours(parts[0].time) == Approx(3 * 9.5));
  CHECK(to_hours(parts[1].time) == Approx(2));      // 22:00 to 24:00, the first kind alone
  CHECK(to_hours(parts[2].time) == Approx(3 + 3));  // both late shifts
  CHECK(to_hours(parts[3].time) == Approx(3 * 1.5));
}

}  // namespace callmill
