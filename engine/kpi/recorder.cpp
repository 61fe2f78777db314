#include "engine/kpi/recorder.h"

namespace callmill {

Recorder::Recorder(const Blueprint& plan)
    : plan_{&plan},
      places_{plan.queues.size() + 1},
      calls_(plan.types.size() * places_ * plan.intervals),
      agents_(plan.groups.size() * plan.intervals),
      lines_((plan.first_line.size() - 1) * plan.intervals),
      agents_now_(plan.groups.size()),
      lines_now_(plan.first_line.size() - 1),
      in_state_(plan.groups.size()),
      lines_in_use_(plan.first_line.size() - 1),
      lines_in_service_(plan.first_line.size() - 1),
      people_{plan},
      callbacks_{plan},
      campaigns_{plan},
      waits_(plan.queues.size()),
      callers_{plan},
      contacts_{plan},
      floor_{plan},
      messages_{plan},
      chats_{plan},
      chats_at_agents_(plan.groups.size()) {
  reset();
}

void Recorder::follow(const Blueprint& plan) {
  plan_ = &plan;
  people_.follow(plan);
  campaigns_.follow(plan);
  callers_.follow(plan);
  floor_.follow(plan);
  messages_.follow(plan);
}

void Recorder::reset() {
  began_ = false;
  people_.reset();
  interval_ = 0;
  interval_end_ = kStart;
  for (auto& cell : calls_) cell.fill(0);
  for (auto& cell : agents_) cell.fill(0);
  for (auto& cell : lines_) cell.fill(0);
  for (auto& cell : agents_now_) cell.fill(0);
  for (auto& cell : lines_now_) cell.fill(0);
  for (std::size_t g = 0; g < plan_->groups.size(); ++g) {
    in_state_[g].fill(0);
    in_state_[g][static_cast<std::size_t>(AgentState::kOff)] = plan_->groups[g].agents;
  }
  std::fill(lines_in_use_.begin(), lines_in_use_.end(), 0u);
  for (std::size_t t = 0; t < lines_in_service_.size(); ++t)
    lines_in_service_[t] = plan_->first_line[t + 1] - plan_->first_line[t] - plan_->spare_lines[t];
  callbacks_.reset();
  campaigns_.reset();
  for (WaitHistogram& waits : waits_) waits.clear();
  callers_.reset();
  floor_.reset();
  contacts_.reset();
  messages_.reset();
  chats_.reset();
  std::fill(chats_at_agents_.begin(), chats_at_agents_.end(), 0u);
}

void Recorder::interval_began(std::uint32_t interval) {
  if (interval == plan_->intervals && plan_->tracks_people) people_.close();
  if (interval == plan_->intervals && plan_->has_chats) count_open_chats();
  if (began_ && interval_ < plan_->intervals) {
    for (std::size_t g = 0; g < agents_now_.size(); ++g)
      agents_[g * plan_->intervals + interval_] = agents_now_[g];
    for (std::size_t t = 0; t < lines_now_.size(); ++t)
      lines_[t * plan_->intervals + interval_] = lines_now_[t];
  }
  messages_.interval_began(interval);
  began_ = true;
  interval_ = interval;
  floor_.interval_began(interval);
  const bool open = interval < plan_->intervals;
  interval_end_ = open ? plan_->days.begin_of(interval) + plan_->interval : SimTime{};
  const std::int64_t length = open ? plan_->interval.count() : 0;
  for (std::uint32_t g = 0; g < agents_now_.size(); ++g) begin_agents(g, length);
  for (std::uint32_t t = 0; t < lines_now_.size(); ++t) begin_lines(t, length);
}

// At closing: who has come and is neither gone nor done with. O(cells), once a day.
void Recorder::count_open_chats() {
  for (std::uint32_t type = 0; type < plan_->caller_types; ++type) {
    if (plan_->types[type].channel != Channel::kChat) continue;
    std::int64_t open = 0;
    for (std::uint32_t i = 0; i < plan_->intervals; ++i) {
      for (std::uint32_t queue = 0; queue <= queues(); ++queue) {
        const Cell<CallCount>& cell = calls(type, queue, i);
        open += cell[at(CallCount::kAttempts)] - cell[at(CallCount::kBlocked)] -
                cell[at(CallCount::kAbandoned)] - cell[at(CallCount::kDisconnected)];
      }
      open -= chats_.cell(type, i).over;
    }
    chats_.of(type, interval_).open_at_close += open;
  }
}

Cell<AgentCount> Recorder::agents_until(std::uint32_t group, SimTime t) const {
  Cell<AgentCount> cell = agents_now_[group];
  if (interval_ >= plan_->intervals) return cell;
  const std::int64_t rest = rest_of_interval(t);
  for (std::size_t s = 0; s < kAgentStates; ++s) cell[s] -= in_state_[group][s] * rest;
  cell[at(AgentCount::kChatTime)] -= chats_at_agents_[group] * rest;
  cell[at(AgentCount::kElapsed)] -= rest;
  return cell;
}

Cell<LineCount> Recorder::lines_until(std::uint32_t trunks, SimTime t) const {
  Cell<LineCount> cell = lines_now_[trunks];
  if (interval_ >= plan_->intervals) return cell;
  const std::int64_t rest = rest_of_interval(t);
  cell[at(LineCount::kBusy)] -= lines_in_use_[trunks] * rest;
  cell[at(LineCount::kLineTime)] -= lines_in_service_[trunks] * rest;
  cell[at(LineCount::kElapsed)] -= rest;
  return cell;
}

// Whoever is in a state now will be to the interval's end, until an event says otherwise.
void Recorder::begin_agents(std::uint32_t group, std::int64_t length) {
  Cell<AgentCount>& cell = agents_now_[group];
  cell.fill(0);
  for (std::size_t s = 0; s < kAgentStates; ++s) cell[s] = in_state_[group][s] * length;
  cell[at(AgentCount::kChatTime)] = chats_at_agents_[group] * length;
  cell[at(AgentCount::kElapsed)] = length;
}

void Recorder::begin_lines(std::uint32_t trunks, std::int64_t length) {
  Cell<LineCount>& cell = lines_now_[trunks];
  cell.fill(0);
  cell[at(LineCount::kBusy)] = lines_in_use_[trunks] * length;
  cell[at(LineCount::kLineTime)] = lines_in_service_[trunks] * length;
  cell[at(LineCount::kElapsed)] = length;
  cell[at(LineCount::kPeak)] = lines_in_use_[trunks];
}

}  // namespace callmill
