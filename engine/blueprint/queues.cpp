#include <algorithm>
#include <utility>

#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

bool is_plain(const RouteStep& step) {
  return !step.with_previous && step.reserve == 0 && step.min_queue <= 1 && step.when.empty() &&
         !step.once;
}

bool has_chats(const World& world, const Queue& queue) {
  return std::any_of(
      world.caller_types.begin(), world.caller_types.end(), [&](const CallerType& type) {
        return type.channel == Channel::kChat && &world.queues[type.enters.queue.index()] == &queue;
      });
}

QueuePlan make_queue(const Queue& queue, bool limited, const World& world, Blueprint& plan) {
  QueuePlan p;
  p.chats = has_chats(world, queue);
  p.answer_within = queue.answer_within;
  for (const RouteStep& step : queue.route) {
    p.route_group.push_back(step.group.index());
    p.route_after.push_back(step.after);
    p.interrupts = p.interrupts || world.groups[step.group.index()].wrap_interrupt.has_value();
  }
  p.by_deadline = queue.order == WorkOrder::kDeadline;
  p.reserve = static_cast<std::uint32_t>(queue.reserve);
  if (queue.voicemail) {
    p.voicemail = true;
    p.voicemail_after = queue.voicemail->after;
    p.voicemail_length = queue.voicemail->length;
    if (queue.voicemail->to) p.voicemail_to = queue.voicemail->to->index();
  }
  p.special = limited || p.chats || queue.capacity || queue.callback ||
              queue.pick_agent != PickAgent::kLongestIdle ||
              queue.last_agent_hold > SimDuration{0} ||
              !std::all_of(queue.route.begin(), queue.route.end(), is_plain);
  p.ratio = queue.ratio;
  if (!p.special) return p;
  for (const RouteStep& step : queue.route) {
    RouteRule rule{step.with_previous,
                   static_cast<std::uint32_t>(step.reserve),
                   static_cast<std::uint32_t>(step.min_queue),
                   step.once,
                   {}};
    for (const Condition& condition : step.when)
      rule.when.push_back(make_condition(condition, plan));
    if (!step.when.empty()) {
      p.rechecks = true;
      p.recheck_from = std::min(p.recheck_from, step.after);
    }
    p.late_rules =
        p.late_rules || (step.after > SimDuration{0} && (step.min_queue > 1 || p.rechecks));
    p.rules.push_back(std::move(rule));
  }
  if (queue.capacity) p.capacity = static_cast<std::uint32_t>(*queue.capacity);
  p.pick_agent = queue.pick_agent;
  p.last_agent_hold = queue.last_agent_hold;
  return p;
}

// Which choices among agents ask what an agent has done so far.
bool needs_agent_books(const QueuePlan& queue) {
  return queue.pick_agent == PickAgent::kLeastOccupied ||
         queue.pick_agent == PickAgent::kFewestContacts ||
         std::any_of(queue.rules.begin(), queue.rules.end(),
                     [](const RouteRule& rule) { return rule.with_previous; });
}

}  // namespace

void build_queues(const World& world, Blueprint& plan) {
  if (world.max_waiting) plan.max_waiting = static_cast<std::uint32_t>(*world.max_waiting);
  for (const Queue& queue : world.queues)
    plan.asks_agents = plan.asks_agents || queue.last_agent_hold > SimDuration{0};
  for (const Queue& queue : world.queues) {
    plan.queues.push_back(
        make_queue(queue, world.max_waiting.has_value() || plan.asks_agents, world, plan));
    plan.agent_books = plan.agent_books || needs_agent_books(plan.queues.back());
  }
  for (const CallerType& type : world.caller_types)
    if (type.channel == Channel::kMessage) plan.queues[type.enters.queue.index()].messages = true;
}

}  // namespace callmill
