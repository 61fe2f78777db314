// Plans of people: each rule broken alone is found, and nothing else; what a plan costs; where its
// people are.

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "models/plans/day_plan.h"

namespace callmill {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// 08:00 to 20:00; a full shift with a rest and a meal, and a short one of another group.
World open_by_day() {
  World world;
  world.day = {hours{8}, hours{20}, minutes{30}, {}, {}};
  world.groups.resize(3);
  world.groups[0].name = "front";
  world.groups[1].name = "back";
  world.groups[2].name = "desk";
  world.groups[2].staff = Profile{hours{6}, {2, 3}};
  world.groups[2].wage_per_hour = 10;
  world.trunks.push_back({"main", 30, 3});
  world.trunks.push_back({"mobile", std::nullopt, 5});
  ShiftPattern full;
  full.name = "full";
  full.group = GroupId{0};
  full.length = hours{8};
  full.first_start = hours{8};
  full.last_start = hours{12};
  full.start_every = minutes{30};
  full.breaks = {{"rest", minutes{15}, hours{1}, hours{2}, true},
                 {"meal", minutes{30}, hours{3}, hours{5}, false}};
  full.wage_per_hour = 40;
  full.max_agents = 2;
  ShiftPattern half = full;
  half.name = "half";
  half.group = GroupId{1};
  half.length = hours{4};
  half.breaks.clear();
  half.last_start = hours{16};
  half.max_agents.reset();
  world.shifts = {full, half};
  return world;
}

PlannedShift shift(std::size_t group, std::uint32_t agent, std::size_t pattern, SimDuration from,
                   SimDuration length, std::vector<PlannedBreak> breaks = {}) {
  return {GroupId{group}, agent, "", pattern, from, from + length, std::move(breaks)};
}

PlannedShift full_from(SimDuration from, std::uint32_t agent) {
  return shift(0, agent, 0, from, hours{8},
               {{from + hours{1}, from + hours{1} + minutes{15}},
                {from + hours{5}, from + hours{5} + minutes{30}}});
}

// Two full shifts, at the ends of their starts, one with a break at each end of its window; a half.
DayPlan good_plan() {
  DayPlan plan;
  plan.shifts = {full_from(hours{8}, 0), full_from(hours{12}, 1),
                 shift(1, 0, 1, hours{16}, hours{4})};
  plan.lines = {{TrunkGroupId{1}, 12}};
  return plan;
}

std::vector<std::string> codes(const World& world, const DayPlan& plan) {
  std::vector<std::string> all;
  for (const PlanFault& fault : check_plan(world, plan)) all.push_back(fault.code);
  return all;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("each rule of a plan that is broken alone is found, and nothing else") {
  const World world = open_by_day();
  REQUIRE(codes(world, good_plan()) == Codes{});

  const auto broken = [&](const std::function<void(DayPlan&)>& change, const Codes& expected,
                          const std::string& says) {
    DayPlan plan = good_plan();
    change(plan);
    const std::vector<PlanFault> faults = check_plan(world, plan);
    CAPTURE(says);
    CHECK(codes(world, plan) == expected);
    REQUIRE_FALSE(faults.empty());
    CHECK(faults[0].message == says);
  };
  const auto move = [](PlannedShift& s, SimDuration by) {
    s.from += by;
    s.to += by;
    for (PlannedBreak& b : s.breaks) {
      b.from += by;
      b.to += by;
    }
  };
  broken([&](DayPlan& p) { move(p.shifts[0], minutes{10}); }, {"start"},
         "begins at 08:10; full begins from 08:00 to 12:00, every 30min");
  broken([&](DayPlan& p) { move(p.shifts[2], minutes{30}); }, {"day", "start"},
         "works 16:30-20:30, and the centre is open 08:00-20:00");
  broken([&](DayPlan& p) { p.shifts[0].to += minutes{30}; }, {"length"},
         "works 8h30min; full lasts 8h");
  broken([&](DayPlan& p) { p.shifts[2].to -= minutes{30}; }, {"length"},
         "works 3h30min; half lasts 4h");
  broken([](DayPlan& p) { p.shifts[0].breaks.pop_back(); }, {"breaks"},
         "has 1 break(s); full has 2");
  broken(
      [](DayPlan& p) {
        p.shifts[2].breaks.push_back({hours{17}, hours{18}});
      },
      {"breaks"}, "has 1 break(s); half has 0");
  broken([](DayPlan& p) { p.shifts[0].breaks[1].to += minutes{5}; }, {"break-length"},
         "has a meal of 35min; it lasts 30min");
  broken(
      [](DayPlan& p) {
        p.shifts[0].breaks[1].from += minutes{5};
        p.shifts[0].breaks[1].to += minutes{5};
      },
      {"window"}, "has the meal at 13:05; it begins between 11:00 and 13:00");
  broken(
      [](DayPlan& p) {
        p.shifts[0].breaks[0].from -= minutes{1};
        p.shifts[0].breaks[0].to -= minutes{1};
      },
      {"window"}, "has the rest at 08:59; it begins between 09:00 and 10:00");
  broken([](DayPlan& p) { p.shifts[2].pattern.reset(); }, {"kind"},
         "works a shift of no kind that the scenario has");
  broken(
      [](DayPlan& p) {
        p.shifts[2].group = GroupId{0};
        p.shifts[2].agent = 7;
      },
      {"group"}, "works half, which is a shift of back");
  broken([](DayPlan& p) { p.shifts[1].agent = 0; }, {"twice"},
         "has more than one shift of the day");
  broken([](DayPlan& p) { p.shifts.push_back(full_from(hours{10}, 2)); }, {"limit"},
         "3 agents work full; max_agents is 2");
  broken(
      [](DayPlan& p) {
        p.lines = {{TrunkGroupId{0}, 12}};
      },
      {"lines"}, "lines.mobile has no number of lines, neither here nor in the scenario");
}

TEST_CASE("several broken rules are all found, each with its shift") {
  const World world = open_by_day();
  DayPlan plan = good_plan();
  plan.shifts[1].to += minutes{60};
  plan.shifts[2].from += minutes{10};
  plan.lines.clear();
  const std::vector<PlanFault> faults = check_plan(world, plan);
  CHECK(codes(world, plan) == Codes{"day", "length", "length", "start", "lines"});
  // 21:00 is after closing; 16:10 is no start and leaves 3h50min.
  std::map<std::string, std::size_t> at;
  for (const PlanFault& fault : faults)
    if (fault.shift) at[fault.code] = *fault.shift;
  CHECK(at == std::map<std::string, std::size_t>{{"day", 1}, {"start", 2}, {"length", 2}});
}

TEST_CASE("a start that is not allowed is told the nearest that is") {
  const World world = open_by_day();
  const auto help = [&](SimDuration from) {
    DayPlan plan = good_plan();
    plan.shifts[0] = full_from(from, 0);
    return check_plan(world, plan).at(0).help;
  };
  CHECK(help(hours{8} + minutes{14}) == "the nearest is 08:00");
  CHECK(help(hours{8} + minutes{16}) == "the nearest is 08:30");
  CHECK(help(hours{11} + minutes{50}) == "the nearest is 12:00");
}

TEST_CASE("round the clock a night shift is within the day, and its start is of one day") {
  World world = open_by_day();
  world.day = {hours{0}, hours{24}, minutes{30}, {}, {}};
  world.shifts[1].first_start = hours{20};
  world.shifts[1].last_start = hours{23};
  DayPlan plan = good_plan();
  plan.shifts[2] = shift(1, 0, 1, hours{23}, hours{4});
  CHECK(codes(world, plan) == Codes{});
  plan.shifts[2] = shift(1, 0, 1, hours{24}, hours{4});
  CHECK(codes(world, plan) == Codes{"day", "start"});
}

TEST_CASE("a shift costs its paid hours, and the supplement of its hours at night") {
  World world = open_by_day();
  world.shifts[1].night_supplement = 6;
  // 8 h less the unpaid meal.
  CHECK(wage_of(world, full_from(hours{8}, 0)) == Approx(7.5 * 40));
  CHECK(wage_of(world, shift(1, 0, 1, hours{16}, hours{4})) == Approx(4 * 40));
  CHECK(wage_of(world, shift(1, 0, 1, hours{20}, hours{4})) == Approx(4 * 40 + 2 * 6));
  CHECK(wage_of(world, shift(1, 0, 1, hours{3}, hours{4})) == Approx(4 * 40 + 3 * 6));
  CHECK(wage_of(world, shift(1, 0, 1, hours{21}, hours{10})) == Approx(10 * 40 + 8 * 6));
  // The second night of a shift past two midnights.
  CHECK(wage_of(world, shift(1, 0, 1, hours{45}, hours{4})) == Approx(4 * 40 + 3 * 6));
  PlannedShift none = shift(1, 0, 1, hours{8}, hours{4});
  none.pattern.reset();
  CHECK(wage_of(world, none) == 0);
}

TEST_CASE(
    "a day costs the plan's wages, those of groups without shifts, and the rent of all lines") {
  const World world = open_by_day();
  DayPlan plan = good_plan();
  // The desk has 2 agents for 6 h and 3 for 6 h.
  CHECK(wages_of(world, plan) == Approx(2 * 7.5 * 40 + 4 * 40 + (2 + 3) * 6 * 10));
  CHECK(rent_of(world, plan) == Approx(30 * 3 + 12 * 5));
  plan.lines.push_back({TrunkGroupId{0}, 20});
  CHECK(rent_of(world, plan) == Approx(20 * 3 + 12 * 5));
  // A plan that staffs the desk takes its staff away.
  plan.shifts.push_back({GroupId{2}, 0, "", std::nullopt, hours{8}, hours{9}, {}});
  CHECK(wages_of(world, plan) == Approx(2 * 7.5 * 40 + 4 * 40));
}

TEST_CASE("a plan takes the place of staff where there are shifts, and leaves other groups alone") {
  World world = open_by_day();
  world.groups[0].staff = Profile{hours{12}, {9}};
  world.roster.push_back({GroupId{1}, 0, kStart, kStart + hours{1}, DutyPeriod::Kind::kWork});
  world.roster.push_back({GroupId{2}, 0, kStart, kStart + hours{1}, DutyPeriod::Kind::kWork});
  DayPlan plan = good_plan();
  plan.shifts.resize(2);  // nobody of the back
  put_plan(world, plan);
  CHECK_FALSE(world.groups[0].staff);
  REQUIRE(world.groups[1].staff);
  CHECK(world.groups[1].staff->values == std::vector<double>{0});
  REQUIRE(world.groups[2].staff);
  CHECK(world.groups[2].staff->values == std::vector<double>{2, 3});
  CHECK(world.trunks[0].lines == 30);
  CHECK(world.trunks[1].lines == 12);
  // Five stretches each: work, rest, work, meal, work; and the desk's own.
  REQUIRE(world.roster.size() == 11);
  CHECK(world.roster[0].group == GroupId{2});
  const DutyPeriod& meal = world.roster[4];
  CHECK(meal.kind == DutyPeriod::Kind::kBreak);
  CHECK(meal.from == kStart + hours{5});  // 13:00, five hours after opening
  CHECK(meal.to == kStart + hours{5} + minutes{30});
}

TEST_CASE("what lies outside the day is left out, round the clock it is the morning") {
  const Day by_day{hours{8}, hours{20}, minutes{30}, {}, {}};
  const std::vector<PlannedShift> early{shift(0, 0, 0, hours{6}, hours{4})};
  const std::vector<DutyPeriod> cut = roster_of(by_day, early);
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].from == kStart);
  CHECK(cut[0].to == kStart + hours{2});
  CHECK(roster_of(by_day, {shift(0, 0, 0, hours{20}, hours{4})}).empty());

  const Day always{hours{6}, hours{30}, minutes{30}, {}, {}};
  const std::vector<DutyPeriod> night =
      roster_of(always, {shift(0, 0, 0, hours{28}, hours{8}, {{hours{29}, hours{31}}})});
  const auto stretches = [&](DutyPeriod::Kind kind) {
    std::vector<std::pair<SimTime, SimTime>> all;
    for (const DutyPeriod& p : night)
      if (p.kind == kind) all.emplace_back(p.from, p.to);
    return all;
  };
  using Stretches = std::vector<std::pair<SimTime, SimTime>>;
  CHECK(stretches(DutyPeriod::Kind::kWork) == Stretches{{kStart + hours{22}, kStart + hours{23}},
                                                        {kStart + hours{1}, kStart + hours{6}}});
  CHECK(stretches(DutyPeriod::Kind::kBreak) ==
        Stretches{{kStart + hours{23}, kStart + hours{24}}, {kStart, kStart + hours{1}}});
}

}  // namespace callmill
