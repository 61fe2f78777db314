#pragma once
// Fields that stand where nothing can come of them: the scenario is whole and could run, but says
// something that the planner means and the centre never does.
//
// Only what is said of the wrong kind of thing: a line of a chat, a pace of another mode of
// dialling, a break of agents who have none, an hour when the centre is shut. Not what merely does
// not happen in this scenario (a callback where nobody waits, a surge by a factor of 1), which a
// what-if may take away and put back.

#include <vector>

#include "models/world/world.h"

namespace callmill {

// As contradictions(); code "no-effect", or "unreached" of menus, queues and groups that nothing
// leads to. The reader refuses these too. O(fields).
std::vector<Fault> without_effect(const World& world);

}  // namespace callmill
