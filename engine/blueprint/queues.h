#pragma once
// Queues ready to run: who is tried for a call, and which calls a free agent looks at.

#include <cstdint>
#include <vector>

#include "base/time.h"

namespace callmill {

struct QueuePlan {
  SimDuration answer_within{};
  std::vector<std::uint32_t> route_group;
  std::vector<SimDuration> route_after;
};

// A wait list that an agent may take from, once its head has waited `after`.
struct Source {
  std::uint32_t wait_list = 0;
  bool last_of_rank =
      true;  // ranks are looked through in order; within one the longest waiting first
  SimDuration after{};
};

}  // namespace callmill
