#include "engine/blueprint/conditions.h"

#include <algorithm>
#include <chrono>

#include "engine/blueprint/blueprint.h"

namespace callmill {

ConditionPlan make_condition(const Condition& condition, Blueprint& plan) {
  ConditionPlan p;
  p.indicator = condition.indicator;
  p.sense = condition.sense;
  p.value = condition.value;
  p.lasting = condition.lasting;
  if (condition.queue) p.of = condition.queue->index();
  if (condition.group) p.of = condition.group->index();
  if (condition.trunks) p.of = condition.trunks->index();
  p.minutes =
      static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::minutes>(condition.over).count());
  plan.gauges.kept = plan.gauges.kept || is_rate(p.indicator) ||
                     p.indicator == Indicator::kBusyShare ||
                     p.indicator == Indicator::kExpectedWait;
  plan.gauges.times |= p.indicator == Indicator::kOccupancy;
  plan.gauges.minutes = std::max(plan.gauges.minutes, p.minutes);
  return p;
}

}  // namespace callmill
