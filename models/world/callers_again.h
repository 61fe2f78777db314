#pragma once
// Calling again.

#include <cstdint>

#include "base/quantity.h"
#include "base/random/law.h"

namespace callmill {

// Calling again for one reason.
struct CallAgain {
  Probability share;  // of the callers who have that reason
  Law delay = ExponentialLaw{300};
  std::uint32_t limit = 3;  // how often a caller does so at the most, over the whole story
};

}  // namespace callmill
