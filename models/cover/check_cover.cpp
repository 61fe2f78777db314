// Walks the plan agent by agent and slot by slot, on purpose without the solver's pending-break
// bookkeeping.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/cover/cover.h"

namespace callmill {
namespace {

std::string at(int slot) {
  return "slot " + std::to_string(slot);
}

class Checker {
 public:
  Checker(const CoverProblem& problem, const CoverResult& result)
      : problem_{problem}, result_{result}, present_(result.present.size(), 0) {}

  std::vector<std::string> check() {
    if (result_.status != CoverStatus::kOptimal && result_.status != CoverStatus::kGap) {
      check_empty();
      return wrong_;
    }
    present_.assign(problem_.requirement.size(), 0);
    on_duty_.assign(problem_.requirement.size(), 0);
    for (const CoverChoice& choice : result_.choices) check_choice(choice);
    check_limits();
    for (const CoverLimit& limit : problem_.limits) check_limit(limit);
    for (const CoverPresence& presence : problem_.presence) check_presence(presence);
    check_slots();
    for (const CoverGoal& goal : problem_.goals) check_goal(goal);
    check_cost();
    return wrong_;
  }

 private:
  void check_empty() {
    if (!result_.choices.empty()) wrong_.push_back("there is a plan, but the status denies it");
  }

  void check_choice(const CoverChoice& choice) {
    if (choice.shift < 0 || choice.shift >= static_cast<int>(problem_.shifts.size())) {
      wrong_.push_back("no shift has the number " + std::to_string(choice.shift));
      return;
    }
    const CoverShift& shift = problem_.shifts[static_cast<std::size_t>(choice.shift)];
    const std::string who = "shift '" + shift.name + "' at " + at(choice.start) + ": ";
    double price = 0;
    bool allowed = false;
    for (std::size_t k = 0; k < shift.starts.size() && !allowed; ++k) {
      allowed = shift.starts[k] == choice.start;
      price = shift.cost[k];
    }
    if (!allowed) {
      wrong_.push_back(who + "not an allowed start");
      return;
    }
    if (!problem_.cyclic && choice.start + shift.length > problem_.slots)
      wrong_.push_back(who + "runs past the end of the day");
    if (choice.agents < 1) wrong_.push_back(who + "must have at least one agent");
    if (static_cast<std::int64_t>(choice.break_start.size()) != choice.agents)
      wrong_.push_back(who + "breaks are not given for each agent");
    used_[choice.shift] += choice.agents;
    cost_ += price * static_cast<double>(choice.agents);
    for (const std::vector<int>& starts : choice.break_start)
      walk(shift, choice.start, starts, who);
  }

  // One agent's day, slot by slot.
  void walk(const CoverShift& shift, int start, const std::vector<int>& break_start,
            const std::string& who) {
    if (break_start.size() != shift.breaks.size()) {
      wrong_.push_back(who + "an agent has " + std::to_string(break_start.size()) +
                       " breaks, not " + std::to_string(shift.breaks.size()));
      return;
    }
    std::vector<int> on_break(static_cast<std::size_t>(shift.length), 0);
    int last_end = 0;
    for (std::size_t b = 0; b < break_start.size(); ++b) {
      const CoverBreak& rest = shift.breaks[b];
      int offset = break_start[b] - start;
      if (problem_.cyclic && offset < 0) offset += problem_.slots;
      if (break_start[b] < 0 || break_start[b] >= problem_.slots || offset < rest.earliest ||
          offset > rest.latest || offset + rest.length > shift.length) {
        wrong_.push_back(who + "break " + std::to_string(b + 1) + " starts at " +
                         at(break_start[b]) + ", outside its window");
        continue;
      }
      if (offset < last_end)
        wrong_.push_back(who + "break " + std::to_string(b + 1) + " starts before the last ends");
      last_end = offset + rest.length;
      for (int k = offset; k < last_end; ++k) on_break[static_cast<std::size_t>(k)] = 1;
    }
    for (int k = 0; k < shift.length; ++k) {
      if (k >= shift.gap_start && k < shift.gap_start + shift.gap_length) continue;  // not there
      int slot = start + k;
      if (problem_.cyclic && slot >= problem_.slots) slot -= problem_.slots;
      if (slot >= problem_.slots) continue;
      ++on_duty_[static_cast<std::size_t>(slot)];
      if (on_break[static_cast<std::size_t>(k)] == 0) ++present_[static_cast<std::size_t>(slot)];
    }
  }

