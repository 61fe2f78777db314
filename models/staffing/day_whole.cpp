// The day as a whole: few agent-hours, not the same goal everywhere.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "models/staffing/day_curve.h"
#include "models/staffing/day_staff.h"

namespace callmill {
namespace {

using staffing::Curve;
using staffing::Ratio;
using staffing::surplus;

// One agent more in one interval, in the order in which they are worth it.
struct Step {
  double worth = 0;  // surplus over the goal, an agent-hour
  std::size_t piece = 0;
};

bool asks_nothing(const Goal& goal) {
  if (goal.measure == Measure::kMeanWaitServed) return !goal.at_least && std::isinf(goal.value);
  return goal.at_least ? goal.value <= 0 : goal.value >= 1;
}

// What each interval comes to at the most: there the day's goal must hold.
Goal plenty(const Goal& goal) {
  return {goal.measure, goal.at_least, goal.at_least ? (1 + goal.value) / 2 : goal.value / 2};
}

class WholeDay {
 public:
  WholeDay(const DayStaffInput& in, RequirementMethod method, Curve curve)
      : in_{in}, method_{method}, curve_{std::move(curve)} {}

  // The curves that the steps go by, and what they come to with these agents.
  DayGoal goal(const std::vector<std::int64_t>& agents) const {
    DayGoal goal{start_, gain_, 0};
    for (std::size_t i = 0; i < agents.size(); ++i)
      if (!gain_[i].empty())
        goal.least += gain_[i][static_cast<std::size_t>(agents[i] - start_[i])];
    return goal;
  }

  // Where the steps begin. False where no staff meets the floor.
  bool start(const Goal& floor, const std::vector<double>& at_least) {
    for (std::size_t i = 0; i < in_.day.pieces.size(); ++i) {
      double agents = in_.day.pieces[i].arrival_rate > 0 ? 1 : 0;
      if (agents > 0 && !asks_nothing(floor)) agents = std::max(1.0, curve_.least(i, floor));
      if (!std::isfinite(agents)) return false;
      if (!at_least.empty()) agents = std::max(agents, at_least[i]);
      start_.push_back(static_cast<std::int64_t>(std::ceil(agents - 1e-9)));
    }
    gain_.resize(start_.size());
    for (std::size_t i = 0; i < start_.size(); ++i)
      if (in_.day.pieces[i].arrival_rate > 0) add_steps(i);
    // By worth; those of one interval stay in their order, and equal ones in the order of the day.
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const Step& a, const Step& b) { return a.worth > b.worth; });
    return true;
  }

  // The first so many steps, as few as meet the goal of the day. Empty: all are not enough.
  std::vector<std::int64_t> least() const {
    std::size_t low = 0, high = steps_.size();
    if (meets(start_, method_)) return start_;
    const auto halve = [&](std::size_t& below, std::size_t& above, RequirementMethod by) {
      while (above - below > 1) {
        const std::size_t middle = (below + above) / 2;
        (meets(after(middle), by) ? above : below) = middle;
      }
    };
    if (method_ == RequirementMethod::kTransient) {
      // A day's solve is dear: the curve says about where, and from there by steps that double.
      std::size_t from = 0, to = high;
      halve(from, to, RequirementMethod::kOfferedLoad);
      std::size_t at = to, step = std::max<std::size_t>(1, high / 100);
      const bool first = meets(after(at), method_);
      (first ? high : low) = at;
      while (high - low > 1) {
        if (first ? at <= step : at + step >= steps_.size()) break;
        at = first ? at - step : at + step;
        step *= 2;
        const bool met = meets(after(at), method_);
        (met ? high : low) = at;
        if (met != first) break;
      }
    }
    if (high == steps_.size() && !meets(after(high), method_)) return {};
    halve(low, high, method_);
    return after(high);
  }

  // The measure as a ratio, by interval.
  std::vector<Ratio> by_piece(const std::vector<std::int64_t>& agents,
                              RequirementMethod method) const {
    std::vector<Ratio> ratios;
    if (method != RequirementMethod::kTransient) {
      for (std::size_t i = 0; i < agents.size(); ++i)
        ratios.push_back(curve_.ratio(i, in_.goal, static_cast<double>(agents[i])));
      return ratios;
    }
    TransientInput day = in_.day;
    day.within = in_.within;
    day.tolerance = std::max(day.tolerance, 1e-9);
    day.with_waits = in_.goal.measure == Measure::kMeanWaitServed;
    for (std::size_t i = 0; i < agents.size(); ++i) day.pieces[i].agents = agents[i];
    const TransientResult solved = solve_transient(day);
    for (std::size_t i = 0; i < agents.size(); ++i)
      ratios.push_back(staffing::ratio_of(in_.goal.measure, solved.intervals[i], day.pieces[i]));
    return ratios;
  }

 private:
  bool meets(const std::vector<std::int64_t>& agents, RequirementMethod method) const {
    if (staffing::is_stopped(in_)) return true;  // the answer is not used any more
    Ratio day;
    for (const Ratio& r : by_piece(agents, method)) day += r;
    return surplus(in_.goal, day) >= 0;
  }

