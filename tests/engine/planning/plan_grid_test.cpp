// Between a World's shifts (durations) and a cover problem (slots), and back to people's day.

#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <vector>

#include "engine/planning/plan.h"
#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {
namespace {

// Round the clock, half hours: a day shift with a meal, and a night shift over midnight.
World round_the_clock() {
  World world = plan_world();
  world.day.opens = 0h;
  world.day.closes = 24h;
  world.day.interval = 30min;
  world.caller_types[0].volume = {4h, {20, 20, 60, 80, 60, 40}};
  ShiftPattern day = shift_of("day", 0, 8h, 6h, 16h, 40);
  day.night_supplement = 10;
  day.breaks = {break_of("rest", 15min, 1h, 2h, true), break_of("meal", 30min, 3h, 4h, false)};
  ShiftPattern night = shift_of("night", 0, 9h, 20h, 23h, 44);
  night.night_supplement = 8;
  night.max_agents = 7;
  night.breaks = {break_of("meal", 1h, 3h, 5h, false)};
  world.shifts = {day, night};
  return world;
}

// Agents at work in each slot, counted from the roster.
std::vector<std::int64_t> at_work(const std::vector<DutyPeriod>& roster, int slots,
                                  SimDuration slot) {
  std::vector<std::int64_t> count(static_cast<std::size_t>(slots));
  for (const DutyPeriod& p : roster) {
    if (p.kind != DutyPeriod::Kind::kWork) continue;
    const auto from = static_cast<std::size_t>((p.from - kStart) / slot);
    const auto to = static_cast<std::size_t>((p.to - kStart) / slot);
    for (std::size_t s = from; s < to; ++s) ++count.at(s);
  }
  return count;
}

SimDuration total(const std::vector<DutyPeriod>& roster, DutyPeriod::Kind kind) {
  SimDuration sum{};
  for (const DutyPeriod& p : roster)
    if (p.kind == kind) sum += p.to - p.from;
  return sum;
}

// No two stretches of an agent overlap.
void check_agents(const std::vector<DutyPeriod>& roster) {
  std::map<std::uint32_t, std::set<std::pair<SimTime, SimTime>>> days;
  for (const DutyPeriod& p : roster) {
    CHECK(p.from < p.to);
    CHECK(days[p.agent].emplace(p.from, p.to).second);
  }
  for (const auto& [agent, stretches] : days) {
    INFO("agent " << agent);
    std::optional<SimTime> end;
    for (const auto& [from, to] : stretches) {
      CHECK((!end || *end <= from));
      end = to;
    }
  }
}

}  // namespace

TEST_CASE("The planning slot divides every start, length, break and interval") {
  World world = plan_world();
  CHECK(planning_slot(world) == 30min);  // the meal
  world.shifts[0].breaks[0].earliest = 2h + 10min;
  CHECK(planning_slot(world) == 10min);
  world.shifts[1].length = 3h + 5min;
  CHECK(planning_slot(world) == 5min);
  world.shifts.clear();
  CHECK(planning_slot(world) == 1h);
  world.day.opens = 8h + 15min;
  CHECK(planning_slot(world) == 15min);
}

TEST_CASE("A day that is not round the clock has only the starts whose shift ends within it") {
  World world = plan_world();
  world.shifts[0].last_start = 15h;
  const CoverProblem problem = cover_problem(world, GroupId{0}, 30min, std::vector<double>(16, 1));
  CHECK(faults(problem).empty());
  CHECK(problem.slots == 16);
  CHECK_FALSE(problem.cyclic);
  REQUIRE(problem.shifts.size() == 2);
  CHECK(problem.shifts[0].starts == std::vector<int>{0, 2, 4});  // 08:00, 09:00, 10:00
  CHECK(problem.shifts[0].length == 12);
  CHECK(problem.shifts[1].starts == std::vector<int>{0, 2, 4, 6, 8, 10});
  REQUIRE(problem.shifts[0].breaks.size() == 1);
  CHECK(problem.shifts[0].breaks[0].length == 1);
  CHECK(problem.shifts[0].breaks[0].earliest == 4);
  CHECK(problem.shifts[0].breaks[0].latest == 6);
}

