#pragma once
// What the plan's table and its data have in common. Internal to the room.

#include <cstddef>
#include <string>

#include "app/report/json.h"
#include "app/report/lang.h"
#include "engine/planning/plan.h"
#include "engine/planning/plan_week.h"

namespace callmill {

// The time of day at which a slot of the plan's grid begins.
std::string slot_time(const World& world, const PlanResult& plan, int slot);
// Most agents wanted in any slot of the interval, after the simulation's scaling.
double wanted_in(const GroupPlanResult& g, std::size_t interval);

// The spreadsheet's plan beside this one; "" and null where there is none.
std::string spreadsheet_text(const World& world, const PlanResult& plan, Lang lang);
std::string spreadsheet_text(const World& world, const WeekPlanResult& plan, Lang lang);
void write_spreadsheet(const World& world, const PlanResult& plan, JsonWriter& json);
void write_spreadsheet(const World& world, const WeekPlanResult& plan, JsonWriter& json);

}  // namespace callmill
