#pragma once
// What a supervisor, or an ACD, can say of a centre at one moment: who waits since when, who talks
// since when, who is there, and what the day has brought so far. A value; indices are those of the
// World. engine/live/seed.h makes a Centre of it, situation_of() reads it from one.

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "engine/centre/inside.h"
#include "engine/kpi/recorder.h"

namespace callmill::live {

// Which caller type, queue or group it is: not known.
inline constexpr std::uint32_t kNotKnown = std::numeric_limits<std::uint32_t>::max();

struct Situation {
  // Everything of that moment has happened, but for what the roster has for it: people who change
  // at 11:00 do so after a state of 11:00 (SimTime of 11:00 less 1 µs).
  SimTime at;

  struct Waiting {
    std::uint32_t queue = 0;
    SimTime since;
    std::uint32_t type = kNotKnown;
  };
  // A call in talk or on hold.
  struct Talk {
    std::uint32_t group = 0;
    std::uint32_t queue = kNotKnown;  // kNotKnown: some queue that the group serves
    SimTime since = kSinceUnknown;
    SimDuration waited{};  // before the answer
    std::uint32_t type = kNotKnown;
  };
  struct Wrap {
    std::uint32_t group = 0;
    std::uint32_t queue = kNotKnown;
    SimTime since = kSinceUnknown;
    std::uint32_t type = kNotKnown;
  };
  struct InMenu {
    std::uint32_t menu = 0;
    SimTime since = kSinceUnknown;  // of the prompt at hand
    std::uint32_t type = kNotKnown;
  };
  std::vector<Waiting> waiting;
  std::vector<Talk> talks;
  std::vector<Wrap> wraps;
  std::vector<InMenu> menus;

  // People beside those in talk and wrap-up. Nothing said: as the roster has it.
  struct Group {
    std::optional<std::uint32_t> available, aux, dialling;
  };
  std::vector<Group> groups;             // by group; or empty
  std::vector<std::uint32_t> callbacks;  // open ones by queue; or empty
  std::vector<std::uint32_t> backlog;    // open messages by queue; or empty

  // Calls so far, those inside included, by the interval of their arrival.
  struct OfQueue {
    std::int64_t offered = 0, answered = 0, answered_within = 0, abandoned = 0;
    double wait_s = -1, talk_s = -1;  // mean of the answered, of those over; -1: not known
    double usual_talk_s = -1;  // what the scenario has for these talks; -1: for the queue's callers
  };
  struct Interval {
    std::int64_t calls = 0;       // fresh calls and redials that rang, blocked ones included
    std::int64_t blocked = 0;     // of them
    std::vector<OfQueue> queues;  // by queue; or empty
  };
  std::vector<Interval> so_far;  // from the first interval on; the last may be the one at hand
};

// What a running centre shows, as a supervisor sees it: of callers their queue, type and since
// when, nothing of what is still to come. Since when somebody is in wrap-up only where the centre
// keeps it. Chats, dials and calls that ring at an agent are shown as talks, wraps or waiting;
// callers in self-service are not shown. With `recorder` also the calls so far. O(lines + agents +
// cells).
Situation situation_of(const Blueprint& plan, const Centre& centre,
                       const Recorder* recorder = nullptr);

}  // namespace callmill::live
