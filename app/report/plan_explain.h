#pragma once
// Why a plan is as it is, or why there is none, as `callmill plan` prints it.

#include <string>

#include "app/report/json.h"
#include "app/report/lang.h"
#include "engine/explain/explain.h"

namespace callmill {

// Rules that cannot hold together and their relaxations; missed targets; one agent more or fewer;
// which rule costs most; formula and simulation; where the money goes. "" where nothing is known.
std::string explain_text(const World& world, const PlanResult& plan, const Explanation& why,
                         Lang lang);
// {"why_not", "misses", "staff", "rules", "steps", "money"}; contract: docs/reference/cli.md.
void write_explanation(const World& world, const Explanation& why, JsonWriter& json);

}  // namespace callmill
