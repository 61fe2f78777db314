#pragma once
// Keeps what is known of a real centre in step with its events: who waits since when, who talks,
// who is there, what the day has brought. A value.
//
//   call:   enters a queue --> waits --connected--> talks --completed, passed on--> gone
//                                 \--abandoned, left otherwise--> gone     (enters again: a new
//                                 leg)
//   agent:  off --login--> there <--> paused;  there, connected --> talks --> wrap-up or there
//
// Events come from systems that lose, repeat and swap them. What cannot be is kept for as long as
// events may be late and tried again, then counted by its cause; nothing stops the twin.
// docs/models/twin.md.

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/live/situation.h"
#include "engine/live/talk_scale.h"
#include "models/world/world.h"

namespace callmill::live {

// One event of a centre, whoever told it.
struct FloorEvent {
  enum class Kind : std::uint8_t {
    kEntered,    // call, queue
    kConnected,  // call, queue, agent
    kAbandoned,  // call
    kLeft,       // call: out of the queue without an answer and without hanging up
    kCompleted,  // call, agent
    kPassedOn,   // call, agent: the agent's part ends
    kBlocked,    // queue: never entered
    kLogin,      // agent; queue, if only of one
    kLogout,
    kPaused,
    kResumed,
    kReady,    // agent: wrap-up is over
    kRestart,  // all calls are gone
  };
  Kind kind = Kind::kEntered;
  std::int64_t at_us = 0;  // since 1970 UTC
  std::string call, queue, agent;
};
inline constexpr std::size_t kFloorEvents = 13;
std::string_view name_of(FloorEvent::Kind kind);  // "entered", as in JSON events

struct TwinOptions {
  std::int64_t opens_us = 0;  // the day's opening, since 1970 UTC
  // Names of the centre's queues and agents, and what the scenario calls their queue and group.
  // Names that are alike need no entry; an agent without one is of the first group of the queue.
  std::map<std::string, std::string> queues, groups;
  // Events may come so much later than newer ones and count as in time; so long what cannot be yet
  // is kept.
  SimDuration tolerance = std::chrono::seconds{5};
  // Calls of which nothing was heard for so long are taken for lost.
  SimDuration longest_wait = std::chrono::hours{1}, longest_talk = std::chrono::hours{4};
};

// Why an event was not taken.
enum class Impossible : std::uint8_t {
  kUnknownCall,   // answered, ended or abandoned, and never entered
  kNotWaiting,    // answered or abandoned while it talks
  kNotTalking,    // completed while it waits
  kUnknownAgent,  // neither an entry nor a queue says which group
  kOutOfDay,      // before opening or after the last closing
};
inline constexpr std::size_t kImpossibles = 5;

struct TwinCounts {
  std::int64_t events = 0, taken = 0;
  std::int64_t late = 0;       // taken, though older than the newest by more than the tolerance
  std::int64_t duplicate = 0;  // told before
  std::array<std::int64_t, kImpossibles> impossible{};
  std::int64_t impossible_in_all() const;
  std::int64_t in_two_calls = 0;   // the agent's earlier call was taken for over
  std::int64_t implied_login = 0;  // agents who worked without one
  std::int64_t lost_calls = 0;     // beyond the longest wait or talk, or gone with a restart
  std::map<std::string, std::int64_t> unknown_queues, unknown_agents;  // at most kUnknownNames
};
inline constexpr std::size_t kUnknownNames = 1000;

class Twin {
 public:
  // Both must outlive the twin.
  Twin(const World& world, const Blueprint& plan, TwinOptions options);

  void take(const FloorEvent& event);  // O(log calls) and what is kept for later
  // At a moment not before the newest event's; calls beyond the limits are dropped from it.
  Situation situation(SimTime at) const;
  // Of the newest event; kStart at first.
  SimTime newest() const { return newest_; }
  SimTime time_of(std::int64_t at_us) const {
    return kStart + SimDuration{at_us - options_.opens_us};
  }
  const TwinCounts& counts() const { return counts_; }
  // Events that cannot be yet: events = taken + duplicate + impossible + kept.
  std::size_t kept() const { return kept_.size(); }
  // "queue suport: 12 events; did you mean support?", a line each.
  std::vector<std::string> unknown() const;

 private:
  struct Call {
    std::uint32_t queue = 0, interval = 0;
    SimTime entered, answered;
    std::uint32_t agent = kNotKnown;  // talks with it; kNotKnown: it waits
  };
  struct Person {
    std::uint32_t group = kNotKnown;
    bool there = false, paused = false;
    bool wraps = false;  // since `free_since`, for all that is known
    std::string call;    // in talk with; "" none
    SimTime free_since = kSinceUnknown;
    std::uint32_t queue = kNotKnown;  // of the last call
  };
  enum class Outcome : std::uint8_t { kTaken, kDuplicate, kNotYet };

  Outcome apply(const FloorEvent& event, SimTime at, Impossible& why);
  Outcome of_call(const FloorEvent& event, SimTime at, Impossible& why);
  Outcome of_agent(const FloorEvent& event, SimTime at, Impossible& why);
  Outcome connected(const FloorEvent& event, SimTime at, Call& call, Impossible& why);
  void end_talk(std::string id, SimTime at, bool told);
  void forget(const std::string& id);
  void retry();
  std::uint32_t queue_of(const std::string& name);
  std::uint32_t person_of(const std::string& name, std::uint32_t queue);
  Situation::OfQueue& counted(const Call& call) {
    return so_far_[call.interval].queues[call.queue];
  }
  std::uint32_t interval_of(SimTime at) const;

  const World& world_;
  const Blueprint& plan_;
  UsualTalks usual_;
  TwinOptions options_;
  TwinCounts counts_;
  SimTime newest_ = kStart;
  std::unordered_map<std::string, Call> calls_;
  std::unordered_map<std::string, SimTime> over_;  // lately
  std::deque<std::string> over_order_;
  std::map<std::string, std::uint32_t> person_index_;
  std::vector<Person> people_;
  std::vector<char> sessions_known_;  // by group: some login has been told
  std::vector<std::pair<FloorEvent, Impossible>> kept_;
  std::vector<Situation::Interval> so_far_;
  // Seconds of waits, and of the talks of which the end was told: as they were, and as the scenario
  // has them.
  struct Sums {
    double waits = 0, talks = 0, usual_talks = 0;
    std::int64_t over = 0;
  };
  std::vector<std::vector<Sums>> sums_;  // [interval][queue]
};

}  // namespace callmill::live
