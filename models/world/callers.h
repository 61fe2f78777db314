#pragma once
// Who calls: how often, how patiently, for how long, and what they do when they are not served.

#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "models/world/day.h"
#include "models/world/menus.h"

namespace callmill {

struct Redial {
  Probability after_block;
  Probability after_abandon;
  Law delay = ExponentialLaw{300};
  std::uint32_t max_attempts =
      1;  // calls a caller makes at the most, the first included; 1 = never redials
};

struct CallerType {
  std::string name;
  Profile volume;  // expected fresh calls per step
  TrunkGroupId trunks;
  Destination enters;           // kQueue or kMenu
  std::int32_t priority = 0;    // higher is answered first
  std::optional<Law> patience;  // from joining the queue; none = waits for ever
  Probability balk;             // hangs up at once when no agent is free
  Law talk = ExponentialLaw{180};
  Law wrap = ConstantLaw{0};           // after-call work; the line is free, the agent is not
  std::optional<Profile> talk_factor;  // multiplies talk by the interval in which talk starts
  Redial redial;
};

}  // namespace callmill
