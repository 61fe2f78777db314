// Limits, hours off and extensions of plans: each broken alone is found, and nothing else.

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "models/plans/day_plan.h"

namespace callmill {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Texts = std::vector<std::string>;

// 08:00 to 20:00. Whole shifts of 8 h, halves of 4 h that may last an hour longer, and split ones:
// 4 h on duty on each side of 2 to 3 hours off.
World day() {
  World world;
  world.day = {hours{8}, hours{20}, minutes{30}, {}, {}};
  world.groups.resize(1);
  world.groups[0].name = "front";
  ShiftPattern whole;
  whole.name = "whole";
  whole.group = GroupId{0};
  whole.length = hours{8};
  whole.first_start = hours{8};
  whole.last_start = hours{12};
  whole.breaks = {{"meal", minutes{30}, hours{3}, hours{4}, false}};
  ShiftPattern half = whole;
  half.name = "half";
  half.length = hours{4};
  half.last_start = hours{16};
  half.breaks.clear();
  half.extension = Extension{hours{1}, minutes{30}};
  ShiftPattern split = whole;
  split.name = "split";
  split.breaks = {{"rest", minutes{15}, hours{1}, hours{2}, true},
                  {"rest", minutes{15}, hours{6}, hours{7}, true}};
  split.split = SplitGap{hours{4}, hours{4} + minutes{30}, hours{2}, hours{3}, minutes{30}};
  world.shifts = {whole, half, split};
  return world;
}

PlannedShift shift(std::uint32_t agent, std::size_t kind, SimDuration from, SimDuration to,
                   std::vector<PlannedBreak> breaks = {}) {
  return {GroupId{0}, agent, "", kind, from, to, std::move(breaks)};
}

// Two whole ones, a half one to the hour and one half an hour longer, and a split one with its
// rests before and after.
DayPlan good() {
  DayPlan plan;
  plan.shifts = {shift(0, 0, hours{8}, hours{16}, {{hours{11}, hours{11} + minutes{30}}}),
                 shift(1, 0, hours{12}, hours{20}, {{hours{16}, hours{16} + minutes{30}}}),
                 shift(2, 1, hours{8}, hours{12}), shift(3, 1, hours{15}, hours{19} + minutes{30}),
                 shift(4, 2, hours{8}, hours{18},
                       {{hours{9}, hours{9} + minutes{15}}, {hours{16}, hours{16} + minutes{15}}})};
  plan.shifts[4].off = {hours{12}, hours{14}};
  return plan;
}

Texts messages(const World& world, const DayPlan& plan) {
  Texts all;
  for (const PlanFault& fault : check_plan(world, plan))
    all.push_back(fault.code + ": " + fault.message);
  return all;
}

ShiftLimit limit(LimitOf of) {
  ShiftLimit one;
  one.name = "some";
  one.group = GroupId{0};
  one.of = of;
  return one;
}

}  // namespace

TEST_CASE("hours off and extensions: what kinds allow is good, each fault is found alone") {
  const World world = day();
  REQUIRE(messages(world, good()) == Texts{});
  const auto broken = [&](const std::function<void(DayPlan&)>& change, const Texts& says) {
    DayPlan plan = good();
    change(plan);
    CHECK(messages(world, plan) == says);
  };
  broken([](DayPlan& p) { p.shifts[3].to = hours{20}; }, {});
  broken([](DayPlan& p) { p.shifts[3].to += minutes{15}; },
         {"length: works 4h45min; half lasts 4h, and up to 1h more by steps of 30min"});
  broken(
      [](DayPlan& p) {
        p.shifts[3].off = {hours{16}, hours{16} + minutes{30}};
      },
      {"split: is off 16:00-16:30; half is worked in one stretch"});
  broken(
      [](DayPlan& p) {
        p.shifts[4].off.reset();
        p.shifts[4].to = hours{16};
        p.shifts[4].breaks[1] = {hours{14}, hours{14} + minutes{15}};
      },
      {"split: works in one stretch; split is split"});
  const std::string off =
      "; split is split between 12:00 and 12:30 for 2h to 3h, by steps of 30min";
  broken(
      [](DayPlan& p) {
        p.shifts[4].off = {hours{12}, hours{12} + minutes{90}};
        p.shifts[4].to = hours{17} + minutes{30};
      },
      {"split: is off 12:00-13:30" + off});
  broken(
      [](DayPlan& p) {
        p.shifts[4].off = {hours{13}, hours{15}};
      },
      {"split: is off 13:00-15:00" + off});
  broken(
      [](DayPlan& p) {
        p.shifts[4].off = {hours{12} + minutes{15}, hours{14} + minutes{15}};
      },
      {"split: is off 12:15-14:15" + off});
  // The second rest counts hours on duty: 6 h of them are over at 16:00.
  broken(
      [](DayPlan& p) {
        p.shifts[4].breaks[1] = {hours{15}, hours{15} + minutes{15}};
      },
      {"window: has the rest at 15:00; it begins between 16:00 and 17:00"});
}

