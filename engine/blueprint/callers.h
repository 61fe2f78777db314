#pragma once
// Caller types ready to run.

#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "base/time.h"
#include "engine/blueprint/horizon.h"
#include "engine/blueprint/menus.h"
#include "engine/blueprint/messages.h"
#include "models/world/transfers.h"

namespace callmill {

// Arrivals at a constant rate until `end`.
struct RateSegment {
  SimTime end;
  double mean_gap_us = 0;  // infinity when no one calls
  std::uint32_t day = 0;   // open day, whose busyness holds
};

// Calling again for one reason.
struct CallAgainPlan {
  double share = 0;
  std::uint32_t limit = 0;
  Sampler delay;
};

// A talk that ends in a transfer.
struct TransferPlan {
  double up_to = 0;  // cumulative share
  std::uint32_t as = 0, queue = 0;
  Transfer::How how = Transfer::How::kCold;
  double talk_before = 1;
  Sampler dial, opening;  // opening: before the second talk proper
};

struct CallerTypePlan {
  std::uint32_t key = 0;  // of its name: owns the draws of its callers
  std::vector<RateSegment> rate;
  std::uint32_t trunks = 0;
  std::vector<std::uint32_t> shared_trunks;  // tried in order when no line of `trunks` is free
  bool special_lines = false;                // network loss, shared trunks or a limit on ports
  double network_loss = 0;
  Step enters;
  Channel channel = Channel::kVoice;
  std::uint32_t stands_for = 0;      // itself, or the declared type that a callback is to
  std::uint32_t priority_class = 0;  // 0 is answered first
  bool has_patience = false;
  bool has_wrap = false;       // in some group
  bool plain_talk = true;      // drawn from `talk` and nothing else
  bool plain_patience = true;  // the same of `patience`
  bool wrap_varies = false;    // by the group
  bool factor_at_arrival = false;
  bool keeps_story = false;     // what became of earlier attempts matters
  bool follows_up = false;      // something is asked of its contacts: resolution, satisfaction
  bool keeps_patience = false;  // redials draw as the first attempt of the contact did
  double balk = 0;
  double never_hangs_up = 0;
  Sampler patience, talk, wrap;
  DayCurve talk_factor;                    // empty: 1
  double talk_scale = 1;                   // of callbacks
  std::vector<std::uint32_t> handling_of;  // by group, in Blueprint::handlings; empty: all alike
  double priority = 0, ageing_per_us = 0;
  DayCurve patience_factor;  // empty: 1
  CallAgainPlan after_block, after_abandon, after_cut, after_open;
  MessagePlan message;
  std::vector<TransferPlan> transfers;
  std::uint32_t opening = 0;  // calls already there when the day opens
};

}  // namespace callmill
