#pragma once
// Deferred work, ready to run.

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "engine/blueprint/horizon.h"
#include "models/world/messages.h"

namespace callmill {

struct MessagePlan {
  bool used = false;  // the type's channel is message
  bool interruptible = false;
  DeadlineIn counted_in = DeadlineIn::kHours;
  SimDuration deadline{};
  std::int64_t open_at_start = 0;
  std::uint32_t working_days = 0;  // 0: by `deadline`

  SimTime due(SimTime came, const Horizon& days) const {
    if (working_days > 0) return days.end_of_open_day(came, working_days);
    return counted_in == DeadlineIn::kHours ? came + deadline
                                            : days.after_open_time(came, deadline);
  }
};

}  // namespace callmill
