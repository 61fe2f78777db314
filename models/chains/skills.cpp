#include "models/chains/skills.h"

#include <algorithm>

#include "base/check.h"
#include "models/chains/centre_moves.h"

namespace callmill {

std::string fault(const CentreSpec& spec, const std::vector<double>& within) {
  if (spec.classes.empty() || spec.groups.empty()) return "classes and groups are needed";
  if (within.size() != spec.classes.size() || spec.skills.size() != spec.classes.size())
    return "t and mu need an entry for each class";
  for (std::size_t c = 0; c < spec.classes.size(); ++c) {
    const CentreSpec::Class& k = spec.classes[c];
    if (!(k.rate > 0 && k.patience_rate >= 0)) return "lam must be > 0, theta >= 0";
    if (k.queue >= spec.queues.size() || spec.queues[k.queue] == kNoBound)
      return "each class needs a qcap";
    if (spec.skills[c].size() != spec.groups.size()) return "mu needs an entry for each group";
    for (const std::size_t g : k.prefer) {
      if (g >= spec.groups.size() || !(spec.skills[c][g].rate > 0))
        return "pref names a group that cannot serve the class";
      const std::vector<std::size_t>& take = spec.groups[g].take;
      if (std::find(take.begin(), take.end(), c) == take.end())
        return "pref names a group that does not take the class";
    }
  }
  for (const CentreSpec::Group& group : spec.groups)
    for (const std::size_t c : group.take)
      if (c >= spec.classes.size()) return "take names no class";
  if (!CentreRules{spec}.fits()) return "too many classes and groups for a state";
  return "";
}

std::optional<SkillsResult> solve_skills(const CentreSpec& spec,
                                         const std::vector<double>& within) {
  CALLMILL_CHECK(fault(spec, within).empty(), "skills: the spec has a fault");
  std::vector<std::vector<double>> times;
  for (const double t : within) times.push_back({t});
  const std::optional<CentreCounts> counts = steady_state(spec, times);
  if (!counts) return {};
  SkillsResult result{{}, {}, counts->states, counts->residual};
  for (const ClassCounts& k : counts->classes) {
    const double calls = k.fresh;
    result.classes.push_back({k.refused / calls, k.at_once / calls, k.abandoned / calls,
                              k.answered / calls, k.waiting, k.waiting / calls,
                              k.answered_within[0] / calls, k.abandoned_within[0] / calls});
  }
  for (std::size_t g = 0; g < spec.groups.size(); ++g) {
    const GroupCounts& from = counts->groups[g];
    double busy = from.outbound;
    for (const double of_class : from.busy) busy += of_class;
    result.groups.push_back(
        {from.busy, from.taken, busy / spec.groups[g].agents, from.outbound, from.dials});
  }
  return result;
}

}  // namespace callmill
