#include "models/chains/centre_steady.h"

#include <algorithm>

#include "models/chains/centre_tally.h"
#include "models/chains/centre_wait.h"
#include "models/chains/stationary.h"

namespace callmill {
namespace {

struct Joins {
  StateIndex<WatchedCaller> states;
  std::vector<double> flow;
};

void add_waits(const WaitRules& rules, const Joins& joins, const std::vector<double>& within,
               std::size_t limit, StopFlag stop, ClassCounts& counts, std::size_t& too_many) {
  counts.answered = counts.at_once;
  counts.abandoned = counts.balked;
  counts.answered_within.assign(within.size(), counts.at_once);
  counts.abandoned_within.assign(within.size(), counts.balked);
  if (joins.flow.empty()) return;
  const WaitChain<WatchedCaller> chain = watch(rules, joins.states.states(), limit, stop);
  if (chain.too_large) too_many = std::max(too_many, chain.index.size());
  if (chain.too_large) return;
  // The starts are the chain's first states, in the same order.
  const auto n = static_cast<Eigen::Index>(joins.flow.size());
  const Vector flow = Eigen::Map<const Vector>(joins.flow.data(), n);
  const FateAtLast last = fate_at_last(chain, stop);
  counts.answered += flow.dot(last.served.head(n));
  counts.abandoned += flow.dot(last.lost.head(n));
  counts.wait_answered = flow.dot(last.wait_served.head(n));
  counts.wait_abandoned = flow.dot(last.wait_lost.head(n));
  for (std::size_t i = 0; i < within.size(); ++i) {
    const FateWithin fate = fate_within(chain, within[i], stop);
    counts.answered_within[i] += flow.dot(fate.served.head(n));
    counts.abandoned_within[i] += flow.dot(fate.lost.head(n));
  }
}

}  // namespace

std::optional<CentreCounts> steady_state(const CentreSpec& spec,
                                         const std::vector<std::vector<double>>& within,
                                         std::size_t limit, std::size_t* states, StopFlag stop) {
  const CentreRules rules{spec};
  std::vector<CentreMove> moves;
  const Chain<CentreState> chain = explore(
      rules.empty(),
      [&](const CentreState& s, auto&& visit) {
        rules.moves(s, moves);
        for (const CentreMove& m : moves) visit(m.to, m.rate);
      },
      limit, stop);
  if (states != nullptr) *states = chain.states().size();
  if (chain.too_large) return {};
  const Stationary law = stationary(chain.generator, stop);
  if (is_set(stop)) return {};
  CentreCounts counts = no_counts(spec, within);
  counts.states = chain.states().size();
  counts.residual = law.residual;
  std::vector<WaitRules> waits;
  for (std::size_t c = 0; c < spec.classes.size(); ++c) waits.emplace_back(rules, c);
  std::vector<Joins> joins(spec.classes.size());
  tally(rules, chain.states(), law.p, counts,
        [&](std::size_t c, const CentreState& s, double flow) {
          const std::uint32_t at = joins[c].states.add(waits[c].joined(s));
          joins[c].flow.resize(joins[c].states.size());
          joins[c].flow[at] += flow;
        });
  std::size_t too_many = 0;
  for (std::size_t c = 0; c < spec.classes.size(); ++c)
    for (std::size_t g = 0; g < spec.groups.size(); ++g)
      counts.classes[c].answered_by[g] = counts.groups[g].taken[c];
  for (std::size_t c = 0; c < spec.classes.size(); ++c)
    add_waits(waits[c], joins[c], within[c], limit, stop, counts.classes[c], too_many);
  if (is_set(stop)) return {};
  if (too_many > 0 && states != nullptr) *states = too_many;
  if (too_many > 0) return {};
  return counts;
}

}  // namespace callmill
