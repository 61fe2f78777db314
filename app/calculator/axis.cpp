#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>

#include "app/calculator/ask.h"
#include "app/calculator/sweep.h"
#include "app/calculator/units.h"
#include "base/diagnostic.h"

namespace callmill::calculator {
namespace {

// The unit at the end of "60/h" or "3min": what follows the number.
std::string_view unit_of(std::string_view text) {
  const std::size_t at = text.find_first_not_of("0123456789.+-eE ");
  return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

std::optional<double> parse_value(Input input, const std::string& text, std::string& why) {
  switch (input) {
    case Input::kAgents:
      return parse_count(text, false, why);
    case Input::kLines:
    case Input::kPorts:
      return parse_count(text, true, why);
    case Input::kCalls:
      return parse_rate_per_s(text, why);
    default:
      return parse_duration_s(text, why);
  }
}

std::string axis_help(const std::string& name) {
  const std::string near = nearest(name, input_keys());
  return near.empty() ? "" : fmt::format("; did you mean {}?", near);
}

}  // namespace

std::optional<Axis> parse_axis(std::string_view text, std::string& why) {
  const std::size_t equals = text.find('=');
  const std::string name{text.substr(0, equals)};
  const InputInfo* info = find_input(name);
  if (info == nullptr) {
    why = fmt::format("{} is no input; one of {}{}", name, fmt::join(input_keys(), ", "),
                      axis_help(name));
    return std::nullopt;
  }
  const std::string_view range =
      equals == std::string_view::npos ? std::string_view{} : text.substr(equals + 1);
  const std::size_t dots = range.find("..");
  if (dots == std::string_view::npos) {
    why = fmt::format(
        "\"{}\" is no range; write {}=FROM..TO or {}=FROM..TO:STEP, such as agents=40..60", text,
        name, name);
    return std::nullopt;
  }
  std::string_view to = range.substr(dots + 2);
  const std::size_t colon = to.find(':');
  std::array<std::string, 3> parts = {std::string{range.substr(0, dots)},
                                      std::string{to.substr(0, colon)}, ""};
  if (colon != std::string_view::npos) parts[2] = to.substr(colon + 1);
  std::string_view unit;
  for (const std::string& part : parts)
    if (!unit_of(part).empty()) unit = unit_of(part);
  const std::string shared_unit{unit};
  std::array<double, 3> values{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == 2 && colon == std::string_view::npos) continue;
    if (unit_of(parts[i]).empty()) parts[i] += shared_unit;
    const auto value = parse_value(info->input, parts[i], why);
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  const auto [first, last, given] = values;
  const bool whole = is_counted(info->input);
  // Without a step: one by one where things are counted, else ten steps.
  const double step = colon != std::string_view::npos ? given : whole ? 1 : (last - first) / 10;
  if (!(last >= first) || (last > first && !(step > 0)) ||
      (!(first > 0) && info->input != Input::kWithin)) {
    why = fmt::format("\"{}\": FROM must be above 0 and not above TO, and STEP above 0", text);
    return std::nullopt;
  }
  const double count = last > first ? std::floor((last - first) / step * (1 + 1e-12)) + 1 : 1;
  if (count > static_cast<double>(kMostCells)) {
    why = fmt::format("\"{}\" has more than {} values; take a longer step", text, kMostCells);
    return std::nullopt;
  }
  Axis axis{.input = info->input, .values = {}};
  for (int i = 0; i < static_cast<int>(count); ++i) axis.values.push_back(first + i * step);
  return axis;
}

}  // namespace callmill::calculator
