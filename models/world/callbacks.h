#pragma once
// What callers who must wait are told, and what they are offered instead of waiting.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/id.h"
#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"

namespace callmill {

// How the wait of a caller who joined now is predicted; engine/centre/predictors.h has the
// formulas.
enum class Predictor : std::uint8_t {
  kLastWait,     // of the contact answered last
  kMeanWait,     // of the last `predictor_last` answered
  kHeadWait,     // so far, of the contact that waits longest
  kQueueLength,  // (contacts ahead + 1) x mean handle time / agents on duty
  kErlang,       // the same with abandonment on the way: Erlang A's wait in that state
};

// Share of callers who hang up at once on hearing this expected wait.
struct BalkPoint {
  SimDuration wait{};
  Probability share;
};

// The expected wait is announced to callers who must wait.
struct Announcement {
  SimDuration from{};           // only an expected wait of at least this is announced
  std::vector<BalkPoint> balk;  // by rising wait; linear between points, level beyond the ends
  double patience_factor = 1;   // multiplies the patience of those who stay; > 0
  std::optional<Law> patience;  // takes the place of theirs
  SimDuration every{};          // said again so often, with a new expected wait; 0 = once
};

// Callers who must wait may go on by another channel instead. They leave the queue and their line.
struct Deflection {
  CallerTypeId to;                   // of channel chat or message
  SimDuration when_expected_wait{};  // offered to those whose expected wait is at least this
  Probability accept{1.0};
};

// Callers who must wait may ask to be called back. They leave the queue and their line.
struct Callback {
  enum class Mode : std::uint8_t {
    kList,          // agents call from a list when nobody waits, or by `priority_from`
    kVirtualQueue,  // the callback keeps the caller's place in the queue
    kAppointment,   // from the list, once the time that the caller has chosen has come
  };
  std::uint32_t when_waiting = 0;    // offered when so many wait in the queue, callbacks left out
  SimDuration when_expected_wait{};  // and when the expected wait is at least this
  Probability accept{1.0};
  std::uint32_t capacity = 1'000'000;  // open callbacks of the queue at the most
  Mode mode = Mode::kList;
  Law appointment = ConstantLaw{3600};         // from acceptance to the chosen time
  std::optional<std::uint32_t> priority_from;  // callbacks come before calls when so many are due
  std::uint32_t reserve = 0;  // else made only if more agents than this are idle, the one who calls
                              // included
  std::optional<TrunkGroupId> trunks;  // the line that a callback holds; none: it needs none
  Law ring = ConstantLaw{0};           // dialling and ringing; the agent waits
  Probability answered{1.0};           // share of tries that reach the caller
  std::uint32_t retries = 0;           // further tries after one that did not
  Law retry_delay = ConstantLaw{1800};
  double talk_factor = 1;   // multiplies the talk time of the caller's type; > 0
  std::optional<Law> talk;  // takes its place
};

}  // namespace callmill
