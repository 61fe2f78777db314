#pragma once
// Stage 2: the menu. Prompts, choices, self-service; the line is held throughout.

#include "engine/centre/flow.h"

namespace callmill {

template <class O>
void Flow<O>::go(std::uint32_t line, Step step) {
  Call& call = c_.calls[line];
  const bool from_menu = call.state == CallState::kMenu;
  if (from_menu && step.kind != Destination::Kind::kMenu &&
      step.kind != Destination::Kind::kSelfService)
    observer_.menu_ended(call, c_.now);
  switch (step.kind) {
    case Destination::Kind::kQueue:
      join_queue(line, step.index);
      return;
    case Destination::Kind::kMenu:
      enter(call, CallState::kMenu);
      call.menu = static_cast<std::uint16_t>(step.index);
      set_timer(line, c_.now + plan_.menus[step.index].prompt.draw(menu_uniform(call)));
      return;
    case Destination::Kind::kSelfService:
      enter(call, CallState::kSelfService);
      set_timer(line, c_.now + plan_.self_service[step.index].draw(menu_uniform(call)));
      return;
    case Destination::Kind::kHangUp:
      observer_.hung_up_in_menu(call);
      hang_up(line);
      return;
  }
}

// A prompt or a self-service dialogue has ended.
template <class O>
void Flow<O>::menu_timer(std::uint32_t line) {
  Call& call = c_.calls[line];
  clear_timer(line);
  if (call.state == CallState::kSelfService) {
    observer_.menu_ended(call, c_.now);
    observer_.self_served(call);
    if (plan_.types[call.type].keeps_story) {
      Story& story = c_.files[line].story;
      story.reached = std::min(story.reached, c_.now);
      ++story.contacts;
    }
    hang_up(line);
    return;
  }
  const Step next = choose(call);
  ++call.menu_steps;
  go(line, next);
}

template <class O>
Step Flow<O>::choose(const Call& call) {
  const MenuPlan& menu = plan_.menus[call.menu];
  if (menu.hang_up > 0 && call.key.uniform(Purpose::kMenuHangUp, call.menu_steps) < menu.hang_up)
    return {};
  const double u = call.key.uniform(Purpose::kMenuChoice, call.menu_steps);
  std::size_t option = 0;
  while (u >= menu.cumulative[option]) ++option;
  return menu.options[option];
}

}  // namespace callmill
