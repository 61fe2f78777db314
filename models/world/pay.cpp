#include "models/world/pay.h"

#include <chrono>

namespace callmill {

bool is_within(const std::optional<SimDuration>& from, const std::optional<SimDuration>& to,
               SimDuration time) {
  if (!from || !to) return true;
  const SimDuration t = time % std::chrono::hours{24};
  return *from < *to ? *from <= t && t < *to : t >= *from || t < *to;
}

LabourRules rules_of(const Labour& labour) {
  LabourRules rules;
  if (labour.preset == LabourPreset::kCnStandard)
    rules = {std::chrono::hours{8}, std::chrono::hours{1}, 1.5, 2, 3};
  if (labour.working_day) rules.working_day = labour.working_day;
  if (labour.overtime_day) rules.overtime_day = labour.overtime_day;
  rules.overtime_rate = labour.overtime_rate.value_or(rules.overtime_rate);
  rules.rest_day_rate = labour.rest_day_rate.value_or(rules.rest_day_rate);
  rules.holiday_rate = labour.holiday_rate.value_or(rules.holiday_rate);
  return rules;
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
      {"", "working time of a week", "40h", week},
      {"", "the most overtime of a month", "36h", "Labour Law art. 41"},
      {"", "rest days of a week, at least", "1", "Labour Law art. 38"},
  };
}

}  // namespace callmill
