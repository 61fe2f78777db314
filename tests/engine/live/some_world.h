#pragma once
// Centres for the tests of the live day, and random commands for them.

#include <cstdint>
#include <string>

#include "engine/live/live_centre.h"
#include "tests/draw.h"

namespace callmill::test {

World scenario_world(const std::string& file);  // "tutorial/01-first-queue.yaml"
// A random centre with up to eight features of rich_world().
World random_centre(unsigned seed);
// Any command with names of the world, mostly within reach; some will be refused.
live::Command random_command(Draw& draw, const live::LiveCentre& centre);

// One queue, one inbound group of `agents` from 8:00 to 12:00, a hundred calls an hour of 3
// minutes, 12 lines.
World plain_world(int agents = 5);

}  // namespace callmill::test
