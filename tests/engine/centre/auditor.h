#pragma once
// An observer that keeps its own books, the plain way, and checks each choice of the router by
// brute force.

#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <tuple>
#include <vector>

#include "engine/centre/observer.h"

namespace callmill::test {

class Auditor : public Observer {
 public:
  struct Books {
    std::int64_t attempts = 0, blocked = 0, menu_hang_ups = 0, self_served = 0, offered = 0;
    std::int64_t answered = 0, abandoned = 0, redials_planned = 0, retries = 0;
    SimDuration waits{};       // of answered and abandoned
    SimDuration talk{};        // promised at the answer
    SimDuration queue_area{};  // integral of the number waiting
    SimDuration talk_area{};   // integral of the number of talking agents
  };

  Auditor(const Blueprint& plan, const Centre& centre)
      : plan_{plan},
        centre_{centre},
        state_time_(plan.groups.size()),
        in_state_(plan.groups.size()),
        line_time_(plan.first_line.size() - 1),
        lines_(plan.first_line.size() - 1) {
    for (std::size_t g = 0; g < plan.groups.size(); ++g) in_state_[g][0] = plan.groups[g].agents;
  }

  const Books& books() const { return books_; }
  // Integrals up to the close of the day.
  SimDuration state_time(std::size_t group, AgentState s) const {
    return state_time_[group][static_cast<std::size_t>(s)];
  }
  SimDuration line_time(std::size_t trunks) const { return line_time_[trunks]; }
  // Brings the integrals to `t`; call at the end of the run.
  void finish(SimTime t) { pass(t); }

  void event(SimTime t, Calendar::Slot slot) {
    pass(t);
    by_agent_ = slot >= plan_.agent_slot(0) && slot < plan_.line_slot(0);
    by_duty_ = slot == plan_.duty_slot();
  }
  void attempted(std::uint16_t, std::uint32_t, std::uint16_t attempt, std::uint32_t) {
    ++books_.attempts;
    books_.retries += attempt > 0 ? 1 : 0;
  }
  void blocked(std::uint16_t, std::uint32_t, std::uint32_t trunks) {
    ++books_.blocked;
    const std::int64_t all = plan_.first_line[trunks + 1] - plan_.first_line[trunks];
    CHECK(lines_[trunks] == all);
  }
  void line_seized(std::uint32_t trunks, std::uint32_t in_use, SimTime) {
    CHECK(++lines_[trunks] == in_use);
  }
  void line_released(std::uint32_t trunks, SimTime) { --lines_[trunks]; }
  void hung_up_in_menu(const Call&) { ++books_.menu_hang_ups; }
  void self_served(const Call&) { ++books_.self_served; }
  void offered(const Call&) {
    ++books_.offered;
    ++waiting_;
  }
  void answered(const Call& call, std::uint32_t group, SimDuration wait, SimDuration talk) {
    ++books_.answered;
    --waiting_;
    books_.waits += wait;
    books_.talk += talk;
    if (by_agent_ || by_duty_)
      check_agents_choice(call, group);
    else
      check_calls_choice(call, group);
  }
  void abandoned(const Call&, SimDuration wait) {
    ++books_.abandoned;
    --waiting_;
    books_.waits += wait;
  }
  void agent_moved(std::uint32_t group, AgentState from, AgentState to, SimTime) {
    CHECK((from != to || from == AgentState::kTalk));  // straight to the next caller
    --in_state_[group][static_cast<std::size_t>(from)];
    ++in_state_[group][static_cast<std::size_t>(to)];
  }
  void redial_planned(std::uint16_t, SimTime) { ++books_.redials_planned; }

  // No agent idles while a call waits that the agent may take; lists are in order; nobody waits
  // past the end of patience. Call between events.
  void check_waiting() const {
    for (const Call& call : centre_.calls) {
      if (call.state != CallState::kWaiting) continue;
      CHECK(call.gives_up > centre_.now);
      const QueuePlan& queue = plan_.queues[call.queue];
      for (std::size_t i = 0; i < queue.route_group.size(); ++i)
        if (queue.route_after[i] <= centre_.now - call.joined)
          CHECK(centre_.idle[queue.route_group[i]].size == 0);
    }
    for (const FifoList& list : centre_.waiting) {
      SimTime last = kStart;
      for (std::uint32_t i = list.head; i != kNobody; i = centre_.calls[i].next) {
        CHECK(centre_.calls[i].joined >= last);
        last = centre_.calls[i].joined;
      }
    }
  }

 private:
  static constexpr std::size_t kNoRank = std::numeric_limits<std::size_t>::max();

  void pass(SimTime t) {
    const SimDuration all = t - at_;
    books_.queue_area += all * waiting_;
    const SimTime close = kStart + plan_.horizon;
    const SimDuration open = std::min(t, close) - std::min(at_, close);
    for (std::size_t g = 0; g < in_state_.size(); ++g) {
      books_.talk_area += all * in_state_[g][static_cast<std::size_t>(AgentState::kTalk)];
      for (std::size_t s = 0; s < kAgentStates; ++s) state_time_[g][s] += open * in_state_[g][s];
    }
    for (std::size_t k = 0; k < lines_.size(); ++k) line_time_[k] += open * lines_[k];
    at_ = t;
  }

  // Where the group looks for this call: rank, then the moment it joined. Large when it may not.
  std::tuple<std::size_t, SimTime> preference(const Call& call, std::uint32_t group) const {
    const std::uint32_t list =
        call.queue * plan_.priority_classes + plan_.types[call.type].priority_class;
    std::size_t rank = 0;
    for (const Source& source : plan_.groups[group].sources) {
      if (source.wait_list == list && centre_.now - call.joined >= source.after)
        return {rank, call.joined};
      rank += source.last_of_rank ? 1u : 0u;
    }
    return {kNoRank, SimTime::max()};
  }
  // An agent who became free has taken `taken`: no other call comes before it.
  void check_agents_choice(const Call& taken, std::uint32_t group) const {
    const auto best = preference(taken, group);
    CHECK(std::get<0>(best) < kNoRank);
    for (const Call& call : centre_.calls)
      if (call.state == CallState::kWaiting && preference(call, group) < best)
        FAIL_CHECK("an agent passes over a call that comes first");
  }
  // The call has found an idle agent: no earlier group of its route is open to it and has one.
  void check_calls_choice(const Call& call, std::uint32_t group) const {
    const QueuePlan& queue = plan_.queues[call.queue];
    bool found = false;
    for (std::size_t i = 0; i < queue.route_group.size() && !found; ++i) {
      if (queue.route_after[i] > centre_.now - call.joined) break;
      found = queue.route_group[i] == group;
      if (!found) CHECK(centre_.idle[queue.route_group[i]].size == 0);
    }
    CHECK(found);
  }

  const Blueprint& plan_;
  const Centre& centre_;
  Books books_;
  SimTime at_;
  std::int64_t waiting_ = 0;
  bool by_agent_ = false, by_duty_ = false;
  std::vector<std::array<SimDuration, kAgentStates>> state_time_;
  std::vector<std::array<std::int64_t, kAgentStates>> in_state_;
  std::vector<SimDuration> line_time_;
  std::vector<std::int64_t> lines_;
};

}  // namespace callmill::test
