#pragma once
// Menus ready to run.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "models/world/menus.h"

namespace callmill {

// Where a call goes next; index is a queue or a menu, time a self-service law.
struct Step {
  Destination::Kind kind = Destination::Kind::kHangUp;
  std::uint32_t index = 0;
};

struct MenuPlan {
  Sampler prompt;
  double hang_up = 0;
  std::vector<double> cumulative;  // of option shares; the last is 1
  std::vector<Step> options;       // kSelfService: index into Blueprint::self_service
};

}  // namespace callmill
