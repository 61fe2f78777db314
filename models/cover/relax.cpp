#include "models/cover/relax.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "base/check.h"
#include "models/cover/cover_model.h"

namespace callmill {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// Kinds that come in several lengths, with the agents that they may have together.
struct Kind {
  std::vector<int> shifts;
  std::int64_t most = -1;
};

std::vector<Kind> kinds_with_limits(CoverProblem& problem) {
  std::map<std::string, Kind> by_name;
  for (int s = 0; s < static_cast<int>(problem.shifts.size()); ++s) {
    const CoverShift& shift = problem.shifts[index(s)];
    Kind& kind = by_name[shift.name];
    kind.shifts.push_back(s);
    if (shift.max_agents >= 0)
      kind.most = kind.most < 0 ? shift.max_agents : std::min(kind.most, shift.max_agents);
  }
  std::vector<Kind> limited;
  for (auto& [name, kind] : by_name) {
    if (kind.shifts.size() < 2 || kind.most < 0) continue;
    for (const int s : kind.shifts) problem.shifts[index(s)].max_agents = -1;
    limited.push_back(std::move(kind));
  }
  return limited;
}

// The program of the problem with limits that kinds share.
struct KindModel {
  CoverProblem problem;
  CoverModel model;
};

KindModel build(const CoverProblem& problem) {
  CALLMILL_CHECK(faults(problem).empty(), "a problem must have no faults; ask faults() first");
  KindModel built{problem, {}};
  const std::vector<Kind> limited = kinds_with_limits(built.problem);
  built.model = build_cover_model(built.problem);
  Mip& mip = built.model.mip;
  for (const Kind& kind : limited) {
    const int row = mip.add_row(-kUnbounded, static_cast<double>(kind.most));
    for (const CoverColumn& agents : built.model.agents)
      if (std::find(kind.shifts.begin(), kind.shifts.end(), agents.shift) != kind.shifts.end())
        mip.add(row, agents.column, 1);
  }
  return built;
}

MipResult solve(const Mip& mip, const CoverOptions& options) {
  return solve_mip(mip, {.relative_gap = options.relative_gap,
                         .time_limit_s = options.time_limit_s,
                         .node_limit = options.node_limit});
}

std::vector<std::int64_t> present_of(const CoverProblem& problem,
                                     const std::vector<CoverChoice>& choices) {
  std::vector<std::int64_t> present(index(problem.slots), 0);
  const auto add = [&](int from, int length, std::int64_t agents) {
    for (int k = 0; k < length; ++k) present[index((from + k) % problem.slots)] += agents;
  };
  for (const CoverChoice& choice : choices) {
    const CoverShift& shift = problem.shifts[index(choice.shift)];
    add(choice.start, shift.length, choice.agents);
    add(choice.start + shift.gap_start, shift.gap_length, -choice.agents);
    for (const std::vector<int>& of_agent : choice.break_start)
      for (std::size_t b = 0; b < of_agent.size(); ++b)
        add(of_agent[b], shift.breaks[b].length, -1);
  }
  return present;
}

double cost_of(const CoverProblem& problem, const std::vector<CoverChoice>& choices) {
  double cost = 0;
  for (const CoverChoice& choice : choices) {
    const CoverShift& shift = problem.shifts[index(choice.shift)];
    const auto start = std::find(shift.starts.begin(), shift.starts.end(), choice.start);
    cost += static_cast<double>(choice.agents) *
            shift.cost[static_cast<std::size_t>(start - shift.starts.begin())];
  }
  return cost;
}

// The solver's columns as a cover. `bound` is of its cost.
CoverResult cover_of(const KindModel& built, const std::vector<double>& values, double bound) {
  CoverResult result;
  result.choices = choices_of(built.problem, built.model, values);
  result.present = present_of(built.problem, result.choices);
  result.cost = cost_of(built.problem, result.choices);
  result.bound = std::clamp(bound, 0.0, result.cost);
  result.wanted = built.problem.requirement;
  const bool closed = result.cost - result.bound <= 1e-7 * result.cost + 1e-9;
  result.status = closed ? CoverStatus::kOptimal : CoverStatus::kGap;
  return result;
}

}  // namespace

CanCover can_cover(const CoverProblem& problem, const CoverOptions& options) {
  if (!slots_out_of_reach(problem).empty()) return CanCover::kNo;
  KindModel built = build(problem);
  for (MipColumn& column : built.model.mip.columns) column.cost = 0;
  const MipResult solved = solve(built.model.mip, options);
  if (!solved.values.empty()) return CanCover::kYes;
  return solved.status == MipStatus::kInfeasible ? CanCover::kNo : CanCover::kUnknown;
}

