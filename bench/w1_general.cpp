// W1 as an event loop on callmill::Calendar that could serve other models too: a slot for the
// arrivals, one for each agent, one for each waiting place; abandonments are scheduled and truly
// cancelled.

#include <array>
#include <cstdint>
#include <numeric>

#include "bench/fast_exponential.h"
#include "bench/w1_yardsticks.h"
#include "engine/calendar/calendar.h"

namespace callmill::bench {
namespace {

using Slot = Calendar::Slot;
constexpr Slot kAgents = kW1Agents;
constexpr Slot kPlaces = kW1Lines - kW1Agents;
constexpr Slot kFirstPlace = kAgents;
constexpr Slot kArrivals = kAgents + kPlaces;  // also the anchor of the queue's ring of links

class GeneralCentre {
 public:
  explicit GeneralCentre(std::uint64_t seed) : random_{seed} {
    std::iota(idle_.begin(), idle_.end(), Slot{0});
    std::iota(free_.begin(), free_.end(), kFirstPlace);
    link_[kArrivals] = {kStart, kArrivals, kArrivals};
    calendar_.schedule(kArrivals, kStart + draw(gap_));
  }

  W1Result run(std::int64_t calls) {
    const std::int64_t last = calls + kW1WarmUpCalls;
    while (offered_ < last) {
      const Slot slot = calendar_.next_slot();
      now_ = calendar_.next_time();
      if (slot == kArrivals)
        arrive();
      else if (slot < kFirstPlace)
        end_talk(slot);
      else
        abandon(slot);
    }
    result_.offered = calls;
    result_.wait_served_s = to_seconds(wait_served_);
    return result_;
  }

 private:
  struct Link {
    SimTime since;
    Slot next, previous;
  };

  SimDuration draw(const FastExponential& law) {
    return SimDuration{static_cast<std::int64_t>(law(random_))};
  }

  void arrive() {
    if (offered_++ == kW1WarmUpCalls) {
      result_ = {};
      wait_served_ = {};
    }
    calendar_.schedule(kArrivals, now_ + draw(gap_));
    if (idle_count_ > 0) {
      serve(idle_[--idle_count_], SimDuration{0});
    } else if (free_count_ > 0) {
      const Slot place = free_[--free_count_];
      const Slot last = link_[kArrivals].previous;
      link_[place] = {now_, kArrivals, last};
      link_[last].next = place;
      link_[kArrivals].previous = place;
      calendar_.schedule(place, now_ + draw(patience_));
    } else {
      ++result_.blocked;
    }
  }

  void serve(Slot agent, SimDuration wait) {
    ++result_.served;
    result_.answered_within += wait <= kWithin ? 1 : 0;
    wait_served_ += wait;
    calendar_.schedule(agent, now_ + draw(talk_));
  }

  void end_talk(Slot agent) {
    const Slot first = link_[kArrivals].next;
    if (first == kArrivals) {
      calendar_.cancel(agent);
      idle_[idle_count_++] = agent;
      return;
    }
    leave_queue(first);
    serve(agent, now_ - link_[first].since);
  }

  void abandon(Slot place) {
    ++result_.abandoned;
    leave_queue(place);
  }

  void leave_queue(Slot place) {
    const Link link = link_[place];
    link_[link.previous].next = link.next;
    link_[link.next].previous = link.previous;
    free_[free_count_++] = place;
    calendar_.cancel(place);
  }

  static constexpr SimDuration kWithin{static_cast<std::int64_t>(kW1AnswerWithinS * 1e6)};

  FastRandom random_;
  FastExponential gap_{kW1ArrivalGapS}, talk_{kW1TalkS}, patience_{kW1PatienceS};
  Calendar calendar_{kArrivals + 1};
  std::array<Slot, kAgents> idle_;
  std::array<Slot, kPlaces> free_;
  std::array<Link, kArrivals + 1> link_;
  std::uint32_t idle_count_ = kAgents, free_count_ = kPlaces;
  SimTime now_ = kStart;
  SimDuration wait_served_{0};
  std::int64_t offered_ = 0;
  W1Result result_;
};

}  // namespace

W1Result general_w1(std::int64_t calls, std::uint64_t seed) {
  return GeneralCentre{seed}.run(calls);
}

}  // namespace callmill::bench
