#pragma once
// Menus ready to run.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "base/time.h"
#include "models/world/menus.h"

namespace callmill {

// Where a call goes next; index is a queue, a menu, a self-service, a wish for an agent or a
// caller type.
struct Step {
  Destination::Kind kind = Destination::Kind::kHangUp;
  std::uint32_t index = 0;
};

struct SelfServicePlan {
  Sampler time;
  double served = 1;
  Step otherwise;
  bool notice = false;  // a recording before a queue, which is no menu
};

// A call that asks for agent `number` (from 0) of the group, and waits in the queue if need be.
struct AgentWish {
  std::uint32_t group = 0, number = 0;
  std::uint32_t queue = 0;
  SimDuration hold{};
};

// Shares that hold for some caller types at some time of the day.
struct MenuVariantPlan {
  MenuVariant when;                // callers and hours
  std::vector<double> cumulative;  // of all options; the last is 1
};

struct MenuPlan {
  Sampler prompt;
  double hang_up = 0;
  std::vector<double> cumulative;  // of option shares; the last is 1
  std::vector<Step> options;
  std::vector<MenuVariantPlan> variants;
  bool repeats = false;  // some press no key, or a wrong one
  double no_key = 0, wrong_key = 0;
  SimDuration key_wait{};
  std::uint32_t max_tries = 1;
  Step otherwise;
};

}  // namespace callmill
