#pragma once
// Who calls: how often, how patiently, for how long, and what they do when they are not served.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "models/world/callers_again.h"
#include "models/world/day.h"
#include "models/world/menus.h"
#include "models/world/messages.h"
#include "models/world/resolution.h"
#include "models/world/transfers.h"

namespace callmill {

// What callers do who were not served.
struct Redial {
  CallAgain after_block;
  CallAgain after_abandon;
  CallAgain after_cut{};  // by a line that failed, or in a talk with an agent whose site is lost
  bool keeps_patience =
      false;  // patience, talk and menu choices are the caller's, not the attempt's
};

// Whose interval a factor is taken from.
enum class FactorAt : std::uint8_t { kAnswer, kArrival };

struct CallerType {
  std::string name;
  Channel channel = Channel::kVoice;
  Profile volume;                             // expected fresh calls per step
  std::optional<MessageWork> message;         // channel kMessage; none: all defaults
  TrunkGroupId trunks;                        // the line group they come in on
  std::vector<TrunkGroupId> shared_trunks{};  // tried in order when no line of `trunks` is free
  Destination enters;                         // kQueue, kMenu or kAgent
  std::int32_t priority = 0;                  // higher is answered first
  double ageing = 0;                          // priority gained per minute (PickCall::kAgeing)
  std::optional<Law> patience;                // from joining the queue; none = waits for ever
  std::optional<Profile> patience_factor;     // multiplies patience by the interval of the arrival
  Probability never_hangs_up;                 // share that waits for ever all the same
  Probability balk;                           // hangs up at once when no agent is free
  Law talk = ExponentialLaw{180};
  Law wrap = ConstantLaw{0};           // after-call work; the line is free, the agent is not
  std::optional<Profile> talk_factor;  // multiplies talk by the interval of `talk_factor_at`
  FactorAt talk_factor_at = FactorAt::kAnswer;
  Redial redial;
  std::vector<Transfer> transfers;       // how a share of the talks ends; at most all of them
  std::uint32_t opening = 0;             // calls already there when the day opens
  std::optional<Resolution> resolution;  // none: every contact settles the matter
  std::optional<Survey> survey;          // none: no questions after the call
};

}  // namespace callmill
