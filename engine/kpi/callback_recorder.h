#pragma once
// The recorder's books on callbacks, by queue and by the interval of the call that asked for one.

#include <cstdint>
#include <vector>

#include "engine/blueprint/blueprint.h"
#include "engine/centre/call.h"
#include "engine/kpi/counts.h"

namespace callmill {

class CallbackRecorder {
 public:
  // Holds nothing where no queue offers callbacks.
  explicit CallbackRecorder(const Blueprint& plan)
      : intervals_{plan.intervals},
        cells_(plan.calls_back ? plan.queues.size() * plan.intervals : 0) {}

  void reset() {
    for (Cell<CallbackCount>& cell : cells_) cell.fill(0);
  }
  void count(const Call& call, CallbackCount count) { ++at_call(call)[at(count)]; }
  void made(const Call& call, SimDuration since) {
    Cell<CallbackCount>& cell = at_call(call);
    ++cell[at(CallbackCount::kMade)];
    cell[at(CallbackCount::kMadeAgain)] += has(call, Mark::kTransferred) ? 1 : 0;
    cell[at(CallbackCount::kTime)] += since.count();
  }
  const Cell<CallbackCount>& cell(std::uint32_t queue, std::uint32_t interval) const {
    return cells_[std::size_t{queue} * intervals_ + interval];
  }

 private:
  Cell<CallbackCount>& at_call(const Call& call) {
    return cells_[std::size_t{call.queue} * intervals_ + call.interval];
  }
  std::uint32_t intervals_;
  std::vector<Cell<CallbackCount>> cells_;
};

}  // namespace callmill
