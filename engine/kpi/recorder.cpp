#include "engine/kpi/recorder.h"

namespace callmill {

Recorder::Recorder(const Blueprint& plan)
    : plan_{plan},
      calls_(plan.types.size() * (plan.queues.size() + 1) * plan.intervals),
      agents_(plan.groups.size() * (plan.intervals + 1)),
      lines_((plan.first_line.size() - 1) * (plan.intervals + 1)),
      in_state_(plan.groups.size()),
      lines_in_use_(plan.first_line.size() - 1),
      waits_(plan.queues.size()) {
  reset();
}

void Recorder::reset() {
  interval_ = 0;
  interval_end_ = kStart;
  for (auto& cell : calls_) cell.fill(0);
  for (auto& cell : agents_) cell.fill(0);
  for (auto& cell : lines_) cell.fill(0);
  for (std::size_t g = 0; g < plan_.groups.size(); ++g) {
    in_state_[g].fill(0);
    in_state_[g][static_cast<std::size_t>(AgentState::kOff)] = plan_.groups[g].agents;
  }
  std::fill(lines_in_use_.begin(), lines_in_use_.end(), 0u);
  for (WaitHistogram& waits : waits_) waits.clear();
}

void Recorder::interval_began(std::uint32_t interval) {
  interval_ = interval;
  const SimTime begin = kStart + plan_.interval * static_cast<std::int64_t>(interval);
  interval_end_ = interval < plan_.intervals ? begin + plan_.interval : begin;
  const std::int64_t length = (interval_end_ - begin).count();
  for (std::uint32_t g = 0; g < plan_.groups.size(); ++g) {
    Cell<AgentCount>& cell = agents_[agent_index(g)];
    for (std::size_t s = 0; s < kAgentStates; ++s) cell[s] += in_state_[g][s] * length;
    cell[at(AgentCount::kElapsed)] = length;
  }
  for (std::uint32_t t = 0; t < lines_in_use_.size(); ++t) {
    Cell<LineCount>& cell = lines_[line_index(t)];
    cell[at(LineCount::kBusy)] += lines_in_use_[t] * length;
    cell[at(LineCount::kLineTime)] = (plan_.first_line[t + 1] - plan_.first_line[t]) * length;
    cell[at(LineCount::kPeak)] = lines_in_use_[t];
  }
}

}  // namespace callmill
