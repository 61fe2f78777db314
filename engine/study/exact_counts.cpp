#include "engine/study/exact_counts.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.h"
#include "engine/kpi/counts.h"
#include "models/chains/centre_spec.h"

namespace callmill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double attempts_of(const ClassCounts& k) {
  return k.fresh + k.redials;
}

template <class Count>
using Values = std::array<double, kWidth<Count>>;

double sum(const std::vector<double>& values) {
  double all = 0;
  for (const double v : values) all += v;
  return all;
}

// Calls that are sent back are no calls of their own.
bool sends_back(const CentreSpec& spec) {
  return std::any_of(spec.classes.begin(), spec.classes.end(),
                     [](const CentreSpec::Class& k) { return k.sent_back_of.has_value(); });
}

// Calls that the group took, without those who came back.
double taken(const CentreCounts& counts, const CentreSpec& spec, std::size_t g) {
  double all = 0;
  for (std::size_t c = 0; c < spec.classes.size(); ++c)
    if (!spec.classes[c].sent_back_of) all += counts.groups[g].taken[c];
  return all;
}

// What happens before a queue is counted apart from what happens in it.
void add_calls(const CentreCounts& counts, const CentreSpec& spec, std::size_t c, bool before,
               Values<CallCount>& v) {
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
  add(C::kDisconnected, k.disconnected);
  add(C::kAnswered, k.answered);
  add(C::kAbandoned, k.abandoned);
  add(C::kAnsweredWithin, k.answered_within[0]);
  add(C::kAbandonedWithin, k.abandoned_within[0]);
  add(C::kShortAbandoned, k.abandoned_within[1]);
  add(C::kAnsweredAtOnce, k.at_once);
  add(C::kWaitAnswered, k.wait_answered);
  add(C::kWaitAbandoned, k.wait_abandoned);
  for (std::size_t g = 0; g < counts.groups.size(); ++g) {
    const CentreSpec::Skill& skill = spec.skills[c][g];
    if (skill.rate > 0) add(C::kTalk, k.answered_by[g] / skill.rate);
    if (skill.wrap_rate > 0) add(C::kWrap, k.answered_by[g] / skill.wrap_rate);
  }
  // Who broke a talk off after it was sent back had less of it.
  if (sends_back(spec)) v[at(C::kTalk)] = kNaN;
  for (const C unknown : {C::kMaxWait, C::kWaitP50, C::kWaitP80, C::kWaitP95})
    v[at(unknown)] = kNaN;
}

Values<CallCount> calls(const CentreCounts& counts, const CentreSpec& spec, Scope scope) {
  Values<CallCount> v{};
  for (std::size_t c = 0; c < counts.classes.size(); ++c) {
    if (spec.classes[c].sent_back_of) continue;
    if (scope.kind == ScopeKind::kCallerType && scope.index != c) continue;
    if (scope.kind == ScopeKind::kQueue && scope.index != spec.classes[c].queue) continue;
    add_calls(counts, spec, c, scope.kind != ScopeKind::kQueue, v);
  }
  return v;
}

Values<AgentCount> agents(const CentreCounts& counts, const CentreSpec& spec, double length_s,
                          Scope scope) {
  using A = AgentCount;
  Values<A> v{};
  for (std::size_t g = 0; g < counts.groups.size(); ++g) {
    if (scope.kind == ScopeKind::kGroup && scope.index != g) continue;
    const GroupCounts& from = counts.groups[g];
    const double talk = sum(from.busy);
    v[at(A::kTalk)] += talk;
    v[at(A::kDialling)] += from.outbound;
    v[at(A::kWrap)] += from.wrap;
    v[at(A::kAvailable)] += from.idle;
    v[at(A::kAnswered)] += taken(counts, spec, g);
    v[at(A::kDials)] += from.dials;
    v[at(A::kReached)] += from.dials;
  }
  v[at(A::kElapsed)] = length_s;
  return v;
}

Values<LineCount> lines(const CentreCounts& counts, const CentreSpec& spec, double length_s,
                        Scope scope) {
  using L = LineCount;
  Values<L> v{};
  for (std::size_t l = 0; l < spec.lines.size(); ++l) {
    if (scope.kind == ScopeKind::kTrunks && scope.index != l) continue;
    v[at(L::kBusy)] += counts.lines_busy[l];
    v[at(L::kLineTime)] += spec.lines[l] * length_s;
    for (std::size_t c = 0; c < counts.classes.size(); ++c) {
      if (spec.classes[c].lines != l) continue;
      v[at(L::kAttempts)] += attempts_of(counts.classes[c]);
      v[at(L::kBlocked)] += counts.classes[c].blocked + counts.classes[c].no_port;
      v[at(L::kNoPort)] += counts.classes[c].no_port;
    }
  }
  v[at(L::kPeak)] = kNaN;
  v[at(L::kElapsed)] = length_s;
  return v;
}

}  // namespace

double cut_share(const std::vector<CentreCounts>& intervals) {
  double cut = 0, all = 0;
  for (const CentreCounts& counts : intervals)
    for (const ClassCounts& k : counts.classes) {
      cut += k.cut;
      all += attempts_of(k);
    }
  return all > 0 ? cut / all : 0;
}

ReplicationCounts expected_counts(const std::vector<CentreCounts>& intervals,
                                  const CentreSpec& spec, const Blueprint& plan,
                                  const KpiLayout& layout) {
  CALLMILL_CHECK(intervals.size() == plan.intervals, "counts of each interval");
  ReplicationCounts out(layout.size(), 0.0);
  const double length_s = to_seconds(plan.days.interval);
  for (const KpiLayout::Row& row : layout.rows())
    for (std::uint32_t i = 0; i < plan.intervals; ++i) {
      const auto put = [&](const auto& values) {
        for (std::size_t k = 0; k < values.size(); ++k)
          add_to_periods(plan, layout, row, i, k, values[k], out);
      };
      switch (row.family) {
        case Family::kCalls:
          put(calls(intervals[i], spec, row.scope));
          break;
        case Family::kAgents:
          put(agents(intervals[i], spec, length_s, row.scope));
          break;
        case Family::kLines:
          put(lines(intervals[i], spec, length_s, row.scope));
          break;
        default:
          put(std::vector<double>(row.width, kNaN));
      }
    }
  return out;
}

}  // namespace callmill