  std::vector<std::int64_t> after(std::size_t steps) const {
    std::vector<std::int64_t> agents = start_;
    for (std::size_t s = 0; s < steps; ++s) ++agents[steps_[s].piece];
    return agents;
  }

  // Where the curve bends upwards (a service level far below the load), agents are worth little one
  // by one and much together: they count by the mean of the block that is worth most, which is the
  // slope of the curve's least concave majorant.
  void add_steps(std::size_t i) {
    const Goal enough = plenty(in_.goal);
    std::vector<double>& gain = gain_[i];
    constexpr std::size_t kMostSteps = 200000;
    for (double n = static_cast<double>(start_[i]);; ++n) {
      const Ratio r = curve_.ratio(i, in_.goal, n);
      gain.push_back(surplus(in_.goal, r));
      if (staffing::is_met(enough, r.part / r.of) || gain.size() > kMostSteps) break;
    }
    const auto slope = [&gain](std::size_t a, std::size_t b) {
      return (gain[b] - gain[a]) / static_cast<double>(b - a);
    };
    std::vector<std::size_t> corners{0};
    for (std::size_t n = 1; n < gain.size(); ++n) {
      while (corners.size() > 1 &&
             slope(corners.back(), n) >= slope(corners[corners.size() - 2], corners.back()))
        corners.pop_back();
      corners.push_back(n);
    }
    for (std::size_t c = 1; c < corners.size(); ++c)
      steps_.insert(steps_.end(), corners[c] - corners[c - 1],
                    {slope(corners[c - 1], corners[c]) / in_.day.pieces[i].length, i});
  }

  const DayStaffInput& in_;
  RequirementMethod method_;
  Curve curve_;
  std::vector<std::int64_t> start_;
  std::vector<std::vector<double>> gain_;  // by piece: surplus at start + 0, 1, ... agents
  std::vector<Step> steps_;
};

double agent_hours(const DayStaffInput& in, const std::vector<double>& agents) {
  double sum = 0;
  for (std::size_t i = 0; i < agents.size(); ++i)
    sum += std::ceil(agents[i] - 1e-9) * in.day.pieces[i].length / 3600;
  return sum;
}

bool is_enough(const DayStaff& staff, const std::vector<double>& at_least) {
  for (std::size_t i = 0; i < at_least.size(); ++i)
    if (std::ceil(staff.agents[i] - 1e-9) < at_least[i]) return false;
  return true;
}

// The day by the method asked for, or why by another.
struct Chosen {
  RequirementMethod method;
  std::string why;
};
Chosen choose_method(const DayStaffInput& in, const DayStaff& each) {
  if (in.method != RequirementMethod::kAuto && in.method != RequirementMethod::kTransient)
    return {in.method, ""};
  if (each.used == RequirementMethod::kTransient) return {each.used, ""};
  return {RequirementMethod::kOfferedLoad, "; " + each.why};
}

}  // namespace

Goal loosened(const Goal& goal, double slack) {
  CALLMILL_CHECK(slack >= 1, "a goal is loosened by a factor of at least 1");
  Goal looser = goal;
  if (goal.at_least)
    looser.value = std::max(0.0, 1 - slack * (1 - goal.value));
  else
    looser.value = goal.measure == Measure::kMeanWaitServed ? slack * goal.value
                                                            : std::min(1.0, slack * goal.value);
  return looser;
}

DayStaff staff_whole_day(const DayStaffInput& in, const Goal& floor,
                         const std::vector<double>& at_least) {
  DayStaff each = staff_day(in);
  const Chosen chosen = choose_method(in, each);
  WholeDay day{in, chosen.method, Curve{in, staffing::approximation_of(chosen.method)}};
  if (!day.start(floor, at_least)) return each;
  std::vector<std::int64_t> agents = day.least();
  if (agents.empty() || staffing::is_stopped(in)) return each;
  // The steps are an approximation's: of thousands of agents the goal in each interval can take
  // fewer, and meets the day as well.
  if (is_enough(each, at_least) &&
      agent_hours(in, {agents.begin(), agents.end()}) > agent_hours(in, each.agents))
    std::transform(each.agents.begin(), each.agents.end(), agents.begin(),
                   [](double n) { return static_cast<std::int64_t>(std::ceil(n - 1e-9)); });
  DayStaff result;
  result.agents.assign(agents.begin(), agents.end());
  for (const Ratio& r : day.by_piece(agents, chosen.method))
    result.reached.push_back(r.of > 0 ? r.part / r.of : (in.goal.at_least ? 1 : 0));
  result.goal = day.goal(agents);
  result.used = chosen.method;
  result.why = fmt::format(
      "over the day {:.1f} agent-hours, agents where they are worth most; for the same in each "
      "interval {:.1f}{}",
      agent_hours(in, result.agents), agent_hours(in, each.agents), chosen.why);
  return result;
}

}  // namespace callmill