  void check_limit(const CoverLimit& limit) {
    std::int64_t heads = 0, all = 0;
    for (const auto& [shift, agents] : used_) {
      all += agents;
      for (const int counted : limit.shifts)
        if (counted == shift) heads += agents;
    }
    const auto share = [&](double of) { return of * static_cast<double>(all); };
    const auto h = static_cast<double>(heads);
    const double slack = 1e-6 * static_cast<double>(all);
    if (heads < limit.at_least || (limit.at_most >= 0 && heads > limit.at_most) ||
        h < share(limit.least_share) - slack || h > share(limit.most_share) + slack)
      wrong_.push_back(limit.name + " is broken: " + std::to_string(heads) + " of " +
                       std::to_string(all) + " agents");
  }

  void check_presence(const CoverPresence& presence) {
    const std::vector<std::int64_t>& there = presence.on_duty ? on_duty_ : present_;
    for (std::size_t t = 0; t < there.size(); ++t)
      if (there[t] < presence.at_least[t] ||
          (presence.at_most[t] >= 0 && there[t] > presence.at_most[t]))
        wrong_.push_back(presence.name + " is broken at " + at(static_cast<int>(t)) + ": " +
                         std::to_string(there[t]) + " agents");
  }

  void check_limits() {
    for (const auto& [shift, agents] : used_) {
      const CoverShift& of = problem_.shifts[static_cast<std::size_t>(shift)];
      if (of.max_agents >= 0 && agents > of.max_agents)
        wrong_.push_back("shift '" + of.name + "' has " + std::to_string(agents) +
                         " agents, more than max_agents " + std::to_string(of.max_agents));
    }
  }

  void check_slots() {
    if (result_.present.size() != present_.size())
      wrong_.push_back("present is not given for each slot");
    for (std::size_t t = 0; t < present_.size(); ++t) {
      const std::string where = at(static_cast<int>(t));
      if (static_cast<double>(present_[t]) < problem_.requirement[t] - 1e-6)
        wrong_.push_back(where + " has " + std::to_string(present_[t]) + " agents, needs " +
                         std::to_string(problem_.requirement[t]));
      if (t < result_.present.size() && result_.present[t] != present_[t])
        wrong_.push_back(where + " is said to have " + std::to_string(result_.present[t]) +
                         " agents, has " + std::to_string(present_[t]));
    }
  }

  // Agents beyond `from`, taken one block after the other.
  void check_goal(const CoverGoal& goal) {
    double sum = 0, largest = 0;
    for (std::size_t t = 0; t < present_.size(); ++t) {
      std::int64_t left = present_[t] - goal.from[t];
      for (const CoverWorth& block : goal.worth[t]) {
        largest = std::max(largest, block.each);
        if (left <= 0) break;
        sum += block.each * static_cast<double>(std::min(left, block.agents));
        left -= block.agents;
      }
    }
    if (sum < goal.least - 1e-5 * (largest + std::abs(goal.least)))
      wrong_.push_back("a goal of the day comes to " + std::to_string(sum) + ", not to " +
                       std::to_string(goal.least));
  }

  void check_cost() {
    const double slack = 1e-6 * (1 + std::abs(cost_));
    if (!(std::abs(result_.cost - cost_) <= slack))
      wrong_.push_back("the plan costs " + std::to_string(cost_) + ", not " +
                       std::to_string(result_.cost));
    if (!(result_.bound <= result_.cost + slack)) wrong_.push_back("the bound lies above the cost");
    if (result_.status == CoverStatus::kOptimal && !(result_.cost - result_.bound <= slack))
      wrong_.push_back("called optimal, but the bound lies below the cost");
  }

  const CoverProblem& problem_;
  const CoverResult& result_;
  std::vector<std::int64_t> present_, on_duty_;
  std::map<int, std::int64_t> used_;
  double cost_ = 0;
  std::vector<std::string> wrong_;
};

}  // namespace

std::vector<std::string> check_cover(const CoverProblem& problem, const CoverResult& result) {
  return Checker{problem, result}.check();
}

}  // namespace callmill