TEST_CASE("Only the group's own shifts stand in its problem") {
  World world = plan_world();
  world.groups.push_back(agents("others", flat(2, 8h)));
  world.shifts[1].group = GroupId{1};
  const auto names = [&](std::size_t group) {
    std::vector<std::string> found;
    for (const CoverShift& s :
         cover_problem(world, GroupId{group}, 30min, std::vector<double>(16, 1)).shifts)
      found.push_back(s.name);
    return found;
  };
  CHECK(names(0) == std::vector<std::string>{"long"});
  CHECK(names(1) == std::vector<std::string>{"short"});
}

TEST_CASE("A shift costs its paid hours, and the night supplement from 22:00 to 06:00 of them") {
  const World world = round_the_clock();
  const SimDuration slot = planning_slot(world);
  CHECK(slot == 15min);
  const CoverProblem problem = cover_problem(world, GroupId{0}, slot, std::vector<double>(96, 1));
  CHECK(problem.cyclic);
  CHECK(faults(problem).empty());
  const CoverShift& day = problem.shifts[0];
  REQUIRE(day.starts.size() == 11);  // 06:00, 07:00, ... 16:00
  CHECK(day.starts.front() == 24);
  CHECK(day.cost.front() == Approx(7.5 * 40));          // the meal is unpaid, the rest is paid
  CHECK(day.cost.back() == Approx(7.5 * 40 + 2 * 10));  // 22:00 to 24:00
  const CoverShift& night = problem.shifts[1];
  REQUIRE(night.starts.size() == 4);
  CHECK(night.max_agents == 7);
  // 20:00 to 05:00 has seven hours of night, 23:00 to 08:00 too; one of them is the unpaid meal.
  CHECK(night.cost[0] == Approx(8 * 44 + 6 * 8));
  CHECK(night.cost[3] == Approx(8 * 44 + 6 * 8));
  // 22:00 to 07:00 has all eight.
  CHECK(night.cost[2] == Approx(8 * 44 + 7 * 8));
}

TEST_CASE("The roster has in every slot the agents that the cover counted, over midnight too") {
  const World world = round_the_clock();
  const SimDuration slot = planning_slot(world);
  std::vector<double> wanted(96);
  for (std::size_t s = 0; s < wanted.size(); ++s) wanted[s] = s < 24 ? 1.2 : (s < 76 ? 5.5 : 3.1);
  const CoverProblem problem = cover_problem(world, GroupId{0}, slot, wanted);
  const CoverResult cover = solve_cover(problem, {1e-3, 20});
  REQUIRE_FALSE(cover.choices.empty());
  CHECK(check_cover(problem, cover).empty());
  const std::vector<PlannedShift> shifts = shifts_of(world, problem, cover, GroupId{0}, slot);
  const std::vector<DutyPeriod> roster = roster_of(world.day, shifts);
  CHECK(check_plan(world, {shifts, {{TrunkGroupId{0}, 5}}}).empty());
  CHECK(at_work(roster, problem.slots, slot) == cover.present);
  check_agents(roster);

  std::int64_t agents = 0;
  SimDuration duty{}, breaks{};
  bool wraps = false;
  for (const CoverChoice& c : cover.choices) {
    const CoverShift& shift = problem.shifts[static_cast<std::size_t>(c.shift)];
    agents += c.agents;
    duty += slot * shift.length * c.agents;
    for (const CoverBreak& b : shift.breaks) breaks += slot * b.length * c.agents;
    wraps = wraps || c.start + shift.length > problem.slots;
  }
  CHECK(wraps);  // else this test would not see midnight
  std::set<std::uint32_t> numbers;
  for (const DutyPeriod& p : roster) numbers.insert(p.agent);
  CHECK(static_cast<std::int64_t>(numbers.size()) == agents);
  CHECK(*numbers.rbegin() == agents - 1);
  CHECK(total(roster, DutyPeriod::Kind::kBreak) == breaks);
  CHECK(total(roster, DutyPeriod::Kind::kWork) == duty - breaks);
}

