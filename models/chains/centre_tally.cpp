#include "models/chains/centre_tally.h"

#include <algorithm>

namespace callmill {

CentreCounts no_counts(const CentreSpec& spec, const std::vector<std::vector<double>>& within) {
  CentreCounts counts;
  counts.classes.resize(spec.classes.size());
  for (std::size_t c = 0; c < spec.classes.size(); ++c) {
    counts.classes[c].answered_within.assign(within[c].size(), 0.0);
    counts.classes[c].abandoned_within.assign(within[c].size(), 0.0);
    counts.classes[c].answered_by.assign(spec.groups.size(), 0.0);
  }
  counts.groups.resize(spec.groups.size());
  for (GroupCounts& g : counts.groups) {
    g.busy.assign(spec.classes.size(), 0.0);
    g.taken = g.busy;
  }
  counts.lines_busy.assign(spec.lines.size(), 0.0);
  return counts;
}

void count_move(const CentreMove& move, double expected, CentreCounts& counts) {
  using Why = CentreMove::Why;
  if (move.group != CentreMove::kNobody) {
    GroupCounts& group = counts.groups[move.group];
    if (move.taken != CentreMove::kNobody) group.taken[move.taken] += expected;
    if (move.dials) group.dials += expected;
  }
  if (move.why >= Why::kServiceOver && move.why != Why::kPatienceOver) return;
  count_call(move, expected, counts);
}

// What becomes of the call of a move.
void count_call(const CentreMove& move, double expected, CentreCounts& counts) {
  using Why = CentreMove::Why;
  using Fate = CentreMove::Fate;
  ClassCounts& k = counts.classes[move.who];
  if (move.why == Why::kFresh) k.fresh += expected;
  if (move.why == Why::kRedial) k.redials += expected;
  if (move.drops_orbit || move.fate == Fate::kCut) k.cut += expected;
  const auto add = [expected](double& count) { count += expected; };
  switch (move.fate) {
    case Fate::kNone:
    case Fate::kCut:
    case Fate::kNextStage:
      break;
    case Fate::kBlocked:
      return add(k.blocked);
    case Fate::kNoPort:
      return add(k.no_port);
    case Fate::kInMenu:
      return add(k.entered_menu);
    case Fate::kLeftMenu:
      return add(k.left_menu);
    case Fate::kSelfServed:
      return add(k.self_served);
    case Fate::kRefused:
      return add(k.refused);
    case Fate::kBalked:
      return add(k.balked);
    case Fate::kAtOnce:
      return add(k.at_once);
    case Fate::kWaits:
      return add(k.waited);
  }
}

void count_time(const CentreRules& rules, const CentreState& s, double time, CentreCounts& counts) {
  for (std::size_t c = 0; c < counts.classes.size(); ++c) {
    counts.classes[c].waiting += time * rules.waiting(s, c);
    for (std::size_t g = 0; g < counts.groups.size(); ++g)
      counts.groups[g].busy[c] += time * rules.busy(s, c, g);
  }
  for (std::size_t g = 0; g < counts.groups.size(); ++g) {
    counts.groups[g].outbound += time * rules.outbound(s, g);
    counts.groups[g].wrap += time * rules.wrapping(s, g);
    counts.groups[g].idle += time * std::max(rules.idle(s, g), 0);
  }
  for (std::size_t l = 0; l < counts.lines_busy.size(); ++l)
    counts.lines_busy[l] += time * rules.lines_busy(s, l);
}

}  // namespace callmill
