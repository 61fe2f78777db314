#pragma once
// Lines ready to run: what takes them out of service.

#include <cstdint>

#include "base/random/sampler.h"
#include "base/time.h"

namespace callmill {

// A cause of failures of some lines of one group: on a calendar, once, or at random, again and
// again.
struct LineFailurePlan {
  std::uint32_t trunks = 0;
  std::uint32_t key = 0, number = 0;  // of the group's name, and which of its causes: own the draws
  std::uint32_t lines = 0;
  bool cuts = true;
  bool at_random = false;
  SimTime from, to;                         // on the calendar
  Sampler time_to_failure, time_to_repair;  // at random
};

}  // namespace callmill
