// The rest of a day changed, on small days: only the rest, by the rules, and to a purpose.

#include "engine/intraday/intraday.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/engine/planning/plan_worlds.h"

namespace callmill::test {
namespace {

constexpr SimDuration kNoon = 12h;

World busy_world() {
  World world = plan_world();
  world.busyness_cv = 0.2;
  world.targets = {target_of("service_level", Sense::kAtLeast, 0.8)};
  world.trunks[0].lines = 60;
  return world;
}

// A plan for the mean day, made once.
const DayPlan& planned() {
  static const DayPlan plan = [] {
    World world = busy_world();
    world.busyness_cv = 0;
    return plan_day(world, plan_options()).day;
  }();
  return plan;
}

// At noon, the morning's calls times that.
IntradayOptions at_noon(double times) {
  IntradayOptions options;
  options.at = kNoon;
  for (const double calls : {20, 40, 45, 40}) options.calls.push_back(std::llround(calls * times));
  options.price = 10;
  options.call_in = 4;
  options.replicate = plan_options().replicate;
  options.replicate.replications = 60;
  return options;
}

// What a change may be, by the rules: shares no code with the program.
void check_rules(const World& world, const IntradayOptions& options, const IntradayResult& r) {
  const SimDuration now = options.at + options.notice;
  double wages = 0;
  std::int64_t called_in = 0;
  for (const ShiftChange& change : r.changes) {
    const PlannedShift& to = change.to;
    wages += wage_of(world, to);
    SimDuration at = to.from;
    for (const PlannedBreak& rest : to.breaks) {
      CHECK(at <= rest.from);
      at = rest.to;
    }
    CHECK(at <= to.to);
    if (!change.shift) {
      ++called_in;
      CHECK(to.from >= now);
      DayPlan alone;
      alone.shifts = {to};
      alone.lines = r.plan.lines;
      CHECK(check_plan(world, alone).empty());
      continue;
    }
    const PlannedShift& from = planned().shifts[*change.shift];
    wages -= wage_of(world, from);
    CHECK(to.agent == from.agent);
    CHECK(to.group == from.group);
    // What is past stays: on work and on breaks.
    for (SimDuration t = world.day.opens; t < now; t += 15min) {
      const auto where = [t](const PlannedShift& s) {
        const bool rests = std::any_of(s.breaks.begin(), s.breaks.end(),
                                       [t](const auto& b) { return b.from <= t && t < b.to; });
        return !(s.from <= t && t < s.to) ? 0 : rests ? 1 : 2;
      };
      CHECK(where(from) == where(to));
    }
    if (change.kind == ChangeKind::kOvertime) {
      CHECK(to.to > from.to);
      CHECK(to.to - from.to <= options.most_overtime);
      CHECK(to.to <= world.day.closes);
      wages += options.overtime_premium * world.shifts[*to.pattern].wage_per_hour *
               to_hours(to.to - from.to);
    }
    if (change.kind == ChangeKind::kHome) CHECK(to.to < from.to);
    if (change.kind == ChangeKind::kBreaks || change.kind == ChangeKind::kNewStart) {
      DayPlan alone;
      alone.shifts = {to};
      alone.lines = r.plan.lines;
      CHECK(check_plan(world, alone).empty());
    }
  }
  CHECK(called_in <= options.call_in);
  CHECK(r.wages == Approx(wages).margin(1e-6));
  CHECK(r.price == Approx(options.price * static_cast<double>(r.changes.size())));
  CHECK(r.plan.shifts.size() == planned().shifts.size() + static_cast<std::size_t>(called_in));
}

}  // namespace

TEST_CASE("A day that is half known has the calls it had, and the rest as busy as thought") {
  World world = busy_world();
  CallerType few = world.caller_types[0];
  few.volume = {2h, {10, 20, 30, 40}};
  world.caller_types.push_back(few);
  const std::vector<double> before = expected_calls(world);
  CHECK(before == std::vector<double>{25, 45, 55, 50, 45, 50, 60, 40});
  const World day = known_day(world, {50, 9, 0}, 1.2, 1.1);
  const std::vector<double> after = expected_calls(day);
  REQUIRE(after.size() == 8);
  CHECK(after[0] == Approx(50));
  CHECK(after[1] == Approx(9));
  CHECK(after[2] == Approx(0).margin(1e-12));
  for (std::size_t i = 3; i < 8; ++i) CHECK(after[i] == Approx(1.2 * before[i]));
  CHECK(day.busyness_cv == 0);
  REQUIRE(day.caller_types[0].talk_factor);
  CHECK(day.caller_types[0].talk_factor->values[2] == 1);
  CHECK(day.caller_types[0].talk_factor->values[3] == 1.1);
}

TEST_CASE("A busy morning brings people in for the rest, and callers are better off") {
  const World world = busy_world();
  const IntradayOptions options = at_noon(1.3);
  const IntradayResult r = replan_day(world, planned(), options);
  CHECK(r.forecast.busyness.value > 1.1);
  REQUIRE(r.targets.size() == 1);
  CHECK_FALSE(r.targets[0].before.met);
  CHECK_FALSE(r.changes.empty());
  CHECK(r.wages > 0);
  CHECK(r.targets[0].change.ci_low > 0);  // paired on the same callers
  CHECK(r.targets[0].change.value ==
        Approx(r.targets[0].after.estimate.value - r.targets[0].before.estimate.value));
  check_rules(world, options, r);
}

TEST_CASE("A quiet morning sends people home, and the targets hold all the same") {
  const World world = busy_world();
  const IntradayOptions options = at_noon(0.6);
  const IntradayResult r = replan_day(world, planned(), options);
  CHECK(r.status == IntradayStatus::kMet);
  CHECK(r.wages + r.price < 0);
  CHECK(std::any_of(r.changes.begin(), r.changes.end(),
                    [](const ShiftChange& c) { return c.kind == ChangeKind::kHome; }));
  check_rules(world, options, r);
  IntradayOptions stay = options;
  stay.send_home = false;
  const IntradayResult kept = replan_day(world, planned(), stay);
  CHECK(std::none_of(kept.changes.begin(), kept.changes.end(),
                     [](const ShiftChange& c) { return c.kind == ChangeKind::kHome; }));
}

TEST_CASE("The dearer a changed person, the fewer are changed; the same bytes each time") {
  const World world = busy_world();
  IntradayOptions options = at_noon(0.6);
  const IntradayResult cheap = replan_day(world, planned(), options);
  const IntradayResult again = replan_day(world, planned(), options);
  CHECK(again.changes.size() == cheap.changes.size());
  CHECK(again.wages == cheap.wages);
  options.price = 1e5;
  const IntradayResult dear = replan_day(world, planned(), options);
  CHECK(dear.changes.empty());
  CHECK(dear.status == IntradayStatus::kMet);
  CHECK(dear.wages == 0);
}

TEST_CASE("What is wrong with the time and the calls is said at once") {
  const World world = busy_world();
  IntradayOptions options = at_noon(1);
  CHECK(faults(world, options).empty());
  options.calls.pop_back();
  options.calls[0] = -1;
  CHECK(faults(world, options).size() == 2);
  options = at_noon(1);
  options.at = 12h + 20min;
  CHECK(faults(world, options).size() == 1);
  options.at = 8h;
  CHECK(faults(world, options).size() == 1);
}

TEST_CASE("Labour rules and limits of the scenario hold for what is changed, too") {
  World world = busy_world();
  world.labour.preset = LabourPreset::kCnStandard;
  ShiftLimit seats;
  seats.name = "seats";
  seats.group = GroupId{0};
  seats.of = LimitOf::kOnDuty;
  const auto there = [&](const DayPlan& plan, SimDuration t) {
    return std::count_if(plan.shifts.begin(), plan.shifts.end(),
                         [t](const PlannedShift& s) { return s.from <= t && t < s.to; });
  };
  std::int64_t most = 0;
  for (SimDuration t = world.day.opens; t < world.day.closes; t += 30min)
    most = std::max<std::int64_t>(most, there(planned(), t));
  seats.at_most = most;
  world.limits = {seats};
  IntradayOptions options = at_noon(1.5);
  options.most_overtime = 4h;
  const IntradayResult r = replan_day(world, planned(), options);
  REQUIRE_FALSE(r.changes.empty());
  for (SimDuration t = world.day.opens; t < world.day.closes; t += 30min)
    CHECK(there(r.plan, t) <= most);
  double wages = 0;
  for (const ShiftChange& change : r.changes) {
    wages += wage_of(world, change.to);
    if (change.shift) wages -= wage_of(world, planned().shifts[*change.shift]);
    if (change.kind == ChangeKind::kOvertime) CHECK(change.to.to - change.to.from <= 9h + 30min);
  }
  CHECK(r.wages == Approx(wages));
}

}  // namespace callmill::test
