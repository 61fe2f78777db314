#include "app/calculator/profile.h"

#include <algorithm>
#include <cmath>

#include "app/calculator/profile_staff.h"

namespace callmill::calculator {
namespace {

// Adds up what is linear in calls or in time, then divides as each formula says.
class Day {
 public:
  // Shares are of attempts: calls, and those that come again.
  void add(const Interval& interval, const Outcome& outcome) {
    const QueueResult& r = outcome.result;
    const double w = outcome.attempts_per_s * interval.length_s;
    first_calls_ += interval.calls;
    attempts_ += w;
    sum_.p_block += w * r.p_block;
    sum_.p_wait += w * r.p_wait;
    sum_.p_nowait += w * r.p_nowait;
    sum_.p_abandon += w * r.p_abandon;
    sum_.p_served += w * r.p_served;
    sum_.mean_wait_offered += w * r.mean_wait_offered;
    sum_.mean_wait_served += w * r.p_served * r.mean_wait_served;
    if (r.p_abandon > 0) sum_.mean_wait_abandoned += w * r.p_abandon * r.mean_wait_abandoned;
    sum_.p_wait_gt += w * r.p_wait_gt;
    sum_.p_served_le += w * r.p_served_le;
    sum_.p_abandon_le += w * r.p_abandon_le;
    time_ += interval.length_s;
    sum_.mean_queue += interval.length_s * r.mean_queue;
    sum_.mean_busy += interval.length_s * r.mean_busy;
  }
  void add_staff(double agents, double length_s) { staffed_ += agents * length_s; }

  Outcome outcome(const Queue& queue) const {
    Outcome out{.queue = queue, .result = sum_};
    out.queue.calls_per_s = first_calls_ / time_;
    out.attempts_per_s = attempts_ / time_;
    QueueResult& r = out.result;
    const double accepted = sum_.p_wait + sum_.p_nowait;
    r.mean_wait_served = sum_.mean_wait_served / sum_.p_served;
    r.mean_wait_abandoned = sum_.mean_wait_abandoned / sum_.p_abandon;
    r.mean_wait_waiters = sum_.mean_wait_offered / sum_.p_wait;
    r.p_abandon_given_wait = sum_.p_abandon / sum_.p_wait;
    r.sl_offered = sum_.p_served_le / attempts_;
    r.sl_accepted = sum_.p_served_le / accepted;
    r.sl_answered = sum_.p_served_le / sum_.p_served;
    r.sl_excl_short_abandon = sum_.p_served_le / (accepted - sum_.p_abandon_le);
    r.sl_abandon_ok = (sum_.p_served_le + sum_.p_abandon_le) / accepted;
    for (double QueueResult::*share :
         {&QueueResult::p_block, &QueueResult::p_wait, &QueueResult::p_nowait,
          &QueueResult::p_abandon, &QueueResult::p_served, &QueueResult::mean_wait_offered,
          &QueueResult::p_wait_gt, &QueueResult::p_served_le, &QueueResult::p_abandon_le})
      r.*share /= attempts_;
    r.mean_queue = sum_.mean_queue / time_;
    r.mean_busy = sum_.mean_busy / time_;
    r.occupancy = sum_.mean_busy / staffed_;
    r.var_queue = std::nan("");  // of a mixture of intervals nobody asks
    return out;
  }
  double attempts() const { return attempts_; }
  double agent_hours() const { return staffed_ / 3600; }

