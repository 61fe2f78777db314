#pragma once
// How long an agent talks with a caller and wraps up: the one place where law and factor of an
// (agent, call) are decided. The caller's uniform number is the same whoever answers, so that a
// caller with much to say has much to say in every what-if.

#include "engine/centre/flow.h"

namespace callmill {

// The laws that the group has of its own for the type; null when it has none.
inline const HandlingPlan* handling_of(const Blueprint& plan, std::uint32_t group,
                                       const CallerTypePlan& type) {
  if (type.handling_of.empty()) return nullptr;
  const std::uint32_t i = type.handling_of[group];
  return i == kNoLimit ? nullptr : &plan.handlings[i];
}

template <class O, Parts kParts>
SimDuration Flow<O, kParts>::talk_time(std::uint32_t agent, const Call& call) const {
  const CallerTypePlan& p = plan_.types[call.type];
  const double u = call.key.uniform(Purpose::kTalk);
  double factor = p.talk_scale;
  if (!p.talk_factor.empty())
    factor *= p.talk_factor.at(p.factor_at_arrival ? call.arrived : c_.now);
  if (has(call, Mark::kRepeat)) factor *= plan_.aftermath[call.type].repeat_talk_factor;
  const HandlingPlan* own = handling_of(plan_, group_of(agent), p);
  if (own == nullptr) return p.talk.draw(u, factor);
  return own->talk.draw(u, factor * own->talk_factor);
}

template <class O, Parts kParts>
SimDuration Flow<O, kParts>::wrap_time(std::uint32_t agent, const Call& call) const {
  const CallerTypePlan& p = plan_.types[call.type];
  const double u = call.key.uniform(Purpose::kWrap);
  if (!p.wrap_varies) [[likely]]
    return p.wrap.draw(u);
  const HandlingPlan* own = handling_of(plan_, group_of(agent), p);
  if (own == nullptr) return p.wrap.draw(u);
  return own->wrap.draw(u, own->wrap_factor);
}

}  // namespace callmill
