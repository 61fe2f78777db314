// The calendar against a shadow model: a sorted map from (time, slot), the plainest pending-event
// set there is.

#include "engine/calendar/calendar.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace callmill {
namespace {

constexpr SimTime kEnd = kStart + kLongestHorizon;

class ShadowCalendar {
 public:
  void schedule(Calendar::Slot slot, SimTime at) {
    cancel(slot);
    time_of_[slot] = at;
    order_.insert({at, slot});
  }
  void cancel(Calendar::Slot slot) {
    const auto found = time_of_.find(slot);
    if (found == time_of_.end()) return;
    order_.erase({found->second, slot});
    time_of_.erase(found);
  }
  const std::map<Calendar::Slot, SimTime>& events() const { return time_of_; }
  const std::set<std::pair<SimTime, Calendar::Slot>>& order() const { return order_; }

 private:
  std::map<Calendar::Slot, SimTime> time_of_;
  std::set<std::pair<SimTime, Calendar::Slot>> order_;
};

void require_same_next(const Calendar& calendar, const ShadowCalendar& shadow) {
  REQUIRE(calendar.empty() == shadow.order().empty());
  if (shadow.order().empty()) return;
  REQUIRE(calendar.next_time() == shadow.order().begin()->first);
  REQUIRE(calendar.next_slot() == shadow.order().begin()->second);
}

void require_same_slots(const Calendar& calendar, const ShadowCalendar& shadow,
                        Calendar::Slot slots) {
  std::size_t pending = 0;
  for (Calendar::Slot slot = 0; slot < slots; ++slot) pending += calendar.pending(slot) ? 1 : 0;
  REQUIRE(pending == shadow.events().size());
  for (const auto& [slot, at] : shadow.events()) {
    REQUIRE(calendar.pending(slot));
    REQUIRE(calendar.time_of(slot) == at);
  }
}

// Takes every event off both, in order.
void require_same_drain(Calendar calendar, ShadowCalendar shadow) {
  while (!shadow.order().empty()) {
    require_same_next(calendar, shadow);
    const Calendar::Slot slot = calendar.next_slot();
    calendar.cancel(slot);
    shadow.cancel(slot);
  }
  REQUIRE(calendar.empty());
}

TEST_CASE("random scheduling, cancelling and taking agrees with a sorted map") {
  const Calendar::Slot slots =
      GENERATE(1u, 2u, 3u, 4u, 5u, 16u, 17u, 64u, 65u, 1000u, 1025u, Calendar::kMaxSlots);
  // Few distinct times make ties the rule; the long spread reaches the end of the horizon.
  const std::int64_t spread = GENERATE(std::int64_t{3}, std::int64_t{1} << 36);
  const Calendar::Slot apart = std::min(slots, GENERATE(0u, 1u, 5u, 1000u));
  CAPTURE(slots, spread, apart);
  std::mt19937_64 random{slots * 2654435761ULL + static_cast<std::uint64_t>(spread)};
  const auto below = [&](std::uint64_t n) { return random() % n; };

  Calendar calendar{slots, apart};
  ShadowCalendar shadow;
  SimTime now = kStart;
  require_same_next(calendar, shadow);
  for (int step = 0; step < 4000; ++step) {
    const auto slot = static_cast<Calendar::Slot>(below(slots));
    const SimDuration delay{static_cast<std::int64_t>(below(static_cast<std::uint64_t>(spread)))};
    const SimTime at = std::min(now + delay, kEnd);
    const std::uint64_t what = below(10);
    if (what < 5) {  // set, or replace where one is pending
      calendar.schedule(slot, at);
      shadow.schedule(slot, at);
    } else if (what < 7 || calendar.empty()) {
      calendar.cancel(slot);
      shadow.cancel(slot);
    } else {  // take the next event; half of them are followed by another of the same slot
      const Calendar::Slot next = calendar.next_slot();
      now = calendar.next_time();
      if (what == 7) {
        calendar.schedule(next, std::min(now + delay, kEnd));
        shadow.schedule(next, std::min(now + delay, kEnd));
      } else {
        calendar.cancel(next);
        shadow.cancel(next);
      }
    }
    require_same_next(calendar, shadow);
  }
  require_same_slots(calendar, shadow, slots);
  require_same_drain(calendar, shadow);
}

TEST_CASE("a full calendar gives back every slot, equal times in the order of slots") {
  const Calendar::Slot slots = GENERATE(1u, 2u, 3u, 17u, 1000u, Calendar::kMaxSlots);
  const Calendar::Slot apart = std::min(slots, GENERATE(0u, 3u));
  CAPTURE(slots, apart);
  Calendar calendar{slots, apart};
  for (Calendar::Slot left = slots; left > 0; --left)
    calendar.schedule(left - 1, kStart + SimDuration{7});
  Calendar::Slot wrong = 0;
  for (Calendar::Slot expected = 0; expected < slots; ++expected) {
    wrong +=
        calendar.next_slot() != expected || calendar.next_time() != kStart + SimDuration{7} ? 1 : 0;
    calendar.cancel(calendar.next_slot());
  }
  CHECK(wrong == 0);
  CHECK(calendar.empty());
}

TEST_CASE("times to the end of the longest horizon are exact and never look idle") {
  const Calendar::Slot last = Calendar::kMaxSlots - 1;
  Calendar calendar{Calendar::kMaxSlots};
  calendar.schedule(last, kEnd);
  CHECK(calendar.pending(last));
  CHECK_FALSE(calendar.empty());
  CHECK(calendar.next_time() == kEnd);
  CHECK(calendar.next_slot() == last);

  calendar.schedule(0, kEnd - SimDuration{1});
  CHECK(calendar.next_slot() == 0);
  calendar.schedule(0, kEnd);
  CHECK(calendar.next_slot() == 0);
  calendar.schedule(last, kStart);
  CHECK(calendar.next_slot() == last);
  CHECK(calendar.next_time() == kStart);
  CHECK(calendar.time_of(0) == kEnd);
}

TEST_CASE("a copy is a snapshot: what happens to one does not reach the other") {
  const Calendar::Slot slots = 300;
  std::mt19937_64 random{5};
  Calendar original{slots};
  ShadowCalendar shadow;
  for (Calendar::Slot slot = 0; slot < slots; slot += 2) {
    const SimTime at = kStart + SimDuration{static_cast<std::int64_t>(random() % 1000000)};
    original.schedule(slot, at);
    shadow.schedule(slot, at);
  }
  const Calendar snapshot = original;
  for (Calendar::Slot slot = 0; slot < slots; ++slot) original.schedule(slot, kStart);
  require_same_slots(snapshot, shadow, slots);
  require_same_drain(snapshot, shadow);

  Calendar other{2};  // assigning over a calendar of another size replaces it whole
  other.schedule(1, kStart);
  other = snapshot;
  require_same_slots(other, shadow, slots);
  require_same_drain(other, shadow);
}

TEST_CASE("cancelling an idle slot changes nothing") {
  Calendar calendar{17};
  calendar.cancel(3);
  CHECK(calendar.empty());
  calendar.schedule(16, kStart + SimDuration{9});
  calendar.cancel(3);
  CHECK(calendar.next_slot() == 16);
  calendar.cancel(16);
  CHECK(calendar.empty());
  CHECK_FALSE(calendar.pending(16));
}

TEST_CASE("a calendar of no slots, and a default one, has one") {
  for (Calendar calendar : {Calendar{}, Calendar{0}}) {
    CHECK(calendar.empty());
    calendar.schedule(0, kEnd);
    CHECK(calendar.next_time() == kEnd);
  }
}

}  // namespace
}  // namespace callmill
