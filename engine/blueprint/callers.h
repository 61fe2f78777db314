#pragma once
// Caller types ready to run.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "base/time.h"
#include "engine/blueprint/menus.h"

namespace callmill {

// Arrivals at a constant rate until `end`.
struct RateSegment {
  SimTime end;
  double mean_gap_us = 0;  // infinity when no one calls
};

struct CallerTypePlan {
  std::uint32_t key = 0;  // of its name: owns the draws of its callers
  std::vector<RateSegment> rate;
  std::uint32_t trunks = 0;
  Step enters;
  std::uint32_t priority_class = 0;  // 0 is answered first
  bool has_patience = false;
  bool has_wrap = false;
  bool has_talk_factor = false;
  bool redials = false;
  bool keeps_story = false;  // what became of earlier attempts matters
  double balk = 0;
  Sampler patience, talk, wrap;
  SimDuration talk_factor_step{};
  std::vector<double> talk_factor;
  double redial_after_block = 0, redial_after_abandon = 0;
  std::uint32_t max_attempts = 1;
  Sampler redial_delay;
};

}  // namespace callmill
