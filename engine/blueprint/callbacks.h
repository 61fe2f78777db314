#pragma once
// Predictors, announcements and callbacks ready to run.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "base/time.h"
#include "models/world/callbacks.h"

namespace callmill {

struct PredictorPlan {
  Predictor kind = Predictor::kErlang;
  std::uint32_t last = 0;  // kMeanWait: over so many, kept in Centre::recent_waits from here on
  std::uint32_t first_recent = 0;
  double handle_s = 0;            // mean talk and wrap-up of the callers who come to the queue
  double abandon_rate_per_s = 0;  // 1 / their mean patience
};

struct AnnouncementPlan {
  SimDuration from{}, every{};
  std::vector<double> balk_wait_s, balk_share;
  double patience_factor = 1;
  bool has_patience = false;
  Sampler patience;
};

struct DeflectionPlan {
  std::uint16_t to = 0;  // caller type
  SimDuration when_expected_wait{};
  double accept = 1;
};

struct CallbackPlan {
  Callback::Mode mode = Callback::Mode::kList;
  std::uint32_t when_waiting = 0;
  SimDuration when_expected_wait{};
  double accept = 1;
  std::uint32_t capacity = 0;
  std::uint32_t priority_from = 0;  // 0 = calls come first
  std::uint32_t reserve = 0;
  bool has_lines = false;
  std::uint32_t trunks = 0;
  bool rings = false;
  double answered = 1;
  std::uint32_t retries = 0;
  Sampler appointment, ring, retry_delay;
  std::vector<std::uint16_t> type_of;  // the type of a callback to a caller of each declared type
};

}  // namespace callmill
