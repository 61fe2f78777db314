#pragma once
// How a LiveCentre is moved: by a Drive on its parts, whose turns of rules are then told in the
// log.

#include "engine/live/drive.h"
#include "engine/live/live_centre.h"

namespace callmill::live {

template <class Move>
void LiveCentre::drive(Move&& move) {
  const SimTime from = centre_.now;
  RuleTurns turns;
  move(Drive{*plan_, centre_, recorder_, turns});
  if (keeps_log_) tell(from, turns);
}

}  // namespace callmill::live
