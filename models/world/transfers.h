#pragma once
// Calls that an agent passes on.

#include <cstdint>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"

namespace callmill {

// A share of a type's answered calls goes on as calls of another caller type: with its queue, its
// priority, patience, talk, wrap-up, resolution and survey. The line stays held. Who calls again
// does so as the type that rang, by its `redial`.
struct Transfer {
  enum class How : std::uint8_t {
    kCold,        // the first agent is free at once
    kWarm,        // the first agent stays until the second answers or the caller hangs up
    kConference,  // and then talks along for `conference`
  };
  Probability share;
  CallerTypeId as;  // enters a queue; never redials
  How how = How::kCold;
  double talk_before = 1;    // of the talk that would have been, the part before the transfer
  Law dial = ConstantLaw{};  // the first agent, with the caller on the line
  Law pre_service = ConstantLaw{};  // kCold: the second agent learns what it is about
  Law conference = ConstantLaw{};   // kConference: all three, at the start of the second talk
};

}  // namespace callmill
