// The day as a whole: few agent-hours, not the same goal everywhere.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>

#include "base/check.h"
#include "models/staffing/day_curve.h"
#include "models/staffing/day_staff.h"

namespace callmill {
namespace {

using staffing::Curve;
using staffing::measure_of;

double calls_of(const TransientPiece& piece) {
  return piece.arrival_rate * piece.length;
}

// One agent more in one interval, in the order in which they are worth it.
struct Step {
  double worth = 0;  // calls that meet the goal, an agent-hour
  std::size_t piece = 0;
};
bool operator<(const Step& a, const Step& b) {
  return a.worth != b.worth ? a.worth < b.worth : a.piece > b.piece;
}

class WholeDay {
 public:
  WholeDay(const DayStaffInput& in, RequirementMethod method, double floor)
      : in_{in}, method_{method}, curve_{in, Approximation::kOfferedLoad} {
    const Goal least{in.goal.measure, true, floor * in.goal.value};
    for (std::size_t i = 0; i < in.day.pieces.size(); ++i) {
      double agents = 0;
      if (calls_of(in.day.pieces[i]) > 0) agents = std::max(1.0, curve_.least(i, least));
      start_.push_back(static_cast<std::int64_t>(std::ceil(agents - 1e-9)));
    }
    order_steps();
  }

  // The first so many steps, as few as meet the goal of the day.
  std::vector<std::int64_t> least() const {
    std::size_t low = 0, high = steps_.size();  // low may miss, high meets
    if (value(start_) >= in_.goal.value) return start_;
    while (high - low > 1) {
      const std::size_t middle = (low + high) / 2;
      (value(after(middle)) >= in_.goal.value ? high : low) = middle;
    }
    return after(high);
  }

  std::vector<double> by_piece(const std::vector<std::int64_t>& agents) const {
    std::vector<double> values;
    if (method_ == RequirementMethod::kTransient) {
      TransientInput day = in_.day;
      day.within = in_.within;
      day.tolerance = std::max(day.tolerance, 1e-9);
      for (std::size_t i = 0; i < agents.size(); ++i) day.pieces[i].agents = agents[i];
      for (const TransientInterval& t : solve_transient(day).intervals)
        values.push_back(measure_of(in_.goal.measure, t));
    } else {
      for (std::size_t i = 0; i < agents.size(); ++i)
        values.push_back(curve_.value(i, in_.goal, static_cast<double>(agents[i])));
    }
    return values;
  }

 private:
  double value(const std::vector<std::int64_t>& agents) const {
    const std::vector<double> values = by_piece(agents);
    double calls = 0, sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      calls += calls_of(in_.day.pieces[i]);
      sum += calls_of(in_.day.pieces[i]) * values[i];
    }
    return calls > 0 ? sum / calls : 1;
  }

  std::vector<std::int64_t> after(std::size_t steps) const {
    std::vector<std::int64_t> agents = start_;
    for (std::size_t s = 0; s < steps; ++s) ++agents[steps_[s].piece];
    return agents;
  }

  Step next(std::size_t i, std::int64_t agents) const {
    const TransientPiece& p = in_.day.pieces[i];
    return {p.arrival_rate * curve_.slope(i, in_.goal, agents), i};
  }

  // Until each interval comes so near to all calls that the day's goal must hold.
  void order_steps() {
    const double enough = (1 + in_.goal.value) / 2;
    std::priority_queue<Step> heap;
    std::vector<std::int64_t> agents = start_;
    for (std::size_t i = 0; i < agents.size(); ++i)
      if (agents[i] > 0) heap.push(next(i, agents[i]));
    while (!heap.empty()) {
      const std::size_t i = heap.top().piece;
      steps_.push_back(heap.top());
      heap.pop();
      ++agents[i];
      if (curve_.value(i, in_.goal, static_cast<double>(agents[i])) < enough)
        heap.push(next(i, agents[i]));
    }
  }

  const DayStaffInput& in_;
  RequirementMethod method_;
  Curve curve_;
  std::vector<std::int64_t> start_;
  std::vector<Step> steps_;
};

}  // namespace

DayStaff staff_whole_day(const DayStaffInput& in, double floor) {
  CALLMILL_CHECK(
      in.goal.at_least && has_transient(in.goal.measure) && in.goal.measure != Measure::kOccupancy,
      "the day as a whole is staffed for a share that rises with staff");
  RequirementMethod method =
      in.method == RequirementMethod::kAuto || in.method == RequirementMethod::kTransient
          ? RequirementMethod::kTransient
          : RequirementMethod::kOfferedLoad;
  const WholeDay day{in, method, floor};
  const std::vector<std::int64_t> agents = day.least();
  DayStaff result;
  result.agents.assign(agents.begin(), agents.end());
  result.reached = day.by_piece(agents);
  result.used = method;
  result.why = "agents where they are worth most, for the day as a whole";
  return result;
}

}  // namespace callmill
