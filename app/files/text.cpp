#include "app/files/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "base/diagnostic.h"

namespace callmill::files {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Number of bytes of the plain decimal (no sign, no exponent) at the start of `text`.
std::size_t decimal_length(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && is_digit(text[i])) ++i;
  if (i > 0 && i + 1 < text.size() && text[i] == '.' && is_digit(text[i + 1])) {
    ++i;
    while (i < text.size() && is_digit(text[i])) ++i;
  }
  return i;
}

double to_double(std::string_view digits) {
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

struct TimeUnit {
  std::string_view name;
  double seconds;
};
constexpr std::array<TimeUnit, 4> kTimeUnits = {{{"ms", 1e-3}, {"s", 1}, {"min", 60}, {"h", 3600}}};

// What people write for the units of time, and what the file wants.
struct Slipped {
  std::string_view theirs, ours;
};
constexpr Slipped kSlippedUnits[] = {
    {"sec", "s"},   {"secs", "s"},    {"second", "s"},   {"seconds", "s"},   {"S", "s"},
    {"m", "min"},   {"mins", "min"},  {"minute", "min"}, {"minutes", "min"}, {"Min", "min"},
    {"hr", "h"},    {"hrs", "h"},     {"hour", "h"},     {"hours", "h"},     {"H", "h"},
    {"msec", "ms"}, {"millis", "ms"}, {"秒", "s"},       {"分", "min"},      {"分钟", "min"},
    {"小时", "h"},  {"时", "h"},      {"毫秒", "ms"}};

std::string unit_help(std::string_view number, std::string_view unit) {
  for (const Slipped& slipped : kSlippedUnits)
    if (slipped.theirs == unit) return fmt::format("write {}{}", number, slipped.ours);
  if (unit == "d" || unit == "day" || unit == "days" || unit == "天")
    return fmt::format("write {}h", print_number(to_double(number) * 24));
  return "units of time are ms, s, min and h";
}

constexpr Slipped kSlippedRates[] = {
    {"", "/h"},      {"/H", "/h"},      {"/hr", "/h"},       {"/hour", "/h"},
    {"/小时", "/h"}, {"/m", "/min"},    {"/minute", "/min"}, {"/分钟", "/min"},
    {"/sec", "/s"},  {"/second", "/s"}, {"/秒", "/s"},       {"/d", "/day"},
    {"/天", "/day"}, {"/日", "/day"},   {" per hour", "/h"}, {" per day", "/day"}};

// The number as it is meant with another unit or without separators of thousands; never another.
std::string rate_help(std::string_view text) {
  std::string bare{text};
  std::erase(bare, ',');
  const std::size_t digits = decimal_length(bare);
  const std::string_view unit = std::string_view{bare}.substr(digits);
  for (const Slipped& rate : kSlippedRates)
    if (digits > 0 && rate.theirs == unit)
      return fmt::format("write {}{}", bare.substr(0, digits), rate.ours);
  for (const char* known : {"/s", "/min", "/h", "/day"})
    if (digits > 0 && unit == known && bare != text) return fmt::format("write {}", bare);
  return "rates are plain numbers with /s, /min, /h or /day";
}

constexpr std::string_view kDurationWords = "must be a duration such as 20s, 1.5min or 1h30min";

std::string duration_help(std::string_view text) {
  const std::size_t digits = decimal_length(text);
  if (digits > 0 && digits == text.size()) return fmt::format("write {0}s, {0}min or {0}h", text);
  if (!text.empty() && text[0] == '-') return "a duration is not negative";
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && parse_number(text.substr(0, colon)))
    return "write 1h30min or 1min30s instead of 1:30";
  return "";
}

std::optional<double> slipped(Slip& slip, std::string code, std::string message, std::string help) {
  slip = {std::move(code), std::move(message), std::move(help)};
  return std::nullopt;
}

}  // namespace

const char* const kDurationPattern = "^([0-9]+(\\.[0-9]+)?(ms|s|min|h))+$";
const char* const kSharePattern = "^[0-9]+(\\.[0-9]+)?%$";
const char* const kRatePattern = "^[0-9]+(\\.[0-9]+)?/(s|min|h|day)$";
const char* const kTimePattern = "^[0-9]{1,4}:[0-5][0-9](:[0-5][0-9])?$";
const char* const kNamePattern = "^[A-Za-z0-9_\\u0080-\\uFFFF-]+$";

