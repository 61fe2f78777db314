// Agents as people.

#include <utility>

#include "tests/engine/centre/rich_world.h"
#include "tests/engine/centre/worlds.h"

namespace callmill::test {

void add_experience(Dice& dice, World& world) {
  for (AgentGroup& group : world.groups) {
    if (dice.chance(0.6)) {
      Experience& e = group.experience.emplace();
      e.learning.form = dice.chance(0.5) ? LearningForm::kPower : LearningForm::kExponential;
      e.learning.talk = dice.between(1, 2.5);
      e.learning.wrap = dice.between(1, 2.5);
      e.learning.transfer = dice.between(0.5, 3);
      e.learning.unresolved = dice.between(0.5, 3);
      e.agents = {{static_cast<std::uint32_t>(dice.whole(1, 3)), dice.between(0, 60)}};
      if (dice.chance(0.5)) e.mentoring = Mentoring{dice.between(0, 0.2), 30};
    }
    if (dice.chance(0.4)) group.speed_cv = dice.between(0.05, 0.4);
    if (dice.chance(0.4)) group.fatigue = Fatigue{dice.between(0, 0.2), dice.between(0, 0.5)};
  }
}

void add_attendance(Dice& dice, World& world) {
  const auto deviation = [&] {
    return Deviation{Probability{dice.between(0, 0.6)}, duration(dice, 400)};
  };
  for (AgentGroup& group : world.groups)
    if (dice.chance(0.7))
      group.attendance = Attendance{Probability{dice.between(0, 0.3)}, deviation(), deviation(),
                                    deviation(), deviation()};
}

void add_ringing(Dice& dice, World& world) {
  for (AgentGroup& group : world.groups) {
    if (dice.chance(0.3)) continue;
    Ringing& r = group.ringing.emplace();
    r.time = duration(dice, 5);
    r.no_answer = Probability{dice.between(0, 0.5)};
    r.gives_up = duration(dice, 12);
    r.rest = duration(dice, 40);
    r.in_wait = dice.chance(0.5);
  }
}

void add_wrap_up(Dice& dice, World& world) {
  for (AgentGroup& group : world.groups) {
    if (dice.chance(0.4)) group.wrap_cap = from_seconds(dice.between(5, 60));
    if (dice.chance(0.3)) continue;
    WrapInterrupt& w = group.wrap_interrupt.emplace();
    if (dice.chance(0.6))
      w.waiting = static_cast<std::uint32_t>(dice.whole(1, 4));
    else
      w.wait = from_seconds(dice.between(1, 60));
    w.resumed = dice.chance(0.5);
  }
}

void add_staff_release(Dice& dice, World& world) {
  for (std::size_t g = 0; g < world.groups.size(); ++g)
    if (!has_team(world, GroupId{g}))
      world.groups[g].staff_release = static_cast<StaffRelease>(dice.below(3));
}

void add_roster(Dice& dice, World& world) {
  const double hours_open = to_hours(world.day.length());
  for (std::int64_t i = dice.whole(1, 4); i > 0; --i) {
    RosterEntry entry;
    entry.group = GroupId{dice.below(world.groups.size())};
    entry.agents = static_cast<std::uint32_t>(dice.whole(1, 3));
    if (entry.agents == 1) entry.name = "agent-" + std::to_string(i);
    if (dice.chance(0.5)) entry.days = dice.between(0, 300);
    SimDuration at = world.day.opens + hours(dice.between(0, hours_open / 2));
    for (std::int64_t s = dice.whole(1, 2); s > 0; --s) {
      RosterShift shift;
      shift.from = at;
      at += hours(dice.between(0.1, hours_open / 2));
      for (std::int64_t n = dice.whole(0, 3); n > 0; --n) {
        const AuxCode code = static_cast<AuxCode>(dice.below(kAuxCodes));
        const SimDuration rest = hours(dice.between(0.02, 0.2));
        shift.breaks.push_back({code, at, at + rest});
        at += rest;
        if (dice.chance(0.3)) continue;  // straight into another
        at += hours(dice.between(0.05, 0.5));
      }
      shift.to = at + hours(0.01);
      at = shift.to + hours(dice.between(0, 0.3));
      entry.shifts.push_back(std::move(shift));
    }
    world.team.push_back(std::move(entry));
  }
}

}  // namespace callmill::test
