#pragma once
// Stage 2: the menu. Prompts, choices, self-service; the line is held throughout, and a port of the
// platform.

#include "engine/centre/flow.h"

namespace callmill {

template <class O, Parts kParts>
void Flow<O, kParts>::go(std::uint32_t line, Step step) {
  Call& call = c_.calls[line];
  if (more(plan_.floor.active)) [[unlikely]]
    step = floor_step(call, step);
  const bool in_menus = is_in_menus(call);
  const bool stays =
      step.kind == Destination::Kind::kMenu || step.kind == Destination::Kind::kSelfService;
  if (in_menus && !stays) {
    leave_menus(line);
    // Whatever becomes of a call in a special queue sets its timer anew, or clears it.
    if (step.kind != Destination::Kind::kQueue || !more(plan_.queues[step.index].special))
      clear_timer(line);
  }
  if (!in_menus && stays) ++c_.ports_in_use;
  switch (step.kind) {
    case Destination::Kind::kQueue:
      join_queue(line, step.index);
      return;
    case Destination::Kind::kMenu:
      enter(call, CallState::kMenu);
      call.menu = static_cast<std::uint16_t>(step.index);
      c_.files[line].menu_tries = 0;
      play_prompt(line);
      return;
    case Destination::Kind::kSelfService:
      enter(call, CallState::kSelfService);
      call.menu = static_cast<std::uint16_t>(step.index);
      set_timer(line, c_.now + plan_.self_service[step.index].time.draw(menu_uniform(call)));
      return;
    case Destination::Kind::kAgent:
      want_agent(line, plan_.agent_wishes[step.index]);
      return;
    case Destination::Kind::kContact:
      observer_.deflected_in_menu(call);
      go_on_elsewhere(line, step.index);
      hang_up(line);
      return;
    case Destination::Kind::kHangUp:
      observer_.hung_up_in_menu(call);
      hang_up(line);
      return;
  }
}

template <class O, Parts kParts>
void Flow<O, kParts>::leave_menus(std::uint32_t line) {
  --c_.ports_in_use;
  observer_.menu_ended(c_.calls[line], c_.now);
}

// The timer covers the prompt, and the wait for a key that does not come.
template <class O, Parts kParts>
void Flow<O, kParts>::play_prompt(std::uint32_t line) {
  const Call& call = c_.calls[line];
  const MenuPlan& menu = plan_.menus[call.menu];
  SimDuration time = menu.prompt.draw(menu_uniform(call));
  const MenuAnswer answer = answer_to(menu, call);
  if (answer == MenuAnswer::kNoKey) time += menu.key_wait;
  c_.files[line].answer = answer;
  set_timer(line, c_.now + time);
}

// A prompt or a self-service dialogue has ended.
template <class O, Parts kParts>
void Flow<O, kParts>::menu_timer(std::uint32_t line) {
  Call& call = c_.calls[line];
  if (call.state == CallState::kVoicemail) [[unlikely]] {
    clear_timer(line);
    end_voicemail(line);
    return;
  }
  if (call.state == CallState::kSelfService) {
    self_service_ends(line);
    return;
  }
  const MenuPlan& menu = plan_.menus[call.menu];
  const MenuAnswer answer = c_.files[line].answer;
  observer_.prompt_ended(call, answer);
  Step next;
  if (answer == MenuAnswer::kKey) {
    next = choose(menu, call);
  } else if (answer != MenuAnswer::kHangUp) {
    if (++c_.files[line].menu_tries < menu.max_tries) {
      ++call.menu_steps;
      play_prompt(line);
      return;
    }
    next = menu.otherwise;
  }
  ++call.menu_steps;
  go(line, next);
}

template <class O, Parts kParts>
void Flow<O, kParts>::self_service_ends(std::uint32_t line) {
  Call& call = c_.calls[line];
  const SelfServicePlan& p = plan_.self_service[call.menu];
  if (p.served < 1 && call.key.uniform(Purpose::kSelfService, call.menu_steps) >= p.served) {
    ++call.menu_steps;
    go(line, p.otherwise);
    return;
  }
  leave_menus(line);
  clear_timer(line);
  observer_.self_served(call);
  if (plan_.types[call.type].keeps_story) self_service_over(line);
  hang_up(line);
}

// A pure function of the call and the step it is at.
template <class O, Parts kParts>
MenuAnswer Flow<O, kParts>::answer_to(const MenuPlan& menu, const Call& call) {
  if (menu.hang_up > 0 && call.key.uniform(Purpose::kMenuHangUp, call.menu_steps) < menu.hang_up)
    return MenuAnswer::kHangUp;
  if (!menu.repeats) return MenuAnswer::kKey;
  const double u = call.key.uniform(Purpose::kMenuMistake, call.menu_steps);
  if (u < menu.no_key) return MenuAnswer::kNoKey;
  return u < menu.no_key + menu.wrong_key ? MenuAnswer::kWrongKey : MenuAnswer::kKey;
}

template <class O, Parts kParts>
Step Flow<O, kParts>::choose(const MenuPlan& menu, const Call& call) const {
  const std::vector<double>& cumulative =
      menu.variants.empty() ? menu.cumulative : shares_now(menu, call);
  const double u = call.key.uniform(Purpose::kMenuChoice, call.menu_steps);
  std::size_t option = 0;
  while (u >= cumulative[option]) ++option;
  return menu.options[option];
}

// Of the first variant that is for this caller and this hour.
template <class O, Parts kParts>
const std::vector<double>& Flow<O, kParts>::shares_now(const MenuPlan& menu,
                                                       const Call& call) const {
  const SimDuration time = (plan_.opens + (c_.now - kStart)) % std::chrono::hours{24};
  for (const MenuVariantPlan& variant : menu.variants) {
    const std::vector<CallerTypeId>& types = variant.when.callers;
    if (!types.empty() &&
        std::find(types.begin(), types.end(), CallerTypeId{call.type}) == types.end())
      continue;
    if (is_in_hours(variant.when, time)) return variant.cumulative;
  }
  return menu.cumulative;
}

// The agent takes the call if idle; else it waits as any call of the queue does.
template <class O, Parts kParts>
void Flow<O, kParts>::want_agent(std::uint32_t line, const AgentWish& wish) {
  const GroupPlan& group = plan_.groups[wish.group];
  const std::uint32_t agent = group.first_agent + wish.number;
  if (wish.number < group.agents - group.spare && wish.hold > SimDuration{0}) {
    ask_for_agent(line, wish.queue, agent, wish.hold);
    return;
  }
  if (wish.number >= group.agents - group.spare ||
      c_.agents[agent].state != AgentState::kAvailable) {
    join_queue(line, wish.queue);
    return;
  }
  Call& call = c_.calls[line];
  call.queue = static_cast<std::uint16_t>(wish.queue);
  call.joined = c_.now;
  call.route_step = 0;
  observer_.offered(call);
  unlink(c_.idle[wish.group], c_.agents, agent);
  answer(line, agent);
}

}  // namespace callmill
