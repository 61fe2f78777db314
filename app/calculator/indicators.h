#pragma once
// The figures that theory has of a queue: one table for columns, targets, JSON and CSV.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/calculator/queue.h"

namespace callmill::calculator {

enum class Measured : std::uint8_t { kShare, kSeconds, kNumber };

struct Indicator {
  std::string_view
      key;  // of JSON, CSV and --show; the names of docs/reference/kpi.md where it has one
  std::string_view en, zh;  // headers; {} stands for T
  Measured unit;
  std::string_view formula;  // in the letters of docs/reference/kpi.md
  double (*value)(const Outcome&);
};

// Shares 0 to 1, seconds; NaN where there is none, and of every queue that grows without limit.
double value_of(const Indicator& indicator, const Outcome& outcome);
const std::vector<Indicator>& indicators();
const Indicator* find_indicator(std::string_view key);
std::vector<std::string> indicator_keys();
// Service level by its formula: "f1" to "f4", or "all" (of every call, the blocked too).
const Indicator* service_level(std::string_view formula);

std::string header(const Indicator& indicator, double within_s, Lang lang);
std::string seconds_text(double seconds, Lang lang);  // "20s"
// For tables: 90.1%, 4.0s, 12.3; "-" where there is none.
std::string show_value(double value, Measured unit);

}  // namespace callmill::calculator
