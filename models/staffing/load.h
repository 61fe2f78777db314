#pragma once
// Calls that reach queues and groups, by interval of the first open day, and what they ask of
// agents. Internal to the room.

#include <cstddef>
#include <optional>
#include <vector>

#include "models/staffing/requirement.h"
#include "models/world/menu_flow.h"
#include "models/world/world.h"

namespace callmill {

// A stream of calls with the means that Erlang A needs. Streams add up; means are weighted by
// calls.
struct Stream {
  double per_hour = 0;
  double talk_hours = 0;     // per hour: erlang of talk
  double wrap_hours = 0;     // per hour: erlang of wrap
  double patience_rate = 0;  // per second, times per_hour

  double load() const { return talk_hours + wrap_hours; }
  double handle_s() const { return per_hour > 0 ? load() / per_hour * 3600 : 0; }
  double talk_s() const { return per_hour > 0 ? talk_hours / per_hour * 3600 : 0; }
  double mean_patience_rate() const { return per_hour > 0 ? patience_rate / per_hour : 0; }
  Stream& operator+=(const Stream& other);
};

// The group that a queue's calls try first; none for a queue without a route.
std::optional<GroupId> first_group(const Queue& queue);

// Attempts of a caller over the whole story, per fresh call.
struct Attempts {
  double through = 1;  // that the network has not lost
  double repeats = 0;  // of these, after a contact that left the matter open
};

class Load {
 public:
  explicit Load(const World& world);

  std::size_t types() const { return outcome_.size(); }
  const MenuOutcome& outcome(std::size_t type) const { return outcome_[type]; }
  // Fresh calls of a type per hour, mean over the planning interval.
  double fresh_per_hour(std::size_t type, std::size_t interval) const;
  // What one fresh call grows to, given the chance that a call to each queue is abandoned. All
  // attempts count in the interval of the first; of repeats those that fall before closing.
  Attempts attempts(std::size_t type, std::size_t interval,
                    const std::vector<double>& abandonment) const;
  // Calls of a type to one queue, handled as its first group does.
  Stream stream(std::size_t type, std::size_t queue, std::size_t interval,
                const Attempts& of) const;

 private:
  double left_open(std::size_t type, bool first, const std::vector<double>& abandonment) const;
  double mean_of(const Profile& profile, std::size_t interval) const;

  const World& world_;
  OpenDay day_;  // whose load it is: the first open one
  std::vector<MenuOutcome> outcome_;
};

}  // namespace callmill
