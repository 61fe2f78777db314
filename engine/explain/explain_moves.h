#pragma once
// The ways in which a rule of a plan can give: taken away whole, or moved by steps. Internal to the
// explanation of plans.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/explain/explain.h"

namespace callmill::planning {

// A way in which a rule can give.
enum class Move : std::uint8_t {
  kLooser,       // a target by 0.1 points (times by 1 s)
  kMore,         // one agent more of a kind, or in a limit; a share of heads by a point
  kFewer,        // likewise one fewer that there have to be
  kEarlier,      // the first start by a step of its grid
  kLater,        // the last one
  kFiner,        // the grid of starts, halved once
  kWider,        // break windows by a slot to both sides
  kLonger,       // the kind by an interval
  kShorter,      //
  kAlsoShorter,  // beside the kind one that is shorter by an interval; they share their limits
};
// Those that may make a plan possible.
std::vector<Move> moves_of(PlanRuleKind kind);

// The scenario with the rule moved by `steps` >= 1; none where it cannot be moved so far.
std::optional<World> moved(const World& world, const PlanRule& rule, Move move, std::int64_t steps);
// The target's value after so many steps.
double looser(const Target& target, std::int64_t steps);
// "max_agents of 'early' is 9 instead of 6"; `steps` as above.
std::string move_text(const World& world, const PlanRule& rule, Move move, std::int64_t steps);
// "max_agents of 'early' is 6".
std::string rule_text(const World& world, const PlanRule& rule);
// "09:00", "+1d 02:00" as intervals are named.
std::string interval_start(const World& world, std::size_t interval);

// The scenario with shifts of one group alone, without the dropped rules. Of targets and hours
// nothing is dropped.
World without_rules(const World& world, GroupId group, const std::vector<PlanRule>& dropped);

}  // namespace callmill::planning
