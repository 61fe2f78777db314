// Absence, lateness and breaks that overrun: the laws of the draws, and what they do to the hours.

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/study/replicate.h"
#include "tests/engine/centre/worlds.h"
#include "tests/engine/watched.h"

namespace callmill::test {
namespace {

World team_of(std::uint32_t agents) {
  OneQueue spec;
  spec.lines = 5;
  spec.per_hour = 0;
  spec.length = 10h;
  World world = one_queue(spec);
  world.groups[0].staff.reset();
  RosterEntry entry;
  entry.group = GroupId{0};
  entry.agents = agents;
  entry.shifts = {{1h, 9h, {{AuxCode::kMeal, 4h, 5h}, {AuxCode::kBreak, 7h, 7h + 15min}}}};
  world.team = {entry};
  return world;
}

std::vector<Shift> shifts_of(const Blueprint& plan, std::uint64_t replications) {
  std::vector<Shift> all;
  for (std::uint64_t r = 0; r < replications; ++r)
    for (const ShiftPlan& shift : plan.shifts)
      all.push_back(draw_shift(plan, shift, ReplicationKey{5, r}));
  return all;
}

// |k / n - p| within the 99.9 % interval of the binomial law.
void check_share(std::int64_t k, std::size_t n, double p) {
  const double se = std::sqrt(p * (1 - p) / static_cast<double>(n));
  CHECK(std::abs(static_cast<double>(k) / static_cast<double>(n) - p) < 3.29 * se);
}

}  // namespace

TEST_CASE("Shares of absence, lateness and early leave follow their binomial laws") {
  World world = team_of(200);
  Attendance attendance;
  attendance.absent = Probability{0.06};
  attendance.late = {Probability{0.15}, ExponentialLaw{600}};
  attendance.early = {Probability{0.08}, ConstantLaw{900}};
  world.groups[0].attendance = attendance;
  const Blueprint plan = make_blueprint(world);
  const std::vector<Shift> shifts = shifts_of(plan, 100);
  std::int64_t absent = 0, late = 0, early = 0, both = 0;
  double late_s = 0;
  for (const Shift& shift : shifts) {
    absent += shift.absent;
    if (shift.absent) {
      for (const Stretch& s : shift.stretches) CHECK(s.from == s.to);
      continue;
    }
    const SimDuration by = shift.stretches.front().from - (kStart + 1h);
    late += by > 0s;
    late_s += to_seconds(by);
    early += shift.stretches.back().to == kStart + 9h - 900s;
    both += by > 0s && shift.stretches.back().to < kStart + 9h;
  }
  check_share(absent, shifts.size(), 0.06);
  check_share(late, shifts.size() - static_cast<std::size_t>(absent), 0.15);
  check_share(early, shifts.size() - static_cast<std::size_t>(absent), 0.08);
  check_share(both, shifts.size() - static_cast<std::size_t>(absent), 0.15 * 0.08);
  CHECK(late_s / static_cast<double>(late) == Approx(600).epsilon(3.29 / std::sqrt(2800.0)));
}

TEST_CASE("Breaks begin late and keep their length; they overrun into work") {
  World world = team_of(1);
  Attendance attendance;
  attendance.break_late = {Probability{1}, ConstantLaw{300}};
  attendance.break_overrun = {Probability{1}, ConstantLaw{120}};
  world.groups[0].attendance = attendance;
  const Blueprint plan = make_blueprint(world);
  const Shift shift = shifts_of(plan, 1).front();
  REQUIRE(shift.stretches.size() == 5);
  const SimDuration borders[] = {1h, 4h + 300s, 5h + 420s, 7h + 300s, 7h + 15min + 420s, 9h};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(shift.stretches[i].from == kStart + borders[i]);
    CHECK(shift.stretches[i].to == kStart + borders[i + 1]);
  }
}

TEST_CASE("Borders stay in order however late an agent comes or early one goes") {
  World world = team_of(50);
  Attendance attendance;
  attendance.late = {Probability{0.7}, ExponentialLaw{4 * 3600}};
  attendance.early = {Probability{0.7}, ExponentialLaw{4 * 3600}};
  attendance.break_late = {Probability{0.5}, ExponentialLaw{5400}};
  attendance.break_overrun = {Probability{0.5}, ExponentialLaw{5400}};
  world.groups[0].attendance = attendance;
  const Blueprint plan = make_blueprint(world);
  for (const Shift& shift : shifts_of(plan, 40)) {
    SimTime at = shift.stretches.front().from;
    CHECK(at >= kStart + 1h);
    for (const Stretch& s : shift.stretches) {
      CHECK(s.from == at);
      CHECK(s.to >= s.from);
      at = s.to;
    }
  }
  for (std::uint64_t r = 0; r < 5; ++r) {
    Centre c = open_centre(plan, 5, r);
    Observer nobody;
    Watched<Observer>{plan, c, nobody}.run_out();
    CHECK(broken_laws(plan, c).empty());
  }
}

TEST_CASE("Attendance is the agent's own: colleagues and other days do not change it") {
  World world = team_of(20);
  Attendance attendance;
  attendance.absent = Probability{0.3};
  attendance.late = {Probability{0.5}, ExponentialLaw{600}};
  world.groups[0].attendance = attendance;
  const Blueprint few = make_blueprint(world);
  world.team[0].agents = 40;
  world.team[0].shifts.push_back({9h + 30min, 10h, {}});
  const Blueprint many = make_blueprint(world);
  std::size_t differ = 0;
  for (std::uint32_t a = 0; a < 20; ++a) {
    const Shift one = draw_shift(few, few.shifts[a], ReplicationKey{1, 4});
    const Shift two = draw_shift(many, many.shifts[2 * a], ReplicationKey{1, 4});
    const Shift second = draw_shift(many, many.shifts[2 * a + 1], ReplicationKey{1, 4});
    CHECK(one.absent == two.absent);
    CHECK(one.stretches.front().from == two.stretches.front().from);
    differ += one.absent != second.absent;
  }
  CHECK(differ > 0);  // another shift, another draw
}

}  // namespace callmill::test
