#include "models/staffing/day_staff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "models/staffing/day_curve.h"
#include "models/transient/walk.h"

namespace callmill {
namespace {

using staffing::Curve;
using staffing::is_met;
using staffing::measure_of;
using transient::State;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// State updates that kAuto is ready to spend on one goal: some ten seconds.
constexpr double kAffordable = 1e10;
constexpr double kDays = 5;  // solves of the day that a transient requirement takes
constexpr std::int64_t kMost = 200000;

// One staff of one interval, tried.
struct Trial {
  std::int64_t agents = 0;
  double value = 0;
  State end;
};

class Forward {
 public:
  Forward(const DayStaffInput& in, const Curve& curve)
      : in_{in}, goal_{in.goal}, curve_{curve}, day_{in.day} {
    day_.within = in.within;
    day_.tolerance = std::max(day_.tolerance, 1e-9);
    day_.with_waits = in.goal.measure == Measure::kMeanWaitServed;
  }

  // `guess` by piece is where the search begins. False where no staff meets the goal, or stopped.
  bool run(const std::vector<std::int64_t>& guess) {
    for (std::size_t i = 0; i < day_.pieces.size(); ++i) day_.pieces[i].agents = guess[i];
    agents_.assign(day_.pieces.size(), 0.0);
    // Once by the curve's slope from one trial an interval, so that each has about the right
    // neighbours; then in earnest.
    State rough = transient::first_state(day_);
    for (std::size_t i = 0; i < day_.pieces.size(); ++i) {
      if (staffing::is_stopped(in_)) return false;
      approach(i, rough);
    }
    State state = transient::first_state(day_);
    for (std::size_t i = 0; i < day_.pieces.size(); ++i)
      if (staffing::is_stopped(in_) || !settle(i, state)) return false;
    repair();
    return true;
  }

  const std::vector<double>& agents() const { return agents_; }
  const std::vector<double>& reached() const { return reached_; }

 private:
  Trial attempt(std::size_t i, std::int64_t agents, const State& before) {
    day_.pieces[i].agents = agents;
    Trial t{agents, 0, before};
    t.value = measure_of(goal_.measure, transient::pass_piece(day_, i, t.end));
    return t;
  }

  // How many agents the goal is away from the trial, by the curve.
  double distance(std::size_t i, const Trial& t) const {
    const double slope =
        std::max(1e-9, curve_.slope(i, goal_, std::max<std::int64_t>(1, t.agents)));
    return std::min(std::abs(t.value - goal_.value) / slope, 0.2 * double(t.agents) + 2);
  }

  void approach(std::size_t i, State& state) {
    const std::int64_t guess = day_.pieces[i].agents;
    Trial t = attempt(i, guess, state);
    state = std::move(t.end);
    if (day_.pieces[i].arrival_rate <= 0 || guess == 0) return;
    const auto step = static_cast<std::int64_t>(distance(i, t));
    if (is_met(goal_, t.value))
      day_.pieces[i].agents = std::max<std::int64_t>(1, guess - step);
    else
      day_.pieces[i].agents = guess + step + 1;
  }

  // Least staff of piece i that meets the goal, between a staff that misses (nobody always does)
  // and one that meets.
  bool settle(std::size_t i, State& state) {
    if (day_.pieces[i].arrival_rate <= 0) {
      state = attempt(i, 0, state).end;
      return true;
    }
    const double worst =
        goal_.measure == Measure::kMeanWaitServed ? std::numeric_limits<double>::infinity() : 1.0;
    Trial misses{0, goal_.at_least ? 0.0 : worst, {}}, meets{kMost, kNaN, {}};
    std::int64_t agents = day_.pieces[i].agents;
    while (meets.agents - misses.agents > 1) {
      agents = std::clamp(agents, misses.agents + 1, meets.agents - 1);
      if (agents >= kMost - 1) return false;
      Trial t = attempt(i, agents, state);
      const bool met = is_met(goal_, t.value);
      // Past the least staff by a little, so that the next trial is likely to be its neighbour.
      const auto step = static_cast<std::int64_t>(distance(i, t));
      agents += met ? -std::max<std::int64_t>(1, step) : std::max<std::int64_t>(1, step);
      (met ? meets : misses) = std::move(t);
    }
    const auto whole = static_cast<double>(meets.agents);
    const double rise = meets.value - misses.value;
    const double part = rise != 0 && std::isfinite(rise) ? (goal_.value - misses.value) / rise : 1;
    agents_[i] = whole - 1 + std::clamp(part, 1e-6, 1.0);
    day_.pieces[i].agents = meets.agents;
    state = std::move(meets.end);
    return true;
  }

