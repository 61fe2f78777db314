#include "engine/blueprint/blueprint.h"

#include "base/check.h"
#include "engine/blueprint/builder.h"

namespace callmill {

Blueprint make_blueprint(const World& world) {
  CALLMILL_CHECK(faults(world).empty(), "a world with faults cannot run");
  Blueprint plan;
  plan.days = make_horizon(world);
  plan.horizon = plan.days.spells.back().to - kStart;
  plan.interval = world.day.interval;
  plan.intervals = plan.days.intervals();
  plan.first_counted = world.first_counted();
  plan.busyness_cv = world.busyness_cv;
  plan.unit_exponential = Sampler{ExponentialLaw{1.0}};

  build_lines(world, plan);
  build_menus(world, plan);
  build_callers(world, plan);
  build_aftermath(world, plan);
  build_queues(world, plan);
  build_groups(world, plan);
  build_prices(world, plan);
  build_surges(world, plan);
  build_floor(world, plan);
  build_callbacks(world, plan);
  build_campaigns(world, plan);
  plan.plain_types = plan.has_chats ? 0 : plan.caller_types;
  plan.aftermath.resize(plan.types.size());  // parties of campaigns have none
  plan.first_agent_slot = static_cast<Calendar::Slot>(plan.types.size() + 3);
  plan.first_line_slot = plan.first_agent_slot + plan.agents();
  CALLMILL_CHECK(plan.line_slot(plan.lines()) <= Calendar::kMaxSlots,
                 "more lines and agents than the calendar holds");
  return plan;
}

}  // namespace callmill
