#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

QueuePlan make_queue(const Queue& queue) {
  QueuePlan p;
  p.answer_within = queue.answer_within;
  for (const RouteStep& step : queue.route) {
    p.route_group.push_back(step.group.index());
    p.route_after.push_back(step.after);
  }
  return p;
}

}  // namespace

void build_queues(const World& world, Blueprint& plan) {
  for (const Queue& queue : world.queues) plan.queues.push_back(make_queue(queue));
}

}  // namespace callmill
