#include "models/cover/cover.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "base/check.h"
#include "models/cover/cover_model.h"

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

double step_of(const CoverProblem& problem) {
  std::vector<double> costs;
  for (const CoverShift& shift : problem.shifts)
    costs.insert(costs.end(), shift.cost.begin(), shift.cost.end());
  return common_step(costs);
}

void count_present(const CoverProblem& problem, CoverResult& result) {
  result.present.assign(index(problem.slots), 0);
  for (const CoverChoice& choice : result.choices) {
    const CoverShift& shift = problem.shifts[index(choice.shift)];
    for (int k = 0; k < shift.length; ++k)
      if (k < shift.gap_start || k >= shift.gap_start + shift.gap_length)
        result.present[index((choice.start + k) % problem.slots)] += choice.agents;
    for (const std::vector<int>& starts : choice.break_start)
      for (std::size_t b = 0; b < starts.size(); ++b)
        for (int k = 0; k < shift.breaks[b].length; ++k)
          --result.present[index((starts[b] + k) % problem.slots)];
  }
}

std::string fault(const CoverProblem& problem, const CoverShift& shift) {
  const std::string who = "shift '" + shift.name + "': ";
  if (shift.length < 1 || shift.length > problem.slots)
    return who + "length must lie in 1.." + std::to_string(problem.slots);
  if (shift.cost.size() != shift.starts.size()) return who + "one cost a start is needed";
  for (const int start : shift.starts)
    if (start < 0 || start >= problem.slots)
      return who + "start " + std::to_string(start) + " is not a slot";
  for (const double cost : shift.cost)
    if (!(cost >= 0) || std::isinf(cost)) return who + "costs must be finite and not negative";
  const int gap_end = shift.gap_start + shift.gap_length;
  if (shift.gap_length < 0 || shift.gap_start < 0 ||
      (shift.gap_length > 0 && (shift.gap_start < 1 || gap_end >= shift.length)))
    return who + "its gap must leave time before and after";
  int free_from = 0;
  for (std::size_t b = 0; b < shift.breaks.size(); ++b) {
    const CoverBreak& rest = shift.breaks[b];
    const std::string which = who + "break " + std::to_string(b + 1) + " ";
    if (rest.length < 1) return which + "must last at least a slot";
    if (rest.latest < rest.earliest) return which + "ends its window before it opens";
    if (rest.earliest < free_from)
      return which + (b == 0 ? "may start before the shift" : "may overlap the break before it");
    if (rest.latest + rest.length > shift.length) return which + "may run past the shift's end";
    if (shift.gap_length > 0 && rest.earliest < gap_end &&
        rest.latest + rest.length > shift.gap_start)
      return which + "may meet the gap";
    free_from = rest.latest + rest.length;
  }
  return "";
}

bool is_sound(const CoverProblem& problem, const CoverLimit& limit) {
  std::vector<bool> seen(problem.shifts.size(), false);
  for (const int s : limit.shifts) {
    if (s < 0 || s >= static_cast<int>(problem.shifts.size()) || seen[index(s)]) return false;
    seen[index(s)] = true;
  }
  const bool counts = limit.at_least >= 0 && (limit.at_most < 0 || limit.at_most >= limit.at_least);
  return counts && limit.least_share >= 0 && limit.least_share <= limit.most_share &&
         limit.most_share <= 1;
}

bool is_sound(const CoverProblem& problem, const CoverPresence& presence) {
  const auto slots = index(problem.slots);
  if (presence.at_least.size() != slots || presence.at_most.size() != slots) return false;
  for (std::size_t t = 0; t < slots; ++t)
    if (presence.at_least[t] < 0 ||
        (presence.at_most[t] >= 0 && presence.at_most[t] < presence.at_least[t]))
      return false;
  return true;
}

