// W1 by hand. One winner tree over the agents, whose keys are (µs when the agent is free, agent);
// calls wait in a ring.
//
// Two facts about W1 make it fast. An agent needs no event of its own: the tree says who is free
// first, and whether that is in the past is asked when a call needs an agent. A waiting caller
// needs no timer: whether patience ended first is seen when the caller is reached. The lines keep
// count exact all the same: the ring holds at least all who wait, so only when it is full must
// those who have given up be told from those who wait.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "bench/fast_exponential.h"
#include "bench/w1_yardsticks.h"

namespace callmill::bench {
namespace {

constexpr std::uint64_t kAgentBits = 9;
constexpr std::uint64_t kAgentMask = (std::uint64_t{1} << kAgentBits) - 1;
constexpr std::uint64_t kWithinUs = static_cast<std::uint64_t>(kW1AnswerWithinS * 1e6);
constexpr std::uint32_t kPlaces = kW1Lines - kW1Agents;
static_assert(kW1Agents <= 1 << kAgentBits);

// All agents always have a key, so the winner is always replaced, never removed.
class AgentTree {
 public:
  AgentTree() {
    key_.fill(~std::uint64_t{0});
    for (std::uint64_t agent = 0; agent < kW1Agents; ++agent) replace(agent);
  }
  std::uint64_t first() const { return key_[1]; }

  void replace(std::uint64_t key) {
    std::size_t i = kLeaves + (key & kAgentMask);
    key_[i] = key;
    while (i > 1) {  // 9 levels, unrolled by the compiler
      const std::uint64_t sibling = key_[i ^ 1];
      key = sibling < key ? sibling : key;
      i >>= 1;
      key_[i] = key;
    }
  }

 private:
  static constexpr std::size_t kLeaves = std::size_t{1} << kAgentBits;
  alignas(64) std::array<std::uint64_t, 2 * kLeaves> key_;
};

struct Waiting {
  std::uint64_t since_us;
  std::uint64_t until_us;
};

// First in, first out, with room for every waiting place; indices run on and are masked.
class Ring {
 public:
  bool empty() const { return head_ == tail_; }
  bool full() const { return tail_ - head_ >= kPlaces; }
  const Waiting& front() const { return at_[head_ & kMask]; }
  void pop() { ++head_; }
  void push(Waiting waiting) { at_[tail_++ & kMask] = waiting; }
  // Keeps the order; returns how many left.
  std::uint32_t drop_gone(std::uint64_t now) {
    std::uint32_t kept = head_;
    for (std::uint32_t i = head_; i != tail_; ++i)
      if (at_[i & kMask].until_us > now) at_[kept++ & kMask] = at_[i & kMask];
    const std::uint32_t gone = tail_ - kept;
    tail_ = kept;
    return gone;
  }

 private:
  static constexpr std::uint32_t kMask = 31;
  static_assert(kPlaces <= kMask + 1);
  std::uint32_t head_ = 0, tail_ = 0;
  std::array<Waiting, kMask + 1> at_{};
};

// Counts kept in integers, cleared when the warm-up ends.
struct Counts {
  std::int64_t blocked = 0, abandoned = 0, served = 0, answered_within = 0;
  std::uint64_t wait_us = 0;

  void serve_after(std::uint64_t wait) {
    ++served;
    answered_within += wait <= kWithinUs ? 1 : 0;
    wait_us += wait;
  }
  W1Result result(std::int64_t calls) const {
    return {calls,  blocked,         abandoned,
            served, answered_within, static_cast<double>(wait_us) * 1e-6};
  }
};

struct Laws {
  FastExponential gap{kW1ArrivalGapS}, talk{kW1TalkS}, patience{kW1PatienceS};
};

}  // namespace

W1Result specialised_w1(std::int64_t calls, std::uint64_t seed) {
  FastRandom random{seed};
  const Laws laws;
  AgentTree agents;
  Ring ring;
  Counts counts;
  std::uint64_t now = 0;
  for (std::int64_t call = -kW1WarmUpCalls; call < calls; ++call) {
    if (call == 0) counts = {};
    now += laws.gap(random);
    // Agents who came free since the last arrival take the next caller who still waits.
    while (!ring.empty() && (agents.first() >> kAgentBits) <= now) {
      const std::uint64_t key = agents.first();
      const std::uint64_t free_at = key >> kAgentBits;
      const Waiting next = ring.front();
      ring.pop();
      if (next.until_us <= free_at) {
        ++counts.abandoned;
        continue;
      }
      counts.serve_after(free_at - next.since_us);
      agents.replace(key + (laws.talk(random) << kAgentBits));
    }
    const std::uint64_t key = agents.first();
    if ((key >> kAgentBits) <= now) {
      counts.serve_after(0);
      agents.replace(((now + laws.talk(random)) << kAgentBits) | (key & kAgentMask));
      continue;
    }
    if (ring.full()) [[unlikely]] {
      counts.abandoned += ring.drop_gone(now);
      if (ring.full()) {
        ++counts.blocked;
        continue;
      }
    }
    ring.push({now, now + laws.patience(random)});
  }
  return counts.result(calls);
}

W1Result recursion_w1(std::int64_t calls, std::uint64_t seed) {
  FastRandom random{seed};
  const Laws laws;
  AgentTree agents;
  Ring ring;  // here until_us is when the wait ends, whichever way
  Counts counts;
  std::uint64_t now = 0;
  for (std::int64_t call = -kW1WarmUpCalls; call < calls; ++call) {
    if (call == 0) counts = {};
    now += laws.gap(random);
    const std::uint64_t key = agents.first();
    const std::uint64_t free_at = key >> kAgentBits;
    std::uint64_t start = now;
    if (free_at > now) {  // every agent is taken until free_at, also by those who wait already
      if (ring.full()) [[unlikely]] {
        ring.drop_gone(now);
        if (ring.full()) {
          ++counts.blocked;
          continue;
        }
      }
      const std::uint64_t patience_ends = now + laws.patience(random);
      ring.push({now, std::min(free_at, patience_ends)});
      if (patience_ends <= free_at) {
        ++counts.abandoned;
        continue;
      }
      start = free_at;
    }
    counts.serve_after(start - now);
    agents.replace(((start + laws.talk(random)) << kAgentBits) | (key & kAgentMask));
  }
  return counts.result(calls);
}

}  // namespace callmill::bench