CoverResult cover_by_kinds(const CoverProblem& problem, const CoverOptions& options) {
  const KindModel built = build(problem);
  const MipResult solved = solve(built.model.mip, options);
  if (!solved.values.empty()) return cover_of(built, solved.values, solved.bound);
  CoverResult none;
  if (solved.status == MipStatus::kInfeasible) none.status = CoverStatus::kInfeasible;
  none.bound = std::max(0.0, solved.bound);
  return none;
}

double relaxed_cost(const CoverProblem& problem) {
  KindModel built = build(problem);
  for (MipColumn& column : built.model.mip.columns) column.whole = false;
  const MipResult solved = solve_mip(built.model.mip, {});
  if (solved.status == MipStatus::kInfeasible || !std::isfinite(solved.bound))
    return std::numeric_limits<double>::infinity();
  return std::max(0.0, solved.bound);
}

HiredCover cover_with_hired(const CoverProblem& problem, int block, double price,
                            const CoverOptions& options) {
  CALLMILL_CHECK(block > 0 && problem.slots % block == 0, "whole blocks");
  KindModel built = build(problem);
  Mip& mip = built.model.mip;
  const int blocks = problem.slots / block;
  std::vector<int> hired;
  for (int b = 0; b < blocks; ++b) hired.push_back(mip.add_column(price, 0, kUnbounded));
  // present(t) + hired >= the need; goals count both, so their rows get the hired too.
  std::map<int, int> slot_of;  // by the column that counts who is present
  for (int t = 0; t < problem.slots; ++t) {
    MipColumn& present = mip.columns[index(built.model.present[index(t)])];
    const int row = mip.add_row(present.lower, kUnbounded);
    present.lower = 0;
    slot_of[built.model.present[index(t)]] = t;
    mip.add(row, built.model.present[index(t)], 1);
    mip.add(row, hired[index(t / block)], 1);
  }
  std::vector<bool> used(mip.columns.size(), false), of_goal(mip.row_lower.size(), false);
  for (const auto& goal : built.model.used)
    for (const std::vector<int>& columns : goal)
      for (const int column : columns) used[index(column)] = true;
  for (const MipEntry& entry : mip.entries)
    if (used[index(entry.column)]) of_goal[index(entry.row)] = true;
  std::vector<MipEntry> more;
  for (const MipEntry& entry : mip.entries)
    if (const auto at = slot_of.find(entry.column);
        at != slot_of.end() && of_goal[index(entry.row)])
      more.push_back({entry.row, hired[index(at->second / block)], entry.value});
  mip.entries.insert(mip.entries.end(), more.begin(), more.end());

  HiredCover result;
  const MipResult solved = solve(mip, options);
  result.hired.assign(index(blocks), 0);
  if (solved.values.empty()) return result;
  result.cover = cover_of(built, solved.values, 0);
  for (int b = 0; b < blocks; ++b) {
    result.hired[index(b)] = solved.values[index(hired[index(b)])];
    result.price += price * result.hired[index(b)];
  }
  result.bound = std::clamp(solved.bound, 0.0, result.cover.cost + result.price);
  result.cover.bound = std::clamp(result.bound - result.price, 0.0, result.cover.cost);
  const bool closed = result.cover.cost - result.cover.bound <= 1e-7 * (1 + result.cover.cost);
  result.cover.status = closed ? CoverStatus::kOptimal : CoverStatus::kGap;
  return result;
}

namespace {

class Xplain {
 public:
  Xplain(std::size_t rules, const std::function<bool(const std::vector<bool>&)>& holds)
      : holds_{holds}, held_(rules, false) {}

  // Of rules [first, last), those that conflict with what is held. `tell`: something was added to
  // the held since they were last asked.
  std::vector<std::size_t> find(std::size_t first, std::size_t last, bool tell) {
    if (tell && !holds_(held_)) return {};
    if (last - first == 1) return {first};
    const std::size_t middle = first + (last - first) / 2;
    const std::vector<bool> before = held_;
    for (std::size_t r = first; r < middle; ++r) held_[r] = true;
    std::vector<std::size_t> found = find(middle, last, true);
    held_ = before;
    for (const std::size_t r : found) held_[r] = true;
    const std::vector<std::size_t> more = find(first, middle, !found.empty());
    held_ = before;
    found.insert(found.end(), more.begin(), more.end());
    return found;
  }

 private:
  const std::function<bool(const std::vector<bool>&)>& holds_;
  std::vector<bool> held_;
};

}  // namespace

std::vector<std::size_t> minimal_conflict(
    std::size_t rules, const std::function<bool(const std::vector<bool>& held)>& holds) {
  if (rules == 0 || !holds(std::vector<bool>(rules, false))) return {};
  std::vector<std::size_t> found = Xplain{rules, holds}.find(0, rules, false);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace callmill
