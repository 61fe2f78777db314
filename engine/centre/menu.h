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
      c_.calendar.schedule(plan_.line_slot(line),
                           c_.now + plan_.menus[step.index].prompt.draw(menu_uniform(call)));
      return;
    case Destination::Kind::kSelfService:
      enter(call, CallState::kSelfService);
      c_.calendar.schedule(plan_.line_slot(line),
                           c_.now + plan_.self_service[step.index].draw(menu_uniform(call)));
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
  c_.calendar.cancel(plan_.line_slot(line));
  if (call.state == CallState::kSelfService) {
    observer_.menu_ended(call, c_.now);
    observer_.self_served(call);
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

// The caller is off the line, which is free from this moment.
template <class O>
void Flow<O>::hang_up(std::uint32_t line) {
  Call& call = c_.calls[line];
  enter(call, CallState::kFree);
  const std::uint32_t group = plan_.types[call.type].trunks;
  TrunkState& trunks = c_.trunks[group];
  call.next = trunks.free_line;
  trunks.free_line = line;
  --trunks.in_use;
  observer_.line_released(group, c_.now);
}

}  // namespace callmill
