#pragma once
// What is counted of deferred work. Recorded only where there is some (Blueprint::has_messages).
// Numbers and times to the end belong to the interval in which the message came, the backlog to the
// interval in which the time passed. Nights are in the age and the time to done; the mean backlog
// is over open hours.

#include <vector>

#include "engine/centre/observer.h"
#include "engine/kpi/counts.h"

namespace callmill {

// Per (caller type, interval). Times in seconds.
enum class MessageCount : std::uint8_t {
  kCame,
  kDone,
  kDue,         // of those that came, those whose deadline lies within the run
  kDoneInTime,  // of kDue
  kTimeToDone,
  kOpenTime,  // integral of the number open
  kAgeTime,   // integral of the sum of their ages
  kElapsed,
  kSize
};

class MessageBook {
 public:
  explicit MessageBook(const Blueprint& plan) : plan_{&plan} {
    if (plan.has_messages) cells_.resize(plan.types.size() * plan.intervals);
    open_.resize(plan.types.size());
  }
  void follow(const Blueprint& plan) { plan_ = &plan; }
  void reset() {
    for (auto& cell : cells_) cell.fill(0);
    for (Open& open : open_) open = Open{};
    interval_ = plan_->intervals;
    since_ = kStart;
  }
  void interval_began(std::uint32_t interval) {
    if (cells_.empty()) return;
    if (interval_ < plan_->intervals) pass(plan_->days.begin_of(interval_) + plan_->interval);
    interval_ = interval;
    if (interval < plan_->intervals) since_ = plan_->days.begin_of(interval);
  }
  void came(const Call& call, SimTime due, SimTime now) {
    pass(now);
    Open& open = open_[call.type];
    ++open.number;
    open.arrived_s += seconds(call.arrived);
    auto& cell = of(call);
    ++cell[at(MessageCount::kCame)];
    if (within_run(due)) ++cell[at(MessageCount::kDue)];
  }
  void done(const Call& call, SimTime due, SimTime now) {
    pass(now);
    Open& open = open_[call.type];
    --open.number;
    open.arrived_s -= seconds(call.arrived);
    auto& cell = of(call);
    ++cell[at(MessageCount::kDone)];
    cell[at(MessageCount::kTimeToDone)] += to_seconds(now - call.arrived);
    if (within_run(due) && now <= due) ++cell[at(MessageCount::kDoneInTime)];
  }
  using Counts = std::array<double, kWidth<MessageCount>>;
  const Counts& cell(std::uint32_t type, std::uint32_t interval) const {
    return cells_[std::size_t{type} * plan_->intervals + interval];
  }

 private:
  struct Open {
    double number = 0, arrived_s = 0;  // sum of the moments of arrival
  };
  static double seconds(SimTime t) { return to_seconds(t.time_since_epoch()); }
  bool within_run(SimTime due) const { return due <= kStart + plan_->horizon; }
  Counts& of(const Call& call) {
    return cells_[std::size_t{call.type} * plan_->intervals + call.interval];
  }
  // Brings the integrals of the interval to `t`.
  void pass(SimTime t) {
    if (interval_ >= plan_->intervals || t <= since_) return;
    const double from = seconds(since_), to = seconds(t), length = to - from;
    for (std::size_t type = 0; type < open_.size(); ++type) {
      Counts& cell = cells_[type * plan_->intervals + interval_];
      cell[at(MessageCount::kElapsed)] += length;
      cell[at(MessageCount::kOpenTime)] += open_[type].number * length;
      cell[at(MessageCount::kAgeTime)] +=
          length * (open_[type].number * (from + to) / 2 - open_[type].arrived_s);
    }
    since_ = t;
  }

  const Blueprint* plan_;
  std::uint32_t interval_ = 0;
  SimTime since_;
  std::vector<Counts> cells_;
  std::vector<Open> open_;  // by type
};

}  // namespace callmill
