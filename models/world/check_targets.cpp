#include <algorithm>

#include "models/world/findings.h"

namespace callmill {
namespace {

// Figures are compared interval by interval.
void check_actual(Findings& f, std::size_t i) {
  const std::string here = fmt::format("actual[{}].values", i);
  const Profile& values = f.world.actual[i].values;
  f.check_profile(here, values);
  if (values.step != f.world.day.interval)
    f.found(here, "profile",
            fmt::format("has steps of {}; it needs the day's interval, {}", in_words(values.step),
                        in_words(f.world.day.interval)),
            "", {"day.interval", "day"});
}

}  // namespace

void check_targets(Findings& f) {
  for (std::size_t i = 0; i < f.world.targets.size(); ++i) {
    const Target& target = f.world.targets[i];
    const std::string here = fmt::format("targets[{}]", i);
    if (target.queue) f.exists(*target.queue, f.world.queues, here + ".queue");
    if (target.trunks) f.exists(*target.trunks, f.world.trunks, here + ".lines");
    if (!(target.value >= 0) || (target.metric != "asa" && target.value > 1))
      f.found(here, "range", "has a value out of its range");
  }
  for (std::size_t i = 0; i < f.world.actual.size(); ++i) check_actual(f, i);
}

}  // namespace callmill
