#pragma once
// Conditions ready to be asked: names are indices, windows are whole minutes.

#include <cstdint>
#include <limits>

#include "base/time.h"
#include "models/world/conditions.h"

namespace callmill {

struct Blueprint;

inline constexpr std::uint32_t kOfAll = std::numeric_limits<std::uint32_t>::max();

struct ConditionPlan {
  Indicator indicator = Indicator::kWaiting;
  Sense sense = Sense::kAtLeast;
  std::uint32_t of = kOfAll;  // the queue, group or trunk group, whichever the indicator is of
  std::uint32_t minutes = 0;  // window of a rate; 0 = since opening
  double value = 0;
  SimDuration lasting{};
};

// What the running centre must keep for the conditions of its plan.
struct GaugesPlan {
  bool kept = false;          // some condition needs what no list of the centre tells
  bool times = false;         // of agents, busy and open; else only how many there are now
  std::uint32_t minutes = 0;  // the longest window
};

// `condition` must have passed check_condition. Notes in plan.gauges what it needs.
ConditionPlan make_condition(const Condition& condition, Blueprint& plan);

}  // namespace callmill
