#pragma once
// A day of 96 quarter-hours that repeats, 1,248 shifts of 4 to 10 hours with a meal and rests in
// windows.

#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "models/cover/cover.h"
#include "tests/place.h"

namespace callmill {

// Shifts start in each slot, last 16, 18, ... 40 slots and cost their length without the meal.
inline CoverProblem day96(std::vector<double> requirement) {
  CoverProblem problem;
  problem.slots = 96;
  problem.cyclic = true;
  problem.requirement = std::move(requirement);
  for (int length = 16; length <= 40; length += 2) {
    CoverShift shift;
    shift.name = std::to_string(length) + " slots";
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
    for (int start = 0; start < problem.slots; ++start) {
      shift.starts.push_back(start);
      shift.cost.push_back(length - meal);
    }
    problem.shifts.push_back(std::move(shift));
  }
  return problem;
}

// The numbers of `field` in line `number` of day96/instances.jsonl; nothing where the file is
// absent.
inline std::optional<std::vector<double>> day96_field(int number, const std::string& field) {
  std::ifstream file(test::shared_path("data/staffing/day96/instances.jsonl"));
  std::string line;
  for (int i = 0; i <= number; ++i)
    if (!std::getline(file, line)) return std::nullopt;
  const std::string key = "\"" + field + "\":[";
  std::size_t at = line.find(key);
  if (at == std::string::npos) return std::nullopt;
  at += key.size();
  std::vector<double> values;
  for (bool more = true; more;) {
    std::size_t used = 0;
    values.push_back(std::stod(line.substr(at, 24), &used));
    at += used;
    more = line[at++] == ',';
  }
  return values;
}
inline std::optional<std::vector<double>> day96_requirement(int number) {
  return day96_field(number, "requirement");
}
inline std::optional<std::vector<double>> day96_load(int number) {
  return day96_field(number, "offered_load_erl");
}

}  // namespace callmill
