#pragma once
// Randomness belongs to the caller, not to the order of events
// (docs/adr/0002-keyed-random-streams.md).
//
// Every draw is a pure function of (seed, replication, what it is for, whose it is, which draw): no
// generator state is carried from one event to the next. So the 7,012th caller has the same
// patience, talk time and menu choices whether 12 or 13 agents work, and common random numbers hold
// by construction between scenarios, threads and restarts.
//
//   seed, replication --> ReplicationKey --(owner: kind, number)--> OwnerKey
//                                                     --(purpose, draw)--> u in (0, 1)

#include <cstdint>
#include <string_view>

namespace callmill {

// Mix13 of David Stafford's improved MurmurHash3 finalizers, the output function of SplitMix64: a
// bijection of 64 bits.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

inline constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15ULL;  // 2^64 / golden ratio, odd

// A double in (0, 1) on the grid (k + 1/2) 2^-52: never 0, never 1, and 1 - u is on the grid too
// (antithetic). Every point of the grid is a double; with 53 bits the upper half would round, to 1
// in the last place.
constexpr double to_uniform(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

// What a draw is for. Values are part of the meaning of a seed: append, never renumber.
enum class Purpose : std::uint32_t {
  kBusyness = 1,  // the day's factor on arrivals
  kArrival = 2,   // gap between fresh callers of a type
  kPatience = 3,
  kBalk = 4,
  kTalk = 5,
  kWrap = 6,
  kMenuTime = 7,  // + draw number = step in the menu
  kMenuChoice = 8,
  kMenuHangUp = 9,
  kRedial = 10,  // does the caller try again?
  kRedialDelay = 11,
  kDialPause = 12,
  kDialTalk = 13,
  kDialWrap = 14,
  kDialReach = 15,
  kNetworkLoss = 20,  // does the network lose the attempt?
  kLineFailure = 21,  // time until lines fail, + draw number = failures before
  kLineRepair = 22,
  kLineChosen = 23,   // which lines fail
  kMenuMistake = 24,  // no key or a wrong one
  kSelfService = 25,  // served?
  kPickAgent = 30,    // which of several idle agents
  kSpeed = 40,        // of a person, in all replications
  kAbsent = 41,       // + draw number = shift of the agent
  kLate = 42,
  kLateBy = 43,
  kEarly = 44,
  kEarlyBy = 45,
  kBreakLate = 46,  // + draw number = break of the shift
  kBreakLateBy = 47,
  kOverrun = 48,
  kOverrunBy = 49,
  kNoAnswer = 50,  // + draw number = time that the phone rings for this call
  kRingTime = 51,
  kRingRest = 52,
  kNeverHangsUp = 60,
  // The floor: 110-129.
  kShed = 110,         // is the call refused?
  kDeflected = 111,    // does a notice answer the caller's question?
  kSystemDown = 112,   // does self-service fail? + step in the menu
  kCallInDelay = 113,  // + times called in
  kTransfer = 114,
  kTransferDial = 115,
  kTransferOpening = 116,
  kTalkScale = 130,  // of a queue's talks today; + 1: of those of the rest of the day
  kResolved = 61,    // is the matter settled by this contact?
  kSurveyOffer = 62,
  kSurveyTaken = 63,
  kSurveyAnswer = 64,
  kSurveyTime = 65,
  kQualityCheck = 66,
  kQualityVerdict = 67,
  kAgentCode = 68,
  kOtherNumber = 69,
  kOtherMatter = 70,
  kSatisfaction = 71,
  kSurveyFcr = 72,  // is this question answered?
  kSurveyCsat = 73,
  kSurveyNps = 74,
  kCallbackAccept = 80,
  kCallbackTime = 81,      // until the chosen time
  kCallbackAnswered = 82,  // + draw number = try
  kCallbackRing = 83,
  kCallbackRetry = 84,  // until the next try
  kAnnounceBalk = 85,   // + draw number = announcement
  kNumberInvalid = 86,  // owners: a number of a list, each dial of it
  kNumberFiltered = 87,
  kDialOutcome = 88,
  kDialRing = 89,
  kDialPreview = 90,
  kDetection = 91,
  kDialRetry = 92,
  kDeflectAccept = 100,  // does the caller go on by another channel?
};

// Owner of draws: one caller (attempts of a caller are different owners), one agent, one caller
// type, one centre, one cause of line failures.
// type, one centre.
enum class Owner : std::uint32_t {
  kCentre = 1,
  kCallerType = 2,
  kCaller = 3,
  kAgent = 4,
  kLineFailure = 20,
  kNumber = 80
};

// All draws of one owner. Cheap to copy (8 bytes); store it with the owner.
class OwnerKey {
 public:
  constexpr OwnerKey() = default;
  constexpr explicit OwnerKey(std::uint64_t bits) : bits_{bits} {}

  // u in (0, 1); `draw` tells repeated draws for one purpose apart. Cost: about 1 ns.
  constexpr double uniform(Purpose purpose, std::uint32_t draw = 0) const {
    const std::uint64_t index = (std::uint64_t{draw} << 8) + static_cast<std::uint64_t>(purpose);
    return to_uniform(mix64(bits_ + index * kGolden));
  }
  constexpr std::uint64_t bits() const { return bits_; }

 private:
  std::uint64_t bits_ = 0;
};

// Owners of one kind, e.g. the callers of one type: their keys differ by number and attempt.
class OwnerFamily {
 public:
  constexpr OwnerFamily() = default;
  constexpr explicit OwnerFamily(std::uint64_t base) : base_{base} {}

  // `number`: which caller or agent of the family; `attempt`: 0 = first call. Cost: about 1 ns.
  constexpr OwnerKey owner(std::uint64_t number, std::uint32_t attempt = 0) const {
    return OwnerKey{mix64(base_ + number * kGolden) +
                    std::uint64_t{attempt} * 0xa0761d6478bd642fULL};
  }

 private:
  std::uint64_t base_ = 0;
};

// A number for a name (FNV-1a): caller types and groups own their draws by name, so that no other
// entry of a scenario, and no order of entries, changes them.
constexpr std::uint32_t name_key(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

class ReplicationKey {
 public:
  constexpr ReplicationKey(std::uint64_t seed, std::uint64_t replication)
      : bits_{mix64(mix64(seed + kGolden) + (replication + 1) * kGolden)} {}

  // `kind_index`: which caller type or group, by name_key().
  constexpr OwnerFamily family(Owner owner, std::uint32_t kind_index) const {
    const std::uint64_t kind = (std::uint64_t{kind_index} << 8) + static_cast<std::uint64_t>(owner);
    return OwnerFamily{mix64(bits_ ^ (kind * 0xd6e8feb86659fd93ULL))};
  }
  constexpr OwnerKey owner(Owner owner, std::uint32_t kind_index, std::uint64_t number,
                           std::uint32_t attempt = 0) const {
    return family(owner, kind_index).owner(number, attempt);
  }

 private:
  std::uint64_t bits_;
};

}  // namespace callmill
