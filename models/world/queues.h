#pragma once
// Where callers wait, and who may answer them when.

#include <chrono>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace callmill {

// A group that may answer a queue's calls once they have waited `after`.
struct RouteStep {
  GroupId group;
  SimDuration after{};  // not decreasing along the route; 0 = at once
};

struct Queue {
  std::string name;
  SimDuration answer_within = std::chrono::seconds{20};  // T of the service level
  std::vector<RouteStep> route;                          // tried in order
};

}  // namespace callmill