std::string money_pattern(std::string_view per) {
  return fmt::format("^[A-Z]{{3}} [0-9]+(\\.[0-9]+)?/{}$", per);
}

// Never with an exponent: the grammar of quantities has none.
std::string print_number(double value) {
  std::array<char, 400> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), end.ptr};
}

std::string print_duration(double seconds) {
  const double whole = std::floor(seconds);
  if (seconds < 60 || whole != seconds || seconds > 1e12) return print_number(seconds) + "s";
  const auto total = static_cast<std::int64_t>(seconds);
  std::string text;
  if (total >= 3600) text += fmt::format("{}h", total / 3600);
  if (total / 60 % 60 > 0) text += fmt::format("{}min", total / 60 % 60);
  if (total % 60 > 0) text += fmt::format("{}s", total % 60);
  return text;
}

std::string print_time_of_day(double seconds) {
  const auto total = static_cast<std::int64_t>(seconds);
  std::string text = fmt::format("{:02}:{:02}", total / 3600, total / 60 % 60);
  if (total % 60 > 0) text += fmt::format(":{:02}", total % 60);
  return text;
}

std::string print_share(double share) {
  const std::string percent = print_number(share * 100);
  Slip slip;
  if (percent.size() <= 8 && parse_share(percent + "%", slip) == share) return percent + "%";
  return print_number(share);
}

std::optional<double> parse_number(std::string_view text) {
  const std::size_t sign = !text.empty() && text[0] == '-' ? 1 : 0;
  if (sign == text.size() || !(is_digit(text[sign]) || text[sign] == '.')) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<double> parse_duration(std::string_view text, Slip& slip) {
  double seconds = 0;
  std::string_view rest = text;
  if (rest.empty()) return slipped(slip, "unit", std::string{kDurationWords}, "");
  while (!rest.empty()) {
    const std::size_t digits = decimal_length(rest);
    std::size_t end = digits;
    while (end < rest.size() && !is_digit(rest[end]) && rest[end] != '.') ++end;
    const std::string_view unit = rest.substr(digits, end - digits);
    if (digits == 0 || unit.empty())
      return slipped(slip, "unit", std::string{kDurationWords}, duration_help(text));
    const auto* known = std::find_if(kTimeUnits.begin(), kTimeUnits.end(),
                                     [&](const TimeUnit& u) { return u.name == unit; });
    if (known == kTimeUnits.end()) {
      const std::string help =
          text[digits] == ':' ? duration_help(text) : unit_help(rest.substr(0, digits), trim(unit));
      return slipped(slip, "unit", std::string{kDurationWords}, help);
    }
    seconds += to_double(rest.substr(0, digits)) * known->seconds;
    rest.remove_prefix(end);
  }
  return seconds;
}

std::optional<double> parse_share(std::string_view text, Slip& slip) {
  const std::size_t digits = decimal_length(text);
  if (digits > 0 && text.substr(digits) == "%") {
    // Of "99.9" / 100 and the double nearest to 0.999, the second is what a reader means.
    double value = 0;
    const std::string shifted = std::string{text.substr(0, digits)} + "e-2";
    std::from_chars(shifted.data(), shifted.data() + shifted.size(), value);
    return value;
  }
  if (const std::optional<double> plain = parse_number(text)) return plain;
  std::string help;
  const std::string_view sign = trim(text.substr(digits));
  if (digits > 0 && (sign == "%" || sign == "\uFF05" || sign == "percent"))
    help = fmt::format("write {}%", text.substr(0, digits));
  if (text.starts_with('-')) help = "a share is not negative";
  return slipped(slip, "unit", "must be a share such as 95% or 0.95", help);
}

std::optional<double> parse_rate(std::string_view text, double base_s, Slip& slip) {
  const std::size_t digits = decimal_length(text);
  const std::string_view unit = text.substr(digits);
  const double number = to_double(text.substr(0, digits));
  if (digits > 0) {
    if (unit == "/s") return number * base_s;
    if (unit == "/min") return number * (base_s / 60);
    if (unit == "/h") return number * (base_s / 3600);
    if (unit == "/day") return number * (base_s / 86400);
  }
  return slipped(slip, "unit", "must be a rate such as 120/h or 2/min", rate_help(text));
}

std::optional<double> parse_time_of_day(std::string_view text, Slip& slip) {
  const auto two = [&](std::size_t at) -> int {
    if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1])) return -1;
    const int value = (text[at] - '0') * 10 + (text[at + 1] - '0');
    return value < 60 ? value : -1;
  };
  const std::size_t colon = text.find(':');
  const bool hours_ok =
      colon != std::string_view::npos && colon >= 1 && colon <= 4 &&
      std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), is_digit);
  if (hours_ok) {
    const double hours = to_double(text.substr(0, colon));
    const int minutes = two(colon + 1);
    if (minutes >= 0 && text.size() == colon + 3) return hours * 3600 + minutes * 60;
    const int seconds = two(colon + 4);
    if (minutes >= 0 && seconds >= 0 && text.size() == colon + 6 && text[colon + 3] == ':')
      return hours * 3600 + minutes * 60 + seconds;
  }
  std::string help;
  Slip ignored;
  if (text.find("\uFF1A") != std::string_view::npos)
    help = "write the ASCII colon, as in \"08:30\"";
  if (parse_number(text) || parse_duration(text, ignored)) help = "write \"08:00\" for 8 o'clock";
  return slipped(slip, "time", "must be a time of day such as \"08:30\"", help);
}

