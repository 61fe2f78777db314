// The day as a whole: few agent-hours, not the same goal everywhere.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "models/staffing/day_curve.h"
#include "models/staffing/day_slopes.h"
#include "models/staffing/day_staff.h"

namespace callmill {
namespace {

using staffing::Curve;
using staffing::Ratio;
using staffing::surplus;

constexpr double kAffordable = 1e10;  // state updates that corrections may take: some ten seconds
constexpr double kDaysARound = 10;    // solves of the day: the slopes, and the search
constexpr int kInVain = 2;            // corrections in a row that find nothing cheaper: the last
constexpr double kDamping = 0.5;      // of corrections after the first, as an exponent

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

template <class Number>
double hours_of(const DayStaffInput& in, const std::vector<Number>& agents) {
  double sum = 0;
  for (std::size_t i = 0; i < agents.size(); ++i)
    sum += std::ceil(static_cast<double>(agents[i]) - 1e-9) * in.day.pieces[i].length / 3600;
  return sum;
}

class WholeDay {
 public:
  WholeDay(const DayStaffInput& in, RequirementMethod method, Curve curve)
      : in_{in}, method_{method}, curve_{std::move(curve)} {}

  // Where the steps begin. False where no staff meets the floor.
  bool start(const Goal& floor, const std::vector<double>& at_least) {
    for (std::size_t i = 0; i < in_.day.pieces.size(); ++i) {
      // A mean wait would be met best by answering nobody.
      const bool may_be_empty = !in_.may_be_empty.empty() && in_.may_be_empty[i] &&
                                in_.goal.measure != Measure::kMeanWaitServed;
      double agents = in_.day.pieces[i].arrival_rate > 0 && !may_be_empty ? 1 : 0;
      if (agents > 0 && !asks_nothing(floor)) agents = std::max(1.0, curve_.least(i, floor));
      if (!std::isfinite(agents)) return false;
      if (!at_least.empty()) agents = std::max(agents, at_least[i]);
      goal_.from.push_back(static_cast<std::int64_t>(std::ceil(agents - 1e-9)));
    }
    goal_.gain.resize(goal_.from.size());
    for (std::size_t i = 0; i < goal_.from.size(); ++i)
      if (in_.day.pieces[i].arrival_rate > 0) add_curve(i);
    goal_.goal = in_.goal;
    goal_.within = in_.within;
    goal_.exact = method_ == RequirementMethod::kTransient;
    order_steps();
    return true;
  }

  // Few agent-hours that meet the goal of the day, no more than `known` has where that meets it;
  // empty: none is known. Empty: all steps are not enough.
  std::vector<std::int64_t> least(const std::vector<std::int64_t>& known) {
    std::vector<std::int64_t> agents = meets(goal_.from, method_) ? goal_.from : by_steps();
    // The steps are an approximation's: of thousands of agents the goal in each interval can take
    // fewer, and meets the day as well.
    if (agents.empty()) return agents;
    if (!known.empty() && hours_of(in_, agents) > hours_of(in_, known) && meets(known, method_))
      agents = known;
    return method_ == RequirementMethod::kTransient ? corrected(std::move(agents)) : agents;
  }

  // Of the last agent the part that the goal still needs: of the interval whose last agent is worth
  // least by the curve. Agents without whom the goal holds are taken away, a few at the most.
  std::vector<double> in_part(std::vector<std::int64_t>& agents,
                              const std::vector<double>& at_least) const {
    constexpr int kMostTrials = 5;
    double over = day_surplus(agents);
    for (int trial = 0; trial < kMostTrials; ++trial) {
      const std::size_t last = worth_least(agents, at_least);
      if (last == agents.size() || staffing::is_stopped(in_)) break;
      --agents[last];
      const double without = day_surplus(agents);
      if (without >= 0) {
        over = without;
        continue;
      }
      ++agents[last];
      std::vector<double> parts(agents.begin(), agents.end());
      // Above agents - 1, so that its ceiling is the whole staff.
      parts[last] -= std::min(over / (over - without), 1 - 1e-6);
      return parts;
    }
    return {agents.begin(), agents.end()};
  }

