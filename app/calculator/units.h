#pragma once
// Values with units on the command line of `callmill erlang`: "1200/h", "3min", "90%", "90%/20s".
// Each function returns nothing where `text` is not of its form; `why` then says what was expected.

#include <optional>
#include <string>
#include <string_view>

namespace callmill::calculator {

// "180s", "3min", "0.5h", "250ms"; seconds from 0 to 1e9. A bare number has no unit and is refused.
std::optional<double> parse_duration_s(std::string_view text, std::string& why);
// "1200/h", "20/min", "0.3/s"; calls per second > 0, at most 1e9.
std::optional<double> parse_rate_per_s(std::string_view text, std::string& why);
// "90%" or "0.9"; in [0, 1].
std::optional<double> parse_share(std::string_view text, std::string& why);

struct ServiceTarget {
  double share = 0;
  double within_s = 0;
};
// "90%/20s".
std::optional<ServiceTarget> parse_target(std::string_view text, std::string& why);
// The same, or the share alone ("90%"), whose T is then 0.
std::optional<ServiceTarget> parse_level(std::string_view text, std::string& why);

// "60"; above 0 to 1,000,000 agents, or with `lines` to 10,000,000 lines; whole.
std::optional<double> parse_count(std::string_view text, bool lines, std::string& why);
// Agents by the number, parts of one too: "60.5".
std::optional<double> parse_count_or_part(std::string_view text, std::string& why);
// A plain number above 0.
std::optional<double> parse_cost(std::string_view text, std::string& why);
// Lines by the number.
std::optional<double> parse_lines(std::string_view text, std::string& why);

}  // namespace callmill::calculator
