#pragma once
// Campaigns ready to run.

#include <array>
#include <cstdint>
#include <vector>

#include "base/random/sampler.h"
#include "base/time.h"
#include "models/world/campaigns.h"

namespace callmill {

struct RetryPlan {
  std::uint32_t up_to = 1;
  Sampler after;
};

// Groups as bits of a word: those who ask are told when any group of their bits has changed, which
// is once too often for groups that share one.
constexpr std::uint64_t group_bit(std::uint32_t group) {
  return std::uint64_t{1} << (group % 64);
}

struct CampaignPlan {
  std::uint32_t key = 0;  // of its name: owns the draws of its numbers
  std::uint32_t numbers = 0;
  std::uint32_t queue = 0;
  std::uint16_t party_type = 0, machine_type = 0;  // of Blueprint::types
  bool has_lines = false;
  std::uint32_t trunks = 0;
  SimDuration opens{};       // of the day, after midnight
  SimDuration from{}, to{};  // calling hours, after midnight
  DialMode mode = DialMode::kProgressive;
  bool for_idle = false;               // dials for idle agents alone; no cap changes that
  std::vector<std::uint32_t> at_once;  // groups that are open at once to its parties
  std::uint64_t group_bits = 0;        // the same as bits
  double per_idle = 1, per_busy = 0;
  std::uint32_t most = 0, reserve = 0, idle_from = 1, idle_total_from = 1;
  Sampler preview, ring_answered, ring_unanswered;
  double invalid = 0, filter_finds = 0, filter_cost = 0;
  SimDuration outcome_step{};
  // By step: cumulative shares of the outcomes from kNetwork to kMachine; what is left is live.
  std::vector<std::array<double, kAnsweredFrom + 1>> outcome;
  bool detects = false;
  SimDuration detection_takes{};
  double detection_finds = 0, detection_mistakes = 0;
  bool has_patience = false;
  Sampler patience;
  SimDuration drop_after{};
  std::uint32_t most_waiting = 0;
  std::array<RetryPlan, kDialCauses> retry;
  std::uint32_t most_per_day = 0;
  std::uint32_t most_per_week = 0;  // 0: no limit
  bool capped = false;
  double cap = 0, gain = 0;
  SimDuration cap_every{};
  double cap_keeps = 0;  // of its memory, from one step to the next
};

}  // namespace callmill
