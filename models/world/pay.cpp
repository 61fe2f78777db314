#include "models/world/pay.h"

#include <chrono>

#include "models/world/tours.h"

namespace callmill {

bool is_within(const std::optional<SimDuration>& from, const std::optional<SimDuration>& to,
               SimDuration time) {
  if (!from || !to) return true;
  const SimDuration t = time % std::chrono::hours{24};
  return *from < *to ? *from <= t && t < *to : t >= *from || t < *to;
}

bool is_night(SimDuration from, SimDuration to) {
  constexpr std::chrono::hours kDay{24}, kMorning{5};
  for (SimDuration midnight{}; midnight < to; midnight += kDay)
    if (from < midnight + kMorning && midnight < to) return true;
  return false;
}

LabourRules rules_of(const Labour& labour) {
  LabourRules rules;
  if (labour.preset == LabourPreset::kCnStandard)
    rules = {std::chrono::hours{8},  std::chrono::hours{1},  1.5, 2, 3, std::nullopt,
             std::chrono::hours{40}, std::chrono::hours{36}, 1};
  if (labour.working_day) rules.working_day = labour.working_day;
  if (labour.overtime_day) rules.overtime_day = labour.overtime_day;
  rules.overtime_rate = labour.overtime_rate.value_or(rules.overtime_rate);
  rules.rest_day_rate = labour.rest_day_rate.value_or(rules.rest_day_rate);
  rules.holiday_rate = labour.holiday_rate.value_or(rules.holiday_rate);
  if (labour.rest) rules.rest = labour.rest;
  if (labour.working_week) rules.working_week = labour.working_week;
  if (labour.overtime_month) rules.overtime_month = labour.overtime_month;
  rules.rest_days = labour.rest_days.value_or(rules.rest_days);
  return rules;
}

std::optional<SimDuration> LabourRules::overtime_week() const {
  if (!overtime_month) return std::nullopt;
  return SimDuration{overtime_month->count() * 12 / 52};
}

std::string name_of(LabourPreset preset) {
  return preset == LabourPreset::kCnStandard ? "cn-standard" : "none";
}

std::vector<LabourRule> rules_in_words(LabourPreset preset) {
  if (preset == LabourPreset::kNone) return {};
  const char* const week = "State Council working-time rule art. 3";
  return {
      {"working_day", "paid time of a shift before overtime begins", "8h", "Labour Law art. 36"},
      {"overtime_day", "the most overtime of a shift; 3h where special reasons need it", "1h",
       "Labour Law art. 41"},
      {"overtime_rate", "of the wage, for overtime", "150%", "Labour Law art. 44"},
      {"rest_day_rate",
       "of the wage, on a Saturday or Sunday that is not worked in place of "
       "another day",
       "200%", "Labour Law art. 44"},
      {"holiday_rate", "of the wage, on special days of kind holiday", "300%",
       "Labour Law art. 44"},
      {"working_week", "paid time of a week without overtime, at the most", "40h", week},
      {"overtime_month", "the most overtime of a month; 8h18min27s of a week that repeats", "36h",
       "Labour Law art. 41"},
      {"rest_days", "rest days of a week, at least", "1", "Labour Law art. 38"},
  };
}

}  // namespace callmill