 private:
  QueueResult sum_{};
  double first_calls_ = 0, attempts_ = 0, time_ = 0, staffed_ = 0;
};

IntervalAnswer answer_interval(const Question& parts, const Interval& interval) {
  IntervalAnswer out{.interval = interval, .outcome = {}};
  if (interval.calls == 0) {
    out.agents = interval.queue.agents;
    out.met = true;
    return out;
  }
  Question one = parts;
  one.queue = interval.queue;
  one.solve = interval.queue.agents > 0 ? std::nullopt : std::optional{Input::kAgents};
  const Answer found = answer(one);
  out.agents = interval.queue.agents > 0 ? interval.queue.agents : std::nan("");
  if (!found.feasible) return out;
  out.outcome = found.rows[found.chosen].outcome;
  out.agents = out.outcome->queue.agents;
  out.met = found.met();
  return out;
}

}  // namespace

namespace {

// Each interval on its own.
Profile answer_each(const Question& parts, const std::vector<Interval>& intervals) {
  Profile out{.intervals = {}, .day = {}};
  Day day;
  out.met = out.feasible = true;
  bool figures = true;
  for (const Interval& interval : intervals) {
    IntervalAnswer each = answer_interval(parts, interval);
    const bool answered = interval.calls == 0 || each.outcome;
    out.sized = out.sized || (interval.queue.agents == 0 && interval.calls > 0);
    out.feasible = out.feasible && answered;
    out.met = out.met && each.met;
    figures = figures && answered && !(each.outcome && each.outcome->endless);
    if (figures && each.outcome) day.add(interval, *each.outcome);
    if (!std::isnan(each.agents)) day.add_staff(each.agents, interval.length_s);
    out.calls += interval.calls;
    out.intervals.push_back(std::move(each));
  }
  out.agent_hours = day.agent_hours();
  if (figures && day.attempts() > 0) out.day = day.outcome(parts.queue);
  return out;
}

// The agents that the day through needs, in place of those of each interval by itself; false where
// the method knows none.
bool restaff(const Question& parts, const std::vector<Interval>& intervals, Profile& profile) {
  const bool all = std::none_of(intervals.begin(), intervals.end(),
                                [](const Interval& i) { return i.queue.agents > 0; });
  if (!all) {
    profile.requirement = "each interval by itself: agents of some are given";
    return false;
  }
  const std::vector<double> agents = agents_through_the_day(parts, profile);
  if (agents.empty()) return false;
  std::vector<Interval> staffed = intervals;
  for (std::size_t i = 0; i < staffed.size(); ++i) staffed[i].queue.agents = agents[i];
  const std::string requirement = profile.requirement;
  profile = answer_each(parts, staffed);
  profile.requirement = requirement;
  profile.sized = true;
  return true;
}

void judge_by_exact_day(const Question& parts, Profile& profile) {
  if (parts.per_day) {
    profile.met = holds_over_the_day(parts, profile);
    for (IntervalAnswer& each : profile.intervals) each.met = profile.met;
    profile.exact.missed.clear();
    return;
  }
  for (IntervalAnswer& each : profile.intervals) each.met = true;
  for (const std::size_t i : profile.exact.missed) profile.intervals[i].met = false;
  profile.met = profile.exact.missed.empty();
}

// The day has one number of lines: as many as the interval needs that needs most.
std::int64_t most_lines(const Profile& profile) {
  std::int64_t most = 0;
  for (const IntervalAnswer& each : profile.intervals)
    if (each.outcome) most = std::max(most, each.outcome->queue.lines);
  return most;
}

}  // namespace

Profile answer_profile(const Question& parts, const std::vector<Interval>& intervals) {
  Profile out = answer_each(parts, intervals);
  if (parts.queue.loss > 0 && out.feasible) {
    std::vector<Interval> on_lines = intervals;
    const std::int64_t lines = most_lines(out);
    for (Interval& each : on_lines) {
      each.queue.lines = lines;
      each.queue.loss = 0;
    }
    Question fixed = parts;
    fixed.targets.push_back(
        {find_indicator("loss_rate"), false, parts.queue.loss, parts.queue.within_s, false});
    out = answer_each(fixed, on_lines);
    out.lines = lines;
  }
  const bool through = parts.per_day || parts.requirement != RequirementMethod::kSipp;
  const bool restaffed = through && out.sized && out.feasible && restaff(parts, intervals, out);
  add_exact_day(parts, out);
  if ((parts.per_day || restaffed) && out.exact.day) judge_by_exact_day(parts, out);
  return out;
}

}  // namespace callmill::calculator
