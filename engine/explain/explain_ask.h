#pragma once
// What is asked of one planned group, rule by rule: each can be taken away, or moved by steps.
// Internal to the explanation of plans.
//
//   targets       the measure's value
//   hours         an interval's agents come from these shifts alone (without: they are had anyway)
//   max_agents    of a kind of shift
//   starts        the first and last start of a kind (without: it may begin at any interval)
//   breaks        their windows (without: anywhere, in their order)
//   length        of a kind (without: from half of it to half more, by intervals)
//
// What cannot be taken away: that calls are handled at all ("the load"), that breaks are taken,
// that the kinds are these.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/explain/explain.h"

namespace callmill::planning {

// A way in which a rule can give.
enum class Move : std::uint8_t {
  kLooser,       // a target by 0.1 points (times by 1 s)
  kMore,         // one agent more of a kind
  kEarlier,      // the first start by a step of its grid
  kLater,        // the last one
  kFiner,        // the grid of starts, halved once
  kWider,        // break windows by a slot to both sides
  kLonger,       // the kind by an interval
  kShorter,      //
  kAlsoShorter,  // beside the kind one that is shorter by an interval; they share max_agents
};
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

// With the needs of another grid: `times` finer slots for each.
CoverProblem with_needs(CoverProblem shifts, const CoverProblem& needs);

class Ask {
 public:
  // `scale`: the simulation's factor on the requirement.
  Ask(const World& world, const PlanOptions& options, GroupId group, double scale,
      const std::atomic<bool>* stop);

  const World& world() const { return world_; }
  GroupId group() const { return group_; }
  SimDuration slot() const { return slot_; }
  const std::vector<PlanRule>& rules() const { return rules_; }
  // The problem with only those of rules() that are held.
  CoverProblem problem(const std::vector<bool>& held);
  // Of another scenario with the same demand; targets of it are looked at where asked for (their
  // curves are then not corrected by the exact day's slopes: a little more staff than need be).
  CoverProblem problem_of(const World& other, bool other_targets = false);

 private:
  RequirementOptions asked_options() const;
  RequirementOptions quick_options() const;
  const Requirement& requirement(const std::vector<bool>& targets);
  CoverProblem needs(const World& shifts, const Requirement& requirement) const;

  const World& world_;
  const PlanOptions& options_;
  GroupId group_;
  double scale_;
  const std::atomic<bool>* stop_;
  SimDuration slot_;
  std::vector<PlanRule> rules_;
  std::map<std::vector<bool>, Requirement> known_;  // by the targets that are held
};

}  // namespace callmill::planning
