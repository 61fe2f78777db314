#pragma once
// What is counted of callers, not of their attempts: each caller once, when the story ends, or the
// run, in the interval of the first attempt. Recorded only where callers' stories are kept
// (Blueprint::tracks_callers).

#include <vector>

#include "engine/centre/observer.h"
#include "engine/kpi/counts.h"

namespace callmill {

// Per (caller type, interval of the first attempt). Times in µs while recorded, in seconds once
// exported.
enum class CallerCount : std::uint8_t {
  kCallers,   // all of them
  kResolved,  // by CallerEnd, in that order
  kUnresolved,
  kGaveUp,
  kLeftMenu,
  kAnotherDay,
  kLeftMessage,
  kOpen,
  kServed,    // answered or self-served at least once
  kAttempts,  // of these callers, by call or chat
  kContacts,
  kTimeToAnswer,  // of the served, from the first ring to the first answer
  kSize
};

class CallerBook {
 public:
  explicit CallerBook(const Blueprint& plan) : days_{&plan.days}, intervals_{plan.intervals} {
    if (plan.tracks_callers) cells_.resize(plan.types.size() * plan.intervals);
  }
  void follow(const Blueprint& plan) { days_ = &plan.days; }
  void reset() {
    for (auto& cell : cells_) cell.fill(0);
  }
  void caller_ended(std::uint16_t type, const Story& story, std::uint32_t attempts, CallerEnd end) {
    const std::uint32_t first = days_->interval_at(story.began);
    Cell<CallerCount>& cell = cells_[std::size_t{type} * intervals_ + first];
    ++cell[at(CallerCount::kCallers)];
    ++cell[at(CallerCount::kResolved) + static_cast<std::size_t>(end)];
    cell[at(CallerCount::kAttempts)] += attempts;
    cell[at(CallerCount::kContacts)] += story.contacts;
    if (story.contacts == 0) return;
    ++cell[at(CallerCount::kServed)];
    cell[at(CallerCount::kTimeToAnswer)] += (story.reached - story.began).count();
  }
  const Cell<CallerCount>& cell(std::uint32_t type, std::uint32_t interval) const {
    return cells_[std::size_t{type} * intervals_ + interval];
  }

 private:
  const Horizon* days_;
  std::uint32_t intervals_;
  std::vector<Cell<CallerCount>> cells_;
};

}  // namespace callmill
