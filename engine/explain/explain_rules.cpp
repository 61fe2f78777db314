// Which rule costs most: each moved by one step, the cover solved anew.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/check.h"
#include "engine/explain/explain_ask.h"
#include "engine/explain/explain_parts.h"
#include "engine/planning/plan_round.h"
#include "models/cover/relax.h"

namespace callmill::planning {
namespace {

constexpr std::size_t kMostSolved = 8;   // a group; the others have the relaxed program's word
constexpr double kNothing = 1e-7;        // of the cost: the relaxed program does not feel the rule
constexpr std::int64_t kFreely = 1'000;  // slots: windows as wide as they go

struct MovedRule {
  PlanRule rule;
  std::string what;
  CoverProblem problem;
  double relaxed = 0;  // cost
};

// As moves_of; a length gives by one more beside it, and targets are another matter.
std::vector<Move> steps_of(PlanRuleKind kind) {
  if (kind == PlanRuleKind::kTarget) return {};
  if (kind == PlanRuleKind::kLength) return {Move::kAlsoShorter};
  return moves_of(kind);
}

class RulePrices {
 public:
  RulePrices(const Explaining& in, const GroupPlanResult& group)
      : in_{in},
        group_{group},
        ask_{in.world, in.options, group.group, group.scale, in.stop},
        asked_{in.plan.program_bound ? ask_.problem_of(in.world) : group.problem},
        cost_{group.cover.cost},
        base_{relaxed_cost(asked_)} {}

  void add(std::vector<RulePrice>& prices) {
    collect();
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const MovedRule& a, const MovedRule& b) { return a.relaxed < b.relaxed; });
    if (in_.plan.program_bound) {
      const CoverResult now = solve_cover(asked_, in_.how.cover);
      if (now.choices.empty()) return;
      cost_ = now.cost;
    }
    for (std::size_t c = 0; c < candidates_.size() && !in_.stopped(); ++c) {
      const MovedRule& one = candidates_[c];
      RulePrice price{group_.group, one.rule, one.what, 0, std::max(0.0, cost_ - one.relaxed),
                      false};
      if (c < kMostSolved) {
        in_.tell("which rule costs most",
                 static_cast<double>(c) /
                     static_cast<double>(std::min(kMostSolved, candidates_.size())));
        solve(one.problem, cost_, price);
      }
      prices.push_back(std::move(price));
    }
    add_targets(prices);
  }

 private:
  void collect() {
    for (const PlanRule& rule : ask_.rules())
      for (const Move move : steps_of(rule.kind)) {
        if (in_.stopped()) return;
        // Windows are set free at once: a step of them is a slot, which says little.
        const std::int64_t steps = rule.kind == PlanRuleKind::kBreaks ? freely(rule) : 1;
        const std::optional<World> w =
            steps > 0 ? moved(in_.world, rule, move, steps) : std::nullopt;
        if (!w) continue;
        const SimDuration slot = std::min(planning_slot(*w), in_.plan.slot);
        CoverProblem problem = with_needs(cover_problem(*w, group_.group, slot, {}), asked_);
        if (!faults(problem).empty()) continue;
        const double relaxed = relaxed_cost(problem);
        if (base_ - relaxed <= kNothing * base_) continue;
        candidates_.push_back({rule,
                               rule.kind == PlanRuleKind::kBreaks
                                   ? fmt::format("break windows of '{}' are as wide as they can be",
                                                 in_.world.shifts[rule.index].name)
                                   : move_text(in_.world, rule, move, steps),
                               std::move(problem), relaxed});
      }
  }

  std::int64_t freely(const PlanRule& rule) const {
    std::int64_t steps = 0;
    while (steps < kFreely && moved(in_.world, rule, Move::kWider, steps + 1)) ++steps;
    return steps;
  }

  void solve(const CoverProblem& problem, double cost, RulePrice& price) const {
    const CoverResult cover = cover_by_kinds(problem, in_.how.cover);
    if (cover.choices.empty()) return;
    CALLMILL_CHECK(check_cover(problem, cover).empty(), "the cover keeps all other rules");
    price.solved = true;
    price.saving = std::max(0.0, cost - cover.cost);
    price.at_most = std::max(price.saving, std::min(price.at_most, cost - cover.bound));
  }

  // A target a point lower has another requirement; both are made anew, so that they differ by the
  // point alone.
  void add_targets(std::vector<RulePrice>& prices) {
    std::optional<CoverResult> now;
    for (const PlanRule& rule : ask_.rules()) {
      if (rule.kind != PlanRuleKind::kTarget || in_.stopped()) continue;
      const std::int64_t steps = in_.world.targets[rule.index].metric == "asa" ? 1 : 10;
      const std::optional<World> w = moved(in_.world, rule, Move::kLooser, steps);
      if (!w) continue;
      in_.tell("which rule costs most", 1);
      if (!now) now = solve_cover(ask_.problem_of(in_.world, true), in_.how.cover);
      const CoverResult then = solve_cover(ask_.problem_of(*w, true), in_.how.cover);
      if (now->choices.empty() || then.choices.empty()) continue;
      const double saving = std::max(0.0, now->cost - then.cost);
      prices.push_back({group_.group, rule, move_text(in_.world, rule, Move::kLooser, steps),
                        saving, std::max(saving, now->cost - then.bound), true});
    }
  }

  const Explaining& in_;
  const GroupPlanResult& group_;
  Ask ask_;
  // What the cover was solved for. Traded shifts were solved for cuts that hold for their mix
  // alone: their rules are priced against the requirement, by a cover of its own.
  CoverProblem asked_;
  double cost_;  // of its cover
  double base_;  // of its relaxation
  std::vector<MovedRule> candidates_;
};

// Lines are rented by formula: no cover is solved for them.
void add_losses(const Explaining& in, std::vector<RulePrice>& prices) {
  std::vector<Requirement> at_work;
  for (const GroupPlanResult& g : in.plan.groups) {
    at_work.push_back(g.requirement);
    for (std::size_t i = 0; i < g.present.size(); ++i)
      at_work.back().intervals[i].agents = g.present[i] * g.on_calls[i];
  }
  const auto rent = [&](const World& world) {
    double sum = 0;
    for (const LinesNeeded& needed : lines_requirement(world, at_work))
      sum += world.trunks[needed.trunks.index()].rent_per_day *
             static_cast<double>(std::max<std::int64_t>(0, needed.lines));
    return sum;
  };
  for (std::size_t t = 0; t < in.world.targets.size() && !in.stopped(); ++t) {
    if (!is_loss(in.world.targets[t])) continue;
    const PlanRule rule{PlanRuleKind::kTarget, t};
    const std::optional<World> w = moved(in.world, rule, Move::kLooser, 10);
    if (!w) continue;
    const double saving = std::max(0.0, rent(in.world) - rent(*w));
    prices.push_back(
        {GroupId{}, rule, move_text(in.world, rule, Move::kLooser, 10), saving, saving, false});
  }
}

}  // namespace

void explain_rules(const Explaining& in, Explanation& out) {
  for (const GroupPlanResult& g : in.plan.groups)
    if (!g.present.empty() && !g.cover.choices.empty() && !in.stopped())
      RulePrices{in, g}.add(out.rules);
  add_losses(in, out.rules);
  std::stable_sort(out.rules.begin(), out.rules.end(), [](const RulePrice& a, const RulePrice& b) {
    return a.saving != b.saving ? a.saving > b.saving : a.at_most > b.at_most;
  });
}

}  // namespace callmill::planning
