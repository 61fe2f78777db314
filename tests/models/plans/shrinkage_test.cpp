// Shrinkage: how many more are scheduled, and that as many are then away.

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "models/plans/day_plan.h"
#include "models/plans/shrinkage.h"

namespace callmill {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// 08:00 to 16:00 by half hours; 20 people all day.
World world_with(std::optional<Profile> planned, double unplanned) {
  World world;
  world.day = {hours{8}, hours{16}, minutes{30}, {}, {}};
  world.groups.resize(2);
  world.groups[0].name = "front";
  world.groups[1].name = "back";
  world.groups[1].staff = Profile{hours{8}, {3}};
  world.groups[0].shrinkage = Shrinkage{std::move(planned), Probability{unplanned}};
  ShiftPattern all_day;
  all_day.name = "day";
  all_day.group = GroupId{0};
  all_day.length = hours{8};
  all_day.first_start = all_day.last_start = hours{8};
  world.shifts = {all_day};
  return world;
}

DayPlan people(std::uint32_t count) {
  DayPlan plan;
  for (std::uint32_t a = 0; a < count; ++a)
    plan.shifts.push_back({GroupId{0}, a, "", 0, hours{8}, hours{16}, {}});
  return plan;
}

// Agent-hours in meetings within [from, to) after opening.
double met(const World& world, SimDuration from, SimDuration to) {
  double sum = 0;
  for (const DutyPeriod& p : world.roster)
    if (p.kind == DutyPeriod::Kind::kBreak && p.code == AuxCode::kMeeting &&
        p.from >= kStart + from && p.to <= kStart + to)
      sum += to_hours(p.to - p.from);
  return sum;
}

}  // namespace

TEST_CASE("shrinkage: shares of the intervals, planned and unplanned together") {
  const World world = world_with(Profile{hours{4}, {0.1, 0.2}}, 0.05);
  const std::vector<double> share = on_calls(world, GroupId{0});
  REQUIRE(share.size() == 16);
  for (std::size_t i = 0; i < 16; ++i) CHECK(share[i] == Approx((i < 8 ? 0.9 : 0.8) * 0.95));
  // Steps that are shorter than the intervals are averaged.
  CHECK(on_calls(world_with(Profile{minutes{15}, std::vector<double>(32, 0.1)}, 0),
                 GroupId{0})[0] == Approx(0.9));
  CHECK(on_calls(world, GroupId{1}) == std::vector<double>(16, 1.0));
}

TEST_CASE("shrinkage: the planned share is away in turns, the unplanned one is drawn in the run") {
  World world = world_with(Profile{hours{4}, {0.1, 0.25}}, 0.05);
  put_plan(world, people(20));
  // 10 % of 20 people are two in each interval, 25 % are five.
  CHECK(met(world, hours{0}, hours{4}) == Approx(2 * 4));
  CHECK(met(world, hours{4}, hours{8}) == Approx(5 * 4));
  // Nobody has more than one turn more than anybody else, and each is where the plan has them.
  std::map<std::uint32_t, int> turns;
  std::map<std::uint32_t, SimDuration> time;
  for (std::uint32_t a = 0; a < 20; ++a) turns[a] = 0;
  for (const DutyPeriod& p : world.roster) {
    turns[p.agent] += p.kind == DutyPeriod::Kind::kBreak;
    time[p.agent] += p.to - p.from;
  }
  std::set<int> numbers;
  for (const auto& [agent, n] : turns) numbers.insert(n);
  CHECK(numbers.size() <= 2);
  for (const auto& [agent, all] : time) CHECK(all == hours{8});
  REQUIRE(world.groups[0].attendance);
  CHECK(world.groups[0].attendance->absent == Probability{0.05});
  CHECK_FALSE(world.groups[0].shrinkage);  // taken: not to be taken again
  CHECK_FALSE(world.groups[1].attendance);
}

TEST_CASE("shrinkage: what an interval owes is carried on, below one turn") {
  // 7 % of 5 people: 0.35 of a turn an interval, 5.6 turns a day.
  World world = world_with(Profile{hours{8}, {0.07}}, 0);
  put_plan(world, people(5));
  for (int i = 1; i <= 16; ++i)
    CHECK(std::abs(met(world, hours{0}, minutes{30} * i) * 2 - 0.35 * i) <= 0.5 + 1e-9);
  CHECK_FALSE(world.groups[0].attendance);
}

}  // namespace callmill
