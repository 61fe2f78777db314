#pragma once
// What is asked of one planned group, rule by rule: each can be taken away, or moved by steps.
// Internal to the explanation of plans.
//
//   targets       the measure's value
//   hours         an interval's agents come from these shifts alone (without: they are had anyway)
//   max_agents    of a kind of shift; min_agents likewise
//   limits        of the group, what they allow at most and what they ask for at least
//   starts        the first and last start of a kind (without: it may begin at any interval)
//   breaks        their windows (without: anywhere, in their order)
//   length        of a kind (without: from half of it to twice as long, by intervals)
//
// What cannot be taken away: that calls are handled at all ("the load"), that breaks are taken,
// that the kinds are these.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "engine/explain/explain_moves.h"

namespace callmill::planning {

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
