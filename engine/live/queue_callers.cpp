#include "engine/live/queue_callers.h"

#include <algorithm>
#include <numeric>

#include "models/world/menu_flow.h"

namespace callmill::live {
namespace {

void to_cumulative(std::vector<double>& shares) {
  const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
  double sum = 0;
  for (double& share : shares) {
    sum += all > 0 ? share / all : 1.0 / static_cast<double>(shares.size());
    share = sum;
  }
  shares.back() = 1;
}

// Somebody may have come of a type of which nobody is expected in that interval.
constexpr double kSomebody = 1e-9;

}  // namespace

double volume_in(const Profile& profile, std::size_t interval, SimDuration length) {
  double sum = 0;
  const SimDuration from = length * static_cast<std::int64_t>(interval), to = from + length;
  for (std::size_t k = 0; k < profile.values.size(); ++k) {
    const SimDuration begin = profile.step * static_cast<std::int64_t>(k);
    const SimDuration low = std::max(from, begin), high = std::min(to, begin + profile.step);
    if (low < high) sum += profile.values[k] * to_hours(high - low) / to_hours(profile.step);
  }
  return sum;
}

QueueCallers::QueueCallers(const World& world)
    : intervals_{world.intervals()}, queues_{world.queues.size()} {
  for (const CallerType& type : world.caller_types) {
    volumes_.emplace_back(intervals_);
    to_queue_.emplace_back(queues_);
    visits_.push_back(0);
    if (type.channel != Channel::kVoice) continue;
    for (std::size_t i = 0; i < intervals_; ++i)
      volumes_.back()[i] = volume_in(type.volume, i, world.day.interval) + kSomebody;
    const MenuOutcome outcome = menu_outcome(world, type);
    to_queue_.back() = outcome.to_queue;
    visits_.back() = std::accumulate(outcome.visits.begin(), outcome.visits.end(), 0.0);
  }
}

std::vector<std::vector<double>> QueueCallers::mix(std::size_t interval) const {
  std::vector<std::vector<double>> mix(queues_, std::vector<double>(volumes_.size()));
  for (std::size_t q = 0; q < queues_; ++q) {
    for (std::size_t type = 0; type < volumes_.size(); ++type)
      mix[q][type] = calls(q, type, interval);
    to_cumulative(mix[q]);
  }
  return mix;
}

std::vector<double> QueueCallers::menu_mix(std::size_t interval) const {
  std::vector<double> mix;
  for (std::size_t type = 0; type < volumes_.size(); ++type)
    mix.push_back(volumes_[type][interval] * visits_[type]);
  to_cumulative(mix);
  return mix;
}

}  // namespace callmill::live
