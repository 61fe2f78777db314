#include "engine/blueprint/people.h"

#include <algorithm>
#include <cmath>

#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

// Traits are of the person, not of the day: one key for all seeds and replications.
constexpr ReplicationKey kPersons{0x70656f706c65ULL, 0};

double speed(double cv, std::uint32_t group_key, std::uint32_t agent) {
  if (cv <= 0) return 1;
  const double u = kPersons.owner(Owner::kAgent, group_key, agent).uniform(Purpose::kSpeed);
  return quantile(LognormalLaw{1, cv}, u, 1 - u);
}

constexpr double kVeteran = -1;  // days: beyond all learning

// Days of each agent of the group: the mix in order, then what the roster says of its own. Agents
// have the numbers that make_agendas gives them.
std::vector<double> days_of_agents(const World& world, std::size_t group, std::uint32_t agents,
                                   std::uint32_t first_of_team) {
  std::vector<double> days(agents, kVeteran);
  std::size_t next = 0;
  if (world.groups[group].experience)
    for (const ExperienceShare& share : world.groups[group].experience->agents)
      for (std::uint32_t i = 0; i < share.agents && next < agents; ++i) days[next++] = share.days;
  next = first_of_team;
  for (const RosterEntry& entry : team_in_order(world, GroupId{group})) {
    for (std::uint32_t i = 0; i < entry.agents; ++i, ++next)
      if (entry.days) days[next] = *entry.days;
  }
  return days;
}

// Newcomers are dealt to the mentors in turn; how many each has.
std::vector<std::uint32_t> in_care(const std::vector<double>& days, double until) {
  std::vector<std::uint32_t> care(days.size());
  std::vector<std::size_t> mentors;
  std::uint32_t newcomers = 0;
  for (std::size_t a = 0; a < days.size(); ++a) {
    if (days[a] != kVeteran && days[a] < until)
      ++newcomers;
    else
      mentors.push_back(a);
  }
  for (std::uint32_t n = 0; n < newcomers && !mentors.empty(); ++n)
    ++care[mentors[n % mentors.size()]];
  return care;
}

DeviationPlan make_deviation(const Deviation& deviation) {
  return {deviation.share.value(), Sampler{deviation.by}};
}

// By how much this case deviates; `draw` tells the cases of an owner apart.
SimDuration deviation(const DeviationPlan& p, OwnerKey key, Purpose purpose, Purpose by,
                      std::uint32_t draw) {
  if (p.share <= 0 || key.uniform(purpose, draw) >= p.share) return SimDuration{0};
  return p.by.draw(key.uniform(by, draw));
}

constexpr std::uint32_t kMostBreaks = 64;  // of a shift that have draws of their own

}  // namespace

double learned(const Learning& learning, double first_day, double days) {
  if (days == kVeteran) return 1;
  if (learning.form == LearningForm::kExponential)
    return 1 + (first_day - 1) * std::exp2(-days / learning.half_life);
  if (days >= learning.veteran) return 1;
  return first_day *
         std::pow(std::max(days, 1.0), -std::log(first_day) / std::log(learning.veteran));
}

PeoplePlan make_people(const AgentGroup& group) {
  PeoplePlan p;
  if (group.fatigue) {
    p.fatigue_per_us = group.fatigue->per_hour / 3600e6;
    p.fatigue_most = group.fatigue->most;
  }
  if (const auto& ringing = group.ringing) {
    p.rings = true;
    p.no_answer = ringing->no_answer.value();
    p.ring_time = Sampler{ringing->time};
    p.gives_up = Sampler{ringing->gives_up};
    p.rest = Sampler{ringing->rest};
    p.rest_code = ringing->code;
    p.wait_ends_at_ring = !ringing->in_wait;
  }
  if (group.wrap_cap) p.wrap_cap = *group.wrap_cap;
  if (const auto& interrupt = group.wrap_interrupt) {
    p.interrupts = true;
    if (interrupt->waiting) p.interrupt_waiting = *interrupt->waiting;
    if (interrupt->wait) p.interrupt_wait = *interrupt->wait;
    p.wrap_resumed = interrupt->resumed;
  }
  p.release = group.staff_release;
  if (const auto& attendance = group.attendance) {
    p.attends = true;
    p.attendance = {attendance->absent.value(), make_deviation(attendance->late),
                    make_deviation(attendance->early), make_deviation(attendance->break_late),
                    make_deviation(attendance->break_overrun)};
  }
  return p;
}

bool is_personal(const AgentGroup& group) {
  return group.experience || group.speed_cv > 0 || group.fatigue || group.ringing ||
         group.wrap_cap || group.wrap_interrupt || group.staff_release == StaffRelease::kPreempt;
}

