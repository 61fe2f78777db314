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
    if (offset >= shift.gap_start && offset < shift.gap_start + shift.gap_length) continue;
    if (!always_on_break) return Duty::kAtWork;
    best = Duty::kOnBreak;
  }
  return best;
}

// "'a', 'b' and 3 more". Shifts of one kind, which stand side by side, are named once.
std::string names(std::vector<std::string> all) {
  all.erase(std::unique(all.begin(), all.end()), all.end());
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

// Agents at work in a slot that the requirement, or a limit, asks for.
double asked(const CoverProblem& problem, int t) {
  double agents = problem.requirement[index(t)];
  for (const CoverPresence& presence : problem.presence)
    if (!presence.on_duty)
      agents = std::max(agents, static_cast<double>(presence.at_least[index(t)]));
  return agents;
}

// Names the limits over kinds of shift that the agents, by shift, have used up.
std::string used_up_limits(const CoverProblem& problem, const std::vector<double>& agents) {
  double all = 0;
  for (const double each : agents) all += each;
  std::string text;
  for (const CoverLimit& limit : problem.limits) {
    double heads = 0;
    for (const int s : limit.shifts) heads += agents[index(s)];
    const bool full = (limit.at_most >= 0 && heads > static_cast<double>(limit.at_most) - 0.5) ||
                      (limit.most_share < 1 && heads + 1 > limit.most_share * (all + 1) + 1e-6);
    if (full) text += (text.empty() ? "" : ", ") + limit.name + " is used up";
  }
  return text;
}

struct Reach {
  bool unlimited = false;
  double agents = 0;
  std::vector<int> limited;  // shifts that can be at work
  double most = kUnbounded;  // that limits on who is there allow
  std::string limit;         // the tightest of them
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
  for (const CoverPresence& presence : problem.presence) {
    const std::int64_t most = presence.at_most[index(t)];
    if (most < 0 || static_cast<double>(most) >= result.most) continue;
    result.most = static_cast<double>(most);
    result.limit = presence.name + " allows " + std::to_string(most);
  }
  return result;
}

}  // namespace

std::vector<Conflict> slots_out_of_reach(const CoverProblem& problem) {
  std::vector<Conflict> conflicts;
  for (int t = 0; t < problem.slots; ++t) {
    const double required = asked(problem, t);
    Reach at = reach(problem, t);
    const double shifts = at.unlimited ? kUnbounded : at.agents;
    if (std::min(shifts, at.most) >= whole_agents(required)) continue;
    std::string rule;
    if (at.most < shifts) {
      rule = at.limit;
      at.agents = at.most;
    } else if (!at.limited.empty()) {
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
  std::vector<double> heads(problem.shifts.size());
  for (const CoverColumn& column : model.agents)
    heads[index(column.shift)] += solved.values[index(column.column)];
  for (int t = 0; t < problem.slots; ++t) {
    if (solved.values[index(missing[index(t)])] < 0.5) continue;
    std::vector<int> used_up;
    for (const int s : reach(problem, t).limited) {
      if (heads[index(s)] > static_cast<double>(problem.shifts[index(s)].max_agents) - 0.5)
        used_up.push_back(s);
    }
    std::string rule = used_up.empty() ? "" : limits(problem, used_up);
    const auto also = [&rule](const std::string& why) {
      if (!why.empty()) rule += (rule.empty() ? "" : ", ") + why;
    };
    also(used_up_limits(problem, heads));
    if (const Reach at = reach(problem, t);
        solved.values[index(model.present[index(t)])] > at.most - 0.5)
      also(at.limit);
    if (rule.empty()) rule = "no mix of shifts and breaks gives every slot enough";
    conflicts.push_back({t, asked(problem, t), solved.values[index(model.present[index(t)])],
                         rule + " (with the other slots covered)"});
  }
  return conflicts;
}

namespace {

// Whether some plan keeps all limits of the problem, whatever it costs and covers.
bool has_plan(const CoverProblem& problem, double time_limit_s) {
  CoverModel model = build_cover_model(problem);
  for (MipColumn& column : model.mip.columns) column.cost = 0;
  return solve_mip(model.mip, {.time_limit_s = time_limit_s}).status != MipStatus::kInfeasible;
}

}  // namespace

std::vector<std::string> limits_at_odds(const CoverProblem& problem, double time_limit_s) {
  CoverProblem rest = problem;
  rest.goals.clear();
  std::fill(rest.requirement.begin(), rest.requirement.end(), 0.0);
  if (has_plan(rest, time_limit_s)) return {};
  std::vector<std::string> kept;
  // Each is left out, and stays out while the rest still cannot be kept.
  for (std::size_t i = 0; i < rest.limits.size();) {
    CoverProblem without = rest;
    without.limits.erase(without.limits.begin() + static_cast<std::ptrdiff_t>(i));
    if (has_plan(without, time_limit_s))
      ++i;
    else
      rest = std::move(without);
  }
  for (std::size_t i = 0; i < rest.presence.size();) {
    CoverProblem without = rest;
    without.presence.erase(without.presence.begin() + static_cast<std::ptrdiff_t>(i));
    if (has_plan(without, time_limit_s))
      ++i;
    else
      rest = std::move(without);
  }
  for (std::size_t s = 0; s < rest.shifts.size(); ++s) {
    if (rest.shifts[s].max_agents < 0) continue;
    CoverProblem without = rest;
    without.shifts[s].max_agents = -1;
    if (has_plan(without, time_limit_s))
      kept.push_back("max_agents of '" + rest.shifts[s].name + "' is " +
                     std::to_string(rest.shifts[s].max_agents));
    else
      rest = std::move(without);
  }
  for (const CoverLimit& limit : rest.limits) kept.push_back(limit.name);
  for (const CoverPresence& presence : rest.presence) kept.push_back(presence.name);
  return kept;
}

}  // namespace callmill