TEST_CASE("limits: heads of kinds, by number and by share") {
  World world = day();
  world.limits = {limit(LimitOf::kHeads)};
  ShiftLimit& some = world.limits[0];
  some.shifts = {"half"};  // 2 of 5
  some.at_least = 2;
  some.at_most = 2;
  some.share_at_least = 0.4;
  some.share_at_most = 0.4;
  CHECK(messages(world, good()) == Texts{});
  some.at_least = 3;
  some.at_most = 1;
  some.share_at_least = 0.41;
  some.share_at_most = 0.39;
  CHECK(messages(world, good()) ==
        Texts{"limit: limit some counts 2 of 5 agents; at_least is 3",
              "limit: limit some counts 2 of 5 agents; at_most is 1",
              "limit: limit some counts 2 of 5 agents; share_at_least is 41%",
              "limit: limit some counts 2 of 5 agents; share_at_most is 39%"});
  world.limits.clear();
  world.shifts[2].min_agents = 2;
  CHECK(messages(world, good()) == Texts{"limit: 1 agents work split; min_agents is 2"});
}

TEST_CASE("limits: who is at work, and who is on duty, at any time of the hours named") {
  World world = day();
  world.limits = {limit(LimitOf::kAtWork)};
  const auto use = [&] { return use_of(world, good(), world.limits[0]); };
  // 08:00 three; 09:00 a rest: two; 11:00 a meal: two; 12:00 the half one goes, one comes, one is
  // off: two; 15:00 four with the split one back from 14:00; 16:00 one goes, a meal and a rest:
  // one.
  CHECK(use().least == 1);
  CHECK(use().least_at == hours{16});
  CHECK(use().most == 4);
  CHECK(use().most_at == hours{15});
  world.limits[0].of = LimitOf::kOnDuty;
  CHECK(use().least == 1);  // from 19:30 on
  CHECK(use().least_at == hours{19} + minutes{30});
  world.limits[0].from = hours{16};
  world.limits[0].to = hours{17};
  CHECK(use().least == 3);
  CHECK(use().most == 3);
  world.limits[0].at_least = 4;
  world.limits[0].at_most = 2;
  CHECK(messages(world, good()) ==
        Texts{"limit: limit some: 3 agents are on duty at 16:00; at_least is 4",
              "limit: limit some: 3 agents are on duty at 16:00; at_most is 2"});
  // Hours that begin between two changes.
  world.limits[0].from = hours{16} + minutes{40};
  world.limits[0].of = LimitOf::kAtWork;
  CHECK(use().least == 3);
  CHECK(use().least_at == hours{16} + minutes{40});
  // Hours past midnight, of a day that is closed then.
  world.limits[0].from = hours{21};
  world.limits[0].to = hours{6};
  CHECK(messages(world, good()) == Texts{});
}

TEST_CASE("hours off are no duty: a person has two stretches") {
  const std::vector<DutyPeriod> roster = roster_of(day().day, {good().shifts[4]});
  std::vector<std::pair<SimTime, SimTime>> stretches;
  for (const DutyPeriod& p : roster) stretches.emplace_back(p.from, p.to);
  const auto at = [](int h, int m = 0) { return kStart + hours{h} + minutes{m}; };
  CHECK(stretches == std::vector<std::pair<SimTime, SimTime>>{{at(0), at(1)},
                                                              {at(1), at(1, 15)},
                                                              {at(1, 15), at(4)},
                                                              {at(6), at(8)},
                                                              {at(8), at(8, 15)},
                                                              {at(8, 15), at(10)}});
}

}  // namespace callmill
