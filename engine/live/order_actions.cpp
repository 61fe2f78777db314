#include <algorithm>
#include <limits>

#include "engine/live/orders.h"

namespace callmill::live {

bool has_rule(Command::Kind kind) {
  return lasts(kind) && kind != Command::Kind::kSurge;
}

ActionPlan action_of(const Command& command, const Meant& meant, const Blueprint& plan) {
  using Kind = Command::Kind;
  ActionPlan action;
  action.group = meant.group;
  action.queue = meant.queue == kOfAll ? 0 : meant.queue;
  action.step = meant.step;
  action.types = meant.types;
  action.share = command.share;
  action.by = command.by_time;
  action.agents = command.agents == 0 ? std::numeric_limits<std::uint32_t>::max()
                                      : static_cast<std::uint32_t>(command.agents);
  switch (command.kind) {
    case Kind::kDelayBreaks:
      action.kind = Action::Kind::kDelayBreaks;
      break;
    case Kind::kOvertime:
      action.kind = Action::Kind::kOvertime;
      action.cost_per_hour = plan.prices.wage.empty() ? 0 : plan.prices.wage[meant.group] * 3600;
      break;
    case Kind::kNotice:
      action.kind = Action::Kind::kNotice;
      action.notice = {meant.queue, command.deflect, command.hang_up, plan.floor.recording};
      break;
    case Kind::kOpenStep:
      action.kind = Action::Kind::kOpenStep;
      break;
    case Kind::kCloseStep:
      action.kind = Action::Kind::kCloseStep;
      break;
    case Kind::kRaiseQueue:
      action.kind = Action::Kind::kRaiseQueue;
      break;
    default:
      action.kind = Action::Kind::kShed;
      break;
  }
  return action;
}

std::uint32_t rule_of(const Blueprint& plan, std::size_t slot) {
  return plan.floor.first_by_hand + 1 + static_cast<std::uint32_t>(slot);
}

std::shared_ptr<const Blueprint> plan_by_hand(const Blueprint& base, const Hand& hand) {
  auto plan = std::make_shared<Blueprint>(base);
  for (std::size_t s = 0; s < hand.slots.size(); ++s) {
    const Hand::Slot& slot = hand.slots[s];
    if (slot.seq == 0) continue;
    RulePlan& rule = plan->floor.rules[rule_of(base, s)];
    rule.then = {slot.action};
    rule.lasts = slot.command.lasts;
    const Action::Kind kind = slot.action.kind;
    plan->floor.routes = plan->floor.routes || kind == Action::Kind::kOpenStep ||
                         kind == Action::Kind::kCloseStep || kind == Action::Kind::kRaiseQueue;
  }
  for (const Hand::Surge& s : hand.surges)
    for (std::size_t type = 0; type < s.types.size(); ++type)
      if (s.types[type] != 0) surge(plan->types[type].rate, {s.from, s.to}, s.factor);
  return plan;
}

// ---- what could be done now

std::optional<std::size_t> free_slot(const LiveCentre& live) {
  const FloorState& floor = live.centre().floor;
  for (std::size_t s = 0; s < live.hand().slots.size(); ++s) {
    const std::uint32_t rule = rule_of(live.plan(), s);
    const auto holds = [&](const OnFloor& a) {
      return a.lent_by == rule || a.called_by == rule || a.paid_by == rule;
    };
    if (!floor.rules[rule].on && std::none_of(floor.agents.begin(), floor.agents.end(), holds))
      return s;
  }
  return {};
}

std::uint32_t can_bring(const LiveCentre& live, std::uint32_t group) {
  const GroupPlan& g = live.plan().groups[group];
  const std::vector<OnFloor>& agents = live.centre().floor.agents;
  const std::uint32_t end = g.first_agent + g.agents;
  std::uint32_t n = 0;
  for (std::uint32_t a = g.first_agent; a < end; ++a)
    n += agents[a].sent_home || (a >= end - g.spare && agents[a].roster != Duty::kWork) ? 1u : 0u;
  return n;
}

std::uint32_t can_leave(const LiveCentre& live, std::uint32_t group) {
  const GroupPlan& g = live.plan().groups[group];
  const Centre& c = live.centre();
  const std::uint32_t end = g.first_agent + g.agents, first_spare = end - g.spare;
  const std::uint32_t end_of_staff = first_spare - live.plan().floor.call_in[group].agents;
  std::uint32_t n = 0;
  for (std::uint32_t a = g.first_agent; a < end; ++a) {
    if (a >= end_of_staff && a < first_spare) continue;  // called in
    const Agent& agent = c.agents[a];
    n += agent.group == group && agent.duty == Duty::kWork && agent.state != AgentState::kOff &&
                 c.floor.agents[a].down == 0
             ? 1u
             : 0u;
  }
  return n;
}

std::uint32_t can_move(const LiveCentre& live, std::uint32_t group, std::uint32_t to) {
  const Centre& c = live.centre();
  const std::uint32_t by_hand = live.plan().floor.first_by_hand;
  std::uint32_t n = 0;
  for (std::uint32_t a = 0; a < c.agents.size(); ++a) {
    const OnFloor& on_floor = c.floor.agents[a];
    if (on_floor.lent_by == by_hand && on_floor.wants == group &&
        live.plan().group_of_agent[a] == to) {
      ++n;
      continue;
    }
    const Agent& agent = c.agents[a];
    const bool idle = agent.state == AgentState::kAvailable;
    const bool works = agent.duty == Duty::kWork && agent.state != AgentState::kOff &&
                       agent.state != AgentState::kAux;
    n += agent.group == group && (idle || (works && on_floor.lent_by == kNoRule)) ? 1u : 0u;
  }
  return n;
}

std::uint32_t can_call_in(const LiveCentre& live, std::uint32_t group) {
  const CallInPlan& p = live.plan().floor.call_in[group];
  std::uint32_t n = 0;
  for (std::uint32_t a = p.first_agent; a < p.first_agent + p.agents; ++a)
    n += live.centre().floor.agents[a].called_by == kNoRule ? 1u : 0u;
  return n;
}

std::uint32_t on_break(const LiveCentre& live, std::uint32_t group) {
  std::uint32_t n = 0;
  for (std::uint32_t a = 0; a < live.centre().agents.size(); ++a)
    n += live.plan().group_of_agent[a] == group && live.centre().agents[a].duty == Duty::kBreak
             ? 1u
             : 0u;
  return n;
}

std::vector<std::uint64_t> in_force(const LiveCentre& live) {
  std::vector<std::uint64_t> seqs;
  for (std::size_t s = 0; s < live.hand().slots.size(); ++s)
    if (live.centre().floor.rules[rule_of(live.plan(), s)].on)
      seqs.push_back(live.hand().slots[s].seq);
  for (const Hand::Surge& s : live.hand().surges)
    if (s.to > live.now()) seqs.push_back(s.seq);
  std::sort(seqs.begin(), seqs.end());
  return seqs;
}

}  // namespace callmill::live
