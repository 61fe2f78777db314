#include "engine/centre/floor_state.h"

#include <algorithm>

namespace callmill {
namespace {

using Kind = Action::Kind;

void reset(const FloorPlan& plan, Levers& levers) {
  std::fill(levers.shed.begin(), levers.shed.end(), 0.0);
  std::fill(levers.shed_by.begin(), levers.shed_by.end(), kNoRule);
  std::fill(levers.deflect.begin(), levers.deflect.end(), 0.0);
  std::fill(levers.hang_up.begin(), levers.hang_up.end(), 0.0);
  std::fill(levers.talk.begin(), levers.talk.end(), 1.0);
  std::fill(levers.wrap.begin(), levers.wrap.end(), 1.0);
  levers.closed = plan.opened_by_rule;
  std::fill(levers.raised.begin(), levers.raised.end(), char{0});
  levers.silent = plan.started_by_rule;
  std::fill(levers.break_delay.begin(), levers.break_delay.end(), SimDuration{0});
  std::fill(levers.overtime.begin(), levers.overtime.end(), SimDuration{0});
  std::fill(levers.overtime_by.begin(), levers.overtime_by.end(), kNoRule);
  levers.self_service_fails = 0;
  levers.instead = kOfAll;
  levers.any_raised = false;
}

// Shares of several that are on: each takes its share of what the others leave.
void join(double& share, double more) {
  share = 1 - (1 - share) * (1 - more);
}

void play(const NoticePlan& notice, Levers& levers) {
  for (std::uint32_t q = 0; q < levers.deflect.size(); ++q) {
    if (notice.queue != kOfAll && notice.queue != q) continue;
    join(levers.deflect[q], notice.deflect);
    join(levers.hang_up[q], notice.hang_up);
    levers.recording[q] = notice.recording;
  }
}

void apply(const FloorPlan& plan, const ActionPlan& action, std::uint16_t rule, Levers& levers) {
  switch (action.kind) {
    case Kind::kShed:
      for (std::size_t type = 0; type < levers.shed.size(); ++type) {
        if (action.types[type] == 0) continue;
        join(levers.shed[type], action.share);
        if (levers.shed_by[type] == kNoRule) levers.shed_by[type] = rule;
      }
      return;
    case Kind::kNotice:
      play(action.notice, levers);
      return;
    case Kind::kOpenStep:
    case Kind::kCloseStep:
      levers.closed[plan.step(action.queue, action.step)] = action.kind == Kind::kCloseStep;
      return;
    case Kind::kStopDialling:
    case Kind::kStartDialling:
      levers.silent[action.group] = action.kind == Kind::kStopDialling;
      return;
    case Kind::kRaiseQueue:
      levers.raised[action.queue] = 1;
      levers.any_raised = true;
      return;
    case Kind::kDelayBreaks:
      levers.break_delay[action.group] = std::max(levers.break_delay[action.group], action.by);
      return;
    case Kind::kOvertime:
      if (levers.overtime_by[action.group] != kNoRule) return;
      levers.overtime[action.group] = action.by;
      levers.overtime_by[action.group] = rule;
      return;
    case Kind::kMoveAgents:
    case Kind::kEndBreaks:
    case Kind::kCallIn:
      return;  // done when the rule fires
  }
}

void apply(const EventPlan& event, Levers& levers) {
  switch (event.kind) {
    case Event::Kind::kSlowDown:
      for (std::size_t type = 0; type < event.types.size(); ++type)
        for (std::size_t group = 0; group < event.groups.size(); ++group) {
          if (event.types[type] == 0 || event.groups[group] == 0) continue;
          levers.talk[type * event.groups.size() + group] *= event.talk;
          levers.wrap[type * event.groups.size() + group] *= event.wrap;
        }
      return;
    case Event::Kind::kNotice:
      play(event.notice, levers);
      return;
    case Event::Kind::kSystemDown:
      join(levers.self_service_fails, event.share);
      levers.instead = event.queue;
      return;
    case Event::Kind::kSurge:
    case Event::Kind::kSiteLoss:
      return;
  }
}

}  // namespace

FloorState open_floor(const Blueprint& plan) {
  FloorState floor;
  const std::size_t types = plan.types.size(), queues = plan.queues.size(),
                    groups = plan.groups.size();
  floor.rules.resize(plan.floor.rules.size());
  floor.held_since.assign(plan.floor.conditions.size(), SimTime::max());
  floor.overtime_left.assign(plan.floor.rules.size(), 0);
  floor.event_on.assign(plan.floor.events.size(), 0);
  Levers& levers = floor.levers;
  levers.shed.resize(plan.caller_types);
  levers.shed_by.resize(plan.caller_types);
  levers.deflect.resize(queues);
  levers.hang_up.resize(queues);
  levers.recording.resize(queues);
  levers.talk.resize(types * groups);
  levers.wrap.resize(types * groups);
  levers.raised.resize(queues);
  levers.break_delay.resize(groups);
  levers.overtime.resize(groups);
  levers.overtime_by.resize(groups);
  set_levers(plan.floor, floor);
  if (plan.floor.agents) {
    floor.agents.resize(plan.agents());
    for (std::uint32_t a = 0; a < plan.agents(); ++a)
      floor.agents[a].wants = static_cast<std::uint16_t>(plan.group_of_agent[a]);
  }
  return floor;
}

void set_levers(const FloorPlan& plan, FloorState& floor) {
  reset(plan, floor.levers);
  for (std::size_t e = 0; e < plan.events.size(); ++e)
    if (floor.event_on[e] != 0) apply(plan.events[e], floor.levers);
  for (std::size_t r = 0; r < plan.rules.size(); ++r) {
    if (!floor.rules[r].on) continue;
    for (const ActionPlan& action : plan.rules[r].then)
      apply(plan, action, static_cast<std::uint16_t>(r), floor.levers);
  }
}

}  // namespace callmill