bool is_sound(const CoverProblem& problem, const CoverGoal& goal) {
  const std::size_t slots = problem.requirement.size();
  if (goal.from.size() != slots || goal.worth.size() != slots || !std::isfinite(goal.least))
    return false;
  for (std::size_t t = 0; t < slots; ++t) {
    double before = std::numeric_limits<double>::infinity();
    if (!goal.worth[t].empty() &&
        static_cast<double>(goal.from[t]) > whole_agents(problem.requirement[t]))
      return false;
    for (const CoverWorth& block : goal.worth[t]) {
      if (!(block.agents > 0 && block.each > 0 && block.each <= before)) return false;
      before = block.each;
    }
  }
  return true;
}

void note_wanted(const CoverProblem& problem, const CoverModel& model,
                 const std::vector<double>& values, CoverResult& result) {
  result.wanted = problem.requirement;
  for (std::size_t g = 0; g < problem.goals.size(); ++g)
    for (std::size_t t = 0; t < result.wanted.size(); ++t) {
      double agents = static_cast<double>(problem.goals[g].from[t]);
      for (const int column : model.used[g][t]) agents += values[index(column)];
      result.wanted[t] = std::max(result.wanted[t], agents);
    }
}

}  // namespace

std::vector<std::string> faults(const CoverProblem& problem) {
  std::vector<std::string> found;
  if (problem.slots < 1) found.push_back("there must be at least one slot");
  if (problem.requirement.size() != static_cast<std::size_t>(std::max(problem.slots, 0)))
    found.push_back("one requirement a slot is needed");
  for (const double need : problem.requirement)
    if (!std::isfinite(need)) found.push_back("requirements must be finite");
  for (const CoverGoal& goal : problem.goals)
    if (!is_sound(problem, goal))
      found.push_back("a goal needs falling worths above 0, in each slot, from at most its need");
  for (const CoverShift& shift : problem.shifts) {
    std::string wrong = fault(problem, shift);
    if (!wrong.empty()) found.push_back(std::move(wrong));
  }
  for (const CoverLimit& limit : problem.limits)
    if (!is_sound(problem, limit))
      found.push_back(limit.name + ": needs shifts of the problem, and bounds in order");
  for (const CoverPresence& presence : problem.presence)
    if (problem.slots >= 1 && !is_sound(problem, presence))
      found.push_back(presence.name + ": needs bounds in order, one a slot");
  return found;
}

CoverResult solve_cover(const CoverProblem& problem, const CoverOptions& options) {
  CALLMILL_CHECK(faults(problem).empty(),
                 "a cover problem must have no faults; ask faults() first");
  using Clock = std::chrono::steady_clock;
  const Clock::time_point began = Clock::now();
  CoverResult result;
  result.conflicts = slots_out_of_reach(problem);
  if (!result.conflicts.empty()) {
    result.status = CoverStatus::kInfeasible;
    return result;
  }
  const CoverModel model = build_cover_model(problem);
  const MipResult solved = solve_mip(model.mip, {.relative_gap = options.relative_gap,
                                                 .time_limit_s = options.time_limit_s,
                                                 .node_limit = options.node_limit,
                                                 .cost_step = step_of(problem)});
  switch (solved.status) {
    case MipStatus::kNothing:
      result.bound = std::max(0.0, solved.bound);
      return result;
    case MipStatus::kInfeasible: {
      result.status = CoverStatus::kInfeasible;
      const double spent = std::chrono::duration<double>(Clock::now() - began).count();
      const double left = std::max(1.0, options.time_limit_s - spent);
      result.conflicts = slots_short_together(problem, left);
      if (result.conflicts.empty()) result.at_odds = limits_at_odds(problem, left);
      return result;
    }
    case MipStatus::kOptimal:
      result.status = CoverStatus::kOptimal;
      break;
    case MipStatus::kGap:
      result.status = CoverStatus::kGap;
      break;
  }
  result.cost = solved.cost;
  result.bound = std::clamp(solved.bound, 0.0, std::max(0.0, solved.cost));
  result.choices = choices_of(problem, model, solved.values);
  count_present(problem, result);
  note_wanted(problem, model, solved.values, result);
  return result;
}

}  // namespace callmill
