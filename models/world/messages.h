#pragma once
// Deferred work: mail, work orders, forms, short messages. It holds no line and has no patience; it
// has a deadline, and stays open over nights and days until it is done. Chats: chats.h.

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/id.h"
#include "base/time.h"

namespace callmill {

enum class Channel : std::uint8_t { kVoice, kMessage, kChat };

enum class DeadlineIn : std::uint8_t {
  kHours,     // by the clock, nights included
  kOpenHours  // counted only while the centre is open
};

// Of a caller type whose channel is message. Its `talk` and `wrap` are the work of one.
struct MessageWork {
  SimDuration deadline = std::chrono::hours{24};
  DeadlineIn counted_in = DeadlineIn::kHours;
  std::int64_t open_at_start = 0;  // came at the opening of the first day, at the latest
  bool interruptible = false;      // a call may interrupt the work; it is resumed later
  // In place of a deadline: due at the close of the so-many-th open day after the day of its
  // coming. A day begins when the centre opens; what comes at night or on a closed day came on the
  // day before.
  std::optional<std::int64_t> working_days{};
};

// How a queue of messages is worked off.
enum class WorkOrder : std::uint8_t { kFirstCome, kDeadline };

// Callers who have waited long leave a message and go.
struct Voicemail {
  SimDuration after{};               // waiting in the queue
  SimDuration length{};              // the line is held meanwhile
  std::optional<CallerTypeId> to{};  // is worked off as a message of this type; none: only counted
};

}  // namespace callmill