  // The curves that the steps go by, and what they come to with these agents.
  DayGoal goal(const std::vector<std::int64_t>& agents) const {
    DayGoal goal = goal_;
    goal.least = staffing::sum_of_gains(goal, agents);
    return goal;
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
    const TransientInput day = staffing::exact_day(in_, agents);
    const TransientResult solved = solve_transient(day);
    for (std::size_t i = 0; i < agents.size(); ++i)
      ratios.push_back(staffing::ratio_of(in_.goal.measure, solved.intervals[i], day.pieces[i]));
    return ratios;
  }

 private:
  std::vector<std::int64_t> by_steps() const {
    if (method_ != RequirementMethod::kTransient) return after(first_enough(0, steps_.size()));
    // A day's solve is dear: the curve says about where, and from there by steps that double.
    std::size_t from = 0, to = steps_.size();
    halve(from, to, RequirementMethod::kOfferedLoad);
    return search_from(to, steps_.size() / 100);
  }

  bool meets(const std::vector<std::int64_t>& agents, RequirementMethod method) const {
    if (staffing::is_stopped(in_)) return true;  // the answer is not used any more
    return surplus_of(agents, method) >= 0;
  }

  double surplus_of(const std::vector<std::int64_t>& agents, RequirementMethod method) const {
    Ratio day;
    for (const Ratio& r : by_piece(agents, method)) day += r;
    return surplus(in_.goal, day);
  }
  double day_surplus(const std::vector<std::int64_t>& agents) const {
    return surplus_of(agents, method_);
  }

  // The interval whose last agent is worth least an hour, of those who may go; size() where none.
  std::size_t worth_least(const std::vector<std::int64_t>& agents,
                          const std::vector<double>& at_least) const {
    std::size_t found = agents.size();
    double least = 0;
    for (std::size_t i = 0; i < agents.size(); ++i) {
      const std::vector<double>& gain = goal_.gain[i];
      const auto taken = static_cast<std::size_t>(agents[i] - goal_.from[i]);
      if (taken == 0 || gain.empty()) continue;
      if (!at_least.empty() && static_cast<double>(agents[i] - 1) < at_least[i]) continue;
      const double worth =
          taken < gain.size() ? (gain[taken] - gain[taken - 1]) / in_.day.pieces[i].length : 0;
      if (found < agents.size() && worth >= least) continue;
      found = i;
      least = worth;
    }
    return found;
  }

  std::vector<std::int64_t> after(std::size_t steps) const {
    std::vector<std::int64_t> agents = goal_.from;
    if (steps > steps_.size()) return {};
    for (std::size_t s = 0; s < steps; ++s) ++agents[steps_[s].piece];
    return agents;
  }

  // So many steps miss, so many are enough: the numbers close in on each other.
  void halve(std::size_t& below, std::size_t& above, RequirementMethod by) const {
    while (above - below > 1) {
      const std::size_t middle = (below + above) / 2;
      (meets(after(middle), by) ? above : below) = middle;
    }
  }

  // Least number of steps that is enough, where `low` is not; all and one more where all are not.
  std::size_t first_enough(std::size_t low, std::size_t high) const {
    if (high == steps_.size() && !meets(after(high), method_)) return high + 1;
    halve(low, high, method_);
    return high;
  }

  std::vector<std::int64_t> search_from(std::size_t at, std::size_t step) const {
    if (steps_.empty()) return {};
    std::size_t low = 0, high = steps_.size();
    at = std::clamp<std::size_t>(at, 1, high);
    step = std::max<std::size_t>(1, step);
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
    return after(first_enough(low, high));
  }

