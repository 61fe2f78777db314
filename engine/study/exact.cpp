#include "engine/study/exact.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "models/chains/centre_steady.h"
#include "models/chains/of_world.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kCut = 1e-12;
constexpr int kFirstCut = 16, kLastCut = 4096;

template <class Count>
using Values = std::array<double, kWidth<Count>>;

double attempts_of(const ClassCounts& k) {
  return k.fresh + k.redials;
}

double cut_share(const CentreCounts& counts) {
  double cut = 0, all = 0;
  for (const ClassCounts& k : counts.classes) {
    cut += k.cut;
    all += attempts_of(k);
  }
  return all > 0 ? cut / all : 0;
}

double sum(const std::vector<double>& values) {
  double all = 0;
  for (const double v : values) all += v;
  return all;
}

// Per second. What happens before a queue is counted apart from what happens in it.
void add_calls(const CentreCounts& counts, std::size_t c, bool before, Values<CallCount>& v) {
  using C = CallCount;
  const ClassCounts& k = counts.classes[c];
  const auto add = [&](C count, double value) { v[at(count)] += value; };
  if (before) {
    add(C::kAttempts, attempts_of(k));
    add(C::kRedials, k.redials);
    add(C::kBlocked, k.blocked + k.no_port);
    add(C::kMenuHangUps, k.left_menu);
    add(C::kSelfServed, k.self_served);
    add(C::kMenuEntered, k.entered_menu);
  }
  add(C::kBlocked, k.refused);
  add(C::kRefused, k.refused);
  add(C::kOffered, k.at_once + k.waited + k.balked);
  add(C::kAnswered, k.answered);
  add(C::kAbandoned, k.abandoned);
  add(C::kAnsweredWithin, k.answered_within[0]);
  add(C::kAbandonedWithin, k.abandoned_within[0]);
  add(C::kShortAbandoned, k.abandoned_within[1]);
  add(C::kAnsweredAtOnce, k.at_once);
  add(C::kWaitAnswered, k.wait_answered);
  add(C::kWaitAbandoned, k.wait_abandoned);
  for (const GroupCounts& g : counts.groups) add(C::kTalk, g.busy[c]);
  for (const C unknown : {C::kMaxWait, C::kWaitP50, C::kWaitP80, C::kWaitP95})
    v[at(unknown)] = kNaN;
}

Values<CallCount> calls(const CentreCounts& counts, const CentreSpec& spec, Scope scope) {
  Values<CallCount> v{};
  for (std::size_t c = 0; c < counts.classes.size(); ++c) {
    if (scope.kind == ScopeKind::kCallerType && scope.index != c) continue;
    if (scope.kind == ScopeKind::kQueue && scope.index != spec.classes[c].queue) continue;
    add_calls(counts, c, scope.kind != ScopeKind::kQueue, v);
  }
  return v;
}

Values<AgentCount> agents(const CentreCounts& counts, const CentreSpec& spec, Scope scope) {
  using A = AgentCount;
  Values<A> v{};
  for (std::size_t g = 0; g < counts.groups.size(); ++g) {
    if (scope.kind == ScopeKind::kGroup && scope.index != g) continue;
    const GroupCounts& from = counts.groups[g];
    const double talk = sum(from.busy);
    v[at(A::kTalk)] += talk;
    v[at(A::kDialling)] += from.outbound;
    v[at(A::kAvailable)] += spec.groups[g].agents - talk - from.outbound;
    v[at(A::kAnswered)] += sum(from.taken);
    v[at(A::kDials)] += from.dials;
    v[at(A::kReached)] += from.dials;
  }
  v[at(A::kElapsed)] = 1;
  return v;
}

Values<LineCount> lines(const CentreCounts& counts, const CentreSpec& spec, Scope scope) {
  using L = LineCount;
  Values<L> v{};
  for (std::size_t l = 0; l < spec.lines.size(); ++l) {
    if (scope.kind == ScopeKind::kTrunks && scope.index != l) continue;
    v[at(L::kBusy)] += counts.lines_busy[l];
    v[at(L::kLineTime)] += spec.lines[l];
    for (std::size_t c = 0; c < counts.classes.size(); ++c) {
      if (spec.classes[c].lines != l) continue;
      v[at(L::kAttempts)] += attempts_of(counts.classes[c]);
      v[at(L::kBlocked)] += counts.classes[c].blocked + counts.classes[c].no_port;
      v[at(L::kNoPort)] += counts.classes[c].no_port;
    }
  }
  v[at(L::kPeak)] = kNaN;
  v[at(L::kElapsed)] = 1;
  return v;
}

ReplicationCounts expected(const CentreCounts& counts, const CentreSpec& spec,
                           const Blueprint& plan, const KpiLayout& layout) {
  ReplicationCounts out(layout.size(), 0.0);
  const double length_s = to_seconds(plan.days.interval);
  const auto put = [&](const KpiLayout::Row& row, const auto& per_second) {
    for (std::uint32_t i = 0; i < plan.intervals; ++i)
      for (std::size_t k = 0; k < per_second.size(); ++k)
        add_to_periods(plan, layout, row, i, k, per_second[k] * length_s, out);
  };
  for (const KpiLayout::Row& row : layout.rows()) {
    switch (row.family) {
      case Family::kCalls:
        put(row, calls(counts, spec, row.scope));
        break;
      case Family::kAgents:
        put(row, agents(counts, spec, row.scope));
        break;
      case Family::kLines:
        put(row, lines(counts, spec, row.scope));
        break;
      default:
        put(row, std::vector<double>(row.width, kNaN));
    }
  }
  return out;
}

}  // namespace

std::vector<Fault> refused_exactly(const World& world) {
  return not_markov(world);
}

std::optional<ExactResult> exact_steady(const World& world, const Blueprint& plan,
                                        std::string& too_large, std::size_t limit) {
  CentreSpec spec = centre_of(world);
  std::vector<std::vector<double>> within;
  for (const CentreSpec::Class& k : spec.classes)
    within.push_back({to_seconds(world.queues[k.queue].answer_within), to_seconds(kShortAbandon)});
  for (int cut = kFirstCut; cut <= kLastCut; cut *= 2) {
    spec.cut_queue = spec.cut_orbit = cut;
    const std::optional<CentreCounts> counts = steady_state(spec, within, limit);
    if (!counts) break;
    const double share = cut_share(*counts);
    if (share > kCut) continue;
    ExactResult result{KpiTable{plan}, counts->states, counts->residual, share};
    result.kpis.add(expected(*counts, spec, plan, result.kpis.layout()));
    return result;
  }
  too_large = fmt::format(
      "its chain has more than {} states, or its queues grow without limit: fewer agents, lines, "
      "caller types or groups, or a capacity for each queue",
      limit);
  return {};
}

}  // namespace callmill
