#pragma once
// Asks of the small day that no cover meets, each by its own rules.

#include <functional>
#include <string>
#include <vector>

#include "models/world/world.h"

namespace callmill::test {

struct Sample {
  const char* name;
  std::function<void(World&)> make;
  std::vector<std::string> rules, ways;  // parts of what must be named
};

// One kind of shift, "day".
void one_shift(World& w, SimDuration length, SimDuration first, SimDuration last);

std::vector<Sample> samples();

}  // namespace callmill::test
