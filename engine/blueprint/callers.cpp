#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <set>

#include "base/random/stream.h"
#include "engine/blueprint/builder.h"

namespace callmill {
namespace {

// Neighbouring steps of equal rate become one segment, so that a constant profile costs nothing.
std::vector<RateSegment> make_rate(const Profile& volume, SimDuration horizon) {
  std::vector<RateSegment> rate;
  for (std::size_t i = 0; i < volume.values.size(); ++i) {
    const SimTime end = kStart + std::min(horizon, volume.step * static_cast<std::int64_t>(i + 1));
    const double gap = volume.values[i] > 0
                           ? static_cast<double>(volume.step.count()) / volume.values[i]
                           : std::numeric_limits<double>::infinity();
    if (!rate.empty() && rate.back().mean_gap_us == gap)
      rate.back().end = end;
    else
      rate.push_back({end, gap});
  }
  return rate;
}

CallerTypePlan make_type(const CallerType& type, const World& world,
                         const std::vector<std::int32_t>& priorities, Blueprint& plan) {
  CallerTypePlan p;
  p.key = name_key(type.name);
  p.rate = make_rate(type.volume, world.day.length());
  p.trunks = type.trunks.index();
  p.enters = make_step(type.enters, plan);
  p.priority_class = static_cast<std::uint32_t>(
      std::find(priorities.begin(), priorities.end(), type.priority) - priorities.begin());
  p.has_patience = type.patience.has_value();
  if (type.patience) p.patience = Sampler{*type.patience};
  p.balk = type.balk.value();
  p.talk = Sampler{type.talk};
  p.has_wrap = mean(type.wrap) > 0;
  p.wrap = Sampler{type.wrap};
  if (type.talk_factor) {
    p.has_talk_factor = true;
    p.talk_factor_step = type.talk_factor->step;
    p.talk_factor = type.talk_factor->values;
  }
  p.redial_after_block = type.redial.after_block.value();
  p.redial_after_abandon = type.redial.after_abandon.value();
  p.max_attempts = type.redial.max_attempts;
  p.redials = p.max_attempts > 1 && (p.redial_after_block > 0 || p.redial_after_abandon > 0);
  p.keeps_story = p.redials;
  if (p.redials) p.redial_delay = Sampler{type.redial.delay};
  return p;
}

}  // namespace

void build_callers(const World& world, Blueprint& plan) {
  std::set<std::int32_t, std::greater<>> distinct;
  for (const CallerType& type : world.caller_types) distinct.insert(type.priority);
  const std::vector<std::int32_t> priorities(distinct.begin(), distinct.end());
  plan.priority_classes = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(priorities.size()));
  double callers = 0, handled_s = 0;
  for (const CallerType& type : world.caller_types) {
    plan.types.push_back(make_type(type, world, priorities, plan));
    const double volume =
        std::accumulate(type.volume.values.begin(), type.volume.values.end(), 0.0);
    callers += volume;
    handled_s += volume * (mean(type.talk) + mean(type.wrap));
  }
  if (callers > 0) plan.mean_handle_s = handled_s / callers;
}

}  // namespace callmill
