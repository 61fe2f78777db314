#pragma once
// What `callmill plan --robust` prints beside the plan: how days differ, and what holding on more
// of them costs.

#include <string>

#include "app/report/json.h"
#include "app/report/lang.h"
#include "engine/robust/robust.h"

namespace callmill {

// Before plan_text(). "" where the plain plan was not met: then it is the plan.
std::string robust_text(const World& world, const RobustOptions& options,
                        const RobustResult& robust, Lang lang);
// The value of the key `robust` of plan_json(): {share, forecast_error, absence, cv, days,
// fresh_days, plans: [{share, load, agents, cost, sampled, fresh, ci_low, ci_high, tries,
// confirmed}]}, the plain plan first, its share null; null where the plain plan was not met.
void write_robust(const RobustOptions& options, const RobustResult& robust, JsonWriter& json);

}  // namespace callmill
