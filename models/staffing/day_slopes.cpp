#include "models/staffing/day_slopes.h"

#include <algorithm>
#include <cmath>

#include "models/transient/worth.h"

namespace callmill::staffing {
namespace {

std::size_t place(const DayGoal& goal, std::size_t i, std::int64_t agents) {
  const auto last = static_cast<std::int64_t>(goal.gain[i].size()) - 1;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(agents - goal.from[i], 0, last));
}

}  // namespace

TransientInput exact_day(const DayStaffInput& in, const std::vector<std::int64_t>& agents) {
  TransientInput day = in.day;
  day.within = in.within;
  day.tolerance = std::max(day.tolerance, 1e-9);
  day.with_waits = in.goal.measure == Measure::kMeanWaitServed;
  for (std::size_t i = 0; i < agents.size(); ++i) day.pieces[i].agents = agents[i];
  return day;
}

double exact_surplus(const DayStaffInput& in, const std::vector<std::int64_t>& agents) {
  const TransientInput day = exact_day(in, agents);
  const TransientResult solved = solve_transient(day);
  Ratio sum;
  for (std::size_t i = 0; i < agents.size(); ++i)
    sum += ratio_of(in.goal.measure, solved.intervals[i], day.pieces[i]);
  return surplus(in.goal, sum);
}

std::vector<double> exact_slopes(const DayStaffInput& in, const std::vector<std::int64_t>& agents,
                                 std::size_t together) {
  return one_more_agent(
      exact_day(in, agents),
      [&in](const TransientInterval& t, const TransientPiece& piece) {
        return surplus(in.goal, ratio_of(in.goal.measure, t, piece));
      },
      in.stop, together);
}

void correct_slopes(DayGoal& goal, const std::vector<std::int64_t>& agents,
                    const std::vector<double>& exact, double weight) {
  constexpr double kMostFactor = 8;
  const std::size_t parts = agents.size() / goal.gain.size();
  for (std::size_t i = 0; i < goal.gain.size(); ++i) {
    std::vector<double>& gain = goal.gain[i];
    if (gain.size() < 2) continue;
    double curve = 0;
    for (std::size_t p = i * parts; p < (i + 1) * parts; ++p) {
      const std::size_t k = std::min(place(goal, i, agents[p]), gain.size() - 2);
      curve += (gain[k + 1] - gain[k]) / static_cast<double>(parts);
    }
    if (!(curve > 0 && exact[i] > 0)) continue;  // no slope to correct, or none to correct it by
    const double factor =
        std::clamp(std::pow(exact[i] / curve, weight), 1 / kMostFactor, kMostFactor);
    for (double& g : gain) g *= factor;
  }
}

double sum_of_gains(const DayGoal& goal, const std::vector<std::int64_t>& agents) {
  const std::size_t parts = agents.size() / goal.gain.size();
  double sum = 0;
  for (std::size_t p = 0; p < agents.size(); ++p)
    if (const std::size_t i = p / parts; !goal.gain[i].empty())
      sum += goal.gain[i][place(goal, i, agents[p])];
  return sum / static_cast<double>(parts);
}

}  // namespace callmill::staffing