  // The curves' slopes are corrected where the staff is, the steps put in order anew, and again
  // while that finds a cheaper day. Afterwards the curves have about the exact slopes of the staff
  // that is returned.
  std::vector<std::int64_t> corrected(std::vector<std::int64_t> best) {
    const double each = kDaysARound * staffing::state_updates(in_, best);
    const auto rounds = static_cast<int>(std::min<double>(in_.corrections, kAffordable / each));
    DayGoal of_best = goal_;
    std::vector<std::int64_t> at = best;
    int in_vain = 0;
    for (int round = 0; round < rounds && in_vain < kInVain; ++round) {
      const std::vector<double> exact = staffing::exact_slopes(in_, at);
      if (exact.empty()) break;  // stopped
      staffing::correct_slopes(goal_, at, exact, round == 0 ? 1 : kDamping);
      if (at == best) of_best = goal_;
      order_steps();
      std::int64_t steps = 0;
      for (std::size_t i = 0; i < at.size(); ++i) steps += at[i] - goal_.from[i];
      std::vector<std::int64_t> next = search_from(
          static_cast<std::size_t>(std::max<std::int64_t>(0, steps)), steps_.size() / 400);
      if (next.empty() || staffing::is_stopped(in_) || next == at) break;
      at = std::move(next);
      ++in_vain;
      if (hours_of(in_, at) >= hours_of(in_, best)) continue;
      in_vain = 0;
      best = at;
      of_best = goal_;
    }
    goal_ = std::move(of_best);
    return best;
  }

  void add_curve(std::size_t i) {
    const Goal enough = plenty(in_.goal);
    std::vector<double>& gain = goal_.gain[i];
    constexpr std::size_t kMostSteps = 200000;
    for (auto n = static_cast<double>(goal_.from[i]);; ++n) {
      const Ratio r = curve_.ratio(i, in_.goal, n);
      gain.push_back(surplus(in_.goal, r));
      if (staffing::is_met(enough, r.part / r.of) || gain.size() > kMostSteps) break;
    }
  }

  // By worth; those of one interval stay in their order, and equal ones in the order of the day.
  void order_steps() {
    steps_.clear();
    for (std::size_t i = 0; i < goal_.gain.size(); ++i)
      if (!goal_.gain[i].empty()) add_steps(i);
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const Step& a, const Step& b) { return a.worth > b.worth; });
  }

  // Where the curve bends upwards (a service level far below the load), agents are worth little one
  // by one and much together: they count by the mean of the block that is worth most, which is the
  // slope of the curve's least concave majorant.
  void add_steps(std::size_t i) {
    const std::vector<double>& gain = goal_.gain[i];
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
  DayGoal goal_;  // by piece: surplus at from + 0, 1, ... agents
  std::vector<Step> steps_;
};

bool is_enough(const DayStaff& staff, const std::vector<double>& at_least) {
  for (std::size_t i = 0; i < at_least.size(); ++i)
    if (std::ceil(staff.agents[i] - 1e-9) < at_least[i]) return false;
  return std::all_of(staff.agents.begin(), staff.agents.end(),
                     [](double n) { return std::isfinite(n); });
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
  std::vector<std::int64_t> known;
  if (is_enough(each, at_least))
    for (const double n : each.agents)
      known.push_back(static_cast<std::int64_t>(std::ceil(n - 1e-9)));
  std::vector<std::int64_t> agents = day.least(known);
  if (agents.empty() || staffing::is_stopped(in)) return each;
  DayStaff result;
  result.agents = day.in_part(agents, at_least);
  if (staffing::is_stopped(in)) return each;
  for (const Ratio& r : day.by_piece(agents, chosen.method))
    result.reached.push_back(r.of > 0 ? r.part / r.of : (in.goal.at_least ? 1 : 0));
  result.goal = day.goal(agents);
  result.used = chosen.method;
  result.why = fmt::format(
      "over the day {:.1f} agent-hours, agents where they are worth most; for the same in each "
      "interval {:.1f}{}",
      hours_of(in, result.agents), hours_of(in, each.agents), chosen.why);
  return result;
}

}  // namespace callmill
