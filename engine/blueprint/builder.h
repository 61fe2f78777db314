#pragma once
// The parts of make_blueprint, one file a subject. Each adds its own to `plan`, in this order.

#include "engine/blueprint/blueprint.h"
#include "models/world/order.h"

namespace callmill {

void build_lines(const World& world, const Room& room, Blueprint& plan);
void build_menus(const World& world, Blueprint& plan);
void build_callers(const World& world, Blueprint& plan);
void build_aftermath(const World& world, Blueprint& plan);
void build_queues(const World& world, Blueprint& plan);
void build_groups(const World& world, const Room& room, Blueprint& plan);
void build_prices(const World& world, Blueprint& plan);
void build_surges(const World& world, Blueprint& plan);  // into the rates
void build_floor(const World& world, const Room& room, Blueprint& plan);
void build_callbacks(const World& world, Blueprint& plan);
void build_campaigns(const World& world, Blueprint& plan);

// people.cpp, group by group.
PeoplePlan make_people(const AgentGroup& group);
bool is_personal(const AgentGroup& group);
// Of the agents that have been added since the last call; those from first_of_team on (within the
// group) are of the roster's entries.
void add_traits(const World& world, std::size_t group, std::uint32_t first_of_team,
                Blueprint& plan);
// Of as many people more, veterans, who are on no roster.
void add_spare_traits(const AgentGroup& group, std::uint32_t group_key, std::uint32_t agents,
                      std::uint32_t spare, Blueprint& plan);
// Whether agents of the roster gain experience over the run.
bool any_learns(const World& world, const Horizon& days);

// Self-service laws are kept with the plan.
Step make_step(const Destination& to, Blueprint& plan);
CallAgainPlan make_call_again(const CallAgain& again);

}  // namespace callmill
