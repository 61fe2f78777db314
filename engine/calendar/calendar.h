#pragma once
// The pending-event set: a winner tree over a fixed number of slots, each with at most one pending
// event.
//
// In a contact centre every agent and every line has at most one pending event, so nothing is
// allocated, cancelling is clearing a slot, and an update is log2(slots) branch-free minima. A key
// packs time (47 bits of µs) above the slot (17 bits): one compare orders events by (time, slot),
// exactly. docs/adr/0003-pending-event-set.md has the measurements. Cost: schedule and cancel O(log
// slots), next O(1). Copying a Calendar is a snapshot of it.

#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/check.h"
#include "base/time.h"

namespace callmill {

class Calendar {
 public:
  using Slot = std::uint32_t;
  static constexpr int kSlotBits = 17;
  static constexpr Slot kMaxSlots = Slot{1} << kSlotBits;

  Calendar() : Calendar(1) {}
  explicit Calendar(Slot slots)
      : leaves_{std::bit_ceil(slots < 2 ? Slot{2} : slots)}, key_(std::size_t{leaves_} * 2, kIdle) {
    CALLMILL_CHECK(slots <= kMaxSlots, "too many slots for a packed key");
  }

  // Sets or replaces the event of `slot`. `at` must not lie before the last event taken.
  void schedule(Slot slot, SimTime at) { update(slot, pack(at, slot)); }
  void cancel(Slot slot) { update(slot, kIdle); }
  bool pending(Slot slot) const { return key_[leaves_ + slot] != kIdle; }
  SimTime time_of(Slot slot) const { return time_in(key_[leaves_ + slot]); }

  bool empty() const { return key_[1] == kIdle; }
  // Undefined when empty().
  SimTime next_time() const { return time_in(key_[1]); }
  Slot next_slot() const { return static_cast<Slot>(key_[1]) & (kMaxSlots - 1); }

 private:
  static constexpr std::uint64_t kIdle = std::numeric_limits<std::uint64_t>::max();

  static std::uint64_t pack(SimTime at, Slot slot) {
    return (static_cast<std::uint64_t>(at.time_since_epoch().count()) << kSlotBits) | slot;
  }
  static SimTime time_in(std::uint64_t key) {
    return SimTime{SimDuration{static_cast<std::int64_t>(key >> kSlotBits)}};
  }

  // key_[1] is the winner of all, key_[i] of its children 2i and 2i+1; leaves start at
  // key_[leaves_].
  void update(Slot slot, std::uint64_t key) {
    std::size_t i = std::size_t{leaves_} + slot;
    std::uint64_t* const tree = key_.data();
    tree[i] = key;
    while (i > 1) {
      const std::uint64_t sibling = tree[i ^ 1];
      key = sibling < key ? sibling : key;
      i >>= 1;
      tree[i] = key;
    }
  }

  Slot leaves_;
  std::vector<std::uint64_t> key_;
};

}  // namespace callmill
