#pragma once
// A contact in the centre, and what outlives it: the caller's story, and what is to come later.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/random/stream.h"
#include "base/time.h"
#include "engine/centre/states.h"
#include "models/value/satisfaction.h"

namespace callmill {

inline constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

// A contact, stored by the line that it holds; one that holds no line (a chat, a work order, a
// callback that waits) by a number above those of the lines. One cache line; no field of a
// character type, whose writes the compiler must take for writes to anything.
struct alignas(64) Call {
  OwnerKey key;  // all draws of this attempt
  SimTime arrived;
  SimTime joined;                // the queue
  SimTime gives_up;              // patience ends; SimTime::max() = never
  std::uint32_t next = kNobody;  // in the wait list, or among the free lines; ringing: the agent
  std::uint32_t previous = kNobody;
  std::uint32_t caller = 0;  // number within the type
  std::uint16_t type = 0;
  std::uint16_t interval = 0;    // of the arrival
  std::uint16_t queue = 0;       // when waiting or talking
  std::uint16_t menu = 0;        // when in a menu
  std::uint16_t attempt = 0;     // 0 = first call
  std::uint16_t menu_steps = 0;  // menus and self-service gone through
  std::uint16_t route_step = 0;  // groups [0, route_step) may take the call now
  std::uint16_t trunks = 0;      // whose line it is
  std::uint16_t marks = 0;       // bits of Mark
  CallState state = CallState::kFree;
};
static_assert(sizeof(Call) == 64);

// What sets a contact apart from a plain inbound call.
enum class Mark : std::uint16_t {
  kLeavesMessage = 8,  // waits no longer than the queue wants, then speaks to a machine
  kTransferred = 16,   // an agent has passed it on: it is talked about a second time
  kRepeat = 1,         // about a matter that an earlier contact left unresolved; a dial: to a
                       // number whose party has been talked with
  kCut = 64,           // its line has failed
  kHeld = 32,          // waits for one agent, in that agent's list
  kAgain = 128,  // has rung at an agent, or was sent back by one: CallFile::rings, sent_back, rang
  kSentBack = 512,  // an agent has talked with it and was sent home
  kCallback = 2,    // the centre rings the caller
  kCampaign = 4,    // a number of a list
};
constexpr bool has(const Call& call, Mark mark) {
  return (call.marks & static_cast<std::uint16_t>(mark)) != 0;
}
constexpr void set(Call& call, Mark mark) {
  call.marks = static_cast<std::uint16_t>(call.marks | static_cast<std::uint16_t>(mark));
}
constexpr void clear(Call& call, Mark mark) {
  call.marks = static_cast<std::uint16_t>(call.marks & ~static_cast<unsigned>(mark));
}

// Call::gives_up of one that has joined a special queue and may ring before it waits.
inline constexpr SimTime kNotDrawn = SimTime::min();

// Callers from this number on were there before the day opened (CallerTypePlan::opening).
inline constexpr std::uint32_t kFirstOpeningCaller = std::uint32_t{1} << 31;
// Contacts from this number to that one began as calls of another type.
inline constexpr std::uint32_t kFirstDeflected = std::uint32_t{1} << 30;

// What all attempts and contacts of a caller about one matter have in common.
struct Story {
  SimTime began;                       // first attempt
  SimTime reached = SimTime::max();    // first answered, by an agent or by a machine that served
  std::uint32_t last_agent = kNobody;  // who talked with the caller last
  std::uint16_t contacts = 0;          // answered or self-served, and over or cut short
  std::uint16_t blocked = 0, abandoned = 0, cut = 0;  // blocked: or lost in the network
  std::uint16_t open = 0;  // 1: the last contact left the matter unresolved
  friend auto operator<=>(const Story&, const Story&) = default;
};

// How a caller's story ends: exactly one of these.
enum class CallerEnd : std::uint8_t {
  kResolved,     // served, and the matter is settled
  kUnresolved,   // served, the matter is not settled, and the caller calls no more
  kGaveUp,       // never served: the last attempt was blocked, abandoned or cut
  kLeftMenu,     // never served: hung up in the menu
  kAnotherDay,   // would call again after the end of the run
  kLeftMessage,  // never served: spoke to a machine, and the message is nobody's work in the run
  kOpen          // at the end of the run: still waits, or for a callback or a reply that never came
};
inline constexpr std::size_t kCallerEnds = 7;

// Where a contact without a line comes from.
struct Origin {
  OwnerKey key;  // of its draws
  std::uint32_t number = 0;
  std::uint16_t attempt = 0;
  std::uint16_t interval = 0;
  bool tells_story = true;  // a story of a caller goes on, or ends, with it
  Story story{};
};

// What came of a contact with an agent, and what each way of measuring makes of it.
struct ContactOutcome {
  bool resolves = false;  // the type has a resolution: the matter may be left open
  bool first = false;     // no contact before, in this story
  bool resolved = true;
  double chance = 1;  // of `resolved`, as it was when the contact ended
  bool survey_offered = false, survey_taken = false, says_resolved = false;
  bool answers_fcr = false, answers_csat = false, answers_nps = false;  // questions of the survey
  bool checked = false, passed = false;              // quality check; of first contacts
  bool coded = false, coded_resolved = false;        // agent code
  bool matchable = false, matched_resolved = false;  // system match
  bool judged = false;                               // by all of these: it was not cut short
  bool rated = false;                                // `verdict` says something
  double score = 0;                                  // the satisfaction of which it was drawn
  Verdict verdict;
};

// The part of a contact that few of its events look at; kept by the same number as the Call. What
// a plain call with a story needs is its first cache line.
struct alignas(64) CallFile {
  Story story;
  SimTime answered;                      // by the agent that talks; or the end of a chat's talk
  std::uint32_t held_for = kNobody;      // the agent, of a call with Mark::kHeld
  std::uint32_t first_agent = kNobody;   // who passed the call on and still holds it
  std::uint16_t transfers = 0;           // in this contact, so far
  std::uint16_t menu_tries = 0;          // of the menu that it is in, the prompt heard so far
  MenuAnswer answer = MenuAnswer::kKey;  // to that prompt, when it ends
  bool carried_on = false;  // the story goes on elsewhere (a redial, a callback): not over with
                            // this attempt
  std::uint16_t caller_type = 0;  // with Mark::kTransferred: as which the caller rang