std::optional<Money> parse_money(std::string_view text, std::string_view per, Slip& slip) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 4 && std::all_of(text.begin(), text.begin() + 3, is_capital) &&
      text[3] == ' ') {
    const std::string_view rest = text.substr(4);
    const std::size_t digits = decimal_length(rest);
    if (digits > 0 && rest.substr(digits) == fmt::format("/{}", per))
      return Money{std::string{text.substr(0, 3)}, to_double(rest.substr(0, digits))};
  }
  std::string help;
  if (const auto number = parse_number(text.substr(0, decimal_length(text))))
    help = fmt::format("write CNY {}/{}", print_number(*number), per);
  slip = {"unit", fmt::format("must be an amount such as CNY 45/{}", per), help};
  return std::nullopt;
}

namespace {

struct Range {
  std::uint32_t first, last;
};
// Blanks, punctuation and private characters above ASCII that are not letters of a name.
constexpr Range kNotLetters[] = {
    {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},
    {0xF7, 0xF7},     {0x2000, 0x206F}, {0x2190, 0x2BFF}, {0x3000, 0x3004}, {0x3008, 0x3020},
    {0xE000, 0xF8FF}, {0xFE10, 0xFE6F}, {0xFEFF, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40},
    {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}};

bool is_name_point(std::uint32_t point) {
  if (point < 0x80) {
    const auto c = static_cast<char>(point);
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  }
  return std::none_of(std::begin(kNotLetters), std::end(kNotLetters),
                      [&](Range r) { return r.first <= point && point <= r.last; });
}

}  // namespace

bool is_name(std::string_view utf8) {
  if (utf8.empty()) return false;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k)
      point = point << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
    if (!is_name_point(point)) return false;
    i += length;
  }
  return true;
}

bool is_menu_key(std::string_view utf8) {
  return utf8 == "*" || utf8 == "#" || is_name(utf8);
}

std::string one_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

std::string near_word(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongestWord = 64;  // the edit distance costs |word| x |candidate|
  constexpr std::size_t kMostCandidates = 200;
  if (word.size() > kLongestWord || candidates.size() > kMostCandidates) return "";
  std::vector<std::string> short_ones;
  for (const std::string& candidate : candidates)
    if (candidate.size() <= kLongestWord) short_ones.push_back(candidate);
  return nearest(word, short_ones);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kMostListed = 12;
  const std::string near = near_word(word, candidates);
  if (!near.empty() && near != word) return fmt::format("did you mean {}?", near);
  if (candidates.empty() || candidates.size() > kMostListed) return "";
  return fmt::format("known here: {}", one_of(candidates));
}

}  // namespace callmill::files
