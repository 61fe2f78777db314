#include "models/staffing/day_curve.h"

#include <cmath>
#include <limits>

#include "models/transient/walk.h"

namespace callmill {

bool has_transient(Measure measure, ShiftEnd shift_end) {
  if (measure == Measure::kMeanWaitServed && shift_end == ShiftEnd::kPooled) return false;
  switch (measure) {
    case Measure::kAbandon:
    case Measure::kAbandonAccepted:
    case Measure::kWait:
    case Measure::kServiceLevel:
    case Measure::kServiceLevelAccepted:
    case Measure::kServiceLevelExclShortAbandon:
    case Measure::kServiceLevelAbandonOk:
    case Measure::kOccupancy:
    case Measure::kServed:
    case Measure::kMeanWaitServed:
      return true;
    case Measure::kBlocking:
    case Measure::kMeanWaitOffered:
    case Measure::kServiceLevelAnswered:
      return false;
  }
  return false;
}

namespace staffing {

bool is_met(const Goal& goal, double value) {
  return goal.at_least ? value >= goal.value : value <= goal.value;
}

double measure_of(Measure measure, const TransientInterval& t) {
  const double left = t.answers + t.abandons;  // the queue, one way or the other
  switch (measure) {
    case Measure::kAbandon:
    case Measure::kAbandonAccepted:
      return left > 0 ? t.abandons / left : 0;
    case Measure::kServed:
      return left > 0 ? t.answers / left : 1;
    case Measure::kWait:
      return t.offered > 0 ? 1 - t.immediate / t.offered : 0;
    case Measure::kServiceLevel:
      return t.sl_offered;
    case Measure::kServiceLevelAccepted:
      return t.sl_accepted;
    case Measure::kServiceLevelExclShortAbandon:
      return t.sl_excl_short_abandon;
    case Measure::kServiceLevelAbandonOk:
      return t.sl_abandon_ok;
    case Measure::kOccupancy:
      return t.occupancy;
    case Measure::kMeanWaitServed:
      return t.answers > 0 ? t.answered_wait / t.answers : 0;
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

Ratio ratio_of(Measure measure, const TransientInterval& t, const TransientPiece& piece) {
  double of = t.offered;  // no lines: all are accepted
  switch (measure) {
    case Measure::kAbandon:
    case Measure::kAbandonAccepted:
    case Measure::kServed:
      of = t.answers + t.abandons;
      break;
    case Measure::kServiceLevelExclShortAbandon:
      of = t.offered - t.abandoned_within;
      break;
    case Measure::kMeanWaitServed:
      of = t.answers;
      break;
    case Measure::kOccupancy:
      of = (static_cast<double>(piece.agents) + t.mean_leavers) * piece.length;
      break;
    default:
      break;
  }
  return {of > 0 ? measure_of(measure, t) * of : 0, of};
}

double surplus(const Goal& goal, const Ratio& ratio) {
  return (goal.at_least ? 1 : -1) * (ratio.part - goal.value * ratio.of);
}

Curve::Curve(const DayStaffInput& in, Approximation how)
    : in_{in}, rates_{effective_rates(in.day, how)} {}

QueueInput Curve::queue(std::size_t piece) const {
  const transient::Rates r = transient::rates_of(in_.day, piece);
  QueueInput q;
  q.arrival_rate = rates_[piece];
  q.service_rate = r.service;
  q.patience_rate = r.patience;
  q.within = in_.within;
  return q;
}

double Curve::value(std::size_t piece, const Goal& goal, double agents) const {
  if (rates_[piece] <= 0) return goal.at_least ? 1 : 0;
  if (agents <= 0) return goal.at_least ? 0 : 1;
  QueueInput q = queue(piece);
  q.agents = agents;
  return value_of(goal.measure, solve_queue(q));
}

Ratio Curve::ratio(std::size_t piece, const Goal& goal, double agents) const {
  const TransientPiece& p = in_.day.pieces[piece];
  if (rates_[piece] <= 0) return {};
  double of = p.arrival_rate * p.length;
  if (agents <= 0) return {goal.at_least ? 0 : of, of};
  QueueInput q = queue(piece);
  q.agents = agents;
  const QueueResult result = solve_queue(q);
  if (goal.measure == Measure::kServiceLevelExclShortAbandon) of *= 1 - result.p_abandon_le;
  if (goal.measure == Measure::kMeanWaitServed) of *= result.p_served;
  if (goal.measure == Measure::kOccupancy) of = agents * p.length;
  return {value_of(goal.measure, result) * of, of};
}

double Curve::least(std::size_t piece, const Goal& goal) const {
  return rates_[piece] > 0 ? agents_for_fractional(queue(piece), goal) : 0;
}

double Curve::slope(std::size_t piece, const Goal& goal, std::int64_t agents) const {
  const auto n = static_cast<double>(agents);
  return std::abs(value(piece, goal, n + 1) - value(piece, goal, n));
}

bool is_stopped(const DayStaffInput& in) {
  return in.stop != nullptr && in.stop->load(std::memory_order_relaxed);
}

Approximation approximation_of(RequirementMethod method) {
  if (method == RequirementMethod::kSipp) return Approximation::kPointwise;
  if (method == RequirementMethod::kLagged) return Approximation::kLagged;
  return Approximation::kOfferedLoad;
}

double state_updates(const DayStaffInput& in, const std::vector<std::int64_t>& agents) {
  TransientInput day = in.day;
  for (std::size_t i = 0; i < agents.size(); ++i) day.pieces[i].agents = agents[i];
  return expected_updates(day);
}

}  // namespace staffing
}  // namespace callmill
