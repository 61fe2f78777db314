#include "models/staffing/day_curve.h"

#include <cmath>
#include <limits>

#include "models/transient/walk.h"

namespace callmill {

bool has_transient(Measure measure) {
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
      return true;
    case Measure::kBlocking:
    case Measure::kMeanWaitServed:
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
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
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

double Curve::least(std::size_t piece, const Goal& goal) const {
  return rates_[piece] > 0 ? agents_for_fractional(queue(piece), goal) : 0;
}

double Curve::slope(std::size_t piece, const Goal& goal, std::int64_t agents) const {
  const auto n = static_cast<double>(agents);
  return std::abs(value(piece, goal, n + 1) - value(piece, goal, n));
}

double state_updates(const DayStaffInput& in, const std::vector<std::int64_t>& agents) {
  double sum = 0;
  for (std::size_t i = 0; i < in.day.pieces.size(); ++i) {
    const transient::Rates r = transient::rates_of(in.day, i);
    const auto n = static_cast<double>(agents[i]);
    const double ticks = (r.arrival + 1.1 * n * r.service) * in.day.pieces[i].length;
    sum += ticks * (30 + 12 * std::sqrt(n + r.arrival / r.service));
  }
  return sum;
}

}  // namespace staffing
}  // namespace callmill
