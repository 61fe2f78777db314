#pragma once
// What a plan's shifts are paid, by rule, and how far it uses the scenario's limits. Nothing for
// scenarios that have no such rules.

#include <string>

#include "app/report/json.h"
#include "app/report/lang.h"
#include "models/plans/day_plan.h"

namespace callmill {

// Tables, each after an empty line.
std::string pay_text(const World& world, const DayPlan& plan, Lang lang);
std::string limits_text(const World& world, const DayPlan& plan, Lang lang);

// Fields "pay" and "limits" of the open object: lists of rows.
void write_pay(const World& world, const DayPlan& plan, JsonWriter& json);
void write_limits(const World& world, const DayPlan& plan, JsonWriter& json);

}  // namespace callmill
