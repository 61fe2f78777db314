#pragma once
// Resolution, survey, satisfaction and prices ready to run.

#include <optional>
#include <vector>

#include "base/random/sampler.h"
#include "models/world/resolution.h"
#include "models/world/value.h"

namespace callmill {

// What follows the contacts of a caller type.
struct AftermathPlan {
  bool resolves = false;  // contacts may leave the matter open
  double first_contact = 1, repeat = 1, self_service = 1;
  double repeat_talk_factor = 1;
  std::optional<QualityCheck> quality_check;
  std::optional<AgentCode> agent_code;
  std::optional<SystemMatch> system_match;
  std::optional<Survey> survey;
  Sampler survey_length;
};

// Prices per second and per piece.
struct PricePlan {
  bool any = false;
  std::vector<double> wage;  // by group, of a second signed in
  double rent = 0;           // of all lines, for the whole span
  Costs per;                 // call_minute as it is
};

}  // namespace callmill
