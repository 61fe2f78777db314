#pragma once
// Outbound campaigns: lists of numbers, how they are dialled, and what comes of a dial.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"
#include "models/world/day.h"

namespace callmill {

// What a dial came to, and with the last three, what a number's list entry may end as.
enum class DialCause : std::uint8_t {
  kNetwork,    // the network failed
  kInvalid,    // no such number; of the number, not of the dial
  kOff,        // the telephone is off
  kOutOfArea,  // or out of the network's reach
  kBusy,
  kNoAnswer,
  kRefused,
  kMachine,
  kLive,      // a person answered and talked with an agent
  kDropped,   // a person answered, and the dialler hung up for want of an agent
  kHungUp,    // a person answered, and hung up while waiting for an agent
  kFiltered,  // taken off the list before any dial, for it is invalid
};
inline constexpr std::size_t kDialCauses = 12;
inline constexpr std::size_t kAnsweredFrom = 7;  // machine, live and what follows: it was answered

// Another dial after this cause.
struct Retry {
  Law after = ConstantLaw{3600};
  std::uint32_t up_to = 1;  // only numbers dialled fewer times than this so far; 1 = no other dial
};

// Detection of answering machines. Without it, machines are passed on to agents.
struct MachineDetection {
  SimDuration takes{};        // of every answered dial, before it is passed on
  Probability finds{1.0};     // share of the machines that it finds; it hangs up on them
  Probability mistakes{0.0};  // share of the persons whom it takes for machines; likewise
};

// Pacing by feedback: docs/models/outbound.md has the controller.
struct AbandonCap {
  Probability share{0.03};  // dropped and hung up of the persons who answered, at the most
  SimDuration over = std::chrono::hours{1};     // memory of the controller
  SimDuration every = std::chrono::minutes{1};  // between its steps
  double gain = 0.1;                            // relative change of pace at full deviation
};

enum class DialMode : std::uint8_t {
  kPreview,       // an idle agent looks at the record, then dials
  kProgressive,   // as many dials as idle agents
  kPower,         // per_idle dials an idle agent
  kPredictive,    // floor(per_idle idle + per_busy busy) dials and waiting parties, `most` of them
  kAtRelease,     // round(per_idle idle) new dials each time an agent has finished, if enough idle
  kAtOwnRelease,  // the same when one of its own queue's route has, and once as its hours begin
};

inline bool dials_at_releases(DialMode mode) {
  return mode == DialMode::kAtRelease || mode == DialMode::kAtOwnRelease;
}

struct Campaign {
  std::string name;
  std::uint32_t numbers = 0;
  QueueId queue;                       // where parties wait for the groups of its route
  std::optional<TrunkGroupId> trunks;  // a dial holds a line of it; none: as many as wanted
  std::int32_t priority = 0;           // of parties in the queue
  SimDuration from{};                  // calling hours, times of day
  SimDuration to = std::chrono::hours{24};
  DialMode mode = DialMode::kProgressive;
  double per_idle = 1;
  double per_busy = 0;
  std::uint32_t most = 1'000'000;     // dials and waiting parties
  std::uint32_t reserve = 0;          // idle agents that are left to callers
  std::uint32_t idle_from = 1;        // at releases: of the groups of the queue's route
  std::uint32_t idle_total_from = 1;  // at releases: of all groups
  Law preview = ConstantLaw{0};
  std::optional<AbandonCap> cap;
  Probability invalid;  // share of the list
  // Shares of the dials to valid numbers by the time of day, from kNetwork to kMachine without
  // kInvalid; none = 0. The rest is live.
  std::array<std::optional<Profile>, kAnsweredFrom + 1> outcome;
  Law ring_answered = ConstantLaw{0};    // dialling and ringing, live answers and machines
  Law ring_unanswered = ConstantLaw{0};  // until the dial is given up
  std::optional<MachineDetection> detection;
  Law machine_talk = ConstantLaw{8};  // until the agent notices
  Law talk = ExponentialLaw{120};
  Law wrap = ConstantLaw{0};
  std::optional<Law> patience;  // of a person who has answered and finds no agent
  SimDuration drop_after = std::chrono::seconds{2};     // the dialler hangs up on those who wait
  std::uint32_t most_waiting = 1'000'000;               // one more is dropped at once
  std::array<std::optional<Retry>, kDialCauses> retry;  // none: the number is done with
  std::uint32_t most_per_day = 100;                     // dials of a number
  std::optional<std::uint32_t> most_per_week;  // in any seven days in a row; none: no limit
  Probability filter_finds;  // share of the invalid numbers that are taken off before dialling
  double filter_cost = 0;    // per number of the list
};

}  // namespace callmill
