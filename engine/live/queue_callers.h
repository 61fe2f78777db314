#pragma once
// Who stands in each queue of the day, as the scenario expects it: which telephone systems do not
// tell.

#include <cstddef>
#include <vector>

#include "models/world/world.h"

namespace callmill::live {

// Calls that are expected in that interval of a profile.
double volume_in(const Profile& profile, std::size_t interval, SimDuration length);

class QueueCallers {
 public:
  explicit QueueCallers(const World& world);

  // Calls of the type that are expected in the queue, of those who come in the interval.
  double calls(std::size_t queue, std::size_t type, std::size_t interval) const {
    return volumes_[type][interval] * to_queue_[type][queue];
  }
  // Shares of caller types, cumulative; even over all where nobody is expected: by queue, and of
  // those in menus.
  std::vector<std::vector<double>> mix(std::size_t interval) const;
  std::vector<double> menu_mix(std::size_t interval) const;
  std::size_t intervals() const { return intervals_; }

 private:
  std::size_t intervals_, queues_;
  std::vector<std::vector<double>> volumes_;   // [type][interval]; 0: no calls
  std::vector<std::vector<double>> to_queue_;  // [type][queue]: shares
  std::vector<double> visits_;                 // by type: of menus
};

}  // namespace callmill::live
