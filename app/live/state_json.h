#pragma once
// The documents of a session as JSON, one line each (names of queues, groups and trunks are keys,
// so that merge patches stay small; rates 0 .. 1, null where undefined; times in seconds after
// midnight of the first day).

#include <cstdint>
#include <optional>
#include <string>

#include "engine/live/advice.h"
#include "engine/live/fork_ahead.h"
#include "engine/live/live_centre.h"

namespace callmill::live {

struct SessionFacts {
  std::string id, title, scenario;  // scenario: id, or name of the file
  bool looks_ahead = true;          // by itself, not only when asked
};
// What the runner knows of the clock.
struct ClockFacts {
  std::optional<double> speed = 1;  // none: as fast as it can
  bool paused = true;
  double lag_ms = 0;
  // Of a centre that is followed: its day is over; the date of its first day.
  bool over = false;
  std::optional<Date> first_day = {};
};
// Results in the background, as JSON texts already (below); empty: null.
struct Background {
  std::string futures, what_if, advice, twin;
};

std::string state_json(const LiveCentre& centre, const SessionFacts& session,
                       const ClockFacts& clock, const Background& background);
std::string clock_json(const LiveCentre& centre, const ClockFacts& clock);
std::string plan_json(const LiveCentre& centre, const SessionFacts& session);
std::string history_json(const LiveCentre& centre);
// Entries with a number greater than `after`.
std::string log_json(const LiveCentre& centre, std::uint64_t after);

// The parts of Background. `seconds`: of wall time that it took.
std::string bands_json(const LiveCentre& centre, const Bands& bands, double seconds);
struct WhatIfFacts {
  std::string id;
  double progress = 0;
  double seconds = 0;
  const Futures* futures = nullptr;  // nullptr: still running
};
std::string what_if_json(const LiveCentre& centre, const std::vector<Command>& with,
                         const WhatIfFacts& facts);
struct AdviceFacts {
  std::string id;
  double progress = 0;
  double seconds = 0;
  const Advice* advice = nullptr;  // nullptr: still running
};
std::string advice_json(const LiveCentre& centre, const AdviceFacts& facts);

// Seconds after midnight of the first day.
double clock_seconds(const LiveCentre& centre, SimTime at);
// "09:41:07", of a later day "d1 09:41:07".
std::string clock_text(const LiveCentre& centre, SimTime at);
// "09:41" or "09:41:07", of the day at hand (a later day: with its number, "d1 09:41"); nothing
// when it is none.
std::optional<SimTime> time_of(const LiveCentre& centre, std::string_view clock);
// Likewise where `day` is at hand, from 0 on.
std::optional<SimTime> time_of(const World& world, std::int64_t day, std::string_view clock);

}  // namespace callmill::live
