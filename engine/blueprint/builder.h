#pragma once
// The parts of make_blueprint, one file a subject. Each adds its own to `plan`, in this order.

#include "engine/blueprint/blueprint.h"

namespace callmill {

void build_lines(const World& world, Blueprint& plan);
void build_menus(const World& world, Blueprint& plan);
void build_callers(const World& world, Blueprint& plan);
void build_queues(const World& world, Blueprint& plan);
void build_groups(const World& world, Blueprint& plan);
void build_surges(const World& world, Blueprint& plan);  // into the rates
void build_floor(const World& world, Blueprint& plan);

// Self-service laws are kept with the plan.
Step make_step(const Destination& to, Blueprint& plan);
CallAgainPlan make_call_again(const CallAgain& again);

}  // namespace callmill
