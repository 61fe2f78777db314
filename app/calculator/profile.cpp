#include "app/calculator/profile.h"

#include <cmath>

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

Profile answer_profile(const Question& parts, const std::vector<Interval>& intervals) {
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
  add_exact_day(parts, out);
  return out;
}

}  // namespace callmill::calculator
