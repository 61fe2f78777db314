#include "engine/blueprint/blueprint.h"

#include <algorithm>

#include "base/check.h"
#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

// Whatever Flow::more() asks about (engine/centre) must be named here.
bool has_core_only(const Blueprint& plan) {
  const auto plain_type = [](const CallerTypePlan& type) {
    return type.channel == Channel::kVoice;
  };
  const auto plain_queue = [](const QueuePlan& queue) {
    return !(queue.special || queue.interrupts || queue.announces || queue.repeats ||
             queue.rechecks || queue.voicemail);
  };
  const auto plain_group = [](const GroupPlan& group) {
    return !(group.special || group.interruptible || group.personal || group.calls_back) &&
           group.message_queues.empty();
  };
  const bool anything_more = plan.floor.active || plan.transfers || plan.asks_agents ||
                             plan.gauges.kept || plan.agent_books || plan.remembers_waits ||
                             plan.dials_at_release || plan.learns || plan.has_personal ||
                             plan.tracks_people || plan.calls_back || plan.has_chats ||
                             plan.has_messages || !plan.campaigns.empty();
  return !anything_more && std::all_of(plan.types.begin(), plan.types.end(), plain_type) &&
         std::all_of(plan.queues.begin(), plan.queues.end(), plain_queue) &&
         std::all_of(plan.groups.begin(), plan.groups.end(), plain_group);
}

// An agent is as long with a contact as the stated laws say, by themselves.
bool handles_by_law_alone(const Blueprint& plan) {
  const auto by_law = [](const CallerTypePlan& type) { return type.talk_factor.empty(); };
  const auto as_first = [](const AftermathPlan& contact) {
    return contact.repeat_talk_factor == 1;
  };
  const auto slows = [](const EventPlan& event) { return event.kind == Event::Kind::kSlowDown; };
  return !plan.transfers && !plan.has_personal && plan.handlings.empty() &&
         std::all_of(plan.types.begin(), plan.types.end(), by_law) &&
         std::all_of(plan.aftermath.begin(), plan.aftermath.end(), as_first) &&
         std::none_of(plan.floor.events.begin(), plan.floor.events.end(), slows);
}

}  // namespace

Blueprint make_blueprint(const World& world, const Room& room) {
  CALLMILL_CHECK(faults(world).empty(), "a world with faults cannot run");
  Blueprint plan;
  plan.days = make_horizon(world);
  plan.horizon = plan.days.spells.back().to - kStart;
  plan.interval = world.day.interval;
  plan.intervals = plan.days.intervals();
  plan.first_counted = world.first_counted();
  plan.busyness_cv = world.busyness_cv;
  plan.unit_exponential = Sampler{ExponentialLaw{1.0}};

  build_lines(world, room, plan);
  build_menus(world, plan);
  build_callers(world, plan);
  build_aftermath(world, plan);
  build_queues(world, plan);
  build_groups(world, room, plan);
  build_prices(world, plan);
  build_surges(world, plan);
  build_floor(world, room, plan);
  build_callbacks(world, plan);
  build_campaigns(world, plan);
  plan.plain_types = plan.has_chats ? 0 : plan.caller_types;
  plan.aftermath.resize(plan.types.size());  // parties of campaigns have none
  plan.measures_handling = plan.gauges.kept && !handles_by_law_alone(plan);
  plan.core_only = has_core_only(plan);
  plan.first_agent_slot = static_cast<Calendar::Slot>(plan.types.size() + 3);
  plan.first_line_slot = plan.first_agent_slot + plan.agents();
  CALLMILL_CHECK(plan.line_slot(plan.lines()) <= Calendar::kMaxSlots,
                 "more lines and agents than the calendar holds");
  return plan;
}

}  // namespace callmill