void add_traits(const World& world, std::size_t group, std::uint32_t first_of_team,
                Blueprint& plan) {
  const AgentGroup& g = world.groups[group];
  const std::uint32_t agents = plan.agents() - static_cast<std::uint32_t>(plan.traits.size());
  const std::vector<double> days = days_of_agents(world, group, agents, first_of_team);
  const bool mentors = g.experience && g.experience->mentoring;
  const std::vector<std::uint32_t> care =
      mentors ? in_care(days, g.experience->mentoring->until) : std::vector<std::uint32_t>(agents);
  const Learning learning = g.experience ? g.experience->learning : Learning{};
  for (std::uint32_t a = 0; a < agents; ++a) {
    const double own = speed(g.speed_cv, plan.groups[group].key, a) *
                       (mentors ? 1 + g.experience->mentoring->slows * care[a] : 1);
    const auto after = [&](double experience) {
      return AgentTraits{own * learned(learning, learning.talk, experience),
                         own * learned(learning, learning.wrap, experience),
                         learned(learning, learning.transfer, experience),
                         learned(learning, learning.unresolved, experience)};
    };
    plan.traits.push_back(after(days[a]));
    if (!plan.learns) continue;
    const bool grows = a >= first_of_team && days[a] != kVeteran;
    for (std::uint32_t worked = 0; worked < plan.days.days(); ++worked)
      plan.growth.push_back(grows ? after(days[a] + worked) : plan.traits.back());
  }
}

void add_spare_traits(const AgentGroup& group, std::uint32_t group_key, std::uint32_t agents,
                      std::uint32_t spare, Blueprint& plan) {
  for (std::uint32_t a = agents; a < agents + spare; ++a) {
    const double own = speed(group.speed_cv, group_key, a);
    plan.traits.push_back({own, own, 1, 1});
    if (plan.learns) plan.growth.insert(plan.growth.end(), plan.days.days(), plan.traits.back());
  }
}

bool any_learns(const World& world, const Horizon& days) {
  return days.days() > 1 &&
         std::any_of(world.team.begin(), world.team.end(), [&](const RosterEntry& entry) {
           return world.groups[entry.group.index()].experience.has_value();
         });
}

Shift draw_shift(const Blueprint& plan, const ShiftPlan& shift, ReplicationKey replication) {
  const Stretch* const first = plan.stretches.data() + shift.first;
  Shift drawn{false, {first, first + shift.stretches}};
  const GroupPlan& g = plan.groups[plan.group_of_agent[shift.agent]];
  if (!g.people.attends) return drawn;
  const AttendancePlan& p = g.people.attendance;
  const OwnerKey key = replication.owner(Owner::kAgent, g.key, shift.agent - g.first_agent);
  std::vector<Stretch>& s = drawn.stretches;
  drawn.absent = p.absent > 0 && key.uniform(Purpose::kAbsent, shift.number) < p.absent;
  const SimTime come =
      s.front().from + deviation(p.late, key, Purpose::kLate, Purpose::kLateBy, shift.number);
  const SimTime go =
      s.back().to - deviation(p.early, key, Purpose::kEarly, Purpose::kEarlyBy, shift.number);
  SimDuration late{}, over{};  // of the break in hand
  SimTime at = s.front().from;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const SimTime planned = s[i].from;
    if (i > 0 && s[i].duty == Duty::kBreak && s[i - 1].duty == Duty::kWork) {
      const std::uint32_t draw =
          shift.number * kMostBreaks + static_cast<std::uint32_t>(i) % kMostBreaks;
      late = deviation(p.break_late, key, Purpose::kBreakLate, Purpose::kBreakLateBy, draw);
      over = deviation(p.break_overrun, key, Purpose::kOverrun, Purpose::kOverrunBy, draw);
      at = planned + late;
    } else if (i > 0 && s[i].duty == Duty::kWork) {
      at = planned + late + over;
      late = over = SimDuration{0};
    } else if (i > 0) {
      at = planned + late;  // from one break straight into another
    }
    s[i].from = i == 0 ? planned : std::max(at, s[i - 1].from);
    if (i > 0) s[i - 1].to = s[i].from;
  }
  for (Stretch& stretch : s) {
    const SimTime last = drawn.absent ? come : std::max(go, come);
    stretch.from = std::clamp(stretch.from, come, last);
    stretch.to = std::clamp(stretch.to, come, last);
  }
  return drawn;
}

void add_changes(std::uint32_t agent, const Stretch* first, const Stretch* last,
                 const Horizon& days, std::vector<DutyChange>& changes) {
  SimTime end = SimTime::min();  // of the last stretch that is not empty
  for (const Stretch* s = first; s != last; ++s)
    if (s->to > s->from) end = s->to;
  bool comes = true;
  for (const OpenSpell& spell : days.spells) {
    for (const Stretch* s = first; s != last; ++s) {
      if (s->to <= s->from || s->to <= spell.from || s->from >= spell.to) continue;
      changes.push_back({std::max(s->from, spell.from), agent, s->duty, s->code, comes});
      comes = false;
    }
    if (end > spell.from && end < spell.to)
      changes.push_back({end, agent, Duty::kOff, AuxCode::kBreak});
  }
}

void sort_changes(std::vector<DutyChange>& changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const DutyChange& a, const DutyChange& b) {
    return a.at != b.at ? a.at < b.at : a.agent < b.agent;
  });
}

std::vector<DutyChange> draw_changes(const Blueprint& plan, ReplicationKey key) {
  std::vector<DutyChange> changes;
  changes.reserve(plan.changes.size());
  for (const ShiftPlan& shift : plan.shifts) {
    const Shift drawn = draw_shift(plan, shift, key);
    add_changes(shift.agent, drawn.stretches.data(),
                drawn.stretches.data() + drawn.stretches.size(), plan.days, changes);
  }
  sort_changes(changes);
  return changes;
}

}  // namespace callmill
