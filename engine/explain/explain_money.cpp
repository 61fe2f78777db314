// Where the money goes: wages by interval beside what is wanted, what is too much and why it is
// there, and what is paid for waiting.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/explain/explain_parts.h"
#include "models/plans/pay.h"
#include "models/world/findings.h"

namespace callmill::planning {
namespace {

constexpr SimDuration kDay = std::chrono::hours{24};

// Wages of one slot as the pay rules count them, and of those who are at work.
struct SlotWages {
  double paid = 0, at_work = 0;
};

std::vector<SlotWages> wages_by_slot(const World& world, const PlanResult& plan,
                                     const GroupPlanResult& g) {
  std::vector<SlotWages> wages(g.cover.present.size());
  const DayPay pay{world};
  for (const PlannedShift& shift : plan.day.shifts) {
    if (shift.group != g.group || !shift.pattern) continue;
    for (SimDuration t = shift.from; t < shift.to; t += plan.slot) {
      bool at_work = !shift.off || t < shift.off->from || t >= shift.off->to;
      for (const PlannedBreak& rest : shift.breaks)
        if (t >= rest.from && t < rest.to) at_work = false;
      const double wage = pay.wage(shift, t, t + plan.slot);
      SlotWages& slot =
          wages[static_cast<std::size_t>((t - world.day.opens) / plan.slot) % wages.size()];
      slot.paid += wage;
      if (at_work) slot.at_work += wage;
    }
  }
  return wages;
}

bool is_tight(const GroupPlanResult& g, int slot) {
  const auto t = static_cast<std::size_t>(slot % g.problem.slots);
  return static_cast<double>(g.cover.present[t]) - 1 < std::ceil(g.wanted[t] - 1e-9);
}

std::string clock(const World& world, const PlanResult& plan, int slot) {
  return time_in_words((world.day.opens + plan.slot * slot) % kDay);
}

// Ranges of the shift in which nobody can be spared: "10:00-11:30 14:00-14:30".
std::string tight_ranges(const World& world, const PlanResult& plan, const GroupPlanResult& g,
                         const CoverChoice& c, int length) {
  constexpr int kShown = 2;
  std::string text;
  int begin = -1, shown = 0;
  for (int k = 0; k <= length; ++k) {
    const bool tight = k < length && is_tight(g, c.start + k);
    if (tight && begin < 0) begin = k;
    if (tight || begin < 0) continue;
    if (++shown > kShown) return text + " ...";
    text += fmt::format("{}{}-{}", text.empty() ? "" : " ", clock(world, plan, c.start + begin),
                        clock(world, plan, c.start + k));
    begin = -1;
  }
  return text;
}

// The largest shifts on duty in the slots, and what they are needed for.
std::vector<OverShift> why_over(const World& world, const PlanResult& plan,
                                const GroupPlanResult& g, int from, int to) {
  constexpr std::size_t kShown = 2;
  std::vector<const CoverChoice*> there;
  for (const CoverChoice& c : g.cover.choices) {
    const int length = g.problem.shifts[static_cast<std::size_t>(c.shift)].length;
    for (int t = from; t < to; ++t) {
      const int offset = (t - c.start + g.problem.slots) % g.problem.slots;
      if (offset >= length) continue;
      there.push_back(&c);
      break;
    }
  }
  std::stable_sort(there.begin(), there.end(), [](const CoverChoice* a, const CoverChoice* b) {
    return a->agents > b->agents;
  });
  std::vector<OverShift> why;
  for (std::size_t k = 0; k < std::min(kShown, there.size()); ++k) {
    const CoverShift& shift = g.problem.shifts[static_cast<std::size_t>(there[k]->shift)];
    why.push_back({there[k]->agents, shift.name, clock(world, plan, there[k]->start),
                   tight_ranges(world, plan, g, *there[k], shift.length)});
  }
  return why;
}

}  // namespace

void explain_money(const Explaining& in, Explanation& out) {
  const Metric* occupancy = find_metric("occupancy", ScopeKind::kGroup);
  for (const GroupPlanResult& g : in.plan.groups) {
    if (g.present.empty() || g.cover.choices.empty()) continue;
    const std::vector<SlotWages> wages = wages_by_slot(in.world, in.plan, g);
    GroupMoney money{g.group, {}};
    const std::size_t each = wages.size() / g.present.size();
    const double hours = to_hours(in.plan.slot);
    for (std::size_t i = 0; i < g.present.size(); ++i) {
      MoneyInterval m;
      m.present = g.present[i];
      double at_work = 0;
      for (std::size_t t = i * each; t < (i + 1) * each; ++t) {
        m.wages += wages[t].paid;
        at_work += wages[t].at_work;
        m.wanted = std::max(m.wanted, g.wanted[t]);
        m.over += hours * std::max(0.0, static_cast<double>(g.cover.present[t]) -
                                            std::ceil(g.wanted[t] - 1e-9));
      }
      const double busy =
          in.plan.kpis
              .estimate(*occupancy, {ScopeKind::kGroup, g.group.index()},
                        static_cast<std::uint32_t>(i), in.options.replicate.confidence)
              .value;
      m.idle = at_work > 0 ? at_work * (1 - std::min(1.0, busy)) : 0;
      if (m.over > 0)
        m.why = why_over(in.world, in.plan, g, static_cast<int>(i * each),
                         static_cast<int>((i + 1) * each));
      money.intervals.push_back(std::move(m));
    }
    out.money.push_back(std::move(money));
  }
}

}  // namespace callmill::planning
