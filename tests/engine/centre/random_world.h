#pragma once
// Worlds drawn at random, complete and small, for properties that must hold in all of them.

#include <cstdint>
#include <vector>

#include "models/world/world.h"
#include "tests/engine/centre/dice.h"

namespace callmill::test {

// Several trunk groups, menus of depth <= 3, self-service, priorities, routes with delays, inbound,
// flex and outbound groups, rosters with breaks, balking, redials. Equal numbers, equal worlds.
World random_world(std::uint64_t number);
// The same with the throws of the dice given: shorter and lower tapes, simpler worlds.
World random_world(const std::vector<std::uint16_t>& tape);
// Rules of routing: limited room, reserves, help for long queues, levels, policies, handling by
// group.
void add_routing_rules(Dice& dice, World& world);

}  // namespace callmill::test
