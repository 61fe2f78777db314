#pragma once
// The words of the file: names, numbers, quantities with their units. Pure functions between text
// and value.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace callmill::files {

// Why a text is not what was asked for, completing "<path> is <text>; ...".
struct Slip {
  std::string code;     // "unit", "number", "time", ...
  std::string message;  // "must be a duration such as 20s"
  std::string help;     // may be empty
};

// Shortest decimal text without an exponent that reads back to the same double.
std::string print_number(double value);
std::string print_duration(double seconds);     // "1h30min", "20s", "0.25s"
std::string print_time_of_day(double seconds);  // "08:30", "08:30:15"
std::string print_share(
    double share);  // "95%", or "0.123456" where a percentage would not read back

// Decimal numbers as in YAML and JSON: no inf, nan, hex, grouping or sign '+'.
std::optional<double> parse_number(std::string_view text);

std::optional<double> parse_duration(std::string_view text, Slip& slip);  // seconds
std::optional<double> parse_share(std::string_view text, Slip& slip);     // 0.95 for 95%
// Events per `base_s` seconds.
std::optional<double> parse_rate(std::string_view text, double base_s, Slip& slip);
std::optional<double> parse_time_of_day(std::string_view text,
                                        Slip& slip);  // seconds after midnight

struct Money {
  std::string currency;
  double amount = 0;
};
// "CNY 45/h" where `per` is "h".
std::optional<Money> parse_money(std::string_view text, std::string_view per, Slip& slip);

// Regular expressions (ECMAScript) of the texts that the parsers above take, for the schema.
extern const char* const kDurationPattern;
extern const char* const kSharePattern;
extern const char* const kRatePattern;
extern const char* const kTimePattern;
std::string money_pattern(std::string_view per);
extern const char* const kNamePattern;  // of ASCII and a wide part of the rest

// Letters, digits, - and _; letters of any script. Not empty.
bool is_name(std::string_view utf8);
// A key of a menu: a name, "*" or "#".
bool is_menu_key(std::string_view utf8);

// "a, b or c".
std::string one_of(const std::vector<std::string>& words);
// The candidate that `word` is a slip of, "" when none is near. Cheap for any word.
std::string near_word(std::string_view word, const std::vector<std::string>& candidates);
// "did you mean x?" where a candidate is near, else "known: a, b or c", else "".
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace callmill::files
