#include "bench/plan_instances.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace callmill::bench {
namespace {

// The numbers that follow `key` in the text, lists of lists one after the other, up to the `end`
// that closes them.
std::vector<double> numbers_after(const std::string& text, const std::string& key,
                                  std::size_t from) {
  std::vector<double> values;
  const std::size_t at = text.find(key, from);
  if (at == std::string::npos) return values;
  int depth = 0;
  for (std::size_t i = at + key.size(); i < text.size(); ++i) {
    const char c = text[i];
    if (c == '[') ++depth;
    if (c == ']') --depth;
    if ((c >= '0' && c <= '9') || c == '.') {
      char* end = nullptr;
      values.push_back(std::strtod(text.c_str() + i, &end));
      i = static_cast<std::size_t>(end - text.c_str()) - 1;
      if (depth == 0) return values;
    }
    if ((c == ']' && depth == 0) || c == ';' || c == '}') return values;
  }
  return values;
}

std::string line_of(const std::string& path, int number) {
  std::ifstream file(path);
  std::string line;
  for (int i = 0; i <= number; ++i)
    if (!std::getline(file, line)) return "";
  return line;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Breaks and cost of day96 and week96: the meal is not paid.
struct Duty {
  std::vector<CoverBreak> breaks;
  double cost;
};
Duty duty(int length) {
  if (length < 24) return {{{1, length / 2 - 3, length / 2 + 1}}, 1.0 * length};
  const int meal = length < 28 ? 2 : length < 36 ? 3 : 4;
  return {{{1, length / 4 - 3, length / 4 + 1},
           {meal, length / 2 - 4, length / 2 + 1},
           {1, 3 * length / 4 - 2, std::min(3 * length / 4 + 3, length - 2)}},
          1.0 * (length - meal)};
}

// Shifts of one length on a cyclic day, one a start, at one cost.
CoverShift any_start(const std::string& name, int length, int slots, double cost) {
  CoverShift shift{name, length, {}, {}, {}, -1};
  for (int start = 0; start < slots; ++start) {
    shift.starts.push_back(start);
    shift.cost.push_back(cost);
  }
  return shift;
}

}  // namespace

std::optional<CoverProblem> day96(const std::string& data, int number) {
  const std::string line = line_of(data + "/day96/instances.jsonl", number);
  CoverProblem problem{96, true, numbers_after(line, "\"requirement\":", 0), {}};
  if (problem.requirement.size() != 96) return std::nullopt;
  for (int length = 16; length <= 40; length += 2) {
    const Duty of = duty(length);
    problem.shifts.push_back(any_start(std::to_string(length) + " slots", length, 96, of.cost));
    problem.shifts.back().breaks = of.breaks;
  }
  return problem;
}

std::optional<TourProblem> week96(const std::string& data, int number) {
  const std::string line = line_of(data + "/week96/instances.jsonl", number);
  TourProblem problem;
  problem.slots_per_day = 96;
  problem.requirement = numbers_after(line, "\"requirement\":", 0);
  if (problem.requirement.size() != 672) return std::nullopt;
  for (const int length : {16, 24, 32, 40})
    for (int hour = 0; hour < 24; ++hour) {
      const Duty of = duty(length);
      problem.shifts.push_back({std::to_string(length) + " slots at " + std::to_string(hour) + " h",
                                4 * hour, length, of.breaks, of.cost});
    }
  return problem;
}

std::optional<ShiftDesignProblem> shift_design(const std::string& data, const std::string& name) {
  const std::string text = text_of(data + "/shift_design/" + name);
  if (text.empty()) return std::nullopt;
  const auto list = [&](const char* key) {
    return numbers_after(text, std::string{key} + " =", 0);
  };
  const auto one = [&](const char* key) { return list(key).at(0); };
  const double minutes = one("interval");
  ShiftDesignProblem problem;
  problem.days = static_cast<int>(one("days"));
  problem.slots_per_day = static_cast<int>(24 * 60 / minutes);
  for (const double agents : list("demand"))
    problem.demand.push_back(static_cast<std::int64_t>(agents));
  const std::vector<double> first = list("minStart"), last = list("maxStart"),
                            least = list("minLength"), most = list("maxLength");
  for (std::size_t f = 0; f < first.size(); ++f)
    problem.families.push_back({"type " + std::to_string(f + 1), static_cast<int>(first[f]),
                                static_cast<int>(last[f]), static_cast<int>(least[f]),
                                static_cast<int>(most[f])});
  problem.too_few = minutes * one("weightUnderCover");
  problem.too_many = minutes * one("weightOverCover");
  problem.kind = one("weightShiftInstances");
  return problem;
}

std::optional<CoverProblem> textbook(const std::string& data, const std::string& name) {
  const std::string text = text_of(data + "/textbook/textbook_instances.json");
  const std::size_t at = text.find("\"" + name + "\"");
  if (at == std::string::npos) return std::nullopt;
  CoverProblem problem;
  problem.cyclic = true;
  if (name == "winston_post_office") {
    problem.slots = 7;
    problem.requirement = numbers_after(text, "\"need_mon_to_sun\":", at);
    problem.shifts = {any_start("5 days", 5, 7, 1)};
  } else if (name == "ctu_call_center") {
    problem.slots = 24;
    problem.requirement = numbers_after(text, "\"demand_24h\":", at);
    problem.shifts = {any_start("8 hours", 8, 24, 1)};
  } else if (name == "hillier_lieberman_union_airways") {
    // 06-24 in 9 periods of 2 hours, then 00-06 as one: shifts of 8 hours are 4 periods, but the
    // one from 22 has 2.
    problem.slots = 10;
    problem.requirement = numbers_after(text, "\"need\":", at);
    const std::vector<double> cost = numbers_after(text, "\"cost\":", at);
    const int starts[] = {0, 1, 3, 5, 8}, lengths[] = {4, 4, 4, 4, 2};
    for (std::size_t k = 0; k < 5 && k < cost.size(); ++k)
      problem.shifts.push_back(
          {"shift " + std::to_string(k + 1), lengths[k], {starts[k]}, {cost[k]}, {}, -1});
  } else {
    return std::nullopt;
  }
  return problem;
}

}  // namespace callmill::bench
