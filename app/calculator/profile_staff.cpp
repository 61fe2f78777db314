#include "app/calculator/profile_staff.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "app/calculator/profile_day.h"

namespace callmill::calculator {
namespace {

// How many times as much as over the day an interval may miss.
constexpr double kSlack = 3;

std::optional<Measure> measure_of(std::string_view key) {
  constexpr std::pair<std::string_view, Measure> kMeasures[] = {
      {"service_level", Measure::kServiceLevelAccepted},
      {"service_level_f1", Measure::kServiceLevelAbandonOk},
      {"service_level_f2", Measure::kServiceLevelAnswered},
      {"service_level_f4", Measure::kServiceLevelExclShortAbandon},
      {"service_level_all", Measure::kServiceLevel},
      {"answer_rate", Measure::kServed},
      {"abandon_rate", Measure::kAbandon},
      {"asa_s", Measure::kMeanWaitServed},
      {"occupancy", Measure::kOccupancy}};
  for (const auto& [name, measure] : kMeasures)
    if (name == key) return measure;
  return std::nullopt;
}

}  // namespace

std::vector<double> agents_through_the_day(const Question& parts, Profile& profile) {
  if (day_unknown(profile) != ExactDay::Why::kKnown || has_lines(parts.queue)) {
    profile.requirement =
        "each interval by itself: the day through is known of exponential patience "
        "and handle times, without lines, menus or repeats";
    return {};
  }
  DayPieces pieces;
  DayStaffInput in;
  in.day = day_of(parts, profile, pieces, false);
  in.method = parts.requirement;
  std::vector<double> agents(profile.intervals.size(), 0.0);
  const auto of_pieces = [&](const std::vector<double>& of_intervals) {
    std::vector<double> all(in.day.pieces.size(), 0.0);
    for (std::size_t i = 0; i < of_intervals.size(); ++i)
      all[pieces.of_interval[i]] = of_intervals[i];
    return all;
  };
  for (const Target& target : parts.targets) {
    const auto measure = measure_of(target.what->key);
    if (!measure) {
      profile.requirement =
          "each interval by itself: a goal on waits over a time is known there alone";
      return {};
    }
    in.goal = {*measure, target.at_least, target.value};
    in.within = target.within_s;
    // In the order of the goals, each around the agents that the ones before need.
    const DayStaff staff = parts.per_day
                               ? staff_whole_day(in, loosened(in.goal, kSlack), of_pieces(agents))
                               : staff_day(in);
    profile.requirement = std::string{name_of(staff.used)} + ": " + staff.why;
    for (std::size_t i = 0; i < agents.size(); ++i)
      agents[i] = std::max(agents[i], std::ceil(staff.agents[pieces.of_interval[i]] - 1e-9));
  }
  const bool all = std::all_of(agents.begin(), agents.end(), [](double n) { return n == n; });
  return all ? agents : std::vector<double>{};
}

}  // namespace callmill::calculator