  SimDuration opening{};     // of the second talk
  SimDuration first_wrap{};  // after-call work of first_agent
  SimTime held_from{};       // since when first_agent stays, after a talk of held_type, held_queue
  std::uint16_t held_type = 0, held_queue = 0;
  std::uint32_t timers = 0;  // set so far, by a contact without a line; an older one is void
  SimTime held_until{};
  SimTime due = SimTime::max();  // deadline of a message
  SimDuration work_left{};       // of a message, 0 before it is begun; of a chat, see ChatDesk
  // Only with Mark::kAgain:
  std::uint16_t rings = 0;      // times that a phone rang for this call
  std::uint16_t sent_back = 0;  // times that its agent was sent home
  SimTime rang{};               // the last of them
  double left = 1;              // share of the talk that is yet to come
  // Only with personal groups:
  SimTime began{};          // the talk at hand
  SimTime accepted{};       // a callback: when the caller asked for it
  std::uint16_t tries = 0;  // a callback: made so far; a dial: of its number today, it included
};
static_assert(offsetof(CallFile, first_wrap) == 64);

// Something that will happen and belongs to no line and no agent. Ordered by all fields, so that
// the order never depends on history.
struct Later {
  enum class What : std::uint8_t {
    kRedial,        // `caller` of `type` rings again, for the `attempt`-th time
    kContactTimer,  // of contact `who`, unless `serial` is out of date
    kCentreCloses,  // an open spell ends, or ended and callers were still inside
    kLinesFail,     // for the cause `who`, the `serial`-th time
    kLinesBack,
    kLateDuty,       // agent `who` takes the duty `attempt`, unless `serial` is out of date
    kOpening,        // calls that were there before the day opened
    kCampaignOpens,  // `type` may dial from now on
    kNumberDue,  // `who` of the list of campaign `type`, dialled `attempt` times, `serial` today
  };
  SimTime at;
  What what = What::kRedial;
  std::uint16_t type = 0;
  std::uint16_t attempt = 0;
  std::uint32_t who = 0;
  std::uint32_t serial = 0;
  Story story{};
  friend auto operator<=>(const Later&, const Later&) = default;
};

inline SimDuration scaled(SimDuration d, double factor) {
  return factor == 1 ? d
                     : SimDuration{static_cast<std::int64_t>(
                           static_cast<double>(d.count()) * factor + 0.5)};
}

}  // namespace callmill
