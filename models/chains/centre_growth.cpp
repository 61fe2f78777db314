#include "models/chains/centre_growth.h"

#include <algorithm>

#include "models/chains/centre_steady.h"

namespace callmill {
namespace {

constexpr int kRoom = 16;
constexpr double kFaster = 1000;
constexpr double kSettled = 0.7;  // critical M/M/1/K: twice the room, (K + 1) / (2 K + 1) < 0.53
constexpr double kLeast = 0.01;   // of the fresh calls

bool for_ever(const CentreSpec::Class& k) {
  return k.again_blocked >= 1 && k.again_rate > 0 && k.most_again == 0;
}

// The fastest that anything but a redial can happen.
double all_rates(const CentreSpec& spec) {
  double sum = 0;
  for (const CentreSpec::Class& k : spec.classes) {
    sum += k.rate + k.patience_rate;
    for (const CentreSpec::Stage& stage : k.menu) sum += stage.rate;
  }
  for (std::size_t c = 0; c < spec.classes.size(); ++c)
    for (std::size_t g = 0; g < spec.groups.size(); ++g)
      sum += spec.groups[g].agents * spec.skills[c][g].rate;
  return sum;
}

}  // namespace

std::optional<std::vector<double>> orbit_growth(const CentreSpec& spec, std::size_t limit,
                                                StopFlag stop) {
  std::vector<double> growth(spec.classes.size(), 0.0);
  if (std::none_of(spec.classes.begin(), spec.classes.end(), for_ever)) return growth;
  CentreSpec full = spec;
  full.cut_queue = kNoBound;
  for (CentreSpec::Class& k : full.classes)
    if (for_ever(k)) k.again_rate = kFaster * all_rates(spec);
  const std::vector<std::vector<double>> no_times(spec.classes.size());
  full.cut_orbit = kRoom;
  const auto small = steady_state(full, no_times, limit, nullptr, stop);
  full.cut_orbit = 2 * kRoom;
  const auto large = small ? steady_state(full, no_times, limit, nullptr, stop) : std::nullopt;
  if (!large) return std::nullopt;
  for (std::size_t c = 0; c < spec.classes.size(); ++c) {
    const double left = large->classes[c].cut;
    if (left <= kSettled * small->classes[c].cut || left <= kLeast * spec.classes[c].rate) continue;
    // g / (1 - y) with the room, g / (1 - y^2) with twice the room.
    const double y = small->classes[c].cut / left - 1;
    growth[c] = left * (1 - y * y);
  }
  return growth;
}

bool queues_may_grow(const CentreSpec& spec) {
  if (spec.most_waiting != kNoBound) return false;
  return std::any_of(spec.classes.begin(), spec.classes.end(), [&spec](const CentreSpec::Class& k) {
    return spec.queues[k.queue] == kNoBound && k.patience_rate == 0;
  });
}

}  // namespace callmill
