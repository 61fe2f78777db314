#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "models/cover/cover_model.h"

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

enum class Duty { kOff, kOnBreak, kAtWork };

// The most that an agent of the shift can be in the slot, over all starts and break times.
Duty best_duty(const CoverProblem& problem, const CoverShift& shift, int t) {
  Duty best = Duty::kOff;
  for (const int start : shift.starts) {
    if (!problem.cyclic && start + shift.length > problem.slots) continue;
    int offset = t - start;
    if (problem.cyclic) offset = (offset + problem.slots) % problem.slots;
    if (offset < 0 || offset >= shift.length) continue;
    const bool always_on_break =
        std::any_of(shift.breaks.begin(), shift.breaks.end(), [offset](const CoverBreak& rest) {
          return rest.latest <= offset && rest.earliest > offset - rest.length;
        });
    if (!always_on_break) return Duty::kAtWork;
    best = Duty::kOnBreak;
  }
  return best;
}

// "'a', 'b' and 3 more".
std::string names(const std::vector<std::string>& all) {
  constexpr std::size_t kShown = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(all.size(), kShown); ++i)
    text += (i > 0 ? ", '" : "'") + all[i] + "'";
  if (all.size() > kShown) text += " and " + std::to_string(all.size() - kShown) + " more";
  return text;
}

// "max_agents of 'early' is 6, of 'late' is 5".
std::string limits(const CoverProblem& problem, const std::vector<int>& shifts) {
  std::string text = "max_agents ";
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    const CoverShift& shift = problem.shifts[index(shifts[i])];
    text += (i > 0 ? ", of '" : "of '") + shift.name + "' is " + std::to_string(shift.max_agents);
  }
  return text;
}

struct Reach {
  bool unlimited = false;
  double agents = 0;
  std::vector<int> limited;  // shifts that can be at work
  std::vector<std::string> on_break;
};

Reach reach(const CoverProblem& problem, int t) {
  Reach result;
  for (int s = 0; s < static_cast<int>(problem.shifts.size()); ++s) {
    const CoverShift& shift = problem.shifts[index(s)];
    const Duty duty = best_duty(problem, shift, t);
    if (duty == Duty::kOnBreak) result.on_break.push_back(shift.name);
    if (duty != Duty::kAtWork) continue;
    if (shift.max_agents < 0) {
      result.unlimited = true;
    } else {
      result.agents += static_cast<double>(shift.max_agents);
      result.limited.push_back(s);
    }
  }
  return result;
}

}  // namespace

std::vector<Conflict> slots_out_of_reach(const CoverProblem& problem) {
  std::vector<Conflict> conflicts;
  for (int t = 0; t < problem.slots; ++t) {
    const double required = problem.requirement[index(t)];
    const Reach at = reach(problem, t);
    if (at.unlimited || at.agents >= whole_agents(required)) continue;
    std::string rule;
    if (!at.limited.empty()) {
      rule = limits(problem, at.limited);
    } else if (!at.on_break.empty()) {
      rule = "every shift on duty has a break that cannot be moved: " + names(at.on_break);
    } else {
      std::vector<std::string> all;
      for (const CoverShift& shift : problem.shifts) all.push_back(shift.name);
      rule = all.empty() ? "there are no shifts" : "no shift of " + names(all) + " is on duty";
    }
    conflicts.push_back({t, required, at.agents, rule});
  }
  return conflicts;
}

// The same program with shortage allowed, and priced instead of the shifts: the least number of
// agents missing.
std::vector<Conflict> slots_short_together(const CoverProblem& problem, double time_limit_s) {
  CoverProblem alone = problem;  // the day's goals have no slot to blame
  alone.goals.clear();
  CoverModel model = build_cover_model(alone);
  Mip& mip = model.mip;
  for (const CoverColumn& agents : model.agents) mip.columns[index(agents.column)].cost = 0;
  std::vector<int> missing;
  for (int t = 0; t < problem.slots; ++t) {
    MipColumn& present = mip.columns[index(model.present[index(t)])];
    const int row = mip.add_row(present.lower, kUnbounded);
    present.lower = 0;
    missing.push_back(mip.add_column(1, 0, kUnbounded));
    mip.add(row, model.present[index(t)], 1);
    mip.add(row, missing.back(), 1);
  }
  const MipResult solved =
      solve_mip(mip, {.relative_gap = 0, .time_limit_s = time_limit_s, .cost_step = 1});

  std::vector<Conflict> conflicts;
  if (solved.values.empty()) return conflicts;
  for (int t = 0; t < problem.slots; ++t) {
    if (solved.values[index(missing[index(t)])] < 0.5) continue;
    std::vector<int> used_up;
    for (const int s : reach(problem, t).limited) {
      double agents = 0;
      for (const CoverColumn& column : model.agents)
        if (column.shift == s) agents += solved.values[index(column.column)];
      if (agents > static_cast<double>(problem.shifts[index(s)].max_agents) - 0.5)
        used_up.push_back(s);
    }
    const std::string rule = used_up.empty() ? "no mix of shifts and breaks gives every slot enough"
                                             : limits(problem, used_up);
    conflicts.push_back({t, problem.requirement[index(t)],
                         solved.values[index(model.present[index(t)])],
                         rule + " (with the other slots covered)"});
  }
  return conflicts;
}

}  // namespace callmill
