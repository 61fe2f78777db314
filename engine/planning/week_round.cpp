#include "engine/planning/week_round.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "engine/planning/week_why_not.h"
#include "models/plans/shrinkage.h"

namespace callmill::planning {
namespace {

bool same(const Profile& profile, const OpenDay& a, const OpenDay& b) {
  const ProfileOfDay one = profile_on(profile, a), other = profile_on(profile, b);
  return one.step == other.step &&
         std::equal(one.values.begin(), one.values.end(), other.values.begin(), other.values.end());
}

std::string time_of(SimDuration time) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
  return fmt::format("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
}

}  // namespace

// Days with the same calls need the same agents.
bool WeekRounds::same_calls(const OpenDay& a, const OpenDay& b) const {
  return std::all_of(
      world_.caller_types.begin(), world_.caller_types.end(), [&](const CallerType& type) {
        return same(type.volume, a, b) && (!type.talk_factor || same(*type.talk_factor, a, b));
      });
}

WeekRounds::WeekRounds(const World& world, const PlanOptions& options,
                       const std::function<void(const PlanRound&)>& progress,
                       const std::atomic<bool>* stop)
    : Trials{world, options, progress, stop}, slot_{planning_slot(world)} {
  RequirementOptions how = options.requirement;
  how.stop = stop;
  for (const OpenDay& open : world.open_days()) {
    const World one = world_of_day(world, open);
    Day day{open, {}, {}};
    const auto like = std::find_if(days_.begin(), days_.end(),
                                   [&](const Day& d) { return same_calls(d.open, open); });
    day.requirements = like == days_.end() ? staff_requirement(one, how) : like->requirements;
    for (const Requirement& r : day.requirements) day.on_calls.push_back(on_calls(one, r.group));
    days_.push_back(std::move(day));
  }
  for (const Requirement& r : days_.front().requirements) planned_.push_back(r.group);
  fixed_wages_ = wages_of_staff(world, planned_);
}

WeekCandidate WeekRounds::first() const {
  WeekCandidate c;
  c.factor.assign(planned_.size(), {});
  for (auto& factor : c.factor) factor.assign(days_.size(), std::vector(world_.intervals(), 1.0));
  for (std::size_t t = 0; t < world_.trunks.size(); ++t)
    c.lines.push_back(std::max<std::int64_t>(1, sized(t) ? 1 : world_.trunks[t].lines.value_or(1)));
  for (const Day& day : days_) {
    const std::vector<LinesNeeded> needed =
        lines_requirement(world_of_day(world_, day.open), day.requirements);
    for (std::size_t t = 0; t < world_.trunks.size(); ++t)
      if (sized(t)) c.lines[t] = std::max(c.lines[t], needed[t].lines);
  }
  for (std::size_t t = 0; t < world_.trunks.size(); ++t)  // no number of lines was enough
    if (sized(t) && c.lines[t] <= 1 && world_.trunks[t].lines) c.lines[t] = *world_.trunks[t].lines;
  // As many ports as lines are no limit; fewer are tried in the end.
  c.lines.push_back(std::accumulate(c.lines.begin(), c.lines.end(), std::int64_t{0}));
  return c;
}

std::vector<std::int64_t> WeekRounds::whole_people(const WeekCandidate& candidate) const {
  std::vector<std::int64_t> people;
  for (std::size_t g = 0; g < planned_.size(); ++g)
    for (std::size_t d = 0; d < days_.size(); ++d)
      for (std::size_t i = 0; i < world_.intervals(); ++i)
        people.push_back(static_cast<std::int64_t>(
            std::ceil(days_[d].requirements[g].intervals[i].agents * candidate.factor[g][d][i] /
                          days_[d].on_calls[g][i] -
                      1e-9)));
  return people;
}

GroupWeekResult WeekRounds::group_of(std::size_t g, const WeekCandidate& candidate) const {
  GroupWeekResult group;
  group.group = planned_[g];
  const std::int64_t each = world_.day.interval / slot_;
  for (std::size_t d = 0; d < days_.size(); ++d) {
    WeekDay day;
    day.open = days_[d].open;
    day.requirement = days_[d].requirements[g];
    day.on_calls = days_[d].on_calls[g];
    const std::vector<double>& factor = candidate.factor[g][d];
    day.scale = std::accumulate(factor.begin(), factor.end(), 0.0) /
                static_cast<double>(std::max<std::size_t>(1, factor.size()));
    for (std::size_t i = 0; i < factor.size(); ++i)
      day.wanted.insert(day.wanted.end(), static_cast<std::size_t>(each),
                        day.requirement.intervals[i].agents * factor[i] / day.on_calls[i]);
    group.days.push_back(std::move(day));
  }
  return group;
}

// Means over each interval of those at work, and heads of the day.
void WeekRounds::count_present(const WeekProblem& week, GroupWeekResult& group) const {
  const std::int64_t each = world_.day.interval / slot_;
  const auto per_day = static_cast<std::int64_t>(week.problem.slots_per_day);
  for (WeekDay& day : group.days) {
    for (std::size_t i = 0; i < world_.intervals(); ++i) {
      const auto from = group.tours.present.begin() +
                        static_cast<std::ptrdiff_t>(day.open.number * per_day) +
                        static_cast<std::ptrdiff_t>(i) * each;
      day.present.push_back(
          static_cast<double>(std::accumulate(from, from + each, std::int64_t{0})) /
          static_cast<double>(each));
    }
    for (const Tour& tour : group.tours.tours)
      day.people += std::count_if(tour.days.begin(), tour.days.end(), [&](const TourDay& worked) {
        return worked.day == day.open.number;
      });
  }
}

void WeekRounds::explain(const GroupWeekResult& group, WeekPlanResult& plan) const {
  plan.status = PlanStatus::kInfeasible;
  const std::string& name = world_.groups[group.group.index()].name;
  const TourProblem& problem = group.problem;
  if (problem.shifts.empty()) {
    plan.reasons.push_back(
        fmt::format("{}: no kind of shift can be worked in any week that the rules allow", name));
    return;
  }
  const int slots = problem.days * problem.slots_per_day;
  std::vector<bool> reached(static_cast<std::size_t>(slots), false);
  for (const TourShift& shift : problem.shifts)
    for (int day = 0; day < problem.days; ++day) {
      const bool works = shift.weeks.empty() ||
                         std::any_of(shift.weeks.begin(), shift.weeks.end(),
                                     [&](std::uint32_t week) { return has_day(week, day); });
      for (int k = 0; works && k < shift.length; ++k)
        if (k < shift.gap_start || k >= shift.gap_start + shift.gap_length)
          reached[static_cast<std::size_t>((day * problem.slots_per_day + shift.start + k) %
                                           slots)] = true;
    }
  for (int t = 0; t < slots; ++t) {
    const double needed = problem.requirement[static_cast<std::size_t>(t)];
    if (needed <= 1e-9 || reached[static_cast<std::size_t>(t)]) continue;
    const int day = t / problem.slots_per_day;
    const SimDuration at = world_.day.opens + slot_ * (t % problem.slots_per_day);
    const std::string date = world_.days.first
                                 ? in_words(*world_.days.first + std::chrono::days{day})
                                 : fmt::format("day {}", day + 1);
    plan.reasons.push_back(
        fmt::format("{} {} {} needs {:.0f} agents, and nobody's week has a shift then", name, date,
                    time_of(at), std::ceil(needed - 1e-9)));
    if (plan.reasons.size() >= 20) break;
  }
  if (!plan.reasons.empty()) return;
  plan.reasons.push_back(
      group.tours.status == TourStatus::kInfeasible
          ? fmt::format("{}: no people's weeks keep the limits and the rules of tours together "
                        "with this requirement",
                        name)
          : fmt::format("{}: the search found no people's weeks within its limits", name));
}

bool WeekRounds::find_tours(const WeekCandidate& candidate, const TourOptions& options,
                            WeekPlanResult& plan) {
  plan.plan = {};
  plan.groups.clear();
  plan.slot = slot_;
  for (std::size_t g = 0; g < planned_.size(); ++g) {
    GroupWeekResult group = group_of(g, candidate);
    const auto per_day = static_cast<std::size_t>(world_.day.length() / slot_);
    std::vector<double> wanted(7 * per_day, 0.0);
    for (const WeekDay& day : group.days)
      std::copy(day.wanted.begin(), day.wanted.end(),
                wanted.begin() + static_cast<std::ptrdiff_t>(day.open.number) *
                                     static_cast<std::ptrdiff_t>(per_day));
    const WeekProblem week = week_problem(world_, group.group, slot_, wanted);
    group.problem = week.problem;
    const bool sound = !week.problem.shifts.empty() && faults(week.problem).empty();
    if (sound) group.tours = solve_tours(week.problem, options);
    const bool found =
        group.tours.status == TourStatus::kOptimal || group.tours.status == TourStatus::kGap;
    if (!found && stopped()) {
      plan.status = PlanStatus::kInterrupted;
      return false;
    }
    if (!found) {
      explain(group, plan);
      if (!sound || group.tours.status == TourStatus::kInfeasible)
        for (std::string& line : why_no_weeks(world_, group.group, slot_, wanted, stop_))
          plan.reasons.push_back(std::move(line));
      plan.groups.push_back(std::move(group));
      return false;
    }
    CALLMILL_CHECK(check_tours(week.problem, group.tours).empty(),
                   "the tours break a rule that the independent checker knows");
    count_present(week, group);
    const auto shifts = shifts_of(world_, week, group.tours, slot_);
    plan.plan.shifts.insert(plan.plan.shifts.end(), shifts.begin(), shifts.end());
    plan.groups.push_back(std::move(group));
  }
  return true;
}

// The scenario with this plan's people and lines, and what it costs.
void WeekRounds::put_into_world(WeekOutcome& o) const {
  WeekPlanResult& plan = o.plan;
  plan.wages = plan.bound = fixed_wages_;
  for (const GroupWeekResult& g : plan.groups) {
    plan.wages += g.tours.cost;
    plan.bound += g.tours.bound;
  }
  plan.rent = 0;
  plan.plan.lines.clear();
  plan.plan.ports.reset();
  for (std::size_t t = 0; t < bought(); ++t) {
    if (t < world_.trunks.size())
      plan.plan.lines.push_back({TrunkGroupId{t}, o.candidate.lines[t]});
    else if (sized(t))
      plan.plan.ports = o.candidate.lines[t];
    else
      break;  // the scenario's ports have no rent
    plan.rent += rent(t) * static_cast<double>(o.candidate.lines[t]) *
                 static_cast<double>(world_.days.count);
  }
  plan.bound = std::min(plan.bound + plan.rent, plan.paid());
  CALLMILL_CHECK(check_plan(world_, plan.plan).empty(),
                 "the plan breaks a rule that the check of plan files knows");
  plan.planned = world_;
  put_plan(plan.planned, plan.plan);
}

WeekOutcome WeekRounds::try_out(WeekCandidate candidate, const std::string& what,
                                const TourOptions& options) {
  WeekOutcome o{std::move(candidate), {}};
  if (stopped()) {
    o.plan.status = PlanStatus::kInterrupted;
    return o;
  }
  TourOptions stoppable = options;
  stoppable.stop = stop_;
  if (find_tours(o.candidate, stoppable, o.plan)) simulate(o, what);
  return o;
}

void WeekRounds::simulate(WeekOutcome& o, const std::string& what) {
  simulate_weeks(o, what, options_.replicate.first);
}

void WeekRounds::confirm(WeekOutcome& o, const std::string& what) {
  simulate_weeks(o, what, options_.replicate.first + options_.replicate.replications);
}

void WeekRounds::simulate_weeks(WeekOutcome& o, const std::string& what, std::int64_t first) {
  put_into_world(o);
  WeekPlanResult& plan = o.plan;
  Judged r = judge(plan.planned, first, options_.replicate);
  plan.first_day = first;
  plan.kpis = std::move(r.kpis);
  plan.targets = std::move(r.targets);
  plan.penalties = penalties_of(plan.targets);
  plan.status = r.interrupted
                    ? PlanStatus::kInterrupted
                    : (all_met(plan.targets) ? PlanStatus::kMet : PlanStatus::kTargetMissed);
  report(what, plan.cost(), plan.status == PlanStatus::kMet, plan.targets);
}

}  // namespace callmill::planning
