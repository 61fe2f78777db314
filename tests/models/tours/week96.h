#pragma once
// A week of 672 quarter-hours that repeats: shifts start on the hour, last 4, 6, 8 or 10 hours,
// with a meal and rests in windows; each person works 5 of the 7 days.

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <string>
#include <vector>

#include "models/tours/tours.h"
#include "tests/place.h"

namespace callmill {

// Breaks of day96 and week96; a shift costs its length without the meal.
inline TourShift shift96(int start, int length) {
  TourShift shift;
  shift.name = std::to_string(length) + " slots at " + std::to_string(start);
  shift.start = start;
  shift.length = length;
  int meal = 0;
  if (length < 24) {
    shift.breaks = {{1, length / 2 - 3, length / 2 + 1}};
  } else {
    meal = length < 28 ? 2 : length < 36 ? 3 : 4;
    shift.breaks = {{1, length / 4 - 3, length / 4 + 1},
                    {meal, length / 2 - 4, length / 2 + 1},
                    {1, 3 * length / 4 - 2, std::min(3 * length / 4 + 3, length - 2)}};
  }
  shift.cost = length - meal;
  return shift;
}

inline TourProblem week96(std::vector<double> requirement) {
  TourProblem problem;
  problem.slots_per_day = 96;
  problem.requirement = std::move(requirement);
  for (const int length : {16, 24, 32, 40})
    for (int hour = 0; hour < 24; ++hour) problem.shifts.push_back(shift96(4 * hour, length));
  return problem;
}

// The requirement in line `number` of week96/instances.jsonl, day after day; empty where the file
// is absent.
inline std::vector<double> week96_requirement(int number) {
  std::ifstream file(test::shared_path("data/staffing/week96/instances.jsonl"));
  std::string line;
  for (int i = 0; i <= number; ++i)
    if (!std::getline(file, line)) return {};
  const std::string key = "\"requirement\":";
  std::vector<double> values;
  std::string digits;
  for (std::size_t at = line.find(key) + key.size(); at < line.size(); ++at) {
    if (line[at] >= '0' && line[at] <= '9') {
      digits += line[at];
    } else if (!digits.empty()) {
      values.push_back(std::stod(digits));
      digits.clear();
    }
  }
  return values;
}

}  // namespace callmill
