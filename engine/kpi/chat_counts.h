#pragma once
// What is counted of chats beside what is counted of every contact of a queue. Recorded only where
// there are some (Blueprint::has_chats).

#include <vector>

#include "engine/centre/observer.h"
#include "engine/kpi/counts.h"

namespace callmill {

// Per (caller type, interval in which the chat came; kOpenAtClose: the last of the day). Times in
// seconds.
enum class ChatCount : std::uint8_t {
  kCame,
  kAnswered,
  kAnsweredWithin,
  kAbandoned,
  kWait,  // for the first reply, of those answered
  kOver,
  kTime,  // from the first reply to the end, of those over
  kOpenAtClose,
  kSize
};

// The last three; the rest is in the counts of calls.
class ChatBook {
 public:
  struct Counts {
    std::int64_t over = 0, time_us = 0, open_at_close = 0;
  };
  explicit ChatBook(const Blueprint& plan) : intervals_{plan.intervals} {
    if (plan.has_chats) cells_.resize(plan.types.size() * plan.intervals);
  }
  void reset() { std::fill(cells_.begin(), cells_.end(), Counts{}); }
  void over(const Call& call, SimDuration time) {
    Counts& cell = of(call.type, call.interval);
    ++cell.over;
    cell.time_us += time.count();
  }
  Counts& of(std::uint32_t type, std::uint32_t interval) {
    return cells_[std::size_t{type} * intervals_ + interval];
  }
  const Counts& cell(std::uint32_t type, std::uint32_t interval) const {
    return cells_[std::size_t{type} * intervals_ + interval];
  }

 private:
  std::uint32_t intervals_;
  std::vector<Counts> cells_;
};

}  // namespace callmill