TEST_CASE("A shift over midnight, with its meal behind midnight, is one agent's two stretches") {
  CoverProblem problem;
  problem.slots = 24;
  problem.cyclic = true;
  problem.requirement.assign(24, 0);
  problem.shifts.push_back({"night", 8, {20}, {100}, {{1, 4, 6}}, -1});
  CoverResult cover;
  cover.choices.push_back({0, 20, 2, {{0}, {2}}});  // meals at 00:00 and at 02:00
  World world;
  world.day.opens = 0h;
  world.day.closes = 24h;
  const auto roster = roster_of(world.day, shifts_of(world, problem, cover, GroupId{3}, 1h));
  std::vector<std::int64_t> expected(24);
  for (const std::size_t s : {20u, 21u, 22u, 23u, 1u, 3u}) expected[s] = 2;
  expected[0] = expected[2] = 1;
  CHECK(at_work(roster, 24, 1h) == expected);
  for (const DutyPeriod& p : roster) {
    CHECK(p.group == GroupId{3});
    CHECK(p.to <= kStart + 24h);
  }
  CHECK(total(roster, DutyPeriod::Kind::kBreak) == 2h);
  check_agents(roster);
}

namespace {

// A day and two kinds of shifts of one group, with breaks in windows, on quarters of an hour.
World random_rules(std::mt19937& dice) {
  const auto below = [&](int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); };
  World world = plan_world();
  const bool always = below(2) == 0;
  world.day.opens = 1h * (always ? below(12) : 8);
  world.day.closes = world.day.opens + (always ? 24h : 12h);
  world.day.interval = 30min;
  world.shifts.clear();
  for (const char* name : {"long", "short"}) {
    const SimDuration first = world.day.opens + 15min * below(8);
    ShiftPattern shift = shift_of(name, 0, 3h + 15min * below(20), first, first + 15min * 30, 40);
    shift.start_every = below(2) == 0 ? 15min : 30min;
    shift.night_supplement = below(3);
    if (below(3) == 0) shift.max_agents = 2 + below(6);
    SimDuration free = 30min;
    while (below(3) > 0) {
      const SimDuration length = 15min * (1 + below(2)), earliest = free + 15min * below(3),
                        latest = earliest + 15min * below(4);
      if (latest + length > shift.length) break;
      shift.breaks.push_back(break_of("rest", length, earliest, latest, below(2) == 0));
      free = latest + length;
    }
    world.shifts.push_back(std::move(shift));
  }
  return world;
}

}  // namespace

TEST_CASE("Covers of random rules break none of them as people; a changed one does") {
  std::mt19937 dice{20261127};
  int solved = 0;
  for (int run = 0; run < 60; ++run) {
    INFO("run " << run);
    const World world = random_rules(dice);
    const SimDuration slot = planning_slot(world);
    std::vector<double> wanted(static_cast<std::size_t>(world.day.length() / slot));
    // Where the first shift always is: its middle.
    const auto middle = static_cast<std::size_t>(
        (world.shifts[0].first_start + world.shifts[0].length / 2 - world.day.opens) / slot);
    for (std::size_t k = 0; k < 4; ++k) wanted[middle + k] = static_cast<double>(dice() % 3);
    const CoverProblem problem = cover_problem(world, GroupId{0}, slot, wanted);
    REQUIRE(faults(problem).empty());
    const CoverResult cover = solve_cover(problem, {1e-2, 20, 50});
    if (cover.choices.empty()) continue;
    ++solved;
    DayPlan plan{shifts_of(world, problem, cover, GroupId{0}, slot), {{TrunkGroupId{0}, 5}}};
    CHECK(check_plan(world, plan).empty());
    CHECK(wages_of(world, plan) == Approx(cover.cost));
    PlannedShift& victim = plan.shifts[dice() % plan.shifts.size()];
    switch (dice() % 4) {
      case 0:
        victim.from += 1min;
        break;
      case 1:
        victim.to += 1min;
        break;
      case 2:
        victim.breaks.push_back({victim.to - 1min, victim.to});
        break;
      default:
        if (victim.breaks.empty())
          victim.pattern.reset();
        else
          victim.breaks.back().from -= 1min;
    }
    CHECK_FALSE(check_plan(world, plan).empty());
  }
  CHECK(solved > 30);
}

}  // namespace callmill::test
