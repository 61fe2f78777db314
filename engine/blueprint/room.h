#pragma once
// Room to change a centre while it runs: who and what stands by, beside what the World says.

#include <cstdint>
#include <vector>

namespace callmill {

struct Room {
  // Spare people by group (the last of its agents, on no roster), spare lines by trunk group (the
  // last ones, out of service): they take no part until they are brought, and nobody's draws depend
  // on them.
  std::vector<std::uint32_t> agents, lines;
  // Rules without conditions, behind those of the World, that begin and end by hand (by_hand.h).
  std::uint32_t hand_rules = 0;
};

}  // namespace callmill
