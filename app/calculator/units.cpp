#include "app/calculator/units.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

namespace callmill::calculator {
namespace {

struct Split {
  double number;
  std::string_view unit;
};

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

constexpr double kMost = 1e9;  // calls a second; seconds, which are 30 years

// A finite number and what follows it.
std::optional<Split> split(std::string_view text) {
  text = trim(text);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || !std::isfinite(number)) return std::nullopt;
  return Split{number, trim(text.substr(static_cast<std::size_t>(end - text.data())))};
}

std::optional<double> seconds_of(std::string_view unit) {
  if (unit == "ms") return 1e-3;
  if (unit == "s") return 1;
  if (unit == "min") return 60;
  if (unit == "h") return 3600;
  if (unit == "d") return 86400;
  return std::nullopt;
}

}  // namespace

std::optional<double> parse_duration_s(std::string_view text, std::string& why) {
  const auto parts = split(text);
  const auto scale = parts ? seconds_of(parts->unit) : std::nullopt;
  if (!scale || parts->number < 0) {
    why = fmt::format(
        "\"{}\" is no duration; write a number and ms, s, min, h or d, such as 180s or 3min", text);
    return std::nullopt;
  }
  const double seconds = parts->number * *scale;
  if (seconds <= kMost) return seconds;
  why = fmt::format("\"{}\" is longer than 1e9 s", text);
  return std::nullopt;
}

std::optional<double> parse_rate_per_s(std::string_view text, std::string& why) {
  const auto parts = split(text);
  const bool per = parts && !parts->unit.empty() && parts->unit.front() == '/';
  const auto scale = per ? seconds_of(trim(parts->unit.substr(1))) : std::nullopt;
  if (!scale || !(parts->number > 0)) {
    why = fmt::format("\"{}\" is no rate above 0; write calls per s, min, h or d, such as 1200/h",
                      text);
    return std::nullopt;
  }
  const double per_s = parts->number / *scale;
  if (per_s <= kMost) return per_s;
  why = fmt::format("\"{}\" is more than 1e9 calls a second", text);
  return std::nullopt;
}

std::optional<double> parse_share(std::string_view text, std::string& why) {
  const auto parts = split(text);
  if (parts && (parts->unit.empty() || parts->unit == "%")) {
    const double share = parts->unit.empty() ? parts->number : parts->number / 100;
    if (share >= 0 && share <= 1) return share;
  }
  why = fmt::format("\"{}\" is no share; write 0% to 100%, such as 90%, or 0 to 1", text);
  return std::nullopt;
}

std::optional<ServiceTarget> parse_target(std::string_view text, std::string& why) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    why = fmt::format("\"{}\" is no service level; write share/time, such as 90%/20s", text);
    return std::nullopt;
  }
  const auto share = parse_share(text.substr(0, slash), why);
  if (!share) return std::nullopt;
  const auto within = parse_duration_s(text.substr(slash + 1), why);
  if (!within) return std::nullopt;
  if (!(*share > 0 && *share < 1)) {
    why = fmt::format("\"{}\": a share strictly between 0% and 100% can be staffed for", text);
    return std::nullopt;
  }
  return ServiceTarget{*share, *within};
}

std::optional<ServiceTarget> parse_level(std::string_view text, std::string& why) {
  if (text.find('/') != std::string_view::npos) return parse_target(text, why);
  const auto share = parse_share(text, why);
  if (!share) return std::nullopt;
  if (*share > 0 && *share < 1) return ServiceTarget{*share, 0};
  why = fmt::format("\"{}\": a share strictly between 0% and 100% can be reached", text);
  return std::nullopt;
}

namespace {

constexpr double kMostAgents = 1'000'000;
constexpr double kMostLines = 10'000'000;

std::optional<double> plain_number(std::string_view text, double most) {
  const auto parts = split(text);
  if (!parts || !parts->unit.empty() || !(parts->number > 0) || parts->number > most)
    return std::nullopt;
  return parts->number;
}

}  // namespace

std::optional<double> parse_count_or_part(std::string_view text, std::string& why) {
  const auto number = plain_number(text, kMostAgents);
  if (!number) why = fmt::format("\"{}\" must be a number above 0, up to {}", text, kMostAgents);
  return number;
}

std::optional<double> parse_count(std::string_view text, bool lines, std::string& why) {
  const auto number = plain_number(text, lines ? kMostLines : kMostAgents);
  if (number && *number == std::floor(*number)) return number;
  why = fmt::format("\"{}\" must be a whole number from 1", text);
  return std::nullopt;
}

std::optional<double> parse_cost(std::string_view text, std::string& why) {
  const auto number = plain_number(text, 1e15);
  if (!number) why = fmt::format("\"{}\" must be a number above 0", text);
  return number;
}

std::optional<double> parse_lines(std::string_view text, std::string& why) {
  const auto number = parse_count(text, true, why);
  if (!number) why += ", or auto";
  return number;
}

}  // namespace callmill::calculator