  // What the last callers of an interval meet depends on the next one's staff, which has moved
  // since: where that leaves an interval short, one more.
  void repair() {
    constexpr int kRounds = 50;
    for (int round = 0; round < kRounds && !staffing::is_stopped(in_); ++round) {
      const TransientResult all = solve_transient(day_);
      reached_.clear();
      bool short_of = false;
      for (std::size_t i = 0; i < day_.pieces.size(); ++i) {
        reached_.push_back(measure_of(goal_.measure, all.intervals[i]));
        if (day_.pieces[i].arrival_rate <= 0 || is_met(goal_, reached_[i])) continue;
        short_of = true;
        agents_[i] = static_cast<double>(++day_.pieces[i].agents);
      }
      if (!short_of) return;
    }
  }

  const DayStaffInput& in_;
  Goal goal_;
  const Curve& curve_;
  TransientInput day_;
  std::vector<double> agents_, reached_;
};

DayStaff by_curve(const DayStaffInput& in, RequirementMethod method) {
  const Curve curve{in, staffing::approximation_of(method)};
  DayStaff result;
  result.used = method;
  for (std::size_t i = 0; i < in.day.pieces.size(); ++i) {
    const double agents = in.day.pieces[i].arrival_rate > 0 ? curve.least(i, in.goal) : 0;
    result.agents.push_back(agents);
    result.reached.push_back(
        std::isfinite(agents) ? curve.value(i, in.goal, std::ceil(agents - 1e-9)) : kNaN);
  }
  return result;
}

std::vector<std::int64_t> ceilings(const std::vector<double>& agents) {
  std::vector<std::int64_t> whole;
  whole.reserve(agents.size());
  for (const double a : agents)
    whole.push_back(std::isfinite(a) ? static_cast<std::int64_t>(std::ceil(a - 1e-9)) : 0);
  return whole;
}

bool has_agents(const DayStaff& staff) {
  return std::all_of(staff.agents.begin(), staff.agents.end(),
                     [](double a) { return std::isfinite(a); });
}

// How the exact day differs from each interval for itself.
std::string difference(const DayStaff& exact, const DayStaff& sipp) {
  std::size_t other = 0;
  double less = 0, more = 0;
  for (std::size_t i = 0; i < exact.agents.size(); ++i) {
    const double d = std::ceil(exact.agents[i] - 1e-9) - std::ceil(sipp.agents[i] - 1e-9);
    if (d != 0) ++other;
    less = std::min(less, d);
    more = std::max(more, d);
  }
  if (other == 0) return "no interval asks for other whole staff than Erlang A by itself would";
  return fmt::format(
      "{} of {} intervals ask for other staff than Erlang A by itself, {:+.0f} to "
      "{:+.0f} agents",
      other, exact.agents.size(), less, more);
}

}  // namespace

std::string_view name_of(RequirementMethod method) {
  switch (method) {
    case RequirementMethod::kAuto:
      return "auto";
    case RequirementMethod::kSipp:
      return "sipp";
    case RequirementMethod::kLagged:
      return "lagged";
    case RequirementMethod::kOfferedLoad:
      return "mol";
    case RequirementMethod::kTransient:
      return "transient";
  }
  return "";
}

DayStaff staff_day(const DayStaffInput& in) {
  switch (in.method) {
    case RequirementMethod::kSipp:
    case RequirementMethod::kLagged:
    case RequirementMethod::kOfferedLoad: {
      DayStaff result = by_curve(in, in.method);
      result.why = "as asked for";
      return result;
    }
    case RequirementMethod::kAuto:
    case RequirementMethod::kTransient:
      break;
  }
  DayStaff mol = by_curve(in, RequirementMethod::kOfferedLoad);
  if (!has_transient(in.goal.measure, in.day.shift_end)) {
    mol.why = "the exact day does not know this measure by interval";
    return mol;
  }
  if (!has_agents(mol)) {
    mol.why = "no staff meets the goal in every interval";
    return mol;
  }
  const double work = kDays * staffing::state_updates(in, ceilings(mol.agents));
  if (in.method == RequirementMethod::kAuto && work > kAffordable) {
    mol.why = fmt::format("the exact day would take {:.0f} billion state updates", work / 1e9);
    return mol;
  }
  const Curve curve{in, Approximation::kOfferedLoad};
  Forward forward{in, curve};
  if (!forward.run(ceilings(mol.agents))) {
    mol.why = staffing::is_stopped(in) ? "interrupted" : "no staff meets the goal in the exact day";
    return mol;
  }
  if (staffing::is_stopped(in)) {  // the last rounds are missing
    mol.why = "interrupted";
    return mol;
  }
  DayStaff result{forward.agents(), forward.reached(), RequirementMethod::kTransient, "", {}};
  result.why = difference(result, by_curve(in, RequirementMethod::kSipp));
  return result;
}

}  // namespace callmill
