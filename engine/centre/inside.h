#pragma once
// A caller who is inside already when a centre is begun (placing.h).

#include <cstdint>

#include "base/random/stream.h"
#include "base/time.h"

namespace callmill {

// Since a time that nobody knows.
inline constexpr SimTime kSinceUnknown = SimTime::min();

// A caller inside.
struct Inside {
  OwnerKey key;
  std::uint32_t caller = 0;  // number within the type
  std::uint16_t type = 0, queue = 0, menu = 0;
  SimTime since;         // waits, talks or hears the prompt; at or before now, or kSinceUnknown
  SimDuration waited{};  // of who talks: before the answer
};

}  // namespace callmill
