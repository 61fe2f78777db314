#pragma once
// What an hour of a shift is paid, and the labour rules that shifts have to keep.
//
//   paid at a moment = wage x (the highest rate that holds, at least 1) + every supplement that
//   holds
//
// Rates do not multiply: overtime on a holiday is paid as the holiday, not as both
// (docs/models/shifts.md). The whole shift is of the day on which it begins.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace callmill {

// Holds where everything that is given holds; exactly one of rate, per_hour and share is given.
struct PayRule {
  std::string name;
  // By the clock, after midnight, below 24 h; both or neither. to <= from goes past midnight.
  std::optional<SimDuration> from, to;
  std::vector<std::string> on;       // days (is_one_of); empty: each
  std::vector<std::string> shifts;   // kinds of shift; empty: each
  std::optional<SimDuration> after;  // paid time of the shift that must lie before
  std::optional<double> rate;        // of the wage, >= 1: 1.5 is half as much again
  std::optional<double> per_hour;    // added, currency
  std::optional<double> share;       // added, of the wage
};

// Whether a time after midnight lies in [from, to) of the clock; without both, always.
bool is_within(const std::optional<SimDuration>& from, const std::optional<SimDuration>& to,
               SimDuration time);

enum class LabourPreset : std::uint8_t { kNone, kCnStandard };

// A preset, and what the scenario changes of it.
struct Labour {
  LabourPreset preset = LabourPreset::kNone;
  std::optional<SimDuration> working_day, overtime_day;
  std::optional<double> overtime_rate, rest_day_rate, holiday_rate;
  std::optional<SimDuration> rest, working_week, overtime_month;
  std::optional<std::int64_t> rest_days;
};

// The rules that hold. Those of a week hold for people whose week is planned (tours.h).
struct LabourRules {
  std::optional<SimDuration> working_day;   // paid time of a shift; what is beyond is overtime
  std::optional<SimDuration> overtime_day;  // the most of it; none: no limit
  double overtime_rate = 1;                 // of the wage, >= 1
  double rest_day_rate = 1;                 // on days that are a weekend
  double holiday_rate = 1;                  // on special days of kind "holiday"
  std::optional<SimDuration> rest;          // from the end of a shift to the start of the next
  std::optional<SimDuration> working_week;  // the most paid time of a week that is not overtime
  // The most overtime of a month; of a week that repeats as many twelfths of 52 of it as months.
  std::optional<SimDuration> overtime_month;
  std::int64_t rest_days = 0;  // of a week, at least
  std::optional<SimDuration> overtime_week() const;
};
LabourRules rules_of(const Labour& labour);

// A rule of a preset, as people read it.
struct LabourRule {
  std::string name;    // the field of `labour`
  std::string what;    // "paid time of a shift before overtime begins"
  std::string value;   // "8h"
  std::string source;  // "Labour Law art. 36"
};
std::vector<LabourRule> rules_in_words(LabourPreset preset);
std::string name_of(LabourPreset preset);  // "cn-standard"

}  // namespace callmill
