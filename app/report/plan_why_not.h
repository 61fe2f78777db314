#pragma once
// The parts of an explanation's text where there is no plan, or a target is missed. Internal to the
// room.

#include <string>

#include "app/report/lang.h"
#include "engine/explain/explain.h"

namespace callmill {

std::string why_not_text(const World& world, const WhyNot& why, Lang lang);
std::string misses_text(const World& world, const PlanResult& plan,
                        const std::vector<TargetMiss>& misses, Lang lang);

}  // namespace callmill
