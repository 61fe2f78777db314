#include "engine/study/floor_now.h"

#include <algorithm>

namespace callmill {

FloorNow floor_now(const Blueprint& plan, const Centre& centre) {
  FloorNow now;
  now.queues.resize(plan.queues.size());
  now.lines.resize(centre.trunks.size());
  now.groups.resize(plan.groups.size());
  const auto wait = [&](std::size_t queue, std::uint32_t contact) {
    FloorNow::Queue& of = now.queues[queue];
    ++of.waiting;
    of.longest_s = std::max(of.longest_s, to_seconds(centre.now - centre.calls[contact].joined));
  };
  const auto walk = [&](const FifoList& list, auto&& visit) {
    std::uint32_t at = list.head;
    for (std::uint32_t i = 0; i < list.size; ++i, at = centre.calls[at].next) visit(at);
  };
  for (std::size_t list = 0; list < centre.waiting.size(); ++list)
    walk(centre.waiting[list],
         [&](std::uint32_t contact) { wait(list / plan.priority_classes, contact); });
  for (const FifoList& list : centre.held)
    walk(list, [&](std::uint32_t contact) { wait(centre.calls[contact].queue, contact); });
  for (std::size_t queue = 0; queue < centre.backlog.size(); ++queue)
    now.queues[queue].backlog = centre.backlog[queue].size;
  for (std::size_t t = 0; t < centre.trunks.size(); ++t)
    now.lines[t] = {centre.trunks[t].in_use, centre.trunks[t].in_service};
  for (const Agent& agent : centre.agents)
    ++now.groups[agent.group].agents[static_cast<std::size_t>(agent.state)];
  now.in_menus = centre.ports_in_use;
  return now;
}

}  // namespace callmill
