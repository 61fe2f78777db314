#include <chrono>

#include "models/world/findings.h"

namespace callmill {
namespace {

void check_rule(Findings& f, const PayRule& rule) {
  const auto path = [&](const char* key) { return place("pay", rule, key); };
  if (rule.from.has_value() != rule.to.has_value())
    f.found(path(rule.from ? "from" : "to"), "pay", "stands alone; hours need from and to");
  if (rule.from && *rule.from >= std::chrono::hours{24})
    f.found(path("from"), "pay", "must be before 24:00; hours after midnight are those of to");
  if (!rule.on.empty() && !f.world.days.first)
    f.found(path("on"), "days", "tells days apart, but the scenario has no date",
            "add days: {first: 2026-11-23}", {"days"});
  else
    for (std::size_t i = 0; i < rule.on.size(); ++i)
      f.check_day_word(fmt::format("{}[{}]", path("on"), i), rule.on[i]);
}

// Hours for which a shift of this kind is paid at the most.
SimDuration longest_paid(const ShiftPattern& shift) {
  SimDuration paid = shift.length;
  if (shift.extension) paid += shift.extension->most;
  for (const Break& rest : shift.breaks)
    if (!rest.paid) paid -= rest.length;
  return paid;
}

void check_hours(Findings& f, const ShiftPattern& shift, const LabourRules& rules) {
  if (!rules.working_day || !rules.overtime_day) return;
  const SimDuration allowed = *rules.working_day + *rules.overtime_day;
  const SimDuration paid = longest_paid(shift);
  if (paid <= allowed) return;
  f.found(place("shifts", shift, shift.extension ? "extension" : "length"), "labour",
          fmt::format("lets a shift be paid for {}; {} working_day and overtime_day allow {} + {}",
                      in_words(paid), name_of(f.world.labour.preset), in_words(*rules.working_day),
                      in_words(*rules.overtime_day)),
          "shorten the shift, or write the rule that holds here: labour: {overtime_day: 3h}",
          {"labour"});
}

}  // namespace

void check_pay(Findings& f) {
  for (const PayRule& rule : f.world.pay) check_rule(f, rule);
  const LabourRules rules = rules_of(f.world.labour);
  if (rules.overtime_day && !rules.working_day)
    f.found("labour.overtime_day", "labour", "needs working_day, beyond which time is overtime", "",
            {"labour"});
  for (const ShiftPattern& shift : f.world.shifts) check_hours(f, shift, rules);
}

}  // namespace callmill
