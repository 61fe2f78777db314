#pragma once
// Kinds of shift that the planner may use.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace callmill {

struct Break {
  std::string name;  // "meal", "rest"
  SimDuration length{};
  SimDuration earliest{};  // start, after the shift's start
  SimDuration latest{};
  bool paid = true;  // unpaid time is not part of the wage
};

// A kind of shift that the planner may use.
struct ShiftPattern {
  std::string name;
  GroupId group;  // the group it staffs
  SimDuration length{};
  SimDuration first_start{};  // after midnight
  SimDuration last_start{};
  SimDuration start_every = std::chrono::minutes{30};
  std::vector<Break> breaks;               // in order
  double wage_per_hour = 0;                // of paid time
  double night_supplement = 0;             // added per paid hour between 22:00 and 06:00
  std::optional<std::int64_t> max_agents;  // over all starts
};

}  // namespace callmill
