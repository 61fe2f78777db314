#pragma once
// An observer that keeps its own books, the plain way, and checks each choice of the router by
// brute force.

#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <set>
#include <vector>

#include "engine/centre/observer.h"

namespace callmill::test {

class Auditor : public Observer {
 public:
  struct Books {
    std::int64_t attempts = 0, blocked = 0, refused = 0, menu_hang_ups = 0, self_served = 0,
                 offered = 0;
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
        lines_(plan.first_line.size() - 1),
        agents_(centre.agents.size()) {
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

  void event(SimTime t, Calendar::Slot) {
    look_at_agents(last_event_);
    last_event_ = t;
    pass(t);
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
  void refused(const Call& call) {
    ++books_.refused;
    std::uint32_t here = 0, all = 0;
    for (const Call& other : centre_.calls) {
      if (other.state != CallState::kWaiting || &other == &call) continue;
      ++all;
      here += other.queue == call.queue ? 1u : 0u;
    }
    CHECK((here >= plan_.queues[call.queue].capacity || all >= plan_.max_waiting));
  }
  void offered(const Call&) {
    ++books_.offered;
    ++waiting_;
  }
  void answered(const Call& call, std::uint32_t group, SimDuration wait, SimDuration talk) {
    ++books_.answered;
    --waiting_;
    books_.waits += wait;
    books_.talk += talk;
    const auto line = static_cast<std::uint32_t>(&call - centre_.calls.data());
    const std::uint32_t agent = agent_of(line, group);
    if (plan_.asks_agents && centre_.files[line].held_for == agent)
      CHECK(centre_.now <= centre_.files[line].held_until);
    else if (came_from_ == AgentState::kAvailable)
      check_calls_choice(call, group, agent);
    else
      check_agents_choice(call, group, agent);
    ++agents_[agent].contacts;
  }
  void abandoned(const Call&, SimDuration wait) {
    ++books_.abandoned;
    --waiting_;
    books_.waits += wait;
  }
  void agent_moved(std::uint32_t group, AgentState from, AgentState to, SimTime) {
    CHECK((from != to || from == AgentState::kTalk ||  // straight to the next caller
           from == AgentState::kRinging || from == AgentState::kAux));
    came_from_ = from;
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
      if (has(call, Mark::kHeld)) continue;
      const QueuePlan& queue = plan_.queues[call.queue];
      for (std::size_t i = 0; i < queue.route_group.size(); ++i)
        if (queue.route_after[i] <= centre_.now - call.joined && !is_once(call.queue, i) &&
            (!queue.special || queue.rules[i].when.empty()))  // those are asked now and then
          CHECK_FALSE(may_take(call.queue, i, idle_in(queue.route_group[i]), waiting_now()));
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

  // ---- counted anew from the agents and calls themselves
  std::int64_t idle_in(std::uint32_t group) const {
    std::int64_t idle = 0;
    for (std::uint32_t a = 0; a < centre_.agents.size(); ++a)
      idle += centre_.agents[a].group == group && centre_.agents[a].state == AgentState::kAvailable;
    return idle;
  }
  std::int64_t waiting_in(std::uint32_t queue) const {
    std::int64_t waiting = 0;
    for (const Call& call : centre_.calls)
      waiting +=
          call.state == CallState::kWaiting && call.queue == queue && !has(call, Mark::kHeld);
    return waiting;
  }
  std::uint32_t agent_of(std::uint32_t line, std::uint32_t group) const {
    for (std::uint32_t a = 0; a < centre_.agents.size(); ++a)
      if (centre_.agents[a].state == AgentState::kTalk && centre_.agents[a].line == line) {
        CHECK(centre_.agents[a].group == group);
        return a;
      }
    FAIL("an answered call has no agent");
    return kNobody;
  }
  // What changed in an event, changed at its time.
  void look_at_agents(SimTime t) {
    for (std::uint32_t a = 0; a < agents_.size(); ++a) {
      Known& known = agents_[a];
      const AgentState state = centre_.agents[a].state;
      const SimDuration spent = t - known.until;
      if (known.state == AgentState::kTalk || known.state == AgentState::kDialling ||
          known.state == AgentState::kWrap)
        known.occupied += spent;
      if (known.state != AgentState::kOff) known.signed_in += spent;
      known.until = t;
      if (state == known.state) continue;
      known.state = state;
      known.since = t;
      if (state == AgentState::kAvailable) known.idle_since = t;
    }
  }
  double occupied_share(std::uint32_t agent) const {
    const Known& known = agents_[agent];
    const SimDuration spent = centre_.now - known.until;
    const bool busy = known.state == AgentState::kTalk || known.state == AgentState::kDialling ||
                      known.state == AgentState::kWrap;
    const SimDuration signed_in =
        known.signed_in + (known.state == AgentState::kOff ? SimDuration{0} : spent);
    const SimDuration occupied = known.occupied + (busy ? spent : SimDuration{0});
    return signed_in > SimDuration{0} ? to_seconds(occupied) / to_seconds(signed_in) : 0;
  }

  using ByQueue = std::vector<std::int64_t>;
  ByQueue waiting_now() const {
    ByQueue waiting;
    for (std::uint32_t q = 0; q < plan_.queues.size(); ++q) waiting.push_back(waiting_in(q));
    return waiting;
  }
  bool is_once(std::uint32_t queue, std::size_t step) const {
    return plan_.queues[queue].special && plan_.queues[queue].rules[step].once;
  }
  bool may_take(std::uint32_t queue, std::size_t step, std::int64_t idle,
                const ByQueue& waiting) const {
    if (!plan_.queues[queue].special) return idle > 0;
    const RouteRule& rule = plan_.queues[queue].rules[step];
    for (const ConditionPlan& condition : rule.when) {  // random worlds ask how many wait
      REQUIRE(condition.indicator == Indicator::kWaiting);
      std::int64_t all = 0;
      for (std::uint32_t q = 0; q < plan_.queues.size(); ++q)
        if (condition.of == kOfAll || condition.of == q) all += waiting[q];
      const auto x = static_cast<double>(all);
      if (condition.sense == Sense::kAtLeast ? x < condition.value : x > condition.value)
        return false;
    }
    return idle > rule.reserve && waiting[queue] >= rule.min_queue;
  }

  // How much the group's agents want this call: rank, then what the policy compares. Calls that
  // they may not take have no rank. `idle` and `waiting` (by queue) are of the moment before
  // `taken` left.
  struct Preference {
    std::size_t rank = kNoRank;
    double score = 0;
    std::int32_t priority = 0;
    SimTime joined;
    bool before(const Preference& other) const {
      if (rank != other.rank) return rank < other.rank;
      if (score != other.score) return score > other.score;
      if (priority != other.priority) return priority > other.priority;
      return joined < other.joined;
    }
  };
  Preference preference(const Call& call, std::uint32_t group, std::int64_t idle,
                        const ByQueue& waiting) const {
    const std::uint32_t priority_class = plan_.types[call.type].priority_class;
    const std::uint32_t list = call.queue * plan_.priority_classes + priority_class;
    const GroupPlan& p = plan_.groups[group];
    Preference found;
    found.priority = plan_.priority_of_class[priority_class];
    found.joined = call.joined;
    std::size_t rank = 0;
    std::set<std::uint32_t> queues;
    for (const Source& source : p.sources) {
      queues.insert(source.wait_list / plan_.priority_classes);
      if (source.wait_list == list && centre_.now - call.joined >= source.after &&
          may_take(call.queue, source.step, idle, waiting))
        found.rank = rank;
      rank += source.last_of_rank ? 1u : 0u;
    }
    double all = 0, ratios = 0;
    for (const std::uint32_t q : queues) {
      all += static_cast<double>(waiting[q]);
      ratios += plan_.queues[q].ratio;
    }
    const auto here = static_cast<double>(waiting[call.queue]);
    if (p.pick_call == PickCall::kLongestQueue) found.score = here;
    if (p.pick_call == PickCall::kQueueRatio)
      found.score = here - plan_.queues[call.queue].ratio * (all / ratios);
    if (p.pick_call == PickCall::kAgeing)
      found.score = plan_.types[call.type].priority +
                    plan_.types[call.type].ageing_per_us *
                        static_cast<double>((centre_.now - call.joined).count());
    return found;
  }
  // No call that waits comes before `taken`; of one queue only, when a call started the search.
  void check_comes_first(const Call& taken, std::uint32_t group, std::int64_t idle,
                         bool of_queue_only) const {
    ByQueue waiting = waiting_now();
    ++waiting[taken.queue];
    const Preference best = preference(taken, group, idle, waiting);
    CHECK(best.rank < kNoRank);
    for (const Call& call : centre_.calls)
      if (call.state == CallState::kWaiting && !has(call, Mark::kHeld) &&
          (!of_queue_only || call.queue == taken.queue) &&
          preference(call, group, idle, waiting).before(best))
        FAIL_CHECK("an agent passes over a call that comes first");
  }
  // An agent who became free has taken `taken`.
  void check_agents_choice(const Call& taken, std::uint32_t group, std::uint32_t agent) const {
    check_comes_first(taken, group, idle_in(group) + 1, false);
    for (std::size_t i = 0; i < centre_.calls.size(); ++i)
      if (has(centre_.calls[i], Mark::kHeld) && centre_.calls[i].state == CallState::kWaiting)
        CHECK(centre_.files[i].held_for != agent);
  }
  // A call has found an idle agent: no earlier step of its route may take a call, and of this
  // step's agents the policy wants this one.
  void check_calls_choice(const Call& call, std::uint32_t group, std::uint32_t agent) {
    look_at_agents(centre_.now);
    const QueuePlan& queue = plan_.queues[call.queue];
    ByQueue waiting = waiting_now();
    ++waiting[call.queue];
    const auto idle = [&](std::uint32_t g) { return idle_in(g) + (g == group ? 1 : 0); };
    const std::size_t steps = queue.route_group.size();
    for (std::size_t first = 0, last = 0; first < steps; first = last) {
      last = first + 1;
      while (last < steps && queue.special && queue.rules[last].with_previous) ++last;
      REQUIRE(queue.route_after[first] <= centre_.now - call.joined);
      std::set<std::uint32_t> open;
      const bool passed = queue.route_after[first] != centre_.now - call.joined;
      if (is_once(call.queue, first) && passed) continue;
      for (std::size_t i = first; i < last; ++i)
        if (may_take(call.queue, i, idle(queue.route_group[i]), waiting))
          open.insert(queue.route_group[i]);
      if (open.empty()) continue;
      CHECK(open.contains(group));
      check_agent_wanted(queue.pick_agent, open, agent);
      if (is_once(call.queue, first)) return;  // the call itself, whoever waits longer
      break;
    }
    check_comes_first(call, group, idle(group), true);
  }
  void check_agent_wanted(PickAgent policy, const std::set<std::uint32_t>& groups,
                          std::uint32_t agent) const {
    const std::uint32_t own = centre_.agents[agent].group;
    for (std::uint32_t a = 0; a < agents_.size(); ++a) {
      const std::uint32_t group = centre_.agents[a].group;
      if (a == agent || !groups.contains(group) ||
          centre_.agents[a].state != AgentState::kAvailable)
        continue;
      const bool longer = agents_[a].since < idle_since(agent);
      if (policy == PickAgent::kLongestIdle) CHECK_FALSE(longer);
      if (policy == PickAgent::kMostIdleGroup) {
        CHECK(idle_in(group) <= idle_in(own) + 1);
        if (group == own) CHECK_FALSE(longer);
      }
      if (policy == PickAgent::kFewestContacts)
        CHECK(agents_[a].contacts >= agents_[agent].contacts);
      if (policy == PickAgent::kLeastOccupied)
        CHECK(occupied_share(a) >= occupied_share(agent) - 1e-9);
    }
  }
  // The agent has just begun to talk, and was idle until now.
  SimTime idle_since(std::uint32_t agent) const { return agents_[agent].idle_since; }

  struct Known {
    AgentState state = AgentState::kOff;
    SimTime since, until;
    SimTime idle_since;  // the last time that the agent became idle
    SimDuration occupied{}, signed_in{};
    std::int64_t contacts = 0;
  };

  const Blueprint& plan_;
  const Centre& centre_;
  Books books_;
  SimTime at_, last_event_;
  std::int64_t waiting_ = 0;
  AgentState came_from_ = AgentState::kOff;  // whoever moved last
  std::vector<std::array<SimDuration, kAgentStates>> state_time_;
  std::vector<std::array<std::int64_t, kAgentStates>> in_state_;
  std::vector<SimDuration> line_time_;
  std::vector<std::int64_t> lines_;
  std::vector<Known> agents_;
};

}  // namespace callmill::test
