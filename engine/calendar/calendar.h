#pragma once
// The pending-event set: a four-way winner tree over a fixed number of slots, each with at most one
// pending event.
//
// In a contact centre every agent and every line has at most one pending event, so nothing is
// allocated, cancelling is clearing a slot, and an update is one branch-free pass from the slot up
// to the winner. A key packs time (47 bits of µs) above the slot (17 bits): one compare orders
// events by (time, slot), exactly. Four siblings a group, because the least of the other three does
// not wait for the level below. docs/adr/0003-pending-event-set.md has the measurements. Cost:
// schedule and cancel O(log4 slots), next O(1); 11 bytes a slot. Copying a Calendar is a snapshot
// of it.
//
// Slots that fire often beside many that fire seldom (callers to come beside agents and lines) may
// have a small tree of their own: the earlier of two winners is next.
//
//   level 2   [ . . . . ]                          the least of it is winner_
//   level 1   [ . . . . ]   [ . . . . ]            each key: the least of one group below
//   level 0   [ 0 1 2 3 ]   [ 4 5 6 7 ]   ...      one key a slot

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/check.h"
#include "base/time.h"

namespace callmill {

// One tree. Keys are unique and less than kIdle while an event is pending.
class WinnerTree {
 public:
  static constexpr std::uint64_t kIdle = std::numeric_limits<std::uint64_t>::max();

  // All slots idle; `slots` >= 1.
  explicit WinnerTree(std::uint32_t slots) {
    std::uint32_t keys = 0;
    for (std::uint32_t groups = slots; levels_ == 0 || groups > 1; ++levels_) {
      groups = (groups + 3) / 4;
      first_[levels_] = keys;
      keys += groups * 4;
    }
    key_.assign(keys, kIdle);
  }

  // By value, so that the compiler selects and does not branch.
  static std::uint64_t least(std::uint64_t a, std::uint64_t b) { return a < b ? a : b; }

  std::uint64_t winner() const { return winner_; }
  std::uint64_t key(std::uint32_t slot) const { return key_[slot]; }

  void set(std::uint32_t slot, std::uint64_t key) {
    std::uint64_t* const keys = key_.data();
    std::size_t i = slot;
    // Unrolled with an exit a level: the exit is the same each time, and the addresses of the
    // levels become constants.
#pragma GCC unroll 9
    for (std::uint32_t level = 0; level < kMaxLevels; ++level) {
      if (level == levels_) break;
      std::uint64_t* const row = keys + first_[level];
      row[i] = key;
      key = least(key, least(row[i ^ 1], least(row[i ^ 2], row[i ^ 3])));
      i >>= 2;
    }
    winner_ = key;
  }

 private:
  static constexpr std::uint32_t kMaxLevels = 9;  // 4^9 >= Calendar::kMaxSlots > 4^8

  std::uint64_t winner_ = kIdle;
  std::uint32_t levels_ = 0;
  std::array<std::uint32_t, kMaxLevels> first_{};  // where each level starts in key_
  std::vector<std::uint64_t> key_;  // level 0 first; groups of four, padded with kIdle
};

class Calendar {
 public:
  using Slot = std::uint32_t;
  static constexpr int kSlotBits = 17;
  static constexpr Slot kMaxSlots = Slot{1} << kSlotBits;

  Calendar() : Calendar(1) {}
  // All slots idle. `slots` in [0, kMaxSlots]; 0 counts as 1. The first `apart` have a tree of
  // their own; that changes no order.
  explicit Calendar(Slot slots, Slot apart = 0)
      : slots_{std::max(slots, Slot{1})},
        apart_{apart},
        few_{std::max(apart, Slot{1})},
        many_{std::max(slots_, apart + 1) - apart} {
    CALLMILL_CHECK(slots <= kMaxSlots, "too many slots for a packed key");
    CALLMILL_CHECK(apart <= slots_, "more slots apart than there are");
  }

  // Sets or replaces the event of `slot`. `at` within [kStart, kStart + kLongestHorizon].
  void schedule(Slot slot, SimTime at) { set(slot, pack(at, slot)); }
  // No effect when nothing is pending, and then no cost.
  void cancel(Slot slot) {
    if (pending(slot)) set(slot, WinnerTree::kIdle);
  }
  bool pending(Slot slot) const { return key(slot) != WinnerTree::kIdle; }
  // Undefined when not pending(slot).
  SimTime time_of(Slot slot) const { return time_in(key(slot)); }

  bool empty() const { return next() == WinnerTree::kIdle; }
  // The earliest event; of equal times the lowest slot. Undefined when empty().
  SimTime next_time() const { return time_in(next()); }
  Slot next_slot() const { return static_cast<Slot>(next()) & (kMaxSlots - 1); }

 private:
  static std::uint64_t pack(SimTime at, Slot slot) {
    return (static_cast<std::uint64_t>(at.time_since_epoch().count()) << kSlotBits) | slot;
  }
  static SimTime time_in(std::uint64_t key) {
    return SimTime{SimDuration{static_cast<std::int64_t>(key >> kSlotBits)}};
  }
  std::uint64_t next() const { return WinnerTree::least(few_.winner(), many_.winner()); }
  std::uint64_t key(Slot slot) const {
    return slot < apart_ ? few_.key(slot) : many_.key(slot - apart_);
  }
  void set(Slot slot, std::uint64_t key) {
    CALLMILL_DCHECK(slot < slots_, "no such slot");
    if (slot < apart_)
      set_few(slot, key);
    else
      set_many(slot - apart_, key);
  }
  // Once each in the program, not once a caller: unrolled they are long, and the instruction cache
  // is small. Two, so that each has an exit that is foreseen.
  [[gnu::noinline]] void set_few(Slot slot, std::uint64_t key) { few_.set(slot, key); }
  [[gnu::noinline]] void set_many(Slot slot, std::uint64_t key) { many_.set(slot, key); }

  Slot slots_, apart_;
  WinnerTree few_, many_;
};

}  // namespace callmill
