#pragma once
// Kinds of shift that the planner may use, and what limits their mix.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace callmill {

// Times of a kind of shift count its hours on duty: the gap of a split shift is left out.
struct Break {
  std::string name;  // "meal", "rest"
  SimDuration length{};
  SimDuration earliest{};  // start, after the shift's start
  SimDuration latest{};
  bool paid = true;  // unpaid time is not part of the wage
};

// The hours between the two stretches of a split shift: neither on duty nor paid. No break's window
// meets it.
struct SplitGap {
  SimDuration earliest{}, latest{};   // its start, in hours on duty since the shift's start
  SimDuration shortest{}, longest{};  // its length
  SimDuration every = std::chrono::minutes{30};  // between starts, and between lengths
};

// A shift may go on after its end.
struct Extension {
  SimDuration most{};
  SimDuration every = std::chrono::minutes{30};
};

// A kind of shift that the planner may use.
struct ShiftPattern {
  std::string name;
  GroupId group;  // the group it staffs
  SimDuration length{};
  SimDuration first_start{};  // after midnight
  SimDuration last_start{};
  SimDuration start_every = std::chrono::minutes{30};
  std::vector<Break> breaks;               // in order
  double wage_per_hour = 0;                // of paid time
  double night_supplement = 0;             // added per paid hour between 22:00 and 06:00
  std::optional<std::int64_t> max_agents;  // over all starts
  std::optional<std::int64_t> min_agents;
  std::optional<SplitGap> split;
  std::optional<Extension> extension;
};

// What a limit counts.
enum class LimitOf : std::uint8_t {
  kHeads,   // agents of the kinds, over the day
  kAtWork,  // agents of the group's shifts who are there and not on a break, at any time
  kOnDuty,  // the same with those on a break: seats
};

// A limit over the shifts of one group. At least one bound is given.
struct ShiftLimit {
  std::string name;
  GroupId group;                    // valid once checked
  std::vector<std::string> shifts;  // kinds; empty: all of the group; kHeads
  LimitOf of = LimitOf::kHeads;
  std::optional<SimDuration> from, to;  // by the clock as PayRule; not kHeads
  std::optional<std::int64_t> at_least, at_most;
  std::optional<double> share_at_least, share_at_most;  // of all heads of the group; kHeads
};

}  // namespace callmill
