#pragma once
// A World made ready for a live day: beside those of the scenario, spare people in each group and
// spare lines in each trunk group, who take no part until a command brings them; and slots in which
// the floor carries out what is ordered by hand.
//
// Without commands a live day counts exactly what `run` counts: nobody's draws depend on the
// spares.

#include <cstdint>
#include <memory>
#include <optional>

#include "engine/blueprint/blueprint.h"
#include "engine/blueprint/room.h"
#include "models/world/world.h"

namespace callmill::live {

struct SpareOptions {
  // Of each group and trunk group; none: a fifth of its people (lines), at least 5.
  std::optional<std::uint32_t> agents, lines;
};

// `world` must have no faults().
Room make_room(const World& world, const SpareOptions& options = {});
std::shared_ptr<const Blueprint> make_live_plan(const World& world, const Room& room);

}  // namespace callmill::live
