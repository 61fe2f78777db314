#pragma once
// What is counted. Every indicator is a ratio of sums of these (metric.h); letters are those of
// docs/reference/kpi.md. Calls are counted in the interval in which they arrived, agents and lines
// in the interval in which the time passed.

#include <array>
#include <cstddef>
#include <cstdint>

namespace callmill {

// Per (caller type, queue, interval). Times in µs while recorded, in seconds once exported.
enum class CallCount : std::uint8_t {
  kAttempts,         // N
  kRedials,          // of N, attempts after the caller's first
  kBlocked,          // X, refused ones included
  kNetworkLost,      // L
  kCut,              // K, by failed lines before anybody answered
  kMenuHangUps,      // Ih
  kSelfServed,       // Is
  kByNotice,         // of Is, by a notice before a queue
  kMenuEntered,      // attempts that came to a menu
  kRefused,          // of X, by a full queue
  kOffered,          // O
  kAnswered,         // A
  kAbandoned,        // B
  kCallbacks,        // C
  kCallbacksMade,    // of C
  kAnsweredWithin,   // A(T)
  kAbandonedWithin,  // B(T)
  kShortAbandoned,   // S, within kShortAbandon
  kAnsweredAtOnce,   // of A, those who did not wait
  kDisconnected,     // D, waited at closing time
  kLeftMessage,      // V, left a message instead of waiting on
  kDeflected,        // G, went on by another channel, out of a queue
  kDeflectedInMenu,  // Gm, the same out of a menu
  kWaitAnswered,
  kWaitAbandoned,
  kTalk,
  kHold,
  kWrap,
  kBrokenOff,            // of A and callbacks made, talks that were not brought to their end
  kTransferred,          // of A, passed on to another type
  kTransferredIn,        // came from another agent; not part of O
  kTransferredAnswered,  // of A, those that came from another agent
  kMaxWait,              // combined by maximum, not by sum
  kWaitP50,              // day only, exported from the histogram
  kWaitP80,
  kWaitP95,
  kSize
};

// Per (agent group, interval).
enum class AgentCount : std::uint8_t {
  kOff,
  kAvailable,
  kTalk,
  kDialling,
  kWrap,
  kAux,
  kRinging,
  kDesk,
  kChat,      // time in each AgentState, in that order
  kChatTime,  // of chats at agents: each second of each chat
  kAnswered,
  kDials,
  kReached,
  kElapsed,  // clock time of the interval
  kSize
};

// Per (trunk group, interval).
enum class LineCount : std::uint8_t {
  kAttempts,     // calls that asked this group for a line, overflow from others included
  kBlocked,      // found none, nor in a group that is tried later; or no port
  kOverflowed,   // went on to the next group
  kNoPort,       // of kBlocked, no port of the menus was free
  kNetworkLost,  // lost on the way
  kCut,          // calls on lines that failed, answered or not
  kTalksCut,     // of kCut
  kBusy,
  kLineTime,  // in service, or still in use
  kPeak,
  kElapsed,  // clock time of the interval
  kSize
};

// Per (floor rule, interval).
enum class FloorCount : std::uint8_t {
  kFirings,
  kTimeOn,
  kMoved,        // agents lent to another group
  kBreaksEnded,  // agents who came back early
  kCalledIn,     // people called
  kExtraTime,    // of people called in and of overtime
  kShed,         // calls refused
  kCost,         // of the extra time; in millionths while recorded
  kExtraWage,    // what the same time would have cost at the wage; likewise
  kSize
};

// Per (agent group, interval), of what the roster wanted; agents count where they belong. Times but
// for shifts and rings.
enum class PeopleCount : std::uint8_t {
  kPlannedShifts,  // by the interval of their planned start
  kPresentShifts,
  kScheduled,   // work and breaks of the roster
  kInSchedule,  // of it, at work or in aux as the roster wants
  kPlannedWork,
  kWorked,    // in any state but off and aux
  kSignedIn,  // in any state but off
  kBreak,
  kMeal,
  kMeeting,
  kTraining,
  kCoaching,
  kNoAnswer,
  kOther,  // time in aux, in the order of AuxCode
  kRings,
  kNotPickedUp,
  kSize
};

// Per (queue that offers callbacks, interval of the call that was offered one).
enum class CallbackCount : std::uint8_t {
  kOffers,
  kAccepted,
  kTries,
  kMade,
  kMadeAgain,  // of those made, to callers whom an agent had passed on
  kFailed,     // after the last try
  kTime,       // from acceptance until the caller answers, of those made
  kSize
};

// Per (campaign, interval of the dial).
enum class CampaignCount : std::uint8_t {
  kDials,
  kFirstDials,  // of numbers not dialled before
  kNetwork,     // in the order of DialCause
  kInvalid,
  kOff,
  kOutOfArea,
  kBusy,
  kNoAnswer,
  kRefused,
  kMachine,
  kLive,
  kDropped,  // of the live ones, as the next
  kHungUp,
  kReached,       // of the live ones, talked with an agent
  kFirstReached,  // of those, to numbers not reached before
  kWait,          // of those
  kFiltered,
  kEnded,       // numbers that are done with
  kNumbers,     // on the list; first counted interval
  kFilterCost,  // in millionths; likewise
  kSize
};

template <class Count>
inline constexpr std::size_t kWidth = static_cast<std::size_t>(Count::kSize);

template <class Count>
using Cell = std::array<std::int64_t, kWidth<Count>>;

template <class Count>
constexpr std::size_t at(Count c) {
  return static_cast<std::size_t>(c);
}

// Whose counts a row of indicators adds up.
enum class Family : std::uint8_t {
  kCalls,
  kAgents,
  kLines,
  kCallers,
  kFloor,
  kPeople,
  kCallbacks,
  kCampaigns,
  kContacts,
  kCosts,
  kMessages,
  kChats,
  kContactsGiven  // the contacts' again, by their chances (contact_chances.h); no indicators
};
enum class ScopeKind : std::uint8_t {
  kTotal,
  kQueue,
  kCallerType,
  kGroup,
  kTrunks,
  kRule,
  kCampaign
};
struct Scope {
  ScopeKind kind = ScopeKind::kTotal;
  std::uint32_t index = 0;
  friend bool operator==(Scope, Scope) = default;
};

}  // namespace callmill
