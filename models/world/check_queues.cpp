#include <algorithm>

#include "models/world/findings.h"

namespace callmill {
namespace {

void check_queue(Findings& f, const Queue& queue) {
  const std::string path = place("queues", queue, "route");
  if (queue.route.empty()) f.found(path, "no-route", "has no group; nobody would answer");
  for (std::size_t i = 0; i < queue.route.size(); ++i) {
    const RouteStep& step = queue.route[i];
    const std::string here = fmt::format("{}[{}]", path, i);
    if (i > 0 && step.after < queue.route[i - 1].after)
      f.found(here + ".after", "order",
              fmt::format("is {}, earlier than the step before it ({})", in_words(step.after),
                          in_words(queue.route[i - 1].after)),
              "steps are in the order in which they open",
              {fmt::format("{}[{}].after", path, i - 1)});
    for (std::size_t k = 0; k < step.when.size(); ++k)
      check_condition(f, fmt::format("{}.when[{}]", here, k), step.when[k]);
    if (i == 0 && step.with_previous)
      f.found(here + ".with_previous", "route", "has no step before it");
    if (step.with_previous && i > 0 && step.after != queue.route[i - 1].after)
      f.found(here + ".after", "route",
              fmt::format("is {}; a step opens for all its groups at once ({})",
                          in_words(step.after), in_words(queue.route[i - 1].after)),
              "", {fmt::format("{}[{}].after", path, i - 1)});
    if (step.once &&
        (step.with_previous || (i + 1 < queue.route.size() && queue.route[i + 1].with_previous)))
      f.found(here + ".once", "route", "is of one group; with_previous makes one step of two");
    if (!f.exists(step.group, f.world.groups, here + ".group")) continue;
    const auto twice =
        std::find_if(queue.route.begin(), queue.route.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const RouteStep& s) { return s.group == step.group; });
    if (twice != queue.route.begin() + static_cast<std::ptrdiff_t>(i))
      f.found(here + ".group", "route",
              fmt::format("is {} again; it is tried from its first step on",
                          f.world.groups[step.group.index()].name));
  }
}

}  // namespace

void check_queues(Findings& f) {
  for (const Queue& queue : f.world.queues) {
    check_queue(f, queue);
    check_callbacks(f, queue);
  }
}

}  // namespace callmill
