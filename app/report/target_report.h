#pragma once
// Targets, in a planner's words and for programs.

#include <string>
#include <vector>

#include "app/report/json.h"
#include "app/report/lang.h"
#include "engine/study/targets.h"
#include "models/world/world.h"

namespace callmill {

// "service_level queue:general >= 80.00% per day"; 服务水平 队列 general >= 80.00%，每日.
std::string target_text(const World& world, const Target& target, Lang lang);
// "met", "MISSED"; of a target with a price what the miss costs: "240 a day in penalties".
std::string verdict_text(const World& world, const TargetResult& target, Lang lang);
// `exact`: the values are no simulation's.
std::string targets_text(const World& world, const std::vector<TargetResult>& targets, bool exact,
                         Lang lang);
// [{metric, scope, per, interval, sense, target, value, ci_low, ci_high, met, penalty}]
void write_targets(const World& world, const std::vector<TargetResult>& targets, JsonWriter& json);

}  // namespace callmill
