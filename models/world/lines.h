#pragma once
// Trunk lines, and what takes them out of service.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/quantity.h"
#include "base/random/law.h"
#include "base/time.h"

namespace callmill {

enum class LineDirection : std::uint8_t { kBoth, kInbound, kOutbound };

// Lines that are out of service from `from` to `to`: planned work, a cut cable, a lost channel
// bank.
struct LineOutage {
  SimDuration from{}, to{};           // after midnight of the first day; from < to
  std::optional<std::int64_t> lines;  // how many; else
  std::optional<double> share;        // of the group's lines, (0, 1], rounded up
  bool cuts = true;  // calls on the failed lines are cut; else they finish, and idle lines go first
};

// Lines that fail together, again and again, at random: up for `time_to_failure`, down for
// `time_to_repair`. Up at opening time.
struct LineBreakdown {
  std::int64_t lines = 1;
  Law time_to_failure = ExponentialLaw{86400};
  Law time_to_repair = ExponentialLaw{3600};
  bool cuts = true;
};

// Lines are held from the first ring to the caller's hang-up: menu, queue and talk, not wrap-up.
struct TrunkGroup {
  std::string name;
  std::optional<std::int64_t> lines;  // none: `plan` sizes it; a run needs it
  double rent_per_day = 0;            // per line, in the scenario's currency
  LineDirection direction = LineDirection::kBoth;
  Probability network_loss{};  // share of attempts lost on the way to the lines
  std::vector<LineOutage> outages{};
  std::vector<LineBreakdown> breakdowns{};  // several at once add up
};

// Lines out of service in an outage of a group of `lines`.
std::int64_t lines_lost(const LineOutage& outage, std::int64_t lines);

}  // namespace callmill
